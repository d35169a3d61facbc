local S = require "schema"

local query = {
  pack = { S.text, "what this active pack looks at", example = "office" },
  region = { S.code, "of this region and those in it" },
}

return {
  tag = "samples",
  about = "Sample data in the workspace.",
  zh = "工作区中的样例数据。",
  operations = {
    ["GET /api/v1/samples"] = {
      id = "listSamples", does = "Which figures are sample data.", zh = "样例数据列表。", right = "data.read",
      place = "anywhere", query = query,
      answers = { [200] = { schema = S.object {
        sample_observations = S.count,
        samples = S.list(S.object {
          region = S.code, name = S.maybe(S.text), indicator = S.text, title = S.maybe(S.text), breakdown = S.text,
          first_year = S.integer, last_year = S.integer, sample_observations = S.count, source = S.maybe(S.text),
        }),
      } } },
      errors = { 404 },
    },
    ["DELETE /api/v1/samples"] = {
      id = "removeSamples", does = "Takes sample data out; real figures that it replaced come back.",
      zh = "移除样例数据，被其替换的真实数据随之恢复。", right = "samples.remove", place = "anywhere",
      query = S.extend(query, { dry_run = { S.boolean, "only count them" } }),
      answers = { [200] = { schema = S.object {
        ok = S.boolean, removed = S.count,
        restored = S.with(S.count, { description = "real figures that came back" }),
        left = S.with(S.count, { description = "samples that a real removal would take" }),
      } } },
      errors = { 404, 409 },
    },
  },
}
