local S = require "schema"

local note = S.with(S.text, { maxLength = 2000, description = "without control characters" })
local warning = {
  id = S.with(S.id, { description = "counts from 1 within its region" }), pack = S.text, region = S.code,
  warning = S.with(S.text, { description = "id of the warning that the pack declares" }),
  subject = S.with(S.text, { description = "what it was raised of, such as indicator:mortality" }),
  state = S.one_of_names("raised", "acknowledged", "cleared"), level = S.ref "Level", year = S.year,
  message = S.maybe(S.text), acknowledged_by = S.maybe(S.text), raised_at = S.time, acknowledged_at = S.maybe(S.time),
  cleared_at = S.maybe(S.time), title = S.maybe(S.text), name = S.maybe(S.text),
}

return {
  tag = "warnings",
  about = "What was raised, its history, and who knows of it.",
  zh = "预警及其历程与确认。",
  schemas = {
    Warning = S.object(warning),
    WarningEvent = S.object {
      event = S.one_of_names("raised", "level", "cleared", "acknowledged"), at = S.time, level = S.ref "Level",
      who = S.text, run = S.maybe(S.id), note = S.maybe(S.text),
    },
    WarningWithHistory = S.object(S.extend(warning, { history = S.list(S.ref "WarningEvent") })),
  },
  operations = {
    ["GET /api/v1/warnings"] = {
      id = "listWarnings", does = "Warnings by region and number; usually those that are not cleared.", zh = "预警列表。",
      right = "warnings.read", place = "anywhere",
      query = {
        pack = { S.text, "of this pack alone", example = "office" },
        region = { S.code, "of this region and those in it" },
        level = { S.ref "Level", "this level and worse: blue, yellow, orange, red", example = "blue" },
        year = { S.year, "raised on results of this year", example = 2024 },
        open = { S.with(S.boolean, { default = true }), "false: also those that were cleared", example = false },
        after = { S.text, "the next_after of the page before" },
        limit = { S.with(S.integer, { minimum = 1, maximum = 1000, default = 100 }), "warnings in a page", example = 10 },
      },
      answers = { [200] = { schema = S.object { warnings = S.list(S.ref "Warning"), next_after = S.maybe(S.text) } } },
      errors = { 404 },
    },
    ["GET /api/v1/warnings/{region}/{warning}"] = {
      id = "getWarning", does = "A warning with its history.", zh = "一条预警及其历程。", right = "warnings.read",
      place = "region",
      answers = { [200] = { schema = S.ref "WarningWithHistory" } },
      errors = { 404 },
    },
    ["POST /api/v1/packs/{pack}/warnings/{region}/{warning}/acknowledgement"] = {
      id = "acknowledgeWarning", does = "Says that one knows of it.", zh = "确认预警。", right = "warnings.acknowledge",
      place = "region",
      body_optional = true,
      body = { ["application/json"] = { S.object { ["note?"] = S.maybe(note) }, example = { note = "已知悉" } } },
      answers = { [200] = { schema = S.object { id = S.id, state = { const = "acknowledged" } } } },
      errors = { 404, 409, 422 },
    },
  },
}
