local S = require "schema"

local region = {
  code = S.code, name = S.text, level = S.text,
  parent = S.with(S.maybe(S.text), { description = "code of the region it lies in" }),
}

return {
  tag = "regions",
  about = "The administrative regions of the workspace.",
  zh = "工作区的行政区划。",
  schemas = {
    Region = S.object(region),
  },
  operations = {
    ["GET /api/v1/regions"] = {
      id = "listRegions", does = "All regions.", zh = "全部行政区划。", right = "regions.read", place = "anywhere",
      fresh = true,
      answers = { [200] = { schema = S.object { regions = S.list(S.ref "Region") } } },
    },
    ["POST /api/v1/regions"] = {
      id = "putRegions", does = "Puts regions in, or changes them: all of them or, if one is wrong, none.",
      zh = "新增或修改行政区划，全部成功或全部不变。", right = "regions.write", place = "anywhere",
      query = { dry_run = { S.boolean, "only say what would change" } },
      body = { ["application/json"] = { S.object { regions = { type = "array", minItems = 1, maxItems = 10000,
        items = S.object { code = S.code, name = S.text, ["parent?"] = S.maybe(S.text), level = S.text } } },
        example = { regions = { { code = "150822", name = "磴口县", parent = "150800", level = "county" } } } } },
      answers = { [200] = { schema = S.ref "Imported" } },
      errors = { 409, 422 },
    },
  },
}
