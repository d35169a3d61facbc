local S = require "schema"

local csv = { content = { ["text/csv"] = { S.with(S.text, { pattern = "^[^\r\n]+\r\n" }) } } }

local function query()
  return {
    region = { S.code, "this region and those in it", example = "150800" },
    pack = { S.text, "what this active pack looks at", example = "office" },
    for_excel = { S.boolean, "with a byte order mark and a header in the language of the answer, and nothing that a "
      .. "spreadsheet takes for a formula" },
  }
end

return {
  tag = "exports",
  about = "CSV files that an import reads back.",
  zh = "导出 CSV 文件，可原样导入。",
  operations = {
    ["GET /api/v1/observations.csv"] = {
      id = "exportObservations", does = "Observations as a file.", zh = "导出监测值。", right = "data.read",
      place = "anywhere",
      query = S.extend(query(), {
        indicator = { S.text, "this alone", example = "mortality" }, year = { S.year, "this alone", example = 2024 },
        as_of = { S.id, "as of this data version" }, all_revisions = { S.boolean, "also what was replaced" },
      }),
      answers = { [200] = csv },
      errors = { 404, 422 },
    },
    ["GET /api/v1/regions.csv"] = {
      id = "exportRegions", does = "Regions as a file.", zh = "导出行政区划。", right = "regions.read",
      place = "anywhere",
      query = query(),
      answers = { [200] = csv },
      errors = { 404, 422 },
    },
  },
}
