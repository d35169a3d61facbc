local S = require "schema"

local csv = S.with(S.text, { contentMediaType = "text/csv" })
local dry_run = { S.boolean, "only say what would change" }
local name = { S.text, "what problems and the audit log call the file" }

return {
  tag = "imports",
  about = "Whole CSV files, in UTF-8 or GB18030.",
  zh = "整份 CSV 文件的导入（UTF-8 或 GB18030）。",
  schemas = {
    Imported = S.object {
      dry_run = S.boolean, rows = S.count, changed = S.count, unchanged = S.count,
      real_replaced_by_samples = S.with(S.count, { description = "real figures that sample data took the place of" }),
      packs = S.with(S.count, { description = "packs with results that came out otherwise" }),
      regions = S.with(S.count, { description = "regions whose results changed, counted for each pack" }),
      whole = S.with(S.boolean, { description = "whether packs were evaluated as a whole" }),
      problems = S.list(S.ref "Problem"),
    },
  },
  operations = {
    ["POST /api/v1/imports/observations"] = {
      id = "importObservations", does = "Imports observations: all rows or, if one is wrong, none.",
      zh = "导入监测值，全部成功或全部不变。", right = "data.import", place = "anywhere",
      query = { dry_run = dry_run, name = name,
        kind = { S.ref "ObservationKind", "of rows that do not say it", example = "reported" } },
      body = { ["text/csv"] = { csv, example = "region,indicator,year,value\r\n150802,mortality,2024,14.30\r\n" } },
      answers = { [200] = { schema = S.ref "Imported" } },
      errors = { 409, 422 },
    },
    ["POST /api/v1/imports/regions"] = {
      id = "importRegions", does = "Imports regions: all rows or, if one is wrong, none.",
      zh = "导入行政区划，全部成功或全部不变。", right = "regions.write", place = "anywhere",
      query = { dry_run = dry_run, name = name },
      body = { ["text/csv"] = { csv, example = "code,name,parent,level\r\n150823,乌拉特前旗,150800,county\r\n" } },
      answers = { [200] = { schema = S.ref "Imported" } },
      errors = { 409, 422 },
    },
  },
}
