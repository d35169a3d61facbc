local S = require "schema"

local kind = S.one_of_names("reported", "stated", "derived", "estimated", "sample")
local typed = S.with(S.maybe(S.text), { description = "the figure as typed; null: withdrawn" })

local observation = {
  region = S.code, indicator = S.text, breakdown = S.with(S.text, { description = "total for none" }), year = S.integer,
  value = typed, kind = S.ref "ObservationKind", source = S.maybe(S.text), note = S.maybe(S.text),
  revision = S.id, data_version = S.id, entered_by = S.text, entered_at = S.time,
}

local put = {
  region = S.code, indicator = S.text, ["breakdown?"] = S.maybe(S.text),
  year = S.with(S.year, { minimum = 1949, description = "not one to come" }),
  value = S.with(S.maybe(S.text), { description = "a decimal number as a text, so that nothing is lost; null withdraws it" }),
  ["kind?"] = S.maybe(S.ref "ObservationKind"), ["source?"] = S.maybe(S.text), ["note?"] = S.maybe(S.text),
}

return {
  tag = "observations",
  about = "Figures, page by page, and changing them.",
  zh = "监测值的查询与更改。",
  schemas = {
    ObservationKind = kind,
    Observation = S.object(observation),
  },
  operations = {
    ["GET /api/v1/observations"] = {
      id = "listObservations", does = "Figures in order of region, indicator, breakdown and year, page by page.",
      zh = "分页查询监测值。",
      more = "All pages of one reading are of the data version of the first, whatever is stored meanwhile.",
      right = "data.read", place = "anywhere",
      query = {
        region = { S.code, "this region and those in it", example = "150800" },
        pack = { S.text, "what this active pack looks at", example = "office" },
        indicator = { S.text, "this alone", example = "mortality" },
        year = { S.year, "this alone", example = 2024 },
        as_of = { S.id, "as of this data version" },
        all_revisions = { S.boolean, "also what was replaced" },
        limit = { S.with(S.integer, { minimum = 1, maximum = 1000, default = 100 }), "figures in a page", example = 2 },
        after = { S.text, "the next of the page before" },
      },
      answers = { [200] = { schema = S.object {
        data_version = S.count, observations = S.list(S.ref "Observation"),
        next = S.with(S.maybe(S.text), { description = "null on the last page" }),
      } } },
      errors = { 404 },
    },
    ["PUT /api/v1/observations"] = {
      id = "putObservations", does = "Puts figures in: all of them or, if one is wrong, none.",
      zh = "填报监测值，全部成功或全部不变，结果随即更新。",
      more = "Answered when the results of all active packs have followed. Problems of a pack that could not "
        .. "follow stand in the answer; the figures are stored.",
      right = "data.write", place = "anywhere",
      body = { ["application/json"] = { S.object {
        observations = { type = "array", items = S.object(put), minItems = 1, maxItems = 10000 },
        ["what?"] = S.with(S.maybe(S.text), { description = "what the audit log calls it" }),
      }, example = { what = "2024 yearbook", observations = {
        { region = "150802", indicator = "mortality", year = 2024, value = "14.30", source = "卫健委" } } } } },
      answers = { [200] = { schema = S.object {
        changed = S.with(S.count, { description = "figures that differ from what was there" }),
        packs = S.with(S.count, { description = "packs with results that came out otherwise" }),
        regions = S.with(S.count, { description = "regions whose results changed, counted for each pack" }),
        rule_calls = S.count,
        whole = S.with(S.boolean, { description = "whether a pack was evaluated as a whole" }),
        problems = S.list(S.ref "Problem"),
      } } },
      errors = { 409, 422 },
    },
  },
}
