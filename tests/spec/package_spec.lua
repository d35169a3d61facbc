-- The Debian package and its service: what is in the package, what its scripts do, and that the
-- server and its workers do their work under the restrictions of the unit.

local lfs = require "lfs"
local support = require "tests.spec.support"

local build = support.binary:match "^(.*)/"
local packaging = support.root .. "/scripts/package/"
local unit = support.read_file(packaging .. "biaochi.service")

local function set_of(names)
  local set = {}
  for name in names:gmatch "%S+" do set[name] = true end
  return set
end

local function sorted(set)
  local names = {}
  for name in pairs(set) do names[#names + 1] = name end
  table.sort(names)
  return names
end

-- Commands as `biaochi --help` lists them: the name takes 19 columns.
local function commands_of(help)
  local names = {}
  for line in help:match("Commands:\n(.-)\n\n"):gmatch "[^\n]+" do
    names[#names + 1] = line:sub(3, 21):match "^(.-) *$"
  end
  return names
end

describe("the unit", function()
  local workspace

  setup(function() workspace = support.workspace() end)
  teardown(function() workspace:remove() end)

  it("is one that systemd accepts without a word", function()
    workspace:write("biaochi.service", (unit:gsub("/usr/bin/biaochi", support.binary)))
    local result = workspace:shell "systemd-analyze verify --man=no ./biaochi.service"
    assert.equal("", result.out .. result.err)
    assert.equal(0, result.code)
  end)

  it("exposes little of the machine", function()
    -- In tenths; PrivateNetwork, RootDirectory and the like make what is left.
    local result = workspace:shell("systemd-analyze security --offline=true --threshold=13 " ..
      support.quote(packaging .. "biaochi.service"))
    assert.equal(0, result.code, result.out:match "[^\n]*Overall[^\n]*" or result.err)
  end)
end)

describe("under the restrictions of the unit", function()
  local workspace

  -- The names of a group of calls, groups in it resolved.
  local function expand(name, calls)
    if name:sub(1, 1) ~= "@" then
      calls[name] = true
      return calls
    end
    local result = workspace:shell("systemd-analyze syscall-filter " .. name)
    assert.equal(0, result.code, result.err)
    for line in result.out:gmatch "\n +([@%w_-]+)" do expand(line, calls) end
    return calls
  end

  -- As systemd reads SystemCallFilter=: lists in turn allow, and deny with "~"; @default is always
  -- allowed.
  local function allowed_calls()
    local allowed = expand("@default", {})
    for list in unit:gmatch "\nSystemCallFilter=([^\n]+)" do
      local denies = list:sub(1, 1) == "~"
      for name in list:gsub("^~", ""):gmatch "%S+" do
        for call in pairs(expand(name, {})) do allowed[call] = not denies or nil end
      end
    end
    return sorted(allowed)
  end

  -- A shell's commands with the server as $pid, and what it told its manager in `told`, a line at a
  -- time; `wait_for WORD` reads on until a line has the word. A sanitized server cannot look for
  -- leaks: that takes ptrace, which the unit denies.
  local function while_serving(commands)
    return workspace:shell(([[
      rm -f told && mkfifo told
      export ASAN_OPTIONS=$ASAN_OPTIONS:detect_leaks=0
      %s/tests/package/manager calls %s serve --workspace data --listen 127.0.0.1:0 --access-log log >told &
      manager=$!
      exec 3<told
      read -r line <&3
      pid=${line#PID=}
      wait_for() {
        while read -r line <&3; do case $line in *$1*) echo "$line"; return ;; esac; done
        echo "it ended before $1" >&2
        exit 1
      }
      %s
      cat <&3 >/dev/null &
      wait $manager
    ]]):format(support.quote(build), support.quote(support.binary), commands))
  end

  setup(function()
    workspace = support.office()
    workspace:observe "150802,mortality,2020,16.9\n150802,mortality,2024,14.3\n"
    workspace:write("calls", table.concat(allowed_calls(), "\n") .. "\n")
  end)

  teardown(function() workspace:remove() end)

  it("a call fails that the unit alone denies, so the filter is there", function()
    -- Whoever has a file may give it to the owner that it has.
    local command = '/bin/chown "$(id -u)" calls'
    assert.equal(0, workspace:shell(command).code)
    local result = workspace:shell(("%s/tests/package/manager calls %s"):format(support.quote(build), command))
    assert.equal(1, result.code)
    assert.truthy(result.err:find "Operation not permitted", result.err)
  end)

  it("the server evaluates in its workers, answers, reopens its log and ends", function()
    local result = while_serving [[
      wait_for READY=1
      grep '^Seccomp:' /proc/$pid/status
      curl -fsS --unix-socket data/biaochi.sock http://localhost/api/v1/packs
      mv log log.1
      kill -HUP $pid
      wait_for RELOADING=1
      wait_for READY=1
      test -e log
      wait_for WATCHDOG=1
      kill -TERM $pid
      wait_for STOPPING=1
    ]]
    assert.equal(0, result.code, result.err)
    local lines = support.lines(result.out)
    assert.equal("Seccomp:\t2", table.remove(lines, 2)) -- filtered
    local pack = support.decode(lines[2]).packs[1]
    assert.same({ "office", true, 2024 }, { pack.id, pack.has_results, pack.year })
    table.remove(lines, 2)
    assert.truthy(table.remove(lines, 2):find "^RELOADING=1 MONOTONIC_USEC=%d+$")
    assert.same({ "READY=1", "READY=1", "WATCHDOG=1", "STOPPING=1" }, lines)
    assert.truthy(workspace:shell "grep -c 'GET /api/v1/packs' log.1".out:find "^1")
  end)

  it("the server says how many packs answer, and that it drains", function()
    local result = while_serving [[
      wait_for 'STATUS=evaluating the active packs'
      wait_for 'STATUS=1 of 1 active packs answer'
      kill -TERM $pid
      wait_for 'STATUS=draining'
    ]]
    assert.equal(0, result.code, result.err)
  end)
end)

describe("the package", function()
  local workspace, contents, root

  local function control(field)
    return (workspace:shell("dpkg-deb -f *.deb " .. field).out:gsub("\n$", ""))
  end

  setup(function()
    workspace = support.workspace()
    local made = workspace:shell(("cpack --config %s/CPackConfig.cmake -B . -D CPACK_DEBIAN_COMPRESSION_TYPE=gzip")
      :format(support.quote(build)))
    assert.equal(0, made.code, made.out .. made.err)
    contents = {}
    for line in workspace:shell("dpkg-deb -c *.deb").out:gmatch "[^\n]+" do
      local mode, owner, path = line:match "^(%S+) (%S+) .* %.(/%S*)$"
      contents[path] = { mode = mode, owner = owner }
    end
    root = workspace:path "root"
    assert.equal(0, workspace:shell("dpkg-deb -x *.deb root && dpkg-deb -e *.deb control").code)
  end)

  teardown(function() workspace:remove() end)

  it("holds the program, its service, its manual and the packs, and nothing else", function()
    local other = {}
    for path in pairs(contents) do
      if path:sub(-1) ~= "/" and not path:find "^/usr/share/biaochi/plugins/" then other[path] = true end
    end
    assert.same(sorted(set_of [[
      /etc/default/biaochi /etc/logrotate.d/biaochi /lib/systemd/system/biaochi.service /usr/bin/biaochi
      /usr/share/doc/biaochi/README.md /usr/share/doc/biaochi/README.zh-CN.md
      /usr/share/doc/biaochi/changelog.gz /usr/share/doc/biaochi/copyright
      /usr/share/doc/biaochi/packs/README.en.md /usr/share/doc/biaochi/packs/README.md
      /usr/share/man/man8/biaochi.8.gz
    ]]), sorted(other))
    assert.truthy(contents["/etc/biaochi/packs/"])
    assert.equal(unit, support.read_file(root .. "/lib/systemd/system/biaochi.service"))
  end)

  it("holds every shipped pack, and not the templates", function()
    local packs, shipped = {}, {}
    for name in lfs.dir(support.root .. "/plugins") do
      if support.exists(("%s/plugins/%s/pack.lua"):format(support.root, name)) and name:sub(1, 1) ~= "_" then
        packs[name] = true
      end
    end
    for path in pairs(contents) do
      local name = path:match "^/usr/share/biaochi/plugins/([^/]+)/"
      if name then shipped[name] = true end
    end
    assert.same(sorted(packs), sorted(shipped))
    assert.equal(0, workspace:shell(("diff -r -x '_*' -x '*.md' %s/plugins root/usr/share/biaochi/plugins")
      :format(support.quote(support.root))).code)
  end)

  it("belongs to root, and only root may write in it", function()
    for path, entry in pairs(contents) do
      local wanted = (path:sub(-1) == "/" or path == "/usr/bin/biaochi") and "[d-]rwxr%-xr%-x" or "%-rw%-r%-%-r%-%-"
      assert.truthy(entry.owner == "root/root" and entry.mode:find("^" .. wanted .. "$"),
        ("%s %s %s"):format(entry.mode, entry.owner, path))
    end
  end)

  it("has the program's version, in the control file and at the top of the changelog", function()
    local version = workspace:shell("root/usr/bin/biaochi --version").out:match "^biaochi (%S+)"
    assert.equal(version, control "Version")
    local changelog = workspace:shell "gzip -dc root/usr/share/doc/biaochi/changelog.gz".out
    assert.equal(version, changelog:match "^biaochi %(([^)]+)%)")
  end)

  it("keeps what a site wrote into its files below /etc", function()
    local kept = {}
    for path in support.read_file(workspace:path "control/conffiles"):gmatch "[^\n]+" do
      kept[path] = true
      assert.truthy(contents[path], path)
    end
    for path in pairs(contents) do
      if path:find "^/etc/" and path:sub(-1) ~= "/" then assert.truthy(kept[path], path) end
    end
  end)

  -- By library the packages that hold it, which may be several, as for another architecture.
  local function owners(libraries)
    local found, patterns = {}, {}
    for i, library in ipairs(libraries) do
      found[library], patterns[i] = {}, support.quote("*/" .. library)
    end
    local listed = workspace:shell("dpkg -S " .. table.concat(patterns, " ")).out
    for name, library in listed:gmatch "%f[^\n\0]([%w.+-]+)[^\n]*: /[^\n]*/([^\n]+)" do
      if found[library] then table.insert(found[library], name) end
    end
    return found
  end

  it("brings what its scripts call, and all its libraries", function()
    local depends = set_of(control("Depends"):gsub("%b()", ""):gsub(",", " "))
    assert.truthy(depends.adduser)
    local libraries = {}
    for name in workspace:shell("objdump -p root/usr/bin/biaochi").out:gmatch "NEEDED +(%S+)" do
      libraries[#libraries + 1] = name
    end
    assert.truthy(#libraries > 5)
    for library, names in pairs(owners(libraries)) do
      local brought = false
      for _, name in ipairs(names) do brought = brought or depends[name] end
      assert.truthy(brought, library)
    end
  end)

  it("has a program that runs where it was unpacked, with the packs beside it", function()
    local checked = workspace:shell "root/usr/bin/biaochi pack test root/usr/share/biaochi/plugins/nansan"
    assert.equal(0, checked.code, checked.out .. checked.err)
  end)

  it("has a manual of every command, and of every option of serve", function()
    local manual = workspace:shell "gzip -dc root/usr/share/man/man8/biaochi.8.gz".out:gsub("\\%-", "-")
    local help = workspace:shell("root/usr/bin/biaochi --help --lang en").out
    local commands = commands_of(help)
    assert.truthy(#commands > 20)
    for _, name in ipairs(commands) do
      assert.truthy(manual:find('.SS "biaochi ' .. name, 1, true), name)
    end
    for option in workspace:shell("root/usr/bin/biaochi serve --help --lang en").out:gmatch "\n  (%-%-[%w-]+)" do
      assert.truthy(manual:find("\n.B " .. option, 1, true), option)
    end
  end)

  -- The scripts with the folders they name below `root`, and a PATH of stubs that note their calls;
  -- what else they call is not found.
  describe("its scripts", function()
    local stubs = {
      adduser = "",
      ["deb-systemd-helper"] = '[ "$*" != "--quiet was-enabled biaochi.service" ] || [ ! -e disabled ]',
      ["deb-systemd-invoke"] = "",
      systemctl = "",
      -- Both are root's: no file gets another owner here.
      install = 'for last; do :; done; mkdir -p -m 0700 "$last"',
      runuser = 'shift 3; exec "$@"',
    }

    local function call(script, ...)
      local result = workspace:shell(('rm -f calls; touch calls; PATH="$PWD/stubs" ./scripts/%s %s')
        :format(script, table.concat({ ... }, " ")))
      result.calls = support.lines((support.read_file(workspace:path "calls"):gsub(root:gsub("%p", "%%%0"), "")))
      return result
    end

    local function expect(calls, ...)
      local result = call(...)
      assert.equal(0, result.code, result.err)
      assert.same(calls, result.calls)
      return result
    end

    local function mode(path) return (workspace:shell("stat -c %a root" .. path).out:gsub("\n$", "")) end

    setup(function()
      for name, does in pairs(stubs) do
        workspace:write("stubs/" .. name, ("#!/bin/sh\necho \"%s $*\" >>%s\n%s\n")
          :format(name, support.quote(workspace:path "calls"), does))
      end
      for _, name in ipairs { "postinst", "prerm", "postrm" } do
        local script = support.read_file(workspace:path("control/" .. name))
        workspace:write("scripts/" .. name, (script:gsub("%f[/%w]/(%l+/)", function(folder)
          return folder ~= "bin/" and folder ~= "dev/" and root .. "/" .. folder
        end)))
      end
      assert.equal(0, workspace:shell [[
        chmod +x stubs/* scripts/*
        ln -s /bin/mkdir /bin/rm stubs
        mkdir -p root/run/systemd/system root/var/log/biaochi root/var/lib
      ]].code)
    end)

    it("make the account and the workspace, and have the service started", function()
      expect({
        "adduser --system --group --quiet --home /var/lib/biaochi --no-create-home biaochi",
        "install -d -m 0700 -o biaochi -g biaochi /var/lib/biaochi",
        "runuser -u biaochi -- /usr/bin/biaochi init --workspace /var/lib/biaochi",
        "deb-systemd-helper unmask biaochi.service",
        "deb-systemd-helper --quiet was-enabled biaochi.service",
        "deb-systemd-helper enable biaochi.service",
        "systemctl --system daemon-reload",
        "deb-systemd-invoke start biaochi.service",
      }, "postinst", "configure", "''")
      assert.equal("600", mode "/var/lib/biaochi/biaochi.db")
    end)

    it("leave the workspace alone in an upgrade, and the service off where it was", function()
      local before = support.read_file(root .. "/var/lib/biaochi/biaochi.db")
      workspace:write("disabled", "")
      expect({}, "prerm", "upgrade", "2.0")
      expect({}, "postrm", "upgrade", "2.0")
      local upgrade = expect({
        "adduser --system --group --quiet --home /var/lib/biaochi --no-create-home biaochi",
        "install -d -m 0700 -o biaochi -g biaochi /var/lib/biaochi",
        "deb-systemd-helper unmask biaochi.service",
        "deb-systemd-helper --quiet was-enabled biaochi.service",
        "deb-systemd-helper update-state biaochi.service",
        "systemctl --system daemon-reload",
        "deb-systemd-invoke restart biaochi.service",
      }, "postinst", "configure", "1.0")
      assert.equal("", upgrade.out .. upgrade.err)
      assert.is_true(before == support.read_file(root .. "/var/lib/biaochi/biaochi.db"))
    end)

    it("do nothing when a step of dpkg failed, and refuse what they do not know", function()
      for _, step in ipairs { "abort-upgrade", "abort-remove", "abort-deconfigure" } do
        expect({}, "postinst", step, "1.0")
      end
      local unknown = call("postinst", "reconfigure")
      assert.same({ 1, {} }, { unknown.code, unknown.calls })
      assert.truthy(unknown.err:find "unknown argument 'reconfigure'")
    end)

    it("stop the service before it goes, and keep the figures even in a purge", function()
      expect({ "deb-systemd-invoke stop biaochi.service" }, "prerm", "remove")
      expect({ "systemctl --system daemon-reload", "deb-systemd-helper mask biaochi.service" }, "postrm", "remove")
      assert.truthy(support.exists(root .. "/var/log/biaochi"))
      local purge = expect({ "deb-systemd-helper purge biaochi.service", "deb-systemd-helper unmask biaochi.service" },
        "postrm", "purge")
      assert.truthy(purge.err:find("the workspace stays in " .. root .. "/var/lib/biaochi", 1, true))
      assert.falsy(support.exists(root .. "/var/log/biaochi"))
      assert.truthy(support.exists(root .. "/var/lib/biaochi/biaochi.db"))
    end)

    it("need no systemd, neither running nor installed", function()
      assert.equal(0, workspace:shell "rmdir root/run/systemd/system && rm stubs/systemctl".code)
      expect({}, "prerm", "remove")
      for _, gone in ipairs { "deb-systemd-helper", "deb-systemd-invoke" } do
        assert.equal(0, workspace:shell("rm stubs/" .. gone).code)
      end
      expect({}, "postrm", "remove")
      expect({}, "postrm", "purge")
      assert.equal(0, workspace:shell "rm -r root/var/lib/biaochi".code)
      assert.equal("", expect({}, "postrm", "purge").err)
    end)
  end)
end)
