local S = require "schema"

local declared = S.object { file = S.text, line = S.id }

return {
  tag = "explanations",
  about = "What a figure was made from, down to observations and rules.",
  zh = "结果的由来，直至监测值与规则。",
  schemas = {
    Explained = S.object {
      title = S.text, ["id?"] = S.text, ["value?"] = S.text, ["detail?"] = S.text, ["result?"] = S.text,
      ["error?"] = S.text, ["note?"] = S.text,
      ["rule?"] = S.object { file = S.text, line = S.id, owner = S.text },
      ["declared?"] = declared,
      ["observation?"] = S.object {
        region = S.code, indicator = S.text, breakdown = S.text, year = S.integer, ["value?"] = S.number,
        revision = S.id, data_version = S.id, kind = S.text, ["source?"] = S.text, ["note?"] = S.text,
        entered_by = S.text, entered_at = S.time,
      },
      ["see_above?"] = S.boolean, ["sample_observations?"] = S.count,
      ["children?"] = S.list(S.ref "Explained"),
    },
  },
  operations = {
    ["GET /api/v1/explanations"] = {
      id = "explain", does = "Why a score, status or warning is as it is.", zh = "解释得分、达标状态或预警的由来。",
      right = "explain", place = "anywhere",
      query = {
        region = { S.code, "whose result", required = true, example = "150802" },
        node = { S.text, "id of an item, assessment, indicator, plan or warning", required = true, example = "targets" },
        pack = { S.text, "to be given where several declare it and evaluate the region", example = "office" },
        unit = { S.text, "where units are assessed" },
        year = { S.year, "usually the last that has data", example = 2024 },
        run = { S.id, "as this run had it" },
      },
      answers = { [200] = { schema = S.object {
        pack = S.text, pack_hash = S.hash, std_hash = S.hash, region = S.code, data_version = S.count, year = S.year,
        conventions = S.ref "Conventions", tree = S.ref "Explained", ["run?"] = S.id,
      } } },
      errors = { 404, 409, 422 },
    },
  },
}
