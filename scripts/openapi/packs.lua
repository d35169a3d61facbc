local S = require "schema"

-- What names a stored version of a pack.
local version = { pack = S.text, version = S.text, hash = S.hash }

local node = S.object {
  kind = S.text, id = S.text, title = S.maybe(S.text), says = S.maybe(S.text), source = S.maybe(S.text),
  where = S.maybe(S.text),
}

local declaration = S.object({
  kind = S.text, ["id?"] = S.text, ["title?"] = S.text, ["file?"] = S.text, ["line?"] = S.id,
}, true)

local clause = S.object {
  document = S.maybe(S.text), clause = S.maybe(S.text), at = S.maybe(S.text), title = S.maybe(S.text),
  state = S.maybe(S.text), carried_by = S.maybe(S.text), missing = S.maybe(S.text),
}

return {
  tag = "packs",
  about = "Active packs, what they declare, and going back to the version before.",
  zh = "已激活的评估包及其内容、回退。",
  schemas = {
    Pack = S.object {
      id = S.text, title = S.text, version = S.text, region = S.code, hash = S.hash, std_hash = S.hash,
      has_results = S.boolean, year = S.maybe(S.year),
      year_is_fixed = S.with(S.maybe(S.boolean), { description = "false: it is the newest with figures of the pack" }),
      run = S.maybe(S.id), data_version = S.maybe(S.count),
      result_hash = S.maybe(S.hash),
      problem = S.with(S.maybe(S.ref "Problem"), { description = "why there are no results" }),
    },
  },
  operations = {
    ["GET /api/v1/packs"] = {
      id = "listPacks", does = "Active packs.", zh = "已激活的评估包。", right = "packs.read", place = "anywhere",
      answers = { [200] = { schema = S.object { packs = S.list(S.ref "Pack") } } },
    },
    ["GET /api/v1/packs/{pack}"] = {
      id = "getPack", does = "An active pack.", zh = "一个已激活的评估包。", right = "packs.read",
      place = "part of pack", fresh = true,
      answers = { [200] = { schema = S.ref "Pack" } },
      errors = { 404 },
    },
    ["GET /api/v1/packs/{pack}/nodes"] = {
      id = "listNodes", does = "What the pack declares, a row each; of one kind also with all fields.",
      zh = "评估包的声明。", right = "packs.read", place = "part of pack", fresh = true,
      query = { kind = { S.text, "this kind alone", example = "indicator" } },
      answers = { [200] = { schema = S.object(S.extend(version, {
        nodes = S.list(node),
        ["declarations?"] = S.with(S.list(declaration), { description = "where a kind was asked for" }),
      })) } },
      errors = { 404, 422 },
    },
    ["GET /api/v1/packs/{pack}/description"] = {
      id = "getDescription", does = "All that the pack declares, as it was read from it.", zh = "评估包的完整内容。",
      right = "packs.read", place = "part of pack", fresh = true,
      answers = { [200] = { schema = S.object(S.extend(version, {
        description = S.object({
          api = S.integer, pack = S.object({ id = S.text, title = S.text, region = S.code, version = S.text }, true),
          plans = S.list(S.map(S.any)), assessments = S.list(S.map(S.any)), warnings = S.list(S.map(S.any)),
          series = S.list(S.map(S.any)), rules = S.list(S.map(S.any)),
        }, true) })) } },
      errors = { 404 },
    },
    ["GET /api/v1/packs/{pack}/coverage"] = {
      id = "getCoverage", does = "The clauses of the pack's document, and what carries each.",
      zh = "依据文件的条款及其落实情况。", right = "packs.read", place = "part of pack", fresh = true,
      answers = { [200] = { schema = S.object(S.extend(version, {
        clauses = S.list(clause), wanted = S.with(S.count, { description = "clauses that must be carried" }),
        carried = S.with(S.count, { description = "those of them that are" }),
      })) } },
      errors = { 404 },
    },
    ["GET /api/v1/packs/{pack}/versions"] = {
      id = "listVersions", does = "The stored versions of the pack.", zh = "评估包已入库的各个版本。",
      right = "packs.read", place = "part of pack",
      answers = { [200] = { schema = S.object { pack = S.text, versions = S.list(S.object {
        pack = S.text, version = S.text, title = S.text, region = S.code, hash = S.hash, stored_at = S.time,
        extends = S.with(S.maybe(S.text), { description = "the pack that it extends, as it carries it" }),
        behind = S.with(S.maybe(S.text), { description = "\"yes\": it carries another version than the active one" }),
        state = S.one_of_names("stored", "active", "retired"),
      }) } } },
      errors = { 404 },
    },
    ["GET /api/v1/packs/{pack}/activations"] = {
      id = "listActivations", does = "Which version was activated, or gone back to, when and by whom.",
      zh = "激活与回退的历史。", right = "packs.read", place = "part of pack",
      answers = { [200] = { schema = S.object { pack = S.text, activations = S.list(S.object {
        at = S.time, pack = S.text, action = S.one_of_names("activate", "rollback"), version = S.text, hash = S.hash,
        who = S.text,
      }) } } },
      errors = { 404 },
    },
    ["GET /api/v1/packs/{pack}/difference"] = {
      id = "getDifference", does = "What differs from the pack that it extends.", zh = "与所继承评估包的差异。",
      right = "packs.read", place = "part of pack",
      answers = { [200] = { schema = S.object({
        pack = S.text, version = S.text, extends = S.text, extends_version = S.text,
        differences = S.list(S.map(S.any)), added = S.count, removed = S.count, changed = S.count,
      }, true) } },
      errors = { 404 },
    },
    ["GET /api/v1/packs/{pack}/archive"] = {
      id = "getArchive", does = "The files of a stored version, without those of packs it extends.",
      zh = "已入库版本的文件（不含所继承的评估包）。", right = "packs.read", place = "part of pack",
      query = { version = { S.text, "begins the hash of the version; without it the active one" } },
      answers = { [200] = { content = { ["application/zip"] = { { type = "string",
        contentMediaType = "application/zip" } } } } },
      errors = { 404, 409 },
    },
    ["GET /api/v1/packs/{pack}/files"] = {
      id = "getFiles", does = "The files of a stored version as texts, without those of packs it extends.",
      zh = "已入库版本的各文件（文本形式，不含所继承的评估包）。", right = "packs.read", place = "part of pack",
      query = { version = { S.text, "begins the hash of the version; without it the active one" } },
      answers = { [200] = { schema = S.object {
        pack = S.text, version = S.text, hash = S.hash,
        files = S.with(S.map(S.text), { description = "texts by path; POST /candidates takes them" }),
      } } },
      errors = { 404, 409 },
    },
    ["GET /api/v1/pack-template"] = {
      id = "getTemplate", does = "The files of a new pack to start from; nothing is stored.",
      zh = "新建评估包的初始文件，不作存储。", right = "packs.check", place = "anywhere",
      query = {
        id = { S.text, "of the new pack: small letters, digits and _", required = true, example = "linhe" },
        title = { S.text, "usually the id", example = "临河区" },
        region = { S.code, "code of 6 to 12 digits; usually that of the example" },
        extends = { S.text, "id of the active pack that the new one extends" },
      },
      answers = { [200] = { schema = S.object {
        files = S.with(S.map(S.text), { description = "texts by path; POST /candidates takes them" }),
        data = S.with(S.map(S.text), { description = "files of sample data beside the pack" }),
      } } },
      errors = { 404 },
    },
    ["PUT /api/v1/packs/{pack}/year"] = {
      id = "setYear", does = "Fixes the year whose results the pack shows, or follows the newest again.",
      zh = "设定评估包的监测年度。", right = "packs.year", place = "pack",
      body = { ["application/json"] = {
        S.object { year = S.with(S.maybe(S.year), { description = "null: the newest with figures" }) },
        example = { year = 2024 } } },
      answers = { [200] = { schema = S.object { pack = S.text, year = S.year, year_is_fixed = S.boolean } } },
      errors = { 404, 409, 422 },
    },
    ["POST /api/v1/packs/{pack}/rollback"] = {
      id = "rollBack", does = "Goes back to the version that was active before.", zh = "回退到上一个版本。",
      right = "packs.roll_back", place = "pack",
      answers = { [200] = { schema = S.object {
        pack = S.text, hash = S.with(S.hash, { description = "of the version that is active now" }),
        followed = S.with(S.list(S.text), { description = "packs that extend it and went back with it" }),
        kept = S.with(S.list(S.text), { description = "packs that extend it and keep what they carry" }),
        impact = S.with(S.maybe(S.list(S.ref "Impact")), {
          description = "of the pack, and of those that went back with it; null for whoever may not read results" }),
      } } },
      errors = { 404, 409, 422 },
    },
  },
}
