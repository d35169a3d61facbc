-- The audit log: audit list, verify and export, and what tampering with the workspace gives.

local support = require "tests.spec.support"

local workspace
before_each(function()
  workspace = support.office()
  workspace:observe "150800,mortality,2020,16.9\n150800,mortality,2024,14.3\n"
end)
after_each(function() workspace:remove() end)

local function actions(...)
  local words = {}
  for i, row in ipairs(workspace:json(0, "audit", "list", ...)) do words[i] = row.action end
  return words
end

-- What audit verify finds: kinds with row numbers, "hash 3", in its order.
local function findings(...)
  local report = workspace:json(1, "audit", "verify", ...)
  assert.is_false(report.ok)
  local words = {}
  for i, finding in ipairs(report.findings) do
    assert.truthy(#finding.message > 0)
    words[i] = ("%s %s"):format(finding.what, finding.id or "-")
  end
  return words, report
end

local function lines_of(name) return support.lines(support.read_file(workspace:path(name))) end

describe("audit list", function()
  it("tells what was done, newest first", function()
    assert.same({ "observations.put", "pack.activate", "plans.put", "pack.store", "blobs.put", "regions.put",
      "log.begin" }, actions())
    workspace:expect(0, "evaluate", "--year", 2024)
    workspace:observe "150800,mortality,2024,14.4\n"
    local rows = workspace:json(0, "audit", "list", "--limit", 2)
    assert.same({ "observations.put", "run.put" }, { rows[1].action, rows[2].action })
    assert.same({ 9, "cli", "150800" }, { rows[1].id, rows[1].means, rows[1].subject })
    local detail = support.decode(rows[1].detail)
    assert.same({ 2, "observed.csv", 0, 1 }, { detail.data_version, detail.what, detail.added, detail.revised })
    assert.same({ region = "150800", indicator = "mortality", breakdown = "total", year = 2024, old = "14.3",
      new = "14.4" }, detail.figures[1])
    assert.equal("office", rows[2].subject)
    assert.equal(rows[2].hash, rows[1].previous_hash)
  end)

  it("says nothing of what did not happen", function()
    workspace:write("dry.csv", "region,indicator,year,value\n150800,mortality,2023,15\n")
    workspace:expect(0, "import", "--dry-run", "dry.csv")
    workspace:write("bad.csv", "region,indicator,year,value\n150800,mortality,2023,15\n150800,nothing,2023,1\n")
    workspace:expect(1, "import", "bad.csv")
    workspace:observe "150800,mortality,2024,14.3\n"
    workspace:expect(0, "pack", "activate", "office")
    assert.equal(7, #actions())
  end)

  it("takes who, what, when and which rows", function()
    workspace:shell("BIAOCHI_USER=wang " .. workspace:command("import", "observed.csv"))
    assert.equal(7, #actions())
    workspace:write("more.csv", "region,indicator,year,value\n150800,mortality,2023,15\n")
    workspace:shell("BIAOCHI_USER=wang " .. workspace:command("import", "more.csv"))
    assert.same({ "observations.put" }, actions("--who", "local:wang"))
    assert.same({ "pack.activate", "pack.store" }, actions("--action", "pack"))
    assert.same({ "pack.activate" }, actions("--action", "pack.activate", "--subject", "office"))
    assert.same({ "blobs.put", "regions.put" }, actions("--from", 2, "--to", 3))
    assert.equal(8, #actions("--since", "2026-01-01", "--all"))
    assert.same({}, actions("--until", "2026-01-01 08:30"))
  end)

  it("tells of sample data that is taken out", function()
    workspace:observe("150800,screening,2024,62.5,sample\n150800,mortality,2024,14,sample\n", "region,indicator,year,value,kind")
    workspace:expect(0, "samples", "remove")
    assert.equal(8, #actions())
    workspace:expect(0, "samples", "remove", "--yes")
    local rows = workspace:json(0, "audit", "list", "--limit", 2)
    assert.same({ "samples.remove", "observations.put" }, { rows[1].action, rows[2].action })
    assert.same({ data_version = 3, removed = 2, restored = 1 }, support.decode(rows[1].detail))
  end)

  it("refuses what is no time and no number", function()
    for _, words in ipairs { { "--since", "yesterday" }, { "--until", "2026-02-30" }, { "--limit", "-1" },
      { "--from", "x" } } do
      workspace:expect(2, "audit", "list", table.unpack(words))
    end
  end)

  it("prints a table with details in words, and CSV with hashes", function()
    local rows = support.table(workspace:expect(0, "audit", "list", "--lang", "zh").out)
    assert.equal("写入监测值（observations.put）", rows[1]["操作"])
    assert.equal("数据版本 1，事由 observed.csv，新增 2，修订 0", rows[1]["内容"])
    assert.equal("日志开始（log.begin）", rows[7]["操作"])
    assert.equal("log.begin", support.table(workspace:expect(0, "audit", "list").out)[7].action)
    local csv = support.csv(workspace:expect(0, "audit", "list", "--format", "csv").out)
    assert.equal(64, #csv[1].hash)
    assert.truthy(csv[1].detail:find('"added":2', 1, true))
  end)
end)

describe("audit verify", function()
  it("finds a log whole, and a noted head in it", function()
    local report = workspace:json(0, "audit", "verify")
    assert.same({ true, 7, 7 }, { report.ok, report.rows, report.head.id })
    assert.same({}, report.findings)
    local head = report.head.hash .. "@7"
    workspace:observe "150800,mortality,2023,15\n"
    workspace:expect(0, "audit", "verify", "--expect", head)
    workspace:expect(0, "audit", "verify", "--expect", report.head.hash)
    assert.same({ "expected 6" }, (findings("--expect", report.head.hash .. "@6")))
    local got = workspace:expect(0, "audit", "verify", "--lang", "zh")
    assert.truthy(got.out:find("审计日志完好：共 8 行", 1, true), got.out)
    workspace:expect(2, "audit", "verify", "--expect", "12345")
  end)

  it("of a whole log prints a CSV without rows and ends well", function()
    local rows, names = support.csv(workspace:expect(0, "audit", "verify", "--format", "csv").out)
    assert.same({}, rows)
    assert.same({ "what", "id", "message" }, names)
    workspace:sql "UPDATE audit_log SET who = 'nobody' WHERE id = 3"
    rows = support.csv(workspace:expect(1, "audit", "verify", "--format", "csv").out)
    assert.same({ "hash", "3" }, { rows[1].what, rows[1].id })
  end)

  it("finds an altered row", function()
    workspace:sql "UPDATE audit_log SET who = 'nobody' WHERE id = 3"
    local words, report = findings()
    assert.same({ "hash 3" }, words)
    assert.equal(3, report.first_broken)
    local got = workspace:expect(1, "audit", "verify")
    assert.truthy(got.out:find("Row 3 was altered", 1, true), got.out)
    assert.truthy(got.err:find("from row 3 on", 1, true), got.err)
  end)

  it("tells that the clock went back, which is no finding", function()
    assert.same({ 0 }, { workspace:json(0, "audit", "verify").times_back })
    workspace:sql "UPDATE audit_log SET at_us = at_us + 86400000000 WHERE id = 3"
    local words, report = findings() -- the row's own hash is another now
    assert.same({ "hash 3" }, words)
    assert.same({ 1, 4 }, { report.times_back, report.first_time_back })
  end)

  it("finds rows that are gone", function()
    workspace:sql "DELETE FROM audit_log WHERE id = 3"
    assert.same({ "number 3" }, (findings()))
    workspace:sql "DELETE FROM audit_log WHERE id > 5"
    assert.equal("end 6", (findings())[2])
  end)

  it("finds a figure that was altered behind the program's back", function()
    workspace:sql "UPDATE observation SET value = 10, value_text = '10' WHERE year = 2024"
    -- Evaluations still read the figure that was put, which is no observation any more.
    assert.same({ "observations 7", "observations -" }, (findings()))
  end)

  it("finds a run that says otherwise than was logged", function()
    workspace:expect(0, "evaluate", "--year", 2024)
    workspace:sql "UPDATE run SET result_hash = pack_hash"
    assert.same({ "run 8", "results -" }, (findings()))
  end)

  it("finds a result that is not the one that was stored", function()
    workspace:expect(0, "evaluate", "--year", 2024)
    workspace:sql "UPDATE result SET payload = x'00' WHERE region = (SELECT number FROM region WHERE code = '150800')"
    assert.same({ "results -" }, (findings()))
  end)

  it("is not fooled by processes that write at the same time", function()
    local commands = {}
    for i = 1, 4 do
      workspace:write(("at_once_%d.csv"):format(i), ("region,indicator,year,value\n150800,mortality,%d,15\n"):format(2000 + i))
      commands[i] = workspace:command("import", ("at_once_%d.csv"):format(i)) .. " &"
    end
    workspace:shell(table.concat(commands, " ") .. " wait")
    local report = workspace:json(0, "audit", "verify")
    assert.equal(11, report.rows)
  end)
end)

describe("audit export", function()
  -- As the help of `audit export` says it.
  local function hash_of(row)
    local fields = { row.previous_hash, ("%d"):format(row.id), ("%d"):format(row.at_us), row.who, row.means,
      row.address or "", row.action, row.subject or "", row.detail or "" }
    for i, field in ipairs(fields) do fields[i] = ("%d:%s,"):format(#field, field) end
    workspace:write("fields", table.concat(fields))
    return workspace:shell("sha256sum fields").out:match "^%x+"
  end

  it("writes rows whose hashes anybody can work out", function()
    local head = workspace:json(0, "audit", "export", "log.jsonl").head
    local lines, before = lines_of "log.jsonl", nil
    assert.equal(7, #lines)
    for i, line in ipairs(lines) do
      local row = support.decode(line)
      assert.equal(i, row.id)
      assert.equal(row.hash, hash_of(row))
      assert.equal(before or row.previous_hash, row.previous_hash)
      before = row.hash
    end
    assert.same({ 7, before }, { head.id, head.hash })
  end)

  it("is itself logged, and refuses to write over a file", function()
    workspace:expect(0, "audit", "export", "log.jsonl")
    local row = workspace:json(0, "audit", "list", "--limit", 1)[1]
    assert.same({ "audit.export", "log.jsonl" }, { row.action, row.subject })
    assert.equal(7, support.decode(row.detail).head_id)
    local got = workspace:expect(1, "audit", "export", "log.jsonl")
    assert.truthy(got.err:find("there already", 1, true), got.err)
    assert.equal(8, #actions())
    workspace:expect(5, "audit", "export", "nowhere/log.jsonl")
    assert.is_false(support.exists(workspace:path "nowhere/log.jsonl"))
  end)

  it("can be verified without the workspace", function()
    local head = workspace:json(0, "audit", "export", "log.jsonl").head
    local noted = ("%s@%d"):format(head.hash, head.id)
    workspace:shell "mv data elsewhere"
    assert.equal(7, workspace:json(0, "audit", "verify", "--file", "log.jsonl", "--expect", noted).rows)
    local lines = lines_of "log.jsonl"
    local function rewrite(...) workspace:write("log.jsonl", table.concat({ ... }, "\n") .. "\n") end
    rewrite(table.unpack(lines, 1, 6))
    workspace:expect(0, "audit", "verify", "--file", "log.jsonl")
    assert.same({ "expected 7" }, (findings("--file", "log.jsonl", "--expect", noted)))
    rewrite(lines[1], lines[3], lines[2], table.unpack(lines, 4))
    assert.same({ "number 2", "number 2", "number 3" }, (findings("--file", "log.jsonl")))
    rewrite((lines[1]:gsub("biaochi", "nobody")), table.unpack(lines, 2))
    assert.same({ "hash 1" }, (findings("--file", "log.jsonl")))
    workspace:write("log.jsonl", lines[1] .. "\n{ \"id\": 2 }\n")
    local got = workspace:expect(1, "audit", "verify", "--file", "log.jsonl")
    assert.truthy(got.err:find("log.jsonl:2", 1, true), got.err)
    workspace:expect(5, "audit", "verify", "--file", "nothing.jsonl")
  end)
end)
