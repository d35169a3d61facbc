local S = require "schema"

local run = {
  run = S.id, base = S.with(S.id, { description = "the whole run that it builds on, or itself" }), pack = S.text,
  year = S.year, data_version = S.count, regions = S.count, started_at = S.maybe(S.time), finished_at = S.maybe(S.time),
  who = S.maybe(S.text), pack_hash = S.hash, std_hash = S.hash, result_hash = S.hash, engine_version = S.integer,
  readable = S.with(S.boolean, { description = "whether this program can show its results" }),
}

local conventions = S.map { type = { "string", "number", "boolean" } }
local region = { region = { S.code, "this region and those in it", example = "150802" } }
local year = { S.year, "usually the last that has data", example = 2024 }
local page = S.extend(region, {
  after = { S.text, "the next_after of the page before" },
  limit = { S.with(S.integer, { minimum = 1, maximum = 500, default = 50 }), "regions in a page", example = 10 },
})

local evaluated = S.object {
  ok = { const = true }, pack = S.text, run = S.id, year = S.year, result_hash = S.hash,
  unchanged = S.with(S.boolean, { description = "it had been computed before" }),
  timings = S.object { read_ms = S.number, evaluate_ms = S.number, hash_ms = S.number, write_ms = S.number,
    committed_at_us = S.integer },
}
local failed = S.object { ok = { const = false }, pack = S.text, problems = S.list(S.ref "Problem") }

return {
  tag = "runs",
  about = "Evaluations that were stored, their results, and computing them again.",
  zh = "已存储的评估运行、结果与重算。",
  schemas = {
    Run = S.object(run),
    Conventions = conventions,
  },
  operations = {
    ["GET /api/v1/runs"] = {
      id = "listRuns", does = "Stored runs.", zh = "已存储的运行。", right = "results.read", place = "anywhere",
      more = "The newest first, page by page.",
      query = {
        pack = { S.text, "of this pack alone", example = "office" },
        before = { S.id, "the next_before of the page before" },
        limit = { S.with(S.integer, { minimum = 1, maximum = 1000, default = 100 }), "runs in a page", example = 10 },
      },
      answers = { [200] = { schema = S.object { runs = S.list(S.ref "Run"), next_before = S.maybe(S.id) } } },
      errors = { 404 },
    },
    ["POST /api/v1/runs"] = {
      id = "evaluate", does = "Evaluates active packs and stores the runs; a run that was made before is found.",
      zh = "运行评估并存储结果。", right = "evaluate", place = "anywhere",
      more = "Where several packs are evaluated and some of them fail, those have ok false; where none could be "
        .. "evaluated the answer is a failure with the problems of all.",
      query = { pack = { S.text, "this alone", example = "office" }, region = { S.code, "packs that evaluate this region alone" },
        year = year },
      answers = { [200] = { schema = S.object { runs = S.list { oneOf = { evaluated, failed } } } } },
      errors = { 404, 409, 422 },
    },
    ["GET /api/v1/runs/{run}"] = {
      id = "getRun", does = "A run.", zh = "一次运行。", right = "results.read", place = "anywhere",
      answers = { [200] = { schema = S.ref "Run" } },
      errors = { 404 },
    },
    ["GET /api/v1/runs/{run}/results"] = {
      id = "getRunResults", does = "Results of a run, by region, page by page.", zh = "运行的结果，分页。",
      right = "results.read", place = "anywhere", query = page,
      answers = { [200] = { schema = S.object {
        run = S.id, pack = S.text, pack_hash = S.hash, std_hash = S.hash, result_hash = S.hash,
        engine_version = S.integer, data_version = S.count, year = S.year, sample_observations = S.count,
        over_budget = S.boolean, conventions = S.ref "Conventions",
        silent_regions = S.with(S.list(S.code), { description = "that reported nothing for the year" }),
        regions = S.map(S.ref "NamedRegionResult"), next_after = S.maybe(S.code),
      } } },
      errors = { 404, 409 },
    },
    ["GET /api/v1/runs/{run}/summary"] = {
      id = "getRunSummary", does = "A run, a row a region.", zh = "运行结果汇总，每个行政区划一行。",
      right = "results.read", place = "anywhere", query = region,
      answers = { [200] = { schema = S.object {
        run = S.id,
        summary = S.list(S.object {
          pack = S.text, region = S.code, name = S.maybe(S.text), year = S.year, attainment = S.maybe(S.text),
          met = S.count, near = S.count, unmet = S.count, no_data = S.count, red = S.count, orange = S.count,
          yellow = S.count, blue = S.count, assessed = S.maybe(S.text), sample_observations = S.count,
        }),
      } } },
      errors = { 404, 409 },
    },
    ["GET /api/v1/runs/{run}/rankings"] = {
      id = "getRunRankings", does = "Places of a run, by assessment.", zh = "运行结果的名次。", right = "results.read",
      place = "anywhere", query = region,
      answers = { [200] = { schema = S.object {
        run = S.id,
        rankings = S.list(S.object {
          assessment = S.text, title = S.text,
          subjects = S.list(S.object {
            rank = S.count, code = S.text, name = S.maybe(S.text), score = S.maybe(S.number), printed = S.text,
            grade = S.maybe(S.text), veto = S.maybe(S.text), items = S.map(S.maybe(S.number)),
            sample_observations = S.count,
          }),
        }),
      } } },
      errors = { 404, 409 },
    },
    ["POST /api/v1/runs/{run}/replay"] = {
      id = "replay", does = "Computes a run again from what it was made from, and compares every byte.",
      zh = "以原数据与原规则重算并逐字节比较。", right = "replay", place = "anywhere",
      answers = { [200] = { schema = S.object {
        run = S.id, pack = S.text, year = S.year, data_version = S.count, pack_hash = S.hash, stored = S.hash,
        replayed = S.hash, same = S.boolean,
      } } },
      errors = { 404, 409, 422 },
    },
  },
}
