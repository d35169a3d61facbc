local S = require "schema"

local hash = S.with(S.text, { pattern = "^[0-9a-f]{64}$" })

return {
  tag = "audit",
  about = "Who did what, and whether that is still what was written.",
  zh = "审计日志的查询、校验与导出。",
  schemas = {
    AuditRow = S.object {
      id = S.id, at_us = S.with(S.integer, { description = "microseconds since 1970 in UTC" }), who = S.text,
      means = S.text, address = S.maybe(S.text), action = S.text, subject = S.maybe(S.text),
      detail = S.with(S.maybe(S.text), { description = "JSON, as it was hashed" }), previous_hash = hash, hash = hash,
    },
  },
  operations = {
    ["GET /api/v1/audit"] = {
      id = "listAudit", does = "Rows of the log, latest first, page by page.", zh = "审计日志，分页，最近的在前。",
      right = "audit.read", place = "everywhere",
      query = {
        who = { S.text, "by this account alone; local:NAME for the command line" }, action = { S.text, "this action alone" },
        subject = { S.text, "about this alone; what concerns several at once, as an import does, names none" },
        since = { S.text, "a day or a time", example = "2021-01-01" }, ["until"] = { S.text, "a day or a time" },
        before = { S.with(S.integer, { minimum = 2 }), "the before of the page before" },
        limit = { S.with(S.integer, { minimum = 1, maximum = 1000, default = 100 }), "rows in a page", example = 5 },
      },
      answers = { [200] = { schema = S.object { rows = S.list(S.ref "AuditRow"), before = S.maybe(S.id) } } },
    },
    ["GET /api/v1/audit/verify"] = {
      id = "verifyAudit", does = "Whether the chain is whole and vouches for what the tables hold.",
      zh = "校验日志链及其所证明的数据。", right = "audit.read", place = "everywhere",
      query = { expect = { S.text, "HASH, or HASH@ID, of a row that was written down before" } },
      answers = { [200] = { schema = S.object {
        ok = S.boolean, rows = S.count, first_broken = S.maybe(S.id),
        times_back = S.with(S.count, { description = "rows more than a minute older than the one before: the clock was "
          .. "set back there, or had been ahead; no finding" }),
        first_time_back = S.maybe(S.id), head = S.maybe(S.object { id = S.id, hash = hash }),
        findings = S.list(S.object {
          what = S.one_of_names("hash", "link", "number", "beginning", "end", "expected", "detail", "observations",
            "activation", "run", "results", "pack", "round"),
          id = S.maybe(S.id), message = S.text,
        }),
        more_findings = S.count,
      } } },
      errors = { 422 },
    },
    ["GET /api/v1/audit/export"] = {
      id = "exportAudit", does = "Rows in order, a line of JSON each; that they were taken is logged.",
      zh = "导出审计日志，每行一条 JSON。", right = "audit.export", place = "everywhere",
      query = {
        from = { S.id, "the first row", example = 1 },
        limit = { S.with(S.integer, { minimum = 1, maximum = 10000, default = 10000 }), "rows", example = 10 },
      },
      answers = { [200] = { content = { ["application/x-ndjson"] = { S.ref "AuditRow" } } } },
    },
  },
}
