-- The command line: help, languages, tables, the progress bar and exit codes.

local support = require "tests.spec.support"

local commands = {
  { "init" },
  { "import", "--table", "--kind", "--dry-run" },
  { "evaluate", "--year", "--pack", "--region", "--all" },
  { "explain", "--year", "--pack", "--run", "--unit" },
  { "replay" },
  { "runs" },
  { "bench", "--regions", "--indicators", "--years", "--seed", "--workers", "--rounds", "--against", "--export" },
  { "warnings", "--pack", "--region", "--year", "--level" },
  { "pack new", "--region", "--title", "--dir" },
  { "pack check" },
  { "pack test" },
  { "pack list", "--history" },
  { "pack activate" },
  { "pack rollback" },
  { "round open", "--year", "--kind" },
  { "round list", "--open" },
  { "round show" },
  { "round advance", "--to" },
  { "round withdraw", "--reason" },
  { "user add", "--role", "--region", "--unit", "--title", "--password-stdin" },
  { "user list" },
  { "user grant", "--role", "--region", "--unit" },
  { "user reset-password", "--password-stdin" },
  { "user sessions", "--end", "--end-all" },
  { "user token add", "--name", "--scopes", "--region", "--days" },
  { "user token revoke" },
}
local options_of_all = { "--workspace", "--format", "--lang", "--worker", "--deadline-ms", "--help" }

local function words_of(text)
  local words = {}
  for word in text:gmatch "%S+" do words[#words + 1] = word end
  return words
end

describe("help", function()
  local workspace

  setup(function() workspace = support.workspace() end)
  teardown(function() workspace:remove() end)

  for _, language in ipairs { "en", "zh" } do
    for _, command in ipairs(commands) do
      it(("of %s names its options and the exit codes (%s)"):format(command[1], language), function()
        local words = words_of(command[1])
        words[#words + 1] = "--help"
        local result = workspace:shell("export LC_ALL=" .. language .. "; " .. workspace:command(table.unpack(words)))
        assert.equal(0, result.code)
        assert.equal("", result.err)
        assert.truthy(result.out:find("biaochi " .. command[1], 1, true) == 1)
        for i = 2, #command do assert.truthy(result.out:find("\n  " .. command[i] .. " ", 1, true), command[i]) end
        for _, option in ipairs(options_of_all) do assert.truthy(result.out:find("\n  " .. option, 1, true), option) end
        for code = 0, 6 do assert.truthy(result.out:find("\n  " .. code .. "  ", 1, true), "exit code " .. code) end
      end)
    end

    it("of the program names every command (" .. language .. ")", function()
      local result = workspace:expect(0, "--help", "--lang", language)
      for _, command in ipairs(commands) do
        assert.truthy(result.out:find("\n  " .. command[1] .. "  ", 1, true), command[1])
      end
      for code = 0, 6 do assert.truthy(result.out:find("\n  " .. code .. "  ", 1, true), "exit code " .. code) end
    end)
  end

  it("of the pack commands is there", function()
    local result = workspace:run("pack", "--help")
    assert.equal(0, result.code, result.err)
    assert.truthy(result.out:find("pack activate", 1, true))
  end)

  it("needs no workspace", function() assert.equal(0, workspace:run("evaluate", "--help").code) end)

  it("is what one sees without a command, as an error", function()
    local result = workspace:shell(support.quote(support.binary))
    assert.equal(2, result.code)
    assert.truthy((result.out .. result.err):find("pack activate", 1, true))
  end)
end)

describe("a wrong command line", function()
  local workspace

  setup(function() workspace = support.office() end)
  teardown(function() workspace:remove() end)

  local wrong = {
    { "evalute", "evaluate" },
    { "pack chek office", "pack check" },
    { "pack", "activate" },
    { "warning", "warnings" },
    { "evaluate --yaer 2024", "--year" },
    { "import --dryrun o.csv", "--dry-run" },
    { "evaluate --year", "--year" },
    { "evaluate --year 2024.5", "2024.5" },
    { "evaluate --year 20x4", "20x4" },
    { "evaluate --year -5", "-5" },
    { "evaluate --year 0", "--year" },
    { "evaluate --year 99999999999999999999", "99999999999999999999" },
    { "evaluate --format xml", "xml" },
    { "evaluate --lang fr", "fr" },
    { "evaluate --deadline-ms 0", "--deadline-ms" },
    { "evaluate --deadline-ms soon", "soon" },
    { "evaluate surplus", "evaluate" },
    { "explain 150802", "ITEM" },
    { "import", "FILE" },
    { "import a.csv b.csv", "import" },
    { "import --table people a.csv", "people" },
    { "import --kind guess a.csv", "guess" },
    { "replay", "RUN" },
    { "replay one", "one" },
    { "pack new", "ID" },
    { "pack check", "FOLDER" },
    { "pack rollback", "PACK" },
    { "warnings --level purple", "purple" },
  }
  for _, case in ipairs(wrong) do
    it(("is told with exit code 2: biaochi %s"):format(case[1]), function()
      local result = workspace:run(table.unpack(words_of(case[1])))
      assert.equal(2, result.code, result.out .. result.err)
      assert.equal("", result.out)
      assert.truthy(result.err:find(case[2], 1, true), result.err)
    end)
  end
end)

describe("messages", function()
  local workspace

  setup(function() workspace = support.workspace() end)
  teardown(function() workspace:remove() end)

  local function is_chinese(environment, ...)
    local result = workspace:shell(("unset LC_ALL; export %s; %s"):format(environment, workspace:command("replay", 1, ...)))
    assert.equal(3, result.code)
    return result.err:find "[\xE4-\xE9][\x80-\xBF][\x80-\xBF]" ~= nil
  end

  it("are in the language of the locale", function()
    assert.is_true(is_chinese "LANG=zh_CN.UTF-8")
    assert.is_true(is_chinese "LC_ALL=zh_CN.UTF-8")
    assert.is_true(is_chinese "LC_MESSAGES=zh_CN.UTF-8 LANG=en_US.UTF-8")
    assert.is_false(is_chinese "LANG=en_US.UTF-8")
    assert.is_false(is_chinese "LC_ALL=C LANG=zh_CN.UTF-8")
    assert.is_false(is_chinese "LC_ALL=en_US.UTF-8 LC_MESSAGES=zh_CN.UTF-8")
    assert.is_false(is_chinese "LANG=")
  end)

  it("are in the language of --lang, whatever the locale", function()
    assert.is_true(is_chinese("LANG=C", "--lang", "zh"))
    assert.is_false(is_chinese("LANG=zh_CN.UTF-8", "--lang", "en"))
  end)

  it("of an unknown command are in the language of --lang", function()
    local result = workspace:shell(("unset LC_ALL; export LANG=zh_CN.UTF-8; %s"):format(
      workspace:command("evalute", "--lang", "en")))
    assert.truthy(result.err:find("unknown command", 1, true), result.err)
  end)
end)

describe("what is printed", function()
  local workspace

  setup(function()
    workspace = support.office(support.pack .. [[
warning "off_track" { on = "indicator", title = "预计达标困难", message = "{value}",
  level = function(status) if status == "unmet" then return "red" end end }
]])
    workspace:observe [[
150800,mortality,2023,14
150800,mortality,2024,11
150802,mortality,2024,13
150802,screening,2024,13
]]
    workspace:expect(0, "evaluate", "--year", 2024)
    workspace:expect(0, "user", "add", "zhang", "--role", "office")
  end)

  teardown(function() workspace:remove() end)

  for _, language in ipairs { "en", "zh" } do
    it("lines up under its headings, wide characters counted as two (" .. language .. ")", function()
      local tables = 0
      for _, command in ipairs { "evaluate --year 2024", "evaluate --region 150802 --all", "runs", "pack list",
        "pack list --history", "warnings", "replay 1" } do
        local words = words_of(command)
        words[#words + 1] = "--lang"
        words[#words + 1] = language
        local lines = support.lines(workspace:expect(0, table.unpack(words)).out .. "\n")
        for i, line in ipairs(lines) do
          if line:find "^%-%-" then
            local rows, columns = support.table(table.concat(lines, "\n", i - 1, #lines) .. "\n")
            tables = tables + 1
            for _, column in ipairs(columns) do
              assert.truthy(column.name:find "%S", "a heading is not above its column: " .. lines[i - 1])
              for _, row in ipairs(rows) do
                assert.is_true(support.display_width(row[column.name]) <= column.last - column.first + 1)
              end
            end
          end
        end
      end
      assert.is_true(tables >= 12, "only " .. tables .. " tables")
    end)
  end

  it("has no blanks at the ends of lines", function()
    assert.is_nil(workspace:expect(0, "evaluate", "--year", 2024).out:find " \n")
  end)

  local printing = { "evaluate", "runs", "pack list", "pack list --history", "warnings", "replay 1" }
  for _, command in ipairs(printing) do
    it("is read back from --format json and csv: " .. command, function()
      local words = words_of(command)
      assert.is_table(workspace:json(0, table.unpack(words)))
      words[#words + 1] = "--format"
      words[#words + 1] = "csv"
      local _, names = support.csv(workspace:expect(0, table.unpack(words)).out)
      assert.is_true(#names > 1, "no columns")
    end)
  end

  it("is never a drawn tree when CSV was asked for", function()
    local result = workspace:run("explain", "150802", "annual", "--format", "csv")
    if result.code == 2 then
      assert.truthy(result.err:find("csv", 1, true), result.err)
    else
      local _, names = support.csv(result.out)
      assert.is_true(#names > 1, "no columns")
    end
  end)

  it("of init is an object or a row", function()
    local new = support.workspace()
    local told = new:json(0, "init")
    assert.same({ true, "data/biaochi.db" }, { told.ok, told.database })
    local rows = support.csv(new:expect(0, "init", "--format", "csv").out)
    assert.same({ "data/biaochi.db", tostring(told.schema) }, { rows[1].database, rows[1].schema })
    new:remove()
  end)

  it("is JSON also when it is an error", function()
    for _, case in ipairs { { 6, "replay", 99 }, { 6, "import", "none.csv" }, { 6, "explain", "150802", "nothing" } } do
      local report = workspace:json(table.unpack(case))
      assert.is_false(report.ok)
      assert.is_string(report.problems[1].message)
    end
  end)

  it("goes to standard output only when it is a result", function()
    local result = workspace:expect(0, "evaluate", "--format", "json")
    assert.equal("", result.err)
    assert.equal("", workspace:expect(6, "replay", 99).out)
  end)

  it("to a pipe that is closed ends without a crash", function()
    local result = workspace:shell(("{ %s; echo $? >code; } | true"):format(workspace:command "evaluate"))
    assert.equal(0, result.code)
    local code = tonumber(support.read_file(workspace:path "code"))
    assert.is_true(code == 0 or code == 5 or code == 141, "exit code " .. code)
  end)

  local on_a_full_device = { "--help", "--version", "help evaluate", "evaluate --year 2024", "explain 150802 mortality",
    "replay 1", "runs", "warnings", "pack list", "pack check office", "pack test office", "pack show office",
    "pack coverage office", "pack diff office --impact", "analyse weights", "analyse data",
    "analyse differences 150802 150800", "analyse warnings --horizon 1", "samples list", "samples remove", "audit list",
    "audit verify", "user list", "user show zhang", "user sessions", "user token list", "export observations",
    "export regions", "export regions r.csv", "export pack office office.zip", "init", "import observed.csv",
    "import observed.csv --dry-run", "pack activate office", "pack list --history", "round list",
    "user reset-password zhang", "user grant zhang --role leader", "user enable zhang", "user unlock zhang",
    "user token add zhang --name x --scopes read" }
  for _, line in ipairs(on_a_full_device) do
    it("to a full device is exit code 5: " .. line, function()
      local printed = 0
      for _, format in ipairs { "table", "json", "csv" } do
        local words = words_of(line)
        table.move({ "--format", format }, 1, 2, #words + 1, words)
        local command = workspace:command(table.unpack(words))
        local good = workspace:shell(command)
        if good.code < 2 and good.out ~= "" then
          printed = printed + 1
          local result = workspace:shell(command .. " >/dev/full")
          assert.equal(5, result.code, line .. " " .. format)
          assert.truthy(result.err:find("cannot write the output: No space left on device", 1, true), result.err)
        end
      end
      assert.is_true(printed > 0, "nothing was printed")
    end)
  end
end)

describe("the progress bar", function()
  local workspace

  setup(function()
    workspace = support.office(support.wide_pack)
    local lines = support.hundred_thousand_lines()
    workspace:write("big.csv", table.concat(lines, "\n") .. "\n")
  end)

  teardown(function() workspace:remove() end)

  it("is not shown where no one watches", function()
    local result = workspace:expect(0, "import", "big.csv", "--dry-run")
    assert.is_nil(result.err:find "[\r\27%%]")
    assert.equal(1, #support.lines(result.err))
  end)

  it("is shown on a terminal, grows to the end, and leaves the report", function()
    local result = workspace:shell("script -qec " .. support.quote(workspace:command("import", "big.csv"))
      .. " /dev/null")
    assert.equal(0, result.code, result.out)
    local shown, before = 0, -1
    for percent, done in result.out:gmatch "(%d+)%%%s+(%d+)/100000" do
      shown = shown + 1
      assert.is_true(tonumber(done) > before and tonumber(done) <= 100000, "it went back")
      assert.near(tonumber(done) / 1000, tonumber(percent), 1)
      before = tonumber(done)
    end
    assert.is_true(shown > 0, "no progress was shown")
    assert.truthy(result.out:find("\27%[Kbig.csv: 100000 rows: 100000 added"), "the bar was not erased")
  end)
end)

describe("exit codes", function()
  local workspace

  before_each(function() workspace = support.office() end)
  after_each(function() workspace:remove() end)

  it("0: all went well", function() workspace:expect(0, "pack", "check", "office") end)

  it("1: rows, a pack, a spec or a rule is wrong", function()
    workspace:write("o.csv", "region,indicator,year,value\n1,mortality,2024,1\n")
    workspace:expect(1, "import", "o.csv")
    workspace:write_pack("office", "pack {")
    workspace:expect(1, "pack", "check", "office")
  end)

  it("2: the command line is wrong", function() workspace:expect(2, "evaluate", "--nothing") end)

  it("3: the database cannot be used", function()
    workspace:shell "rm data/*"
    workspace:expect(3, "runs")
  end)

  it("4: a worker hung, and the message names the pack", function()
    workspace:write_pack("slow", "while true do end")
    local result = workspace:expect(4, "pack", "check", "slow", "--deadline-ms", 200)
    assert.truthy(result.err:find "slow", result.err)
  end)

  it("4: the worker is no worker", function()
    for _, program in ipairs { "/bin/true", "/bin/false", "/bin/cat" } do
      local result = workspace:expect(4, "pack", "check", "office", "--worker", program, "--deadline-ms", 2000)
      assert.truthy(result.err:find "worker", result.err)
    end
  end)

  it("4: the worker's program is not there", function()
    local result = workspace:expect(4, "pack", "check", "office", "--worker", "/nothing/here")
    assert.truthy(result.err:find "worker", result.err)
  end)

  it("5: the system refuses", function() workspace:expect(5, "import", ".") end)

  it("6: what was asked for is not there", function() workspace:expect(6, "replay", 9) end)
end)

describe("the workspace", function()
  local workspace

  setup(function() workspace = support.office() end)
  teardown(function() workspace:remove() end)

  local function listed(before)
    return workspace:shell(before .. " " .. support.quote(support.binary) .. " pack list").out
  end

  it("is the one of --workspace, of BIAOCHI_WORKSPACE, or the folder one is in", function()
    local wanted = workspace:expect(0, "pack", "list").out
    assert.truthy(wanted:find("office", 1, true))
    assert.equal(wanted, listed "BIAOCHI_WORKSPACE=data")
    assert.equal(wanted, listed "cd data;")
    workspace:shell "mkdir other"
    assert.equal(wanted, workspace:shell("BIAOCHI_WORKSPACE=other " .. workspace:command("pack", "list")).out)
  end)
end)
