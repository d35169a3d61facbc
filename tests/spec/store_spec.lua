-- Databases that cannot be used: what is said, what to do about it, and exit code 3.

local support = require "tests.spec.support"

describe("a database", function()
  local workspace

  before_each(function() workspace = support.office() end)
  after_each(function() workspace:remove() end)

  local observations = "region,indicator,year,value\n150802,mortality,2024,11\n"

  -- Exit code 3, a message with the text, and a hint below it; nothing on stdout.
  local function refused(result, ...)
    assert.equal(3, result.code, result.out .. result.err)
    assert.equal("", result.out)
    for _, wanted in ipairs { ... } do
      assert.truthy(result.err:find(wanted, 1, true), ("no %q in:\n%s"):format(wanted, result.err))
    end
    assert.truthy(result.err:find("\n    → %S"), "no hint in:\n" .. result.err)
  end

  it("that is missing", function()
    workspace:shell "rm data/*"
    refused(workspace:run "runs", "data/biaochi.db", "biaochi init")
    workspace:shell "rmdir data"
    refused(workspace:run "evaluate", "data")
    assert.is_false(support.exists(workspace:path "data"))
  end)

  it("in a place that is no folder", function()
    workspace:shell "rm -r data && touch data"
    refused(workspace:run "runs", "data")
    assert.not_equal(0, workspace:run("init").code)
  end)

  it("init makes where there is none, and leaves one that is there", function()
    workspace:shell "rm -r data"
    workspace:expect(0, "init")
    workspace:write("regions.csv", support.regions)
    workspace:expect(0, "import", "--table", "regions", "regions.csv")
    local before = workspace:sql ".dump"
    workspace:expect(0, "init")
    assert.is_true(before == workspace:sql ".dump", "the database was changed")
  end)

  it("that is a text", function()
    workspace:write("data/biaochi.db", ("this is no database\n"):rep(100))
    refused(workspace:run "runs", "data/biaochi.db", "not a Biaochi database")
    refused(workspace:run "init", "not a Biaochi database")
    assert.equal(("this is no database\n"):rep(100), support.read_file(workspace:database()))
  end)

  it("that is empty", function()
    workspace:write("data/biaochi.db", "")
    refused(workspace:run "runs", "data/biaochi.db")
  end)

  it("of another program", function()
    workspace:shell "rm data/* && sqlite3 data/biaochi.db 'CREATE TABLE bookmark (address TEXT)'"
    refused(workspace:run "runs", "not a Biaochi database")
    refused(workspace:run "init", "not a Biaochi database")
    assert.equal("bookmark", workspace:sql "SELECT group_concat(name) FROM sqlite_master")
  end)

  it("of a newer schema", function()
    workspace:sql "INSERT INTO schema_migration (version, name, hash, applied_at_us) VALUES (99, 'later', '00', 1)"
    local before = workspace:sql ".dump"
    workspace:write("o.csv", observations)
    for _, words in ipairs { { "runs" }, { "init" }, { "evaluate" }, { "import", "o.csv" } } do
      refused(workspace:run(table.unpack(words)), "schema 99", "newer")
    end
    assert.is_true(before == workspace:sql ".dump", "the database was changed")
  end)

  it("whose migration is not the program's", function()
    workspace:sql "UPDATE schema_migration SET hash = '00'"
    refused(workspace:run "runs", "Migration 1")
  end)

  it("that was cut short", function()
    workspace:shell "sqlite3 data/biaochi.db 'PRAGMA wal_checkpoint(TRUNCATE)' && truncate -s 20000 data/biaochi.db"
    refused(workspace:run "runs", "data/biaochi.db", "damaged")
  end)

  it("that another process is writing to", function()
    workspace:write("o.csv", observations)
    -- The other process tells through one pipe that it holds the lock, and lets go through the other.
    local result = workspace:shell(([[
      mkfifo held release
      { echo 'BEGIN IMMEDIATE; CREATE TABLE held (a);'; echo '.shell echo held >held'; cat release; } |
        sqlite3 data/biaochi.db &
      read answer <held
      %s; code=$?
      %s >/dev/null; read_code=$?
      echo 'ROLLBACK;' >release
      wait
      echo "$read_code" >read_code
      exit $code
    ]]):format(workspace:command("import", "o.csv"), workspace:command "pack list"))
    refused(result, "lock")
    assert.equal("0\n", support.read_file(workspace:path "read_code"))
    assert.equal("0", workspace:sql "SELECT count(*) FROM observation")
    workspace:expect(0, "import", "o.csv")
  end)

  it("that may not be written", function()
    workspace:write("o.csv", observations)
    -- Root may write everything: there, the program runs as the user nobody, from a copy it may read.
    local as_nobody = workspace:shell "id -u".out == "0\n"
      and "setpriv --reuid 65534 --regid 65534 --clear-groups " or ""
    workspace:shell(("cp %s program && chmod 755 . program && chmod 444 data/* && chmod 555 data"):format(
      support.quote(support.binary)))
    refused(workspace:shell(as_nobody .. "./program import o.csv --workspace data"), "data/biaochi.db")
    workspace:shell "chmod 755 data"
    assert.equal("0", workspace:sql "SELECT count(*) FROM observation")
  end)

  it("that may not be read", function()
    local as_nobody = workspace:shell "id -u".out == "0\n"
      and "setpriv --reuid 65534 --regid 65534 --clear-groups " or ""
    workspace:shell(("cp %s program && chmod 755 . program && chmod 000 data/*"):format(support.quote(support.binary)))
    refused(workspace:shell(as_nobody .. "./program runs --workspace data"), "data/biaochi.db")
  end)

  describe("that has no room to grow", function()
    local function import_without_room(before)
      local lines = { "region,indicator,year,value,note" }
      for year = 1950, 2024 do lines[#lines + 1] = ("150802,mortality,%d,1,%s"):format(year, ("注"):rep(1000)) end
      workspace:write("big.csv", table.concat(lines, "\n") .. "\n")
      return workspace:shell(before .. " ulimit -f 200; " .. workspace:command("import", "big.csv"))
    end

    local function still_whole()
      assert.equal("0", workspace:sql "SELECT count(*) FROM observation")
      assert.equal("ok", workspace:sql "PRAGMA integrity_check")
      assert.equal(75, workspace:json(0, "import", "big.csv").added)
    end

    it("says so and stores nothing", function()
      refused(import_without_room "trap '' XFSZ;", "data/biaochi.db")
      still_whole()
    end)

    it("is not ended by the signal of a file too large", function()
      refused(import_without_room "", "data/biaochi.db")
      still_whole()
    end)
  end)

  it("made by a version with another std is still evaluated, explained and replayed", function()
    workspace:write("o.csv", observations)
    workspace:expect(0, "import", "o.csv")
    -- As an older program left it: the same rules, but for a word in a comment.
    workspace:shell [[
      sqlite3 data/biaochi.db "SELECT writefile('std', CAST(replace(CAST(bytes AS TEXT), 'The pack API', 'The pack Api')
        AS BLOB)) FROM blob WHERE kind = 'std'"
      hash=$(sha256sum std | cut -d ' ' -f 1)
      sqlite3 data/biaochi.db "INSERT INTO blob (hash, kind, bytes) VALUES ('$hash', 'std', readfile('std'));
        UPDATE pack_version SET std_hash = '$hash'; DELETE FROM blob WHERE kind = 'std' AND hash <> '$hash'"
    ]]
    assert.equal("1|1", workspace:sql "SELECT count(*), count(DISTINCT length(bytes)) FROM blob WHERE kind = 'std'")
    local run = workspace:json(0, "evaluate", "--year", 2024)[1]
    assert.equal("met", run.regions["150802"].indicators.mortality.status)
    assert.truthy(workspace:json(0, "explain", "150802", "annual", "--year", 2024).tree.value)
    assert.equal("yes", workspace:json(0, "replay", run.run)[1].same)
  end)
end)
