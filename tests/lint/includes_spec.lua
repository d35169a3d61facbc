-- Includes point downward only: the table below is the order of the house, lowest room first.

local tree = require "tests.lint.tree"

-- A room is a folder, or a file that stands alone. `uses` names rooms above it in this list, or
-- single headers of them.
local rooms = {
  { name = "core/base", uses = {} },
  { name = "core/stats", uses = { "core/base" } },
  { name = "core/run", uses = { "core/base" } },
  { name = "core/pack", uses = { "core/base", "core/stats" } },
  { name = "db", uses = { "core/base" } },
  { name = "core/lua", uses = { "core/base", "core/run/status_page.h", "core/pack" } },
  { name = "core/eval", uses = { "core/base", "core/stats", "core/run", "core/pack" } },
  { name = "core/check", uses = { "core/base", "core/pack", "core/eval" } },
  { name = "core/io", uses = { "core/base", "core/pack/bundle.h", "core/pack/bundle_draft.h", "db/store.h" } },
  { name = "core/worker", uses = { "core/base", "core/run", "core/pack", "core/lua", "core/eval" } },
  { name = "core/work", uses = { "core/base", "core/pack", "core/eval", "db/store.h" } },
  { name = "core/registry",
    uses = { "core/base", "core/pack", "core/eval", "core/io", "core/work/open_rounds.h", "db/store.h" } },
  { name = "core/analysis",
    uses = { "core/base", "core/stats", "core/pack", "core/eval", "core/work", "core/registry", "db/store.h" } },
  { name = "core/audit", uses = { "core/base", "db/store.h" } },
  { name = "core/auth", uses = { "core/base", "db/store.h", "db/store_accounts.h" } },
  { name = "core/http", uses = { "core/base" } },
  { name = "core/view",
    uses = { "core/base", "core/stats", "core/pack", "core/eval", "core/check", "core/work", "core/registry",
      "core/analysis", "db/store.h" } },
  { name = "core/service",
    uses = { "core/base", "core/run", "core/pack", "core/eval", "core/registry", "core/work", "core/view", "db/store.h" } },
  { name = "core/api",
    uses = { "core/base", "core/run/worker_process.h", "core/pack", "core/eval", "core/check", "core/io",
      "core/registry", "core/analysis", "core/audit", "core/auth", "core/http", "core/work", "core/view",
      "core/service", "db/store.h", "db/store_health.h" } },
  { name = "core/host", uses = { "core/base", "core/run", "core/auth", "core/http", "core/service", "core/api" } },
  { name = "core/bench",
    uses = { "core/base", "core/stats", "core/pack", "core/eval", "core/registry", "db/store.h" } },
  { name = "core/cli",
    uses = { "core/base", "core/stats", "core/run", "core/pack", "core/eval", "core/check", "core/io", "core/registry",
      "core/analysis", "core/audit", "core/auth", "core/work", "core/view", "core/bench", "core/host",
      "db/store.h", "db/store_backup.h" } },
  { name = "core/main", uses = { "core/base", "core/worker", "core/cli" } },
}

-- Headers of libraries, and the only places that may see them.
local libraries = {
  ["lua.h"] = { "^core/lua/" }, ["lauxlib.h"] = { "^core/lua/" }, ["lualib.h"] = { "^core/lua/" },
  ["sqlite3.h"] = { "^db/sqlite%.c$" },
  ["xxhash.h"] = { "^db/columns%.c$" },
  ["seccomp.h"] = { "^core/worker/jail%.c$" },
  ["csv.h"] = { "^core/io/" },
  ["sodium.h"] = { "^core/base/hash", "^core/base/map%.c$", "^db/digest%.c$", "^core/auth/", "^core/api/api%.c$" },
  ["microhttpd.h"] = { "^core/http/" },
  ["zlib.h"] = { "^core/http/", "^core/io/zip_frame%.c$" },
  ["gnutls/gnutls.h"] = { "^core/http/" },
  ["gnutls/abstract.h"] = { "^core/http/" },
  ["uv.h"] = { "^core/run/", "^core/eval/job%.[ch]$", "^core/cli/", "^core/http/", "^core/host%.c$" },
  ["zip.h"] = { "^core/io/zip_archive%.c$" },
}

local by_name = {}
for _, room in ipairs(rooms) do by_name[room.name] = room end

local function room_of(path)
  return path:match "^core/[^/.]+" or path:match "^db"
end

local function is_allowed(room, header)
  if room_of(header) == room.name then return true end
  for _, use in ipairs(room.uses) do
    if header == use or header:sub(1, #use + 1) == use .. "/" or header == use .. ".h" then return true end
  end
  return false
end

local function sources()
  local own = {}
  for _, path in ipairs(tree.files(".c", ".h")) do
    if path:match "^core/" or path:match "^db/" then own[#own + 1] = path end
  end
  return own
end

describe("includes", function()
  it("are allowed by a table that itself points downward", function()
    local seen = {}
    for _, room in ipairs(rooms) do
      for _, use in ipairs(room.uses) do
        assert(seen[use:match "%.h$" and room_of(use) or use],
          ("%s uses %s, which does not stand above it in the list"):format(room.name, use))
      end
      seen[room.name] = true
    end
  end)

  it("go to lower rooms only", function()
    local wrong = {}
    tree.lines(sources(), function(path, number, line)
      local header = line:match '^%s*#%s*include%s+"([^"]+)"'
      if not header then return end
      local room = assert(by_name[room_of(path)], path .. " is in no room of the list")
      if not is_allowed(room, header) then
        wrong[#wrong + 1] = ("%s:%d: %s may not include %s"):format(path, number, room.name, header)
      end
    end)
    assert.equal("", table.concat(wrong, "\n"))
  end)

  it("of libraries stay where the library is used", function()
    local wrong = {}
    tree.lines(sources(), function(path, number, line)
      local header = line:match "^%s*#%s*include%s+<([^>]+)>"
      if not header or not libraries[header] then return end
      local good = false
      for _, place in ipairs(libraries[header]) do good = good or path:match(place) ~= nil end
      if not good then wrong[#wrong + 1] = ("%s:%d: <%s> does not belong here"):format(path, number, header) end
    end)
    assert.equal("", table.concat(wrong, "\n"))
  end)
end)
