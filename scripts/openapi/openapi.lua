local S = require "schema"

return {
  tag = "openapi",
  about = "This document, and looking at what other programs stored.",
  zh = "接口文档与刷新。",
  operations = {
    ["GET /api/v1/openapi.json"] = {
      id = "getOpenapi", does = "This document.", zh = "本文档。", right = "open", place = "open", fresh = true,
      answers = { [200] = { schema = S.object({
        openapi = { const = "3.1.0" }, info = S.map(S.any), paths = S.map(S.map(S.any)), components = S.map(S.any),
      }, true) } },
    },
    ["POST /api/v1/refresh"] = {
      id = "refresh", does = "Looks at what other programs stored; answered when readers see it.",
      zh = "读取其他程序存入的更改。", right = "packs.activate", place = "anywhere",
      query = { of = { S.one_of_names "accounts", "only accounts, sessions and tokens; everything when not given" } },
      answers = { [200] = { schema = S.object { changed = S.boolean, problems = S.list(S.ref "Problem") } } },
      errors = { 409, 422 },
    },
  },
}
