local S = require "schema"
local common = require "common"

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

local nodes = S.object(S.extend(version, {
  nodes = S.list(node),
  ["declarations?"] = S.with(S.list(declaration), { description = "where a kind was asked for" }),
}))

local coverage = S.object(S.extend(version, {
  clauses = S.list(clause), wanted = S.with(S.count, { description = "clauses that must be carried" }),
  carried = S.with(S.count, { description = "those of them that are" }),
}))

local difference = S.object({
  pack = S.text, version = S.text, extends = S.text, extends_version = S.text,
  differences = S.list(S.map(S.any)), added = S.count, removed = S.count, changed = S.count,
}, true)

local of_given = "The version is a stored one, or comes with the request and may be of a pack that is not there yet."

local held = S.object { checked = S.count, problems = S.count }

-- A version that a request is about.
local given = {
  ["application/json"] = { { oneOf = { S.object { version = S.ref "VersionHash" }, S.ref "PackFiles" } },
    example = { version = "45a9e25feeb0" } },
  ["application/zip"] = { { type = "string", contentMediaType = "application/zip" } },
}

return {
  tag = "packs",
  about = "Active packs, what they declare, going back to versions before, and taking packs out of service.",
  zh = "已激活的评估包及其内容、回退与停用。",
  schemas = {
    Pack = S.object {
      id = S.text, title = S.text, version = S.text, region = S.code, hash = S.hash, std_hash = S.hash,
      has_results = S.boolean, year = S.maybe(S.year),
      year_is_fixed = S.with(S.maybe(S.boolean), { description = "false: it is the newest with figures of the pack" }),
      run = S.maybe(S.id), data_version = S.maybe(S.count),
      result_hash = S.maybe(S.hash),
      failed_rules = S.with(S.maybe(S.count), {
        description = "that failed on the figures there are, counted once a region; results miss what they would give" }),
      problem = S.with(S.maybe(S.ref "Problem"), { description = "why there are no results" }),
    },
    VersionHash = S.with(S.text, { pattern = "^[0-9a-f]{1,64}$",
      description = "hash of a stored version, or its beginning" }),
  },
  operations = {
    ["GET /api/v1/packs"] = {
      id = "listPacks", does = "Active packs, and those that are out of service.", zh = "已激活和已停用的评估包。",
      right = "packs.read", place = "anywhere",
      answers = { [200] = { schema = S.object { packs = S.list(S.ref "Pack"), retired = S.list(S.object {
        id = S.text, title = S.text, version = S.text, region = S.code,
        hash = S.with(S.hash, { description = "of the version that was active" }),
      }) } } },
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
      answers = { [200] = { schema = nodes } },
      errors = { 404, 422 },
    },
    ["POST /api/v1/packs/{pack}/nodes"] = {
      id = "previewNodes", does = "What a version declares that is not active; it is checked first.",
      zh = "未激活版本的声明，先作检查。", more = of_given,
      right = "packs.check", place = "pack",
      query = { kind = { S.text, "this kind alone", example = "indicator" } },
      body = given,
      answers = { [200] = { schema = nodes } },
      errors = { 404, 409, 422 },
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
      answers = { [200] = { schema = coverage } },
      errors = { 404 },
    },
    ["POST /api/v1/packs/{pack}/coverage"] = {
      id = "previewCoverage", does = "The clauses of the document of a version that is not active, and what carries each.",
      zh = "未激活版本的依据文件条款及其落实情况。", more = of_given,
      right = "packs.check", place = "pack",
      body = given,
      answers = { [200] = { schema = coverage } },
      errors = { 404, 409, 422 },
    },
    ["GET /api/v1/packs/{pack}/versions"] = {
      id = "listVersions", does = "The stored versions of the pack, which may be out of service.",
      zh = "评估包已入库的各个版本（已停用的也可查看）。",
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
      id = "listActivations", does = "Which version was activated, gone back to, or retired with its pack, when and by whom.",
      zh = "激活、回退与停用的历史。", right = "packs.read", place = "part of pack",
      answers = { [200] = { schema = S.object { pack = S.text, activations = S.list(S.object {
        at = S.time, pack = S.text, action = S.one_of_names("activate", "rollback", "retire"), version = S.text,
        hash = S.hash, who = S.text,
      }) } } },
      errors = { 404 },
    },
    ["GET /api/v1/packs/{pack}/difference"] = {
      id = "getDifference", does = "What differs from the pack that it extends.", zh = "与所继承评估包的差异。",
      right = "packs.read", place = "part of pack",
      answers = { [200] = { schema = difference } },
      errors = { 404 },
    },
    ["POST /api/v1/packs/{pack}/difference"] = {
      id = "previewDifference", does = "What a version says otherwise than the pack that it extends, before it is activated.",
      zh = "激活前查看评估包对所继承评估包的改动。",
      more = of_given,
      right = "packs.check", place = "pack",
      body = given,
      answers = { [200] = { schema = difference } },
      errors = { 404, 409, 422 },
    },
    ["POST /api/v1/packs/{pack}/properties"] = {
      id = "checkProperties", does = "Runs a version over made-up data, and says what does not hold that must hold of any pack.",
      zh = "用生成的数据运行评估包，检查任何数据下都应成立的性质。",
      more = of_given .. " What does not hold is shown by the smallest data found, as a spec to paste beside the pack. "
        .. "A check that takes longer than two minutes is given up.",
      right = "packs.check", place = "pack",
      query = {
        cases = { S.with(S.integer, { minimum = 1, maximum = 1000 }),
          "situations tried for each figure; usually as many as take a few seconds", example = 2 },
        seed = { S.with(S.count, { default = 1 }), "what the data is made from", example = 7 },
      },
      body = given,
      answers = { [200] = { schema = S.object {
        ok = S.with(S.boolean, { description = "everything holds" }), pack = S.text, version = S.text, seed = S.count,
        cases = S.count, situations = S.count,
        properties = S.object { rules = held, bounds = held, monotone = held, cliff = held, missing = held,
          determinism = held },
        without_better = S.with(S.list(S.text), { description = "figures of which nobody said whether more is better" }),
        may_fall = S.list(S.object { assessment = S.text, item = S.text, file = S.text, line = S.id, why = S.text }),
        counter_examples = S.list(S.object {
          property = S.text, file = S.text, line = S.id, message = S.text, ["hint?"] = S.text, year = S.integer,
          spec = S.text,
        }),
      } } },
      errors = { 404, 409, 422 },
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
      id = "rollBack", does = "Goes back to the version that was active before; of a pack out of service, until then.",
      zh = "回退到上一个版本；已停用的恢复停用前的版本。",
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
    ["POST /api/v1/packs/{pack}/activate"] = {
      id = "activateVersion", does = "Makes a stored version active, without its files being sent again.",
      zh = "激活已入库的某个版本，无需重新提交文件。",
      more = "Its files are offered as by POST /api/v1/candidates: checked and tested, on the active version of the "
        .. "pack that it extends, if any; the hash is then another where that one has changed.",
      right = "packs.activate", place = "pack", refusal = "CandidateError",
      query = common.activating,
      body = { ["application/json"] = { S.object { version = S.ref "VersionHash" },
        example = { version = "45a9e25feeb0" } } },
      answers = { [200] = { schema = S.ref "Candidate" }, [202] = { schema = S.ref "Candidate" } },
      errors = { 404, 409, 422 },
    },
    ["POST /api/v1/packs/{pack}/retire"] = {
      id = "retirePack", does = "Takes the pack out of service: it is evaluated no more, and its warnings are cleared.",
      zh = "停用评估包：不再评估，其预警随之解除。",
      more = "What is stored stays: versions, runs, rounds that were published. It is refused while rounds of the pack "
        .. "are open. Rolling back, activating a version, or a change saved in its watched folder has it again; what "
        .. "that folder holds already does not.",
      right = "packs.retire", place = "pack",
      answers = { [200] = { schema = S.object {
        pack = S.text, hash = S.with(S.hash, { description = "of the version that was active" }),
        kept = S.with(S.list(S.text), { description = "packs that extend it, which keep what they carry" }),
      } } },
      errors = { 404, 409 },
    },
  },
}
