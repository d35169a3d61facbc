local S = require "schema"
local common = require "common"

local state = S.one_of_names("seen", "checked", "tested", "stored", "active", "retired")

local example = [[
pack { id = "example", title = "示例区", region = "150802", version = "1.0.0", api = 1 }
local women = plan "women" { title = "妇女发展规划", from = 2021, to = 2030, baseline = 2020 }
women:domain "health" { title = "妇女与健康" } {
  indicator "mortality" { title = "孕产妇死亡率", unit = "1/10万", digits = 1, lead = "卫健委", target = at_most(12) },
}
]]

local files = S.object { files = S.with(S.map(S.text), { description = "texts by path within the pack's folder" }) }

return {
  tag = "candidates",
  about = "Packs on their way into use: seen, checked, tested, stored, active.",
  zh = "评估包的生效过程：发现、检查、测试、入库、激活。",
  schemas = {
    PackState = state,
    PackFiles = files,
    Candidate = S.object {
      id = S.id, source = S.one_of_names("folder", "upload", "command"), who = S.text, to_activate = S.boolean,
      keep_children = S.boolean, state = S.with(S.ref "PackState", { description = "the last that was reached" }),
      origin = S.maybe(S.text), pack = S.maybe(S.text), version = S.maybe(S.text), title = S.maybe(S.text),
      hash = S.maybe(S.hash), over = S.boolean, good = S.boolean,
      changed = S.with(S.boolean, { description = "whether another version is active now" }),
      at_hand = S.with(S.boolean, { description = "it can be activated without its files being sent again" }),
      began = S.time, ended = S.maybe(S.time),
      steps = S.list(S.object {
        state = S.ref "PackState", outcome = S.one_of_names("done", "failed", "waiting"), at = S.maybe(S.time) }),
      specs = S.object { passed = S.count, failed = S.count },
      failed_rules = S.with(S.count, {
        description = "once active: rules that fail on the figures there are, counted once a region" }),
      followers = S.with(S.list(S.object { id = S.text, version = S.maybe(S.text), broken = S.boolean }),
        { description = "packs that extend it and follow" }),
      language = S.with(S.one_of_names("en", "zh"), {
        description = "that its problems are in, whatever Content-Language says: that of whoever offered it" }),
      problems = S.list(S.ref "Problem"),
      more_problems = S.with(S.count, { description = "how many problems were not listed" }),
    },
    CandidateError = S.object(S.extend(common.error_members, { ["candidate?"] = S.ref "Candidate" })),
  },
  operations = {
    ["POST /api/v1/candidates"] = {
      id = "offerPack", does = "Offers a pack: it is checked, tested and, if asked for, activated.",
      zh = "提交评估包：检查、测试，并可激活。",
      more = "Activation asks for the right packs.activate in the pack's region besides. A pack that fails a step "
        .. "changes nothing.",
      right = "packs.check", place = "anywhere", refusal = "CandidateError",
      query = {
        activate = { S.boolean, "make it active when it has passed", example = false },
        keep_children = { S.boolean, "packs that extend it keep what they carry", example = false },
        wait = { S.boolean, "false: answer at once with 202", example = true },
      },
      body = {
        ["application/json"] = { S.ref "PackFiles", example = { files = { ["pack.lua"] = example } } },
        ["application/zip"] = { { type = "string", contentMediaType = "application/zip" } },
      },
      answers = { [200] = { schema = S.ref "Candidate" }, [202] = { schema = S.ref "Candidate" } },
      errors = { 409, 422 },
    },
    ["POST /api/v1/candidates/{candidate}/activate"] = {
      id = "activateCandidate", does = "Activates a pack that was offered to be tested, without its files being sent again.",
      zh = "激活已通过测试的候选评估包，无需重新提交文件。",
      more = "It is offered once more, as another candidate, because what it extends may have changed. Files are kept "
        .. "for a while, as at_hand says, and never longer than the server runs.",
      right = "packs.activate", place = "anywhere", refusal = "CandidateError",
      query = common.activating,
      answers = { [200] = { schema = S.ref "Candidate" }, [202] = { schema = S.ref "Candidate" } },
      errors = { 404, 409, 422 },
    },
    ["GET /api/v1/candidates"] = {
      id = "listCandidates", does = "The last packs that were offered, latest first.", zh = "最近的候选评估包。",
      right = "packs.read", place = "anywhere",
      more = "Each with the first of its problems; asked for alone it has more of them.",
      query = { pack = { S.text, "of this pack alone", example = "office" } },
      answers = { [200] = { schema = S.object { candidates = S.list(S.ref "Candidate") } } },
      errors = { 404 },
    },
    ["GET /api/v1/candidates/{candidate}"] = {
      id = "getCandidate", does = "An offered pack, step by step.", zh = "一个候选评估包的进展。", right = "packs.read",
      place = "anywhere",
      answers = { [200] = { schema = S.ref "Candidate" } },
      errors = { 404 },
    },
    ["GET /api/v1/candidates/{candidate}/impact"] = {
      id = "getCandidateImpact", does = "What its activation changed.", zh = "该评估包激活后引起的变化。",
      right = "results.read", place = "anywhere",
      answers = { [200] = { schema = S.object { candidate = S.id,
        impact = S.with(S.maybe(S.list(S.ref "Impact")), {
          description = "of the pack, and of those that follow it; null before it is active" }) } } },
      errors = { 404 },
    },
  },
}
