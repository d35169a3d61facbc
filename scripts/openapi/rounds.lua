local S = require "schema"

local state = S.ref "RoundState"
local kind = S.one_of_names("annual", "midterm", "final")

local round = {
  id = S.id, pack = S.text, assessment = S.with(S.text, { description = "id of the assessment that the pack declares" }),
  year = S.year, kind = kind, state = state,
  next = S.with(S.maybe(state), { description = "what comes after it; null when it is over" }),
  run = S.with(S.maybe(S.id), { description = "whose figures are published" }),
  opened_at = S.time, opened_by = S.text, closed_at = S.maybe(S.time),
}

local figures = S.object {
  run = S.id, data_version = S.count, pack_version = S.text, pack_hash = S.hash,
  ranking = S.object {
    assessment = S.text, title = S.text,
    subjects = S.list(S.object {
      rank = S.count, code = S.text, name = S.maybe(S.text), score = S.maybe(S.number), printed = S.text,
      grade = S.maybe(S.text), veto = S.maybe(S.text), items = S.map(S.maybe(S.number)), sample_observations = S.count,
    }),
  },
}

local changed = { schema = S.ref "Round" }

return {
  tag = "rounds",
  about = "Assessment rounds, from self-assessment to published figures.",
  zh = "考核轮次：自评、核验、审核、公布。",
  schemas = {
    RoundState = S.one_of_names("self_assessment", "verification", "review", "published", "withdrawn"),
    Round = S.object(round),
    RoundChange = S.object { state = state, at = S.time, who = S.text, reason = S.maybe(S.text), run = S.maybe(S.id) },
    RoundWithFigures = S.object(S.extend(round, {
      history = S.list(S.ref "RoundChange"),
      figures = S.with(S.maybe(figures), { description = "of the published run; of a round that is open, of the newest "
        .. "run of the active version for its year. Subjects of other regions than the caller's are left out" }),
      problem = S.with(S.maybe(S.text), { description = "why there are no figures" }),
    })),
  },
  operations = {
    ["GET /api/v1/packs/{pack}/rounds"] = {
      id = "listRounds", does = "Assessment rounds of a pack, the newest first.", zh = "评估包的考核轮次。",
      right = "rounds.read", place = "part of pack",
      query = { open = { S.with(S.boolean, { default = false }), "true: those alone that are open", example = true } },
      answers = { [200] = { schema = S.object { pack = S.text, rounds = S.list(S.ref "Round") } } },
      errors = { 404 },
    },
    ["POST /api/v1/packs/{pack}/rounds"] = {
      id = "openRound", does = "Opens a round of an assessment that the active version declares.", zh = "开启考核轮次。",
      more = "There is one at a time of the same assessment, year and kind. While it is open, a version of the pack that "
        .. "does not declare the assessment can be neither activated nor gone back to.",
      right = "rounds.change", place = "pack",
      body = { ["application/json"] = {
        S.object { assessment = S.text, year = S.year, ["kind?"] = S.maybe(kind) },
        example = { assessment = "annual", year = 2024, kind = "annual" } } },
      answers = { [201] = changed },
      errors = { 404, 409, 422 },
    },
    ["GET /api/v1/packs/{pack}/rounds/{round}"] = {
      id = "getRound", does = "A round with its history, scores and places.", zh = "一个考核轮次的历程、得分与名次。",
      right = "rounds.read", place = "part of pack",
      answers = { [200] = { schema = S.ref "RoundWithFigures" } },
      errors = { 404 },
    },
    ["POST /api/v1/packs/{pack}/rounds/{round}/advance"] = {
      id = "advanceRound", does = "Takes a round to its next state.", zh = "将考核轮次推进到下一阶段。",
      more = "Publishing keeps the newest run of the active version for the round's year; its figures stay the round's. "
        .. "Who says where it is to come cannot advance it twice.",
      right = "rounds.change", place = "pack", body_optional = true,
      body = { ["application/json"] = { S.object { ["to?"] = S.maybe(state) }, example = { to = "verification" } } },
      answers = { [200] = changed },
      errors = { 404, 409, 422 },
    },
    ["POST /api/v1/packs/{pack}/rounds/{round}/withdraw"] = {
      id = "withdrawRound", does = "Withdraws a round that is not published, for a reason.", zh = "撤销尚未公布的考核轮次。",
      right = "rounds.change", place = "pack",
      body = { ["application/json"] = { S.object { reason = S.text }, example = { reason = "改用新办法" } } },
      answers = { [200] = changed },
      errors = { 404, 409, 422 },
    },
  },
}
