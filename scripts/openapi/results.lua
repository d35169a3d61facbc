local S = require "schema"

local number = S.maybe(S.number)
local period = S.object { from = S.text, ["to?"] = S.text }

-- Of a figure: left out where it rests on none.
local sampled = { ["sample_observations?"] = S.with(S.count, {
  description = "how many observations of sample data the figure rests on; left out where none" }) }
-- Of several regions.
local sample_regions = S.with(S.count, { description = "how many of the regions' figures rest on sample data" })

-- How many indicators have which status.
local sums = { met = S.count, near = S.count, unmet = S.count, no_data = S.count, not_applicable = S.count }

local attainment = S.extend(sums, {
  ["attainment?"] = S.number, ["printed?"] = S.with(S.text, { description = "the rate in percent, as published" }),
  assessable = S.count, ["sample_observations?"] = S.count,
})
local attained = S.extend(attainment, { ["targets?"] = S.map(S.object(attainment)) })

local assessed = {
  ["total?"] = S.number, ["printed?"] = S.text, ["maximum?"] = S.number, ["grade?"] = S.text, ["veto?"] = S.text,
  items = S.map(S.object {
    ["score?"] = S.number, ["points?"] = S.number, state = S.ref "ItemState", ["sample_observations?"] = S.count }),
  ["sample_observations?"] = S.count,
}

local result = {
  year = S.year,
  indicators = S.map(S.ref "IndicatorResult"),
  plans = S.map(S.object(S.extend(attained, { domains = S.map(S.object(attained)), ["period?"] = period }))),
  assessments = S.map { oneOf = { S.object(assessed), S.object { units = S.map(S.object(assessed)) } } },
  warnings = S.list(S.object {
    id = S.text, ["subject?"] = S.text, level = S.ref "Level", message = S.text, ["sample_observations?"] = S.count }),
  failures = S.list(S.object {
    rule = S.text, file = S.text, line = S.id, outcome = S.ref "CallOutcome", message = S.text }),
}

-- What every answer of this resource begins with.
local head = { pack = S.text, version = S.text, hash = S.hash, year = S.year, run = S.id, data_version = S.count }
local region = { region = S.code, name = S.maybe(S.text),
  ["failed_rules?"] = S.with(S.count, {
    description = "rules that failed there, so that scores miss what they would give; left out where none" }),
  ["sample_observations?"] = S.with(S.count, {
    description = "how many of the region's observations are sample data; left out where none" }) }
local scored = S.extend(region, { scores = S.list(S.ref "Score") })

local label = { code = S.code, name = S.maybe(S.text) }
local rate = { attainment = number, printed = S.maybe(S.text) }
local rated = S.list(S.object(S.extend(S.extend(label, rate), sampled)))
local ranked = S.list(S.object(S.extend(S.extend(label, sampled), {
  total = number, printed = S.maybe(S.text), grade = S.maybe(S.text), rank = S.count })))
local own = S.extend(S.extend(S.extend(sums, rate), sampled), { assessable = S.count })

local summary = S.object {
  regions = S.count,
  failed_rules = S.with(S.count, { description = "rules that failed, counted once a region" }),
  failed_regions = S.with(S.count, { description = "how many regions any failed in" }),
  sample_observations = S.with(S.count, { description = "how many of the regions' observations are sample data" }),
  sample_regions = S.with(S.count, { description = "how many of the regions have any" }),
  plans = S.list(S.object(S.extend(sums, {
    id = S.text, title = S.text, own = S.maybe(S.object(own)),
    mean = number, sample_regions = sample_regions, best = rated, worst = rated,
  }))),
  warnings = S.object { red = S.count, orange = S.count, yellow = S.count, blue = S.count,
    regions = S.with(S.count, { description = "with any" }) },
  assessments = S.list(S.object {
    id = S.text, title = S.text, assessed = S.count, mean = number, sample_regions = sample_regions,
    best = ranked, worst = ranked, grades = S.list(S.object { name = S.text, regions = S.count }),
  }),
}

-- An operation that reads the board.
local function read(id, place, does, zh, members)
  return {
    id = id, does = does, zh = zh, right = "results.read", place = place, fresh = true,
    answers = { [200] = { schema = S.object(S.extend(head, members)) } },
    errors = { 404, 409, 422 },
  }
end

return {
  tag = "results",
  about = "What regions got by the active packs, as of now.",
  zh = "各行政区划按现行评估包的最新结果。",
  schemas = {
    Status = S.one_of_names("met", "near", "unmet", "no_data", "not_applicable"),
    ItemState = S.one_of_names("scored", "no_data", "not_applicable", "failed"),
    Level = S.one_of_names("red", "orange", "yellow", "blue"),
    CallOutcome = S.one_of_names("ok", "raised", "bad_result", "over_time", "over_memory", "stuck"),
    IndicatorResult = S.with(S.object({
      status = S.ref "Status", statuses = S.with(S.map(S.ref "Status"), { description = "by target set" }),
      ["on_track?"] = S.boolean, ["period?"] = period, ["sample_observations?"] = S.count, ["sample_value?"] = S.boolean,
    }, S.number), { description = "further members are figures: value, target, progress, pace, forecast …" }),
    RegionResult = S.object(result),
    NamedRegionResult = S.object(S.extend(result, { name = S.text, ["sample_observations?"] = S.count })),
    Score = S.object(S.extend(sampled, {
      assessment = S.text, title = S.text, points = S.number, total = number, printed = S.maybe(S.text),
      grade = S.maybe(S.text), veto = S.maybe(S.text), rank = S.maybe(S.id),
      ranked = S.with(S.count, { description = "how many have a place" }),
    })),
  },
  operations = {
    ["GET /api/v1/results/{pack}/scores"] = read("listScores", "part of pack", "Scores of all regions.",
      "各行政区划的得分。", { regions = S.list(S.object(scored)) }),
    ["GET /api/v1/results/{pack}/scores/{region}"] = read("getScores", "region", "Scores of a region.",
      "一个行政区划的得分。", scored),
    ["GET /api/v1/results/{pack}/regions/{region}"] = read("getRegionResult", "region", "All results of a region.",
      "一个行政区划的全部结果。", S.extend(region, { result = S.ref "RegionResult" })),
    ["GET /api/v1/results/{pack}/summary"] = read("getSummary", "part of pack", "The pack's results in one view.",
      "评估结果总览。", { summary = summary }),
  },
}
