local S = require "schema"

local numbers, texts = S.pair(S.maybe(S.number)), S.pair(S.maybe(S.text))
local because = S.with(S.list(S.count), { description = "indexes in causes" })
local rule = S.pair(S.maybe(S.object { file = S.text, line = S.id }))
local inputs = S.list(S.object { name = S.text, before = S.maybe(S.text), after = S.maybe(S.text) })
local version = S.object { version = S.text, hash = S.hash }
local place = { region = S.code, name = S.maybe(S.text) }
local most = S.maybe(S.object(S.extend(place, { unit = S.maybe(S.text), score = numbers })))

local cause = S.object {
  kind = S.text, id = S.text, title = S.maybe(S.text), change = S.one_of_names("added", "removed", "changed"),
  field = S.maybe(S.text), before = S.any, after = S.any, uses = S.maybe(S.text), where = S.maybe(S.text),
  regions = S.with(S.count, { description = "regions whose results it changed" }),
}

local assessment_sum = S.object {
  id = S.text, title = S.text, subjects = S.pair(S.count), gained = S.count, lost = S.count,
  moved = S.with(S.count, { description = "that have another place" }),
  vetoes_struck = S.count, vetoes_off = S.count, most_gained = most, most_lost = most,
  grades = S.list(S.object { before = S.maybe(S.text), after = S.maybe(S.text), count = S.id }),
}

local item = S.object {
  id = S.text, title = S.text, state = texts, score = numbers, points = numbers, contribution = S.number,
  from_scoring = S.number, from_points = S.number, rule = rule, inputs = inputs, because = because,
}

local score = S.object {
  assessment = S.text, unit = S.maybe(S.text), unit_title = S.maybe(S.text), score = numbers, exact = numbers,
  grade = texts, rank = S.pair(S.maybe(S.id)), veto = texts,
  by_others = S.with(S.boolean, { description = "only its place changed, because of others" }),
  items = S.list(item), because = because,
}

local detail = S.object(S.extend(place, {
  evaluated = S.pair(S.boolean),
  scores = S.list(score),
  indicators = S.list(S.object {
    id = S.text, title = S.text, value = numbers, status = S.pair(S.ref "Status"), rule = rule, inputs = inputs,
    because = because,
  }),
  warnings = S.list(S.object {
    id = S.text, title = S.text, subject = S.maybe(S.text), subject_title = S.maybe(S.text), level = texts,
    rule = rule, inputs = inputs, because = because,
  }),
}))

return {
  tag = "impact",
  about = "What another version of a pack would change, before it is activated.",
  zh = "激活前预览评估包新版本带来的变化。",
  schemas = {
    Impact = S.object {
      pack = S.text, title = S.text, before = version, after = version, year = S.year, regions = S.count,
      changed = S.with(S.count, { description = "regions whose results differ" }),
      gone = S.list(S.object { kind = S.text, id = S.text, title = S.maybe(S.text), regions = S.count }),
      rounds = S.with(S.list(S.object {
        id = S.id, assessment = S.text, year = S.year, kind = S.one_of_names("annual", "midterm", "final"),
        state = S.ref "RoundState",
        gone = S.with(S.boolean, { description = "the version does not declare its assessment: it cannot be activated" }),
        changed = S.with(S.count, { description = "subjects with another score, grade or place" }),
      }), { description = "open assessment rounds that it touches" }),
      failures = S.list(S.object(S.extend(place, {
        rule = S.text, file = S.text, line = S.id, outcome = S.ref "CallOutcome", message = S.text, regions = S.count }))),
      causes = S.list(cause),
      assessments = S.list(assessment_sum),
      indicators = S.list(S.object {
        id = S.text, title = S.text, values = S.count,
        statuses = S.list(S.object { before = S.ref "Status", after = S.ref "Status", regions = S.id }),
      }),
      warnings = S.list(S.object {
        id = S.text, title = S.text, raised = S.count, cleared = S.count, risen = S.count, sunk = S.count }),
      details = S.with(S.list(detail), { description = "of the regions that change most" }),
      details_left_out = S.count,
    },
  },
  operations = {
    ["POST /api/v1/packs/{pack}/impact"] = {
      id = "previewImpact", does = "Evaluates old and new rules over the live data and tells them apart.",
      zh = "以现有数据比较新旧规则的结果。", right = "packs.check", place = "pack",
      query = {
        year = { S.year, "usually that of the active results", example = 2024 },
        region = { S.code, "only this one in full" },
        regions = { S.with(S.integer, { minimum = 1, maximum = 100000, default = 100 }), "regions told in full",
          example = 10 },
      },
      body = {
        ["application/json"] = { { oneOf = {
          S.object { version = S.ref "VersionHash" },
          S.ref "PackFiles",
        } }, example = { version = "45a9e25feeb0" } },
        ["application/zip"] = { { type = "string", contentMediaType = "application/zip" } },
      },
      answers = { [200] = { schema = S.object {
        impacts = S.with(S.list(S.ref "Impact"), { description = "of the pack, and of those that extend it" }),
        problems = S.list(S.ref "Problem"),
      } } },
      errors = { 404, 409, 422 },
    },
  },
}
