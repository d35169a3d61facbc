-- What all operations share: the document's head, errors, parameters of paths, ways to show who one is.

local S = require "schema"

local where = S.object { file = S.maybe(S.text), line = S.maybe(S.id), column = S.maybe(S.id) }

local problem = S.object {
  code = S.with(S.text, { minLength = 1, description = "stays the same whatever the language of the message" }),
  message = S.with(S.text, { minLength = 1, description = "what is wrong, in the language of Content-Language" }),
  where = S.with(S.maybe(where), { description = "the place in a file or a list that was sent, lines and rows from 1" }),
  hint = S.with(S.maybe(S.text), { description = "what to do" }),
}

local error_members = {
  error = S.with(S.ref "Problem", { description = "the first of the problems" }),
  problems = S.with(S.list(S.ref "Problem"), { minItems = 1 }),
  more_problems = S.with(S.count, { description = "how many problems were not listed" }),
}

return {
  info = {
    title = "Biaochi",
    description = "The API of Biaochi (标尺), with which Women's and Children's Working Committees monitor and assess "
      .. "development plans. Answers are JSON unless an operation says otherwise, in the language that "
      .. "Accept-Language prefers (zh or en). Every failure has one shape (schema Error). A session's cookie needs "
      .. "X-CSRF-Token with every request that changes something; an API token does not. Requests over the Unix "
      .. "socket of the workspace are the local administrator's and need neither. x-action is the right that an "
      .. "operation asks for, x-place where the caller must have it. Every path answers OPTIONS with Allow, and "
      .. "a method that it lacks with 405. A parameter of the query, or a body, that an operation does not describe is "
      .. "refused with 400; /healthz, /readyz and /metrics alone take any parameter, because balancers add some to their "
      .. "probes. A JSON body may come without a Content-Type; of another one only "
      .. "application/x-www-form-urlencoded, which curl says of any body, is taken for JSON. "
      .. "Requests that are no sound HTTP are refused before any operation is found, with 400, 408, 413, "
      .. "414, 417, 431 or 501 and the same shape of error.",
    ["x-description-zh"] = "标尺的接口，供各级妇女儿童工作委员会监测、评估发展规划。除另有说明外，应答均为 JSON，"
      .. "语言依 Accept-Language（zh 或 en）。所有失败均为同一结构（Error）。以会话 Cookie 作更改时须带 "
      .. "X-CSRF-Token，访问令牌则不须。经工作区 Unix 套接字的请求视为本机管理员，二者均不须。x-action 为所需权限，"
      .. "x-place 为须在何处拥有该权限。未列出的查询参数或请求体一律以 400 拒绝；"
      .. "仅 /healthz、/readyz 和 /metrics 接受任意参数，因负载均衡常在探测时附加参数。",
  },

  schemas = {
    Problem = problem,
    Error = S.object(error_members),
  },
  error_members = error_members,

  security_schemes = {
    session = { type = "apiKey", ["in"] = "cookie", name = "__Host-biaochi",
      description = "the session that POST /api/v1/session began; over plain HTTP the cookie is called biaochi" },
    csrf = { type = "apiKey", ["in"] = "header", name = "X-CSRF-Token",
      description = "the csrf that GET /api/v1/session gives; asked for beside the session's cookie" },
    token = { type = "http", scheme = "bearer", description = "an API token, made with POST /api/v1/tokens" },
  },

  -- By the name in a path's braces.
  path_parameters = {
    account = { S.text, "name of an account", example = "zhang.min" },
    candidate = { S.id, "number of a candidate", example = 1 },
    pack = { S.text, "id of a pack, active unless an operation says otherwise", example = "office" },
    region = { S.code, "code of a region", example = "150802" },
    role = { S.ref "Role", "a role", example = "analyst" },
    round = { S.id, "number of an assessment round", example = 1 },
    run = { S.id, "number of a run", example = 1 },
    session = { S.id, "number of a session", example = 1 },
    token = { S.id, "number of an API token", example = 1 },
    warning = { S.id, "number of a warning within its region", example = 1 },
  },

  -- Query parameters of what activates a pack whose files are there already.
  activating = {
    keep_children = { S.boolean, "packs that extend it keep what they carry", example = false },
    wait = { S.boolean, "false: answer at once with 202", example = true },
  },

  -- What an answer of this status means where the operation does not say it.
  meanings = {
    [200] = "done", [201] = "made", [202] = "taken; it is worked on", [304] = "the client has it already",
    [400] = "the request is not understood: a parameter or the body is not as described",
    [401] = "nobody is logged in, or what was shown has ended", [403] = "the caller has no right to this here",
    [404] = "there is no such thing, or none for the caller", [409] = "it does not fit what is there now",
    [413] = "the body is larger than this operation takes",
    [415] = "the body is of a kind that this operation does not take",
    [422] = "understood, but what was sent cannot be taken; nothing was changed",
    [429] = "too many tries, or event streams; Retry-After says when to try again", [500] = "the server failed; it is logged",
    [503] = "too much is waiting, or the server is not ready; Retry-After says when to try again",
  },
}
