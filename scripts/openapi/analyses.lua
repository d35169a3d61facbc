local S = require "schema"

local number = S.maybe(S.number)
local pack = { S.text, "this alone", example = "office" }
local assessment = { S.text, "this alone", example = "annual" }

local function analysis(id, does, zh, query, members)
  return {
    id = id, does = does, zh = zh, right = "analyse", place = "anywhere", query = query,
    answers = { [200] = { schema = S.object { analyses = S.list(S.object(members)) } } },
    errors = { 404, 409, 422 },
  }
end

local subject = S.object {
  code = S.text, name = S.maybe(S.text), score = number, rank = S.integer, rank_low = S.integer,
  rank_high = S.integer, rank_best = S.integer, rank_worst = S.integer, rank_mean = number,
  changed = S.with(number, { description = "share of the draws in which its place is another" }),
  sample_observations = S.count,
}

local side = S.object {
  sample_observations = S.count, region = S.code, name = S.maybe(S.text), unit = S.maybe(S.text), year = S.year,
  run = S.id, pack_hash = S.hash, score = number, exact = number, grade = S.maybe(S.text), veto = S.maybe(S.text),
}

local item_side = S.maybe(S.object { score = number, points = number, state = S.maybe(S.ref "ItemState") })
local status = S.object { status = S.ref "Status", value = number }

local counts = S.object {
  cases = S.count, hits = S.count, misses = S.count, false_alarms = S.count, silences = S.count, pending = S.count,
  unknown = S.count, precision = number, recall = number, events = S.count, warned_events = S.count,
  lead_years = number, due_years = S.integer, verdict = S.one_of_names("fair", "no_case", "few_years", "few_events"),
}

return {
  tag = "analyses",
  about = "What results say about rules and regions, and figures that ask for a second look.",
  zh = "结果分析与数据质量检查。",
  operations = {
    ["GET /api/v1/analyses/weights"] = analysis("analyseWeights", "Places under other weights.", "权重敏感性。", {
      pack = pack, assessment = assessment,
      year = { S.year, "usually the last that has data", example = 2024 },
      runs = { S.id, "draws", example = 100 },
      seed = { S.count, "of the draws", example = 1 },
      spread = { S.text, "by which share points are moved, or any", example = "0.2" },
    }, {
      ok = S.boolean, pack = S.text, pack_hash = S.hash, run = S.id, year = S.year, data_version = S.count,
      result_hash = S.hash, assessment = S.text, title = S.text, method = S.one_of_names("dirichlet", "spread"),
      spread = number, runs = S.id, seed = S.count, any_changed = S.number, first_changed = S.number,
      mean_shift = S.number, sample_observations = S.count, subjects = S.list(subject),
      items = S.list(S.object { id = S.text, title = S.text, points = number, points_least = number,
        points_most = number, influence = number }),
    }),
    ["GET /api/v1/analyses/differences"] = analysis("analyseDifferences",
      "Why two regions, or two years of one, have other scores.", "两个行政区划或两个年份的得分差异。", {
      region = { S.code, "the first side", required = true, example = "150802" },
      other = { S.code, "the second side", example = "150821" },
      year = { S.year, "of both regions", example = 2024 },
      from = { S.year, "of one region: the earlier year" }, to = { S.year, "of one region: the later year" },
      pack = pack, assessment = assessment, unit = { S.text, "where units are assessed" },
    }, {
      ok = S.boolean, pack = S.text, assessment = S.text, title = S.text, first = side, second = side,
      difference = number, same_pack = S.boolean,
      items = S.list(S.object {
        id = S.text, title = S.text, parent = S.maybe(S.text), depth = S.count, leaf = S.boolean, first = item_side,
        second = item_side, contribution = number, from_scoring = number, from_points = number,
        inputs = S.list(S.object { name = S.text, first = S.maybe(S.text), second = S.maybe(S.text) }),
      }),
      indicators = S.list(S.object { id = S.text, title = S.text, plan = S.text, first = status, second = status }),
    }),
    ["GET /api/v1/analyses/warnings"] = analysis("analyseWarnings", "Warnings tested on past years.",
      "以历史数据检验预警规则。", {
      pack = pack, warning = { S.text, "this alone", example = "off_track" },
      from = { S.year, "the first year", example = 2021 }, to = { S.year, "the last year", example = 2023 },
      horizon = { S.id, "whether indicators are met so many years later, and not at the plan's end", example = 1 },
    }, {
      sample_observations = S.count, ok = S.boolean, pack = S.text, pack_version = S.text, warning = S.text,
      title = S.text, from = S.year, to = S.year, newest_year = S.year, horizon = S.maybe(S.id), all = counts,
      levels = S.map(counts), indicators = S.map(counts), failures = S.count,
    }),
    ["GET /api/v1/analyses/data"] = analysis("analyseData", "Figures that ask for a second look.", "数据质量检查。", {
      pack = pack, region = { S.code, "of this alone", example = "150802" },
      year = { S.year, "of this alone", example = 2024 },
    }, {
      ok = S.boolean, pack = S.text, observations = S.count,
      findings = S.list(S.object {
        kind = S.text, severity = S.one_of_names("notice", "doubtful", "serious"), ["region?"] = S.code,
        ["name?"] = S.text, ["indicator?"] = S.text, ["title?"] = S.text, ["breakdown?"] = S.text,
        ["first_year?"] = S.integer, ["year?"] = S.integer, value = number, why = S.text, advice = S.text,
        sample_observations = S.count,
      }),
      counts = S.map(S.object { found = S.count, checked = S.count }),
    }),
  },
}
