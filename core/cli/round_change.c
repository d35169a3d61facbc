// biaochi round open|advance|withdraw: on the workspace, or by the server that runs on it.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/language.h"
#include "core/cli/round.h"
#include "core/cli/server_client.h"

// Has the server do it, so that its readers are told; gives the round's number, 0 with problems.
// Takes the body over; NULL: a text in it is no UTF-8.
static int64_t ask_server(const Cli *cli, const char *path, json_t *body, ProblemList *problems) {
    char *text = body ? json_dumps(body, JSON_COMPACT) : NULL;
    json_t *answer = NULL;
    int64_t id = 0;
    const ServerCall call = {
        .method = "POST", .path = path, .body = text, .length = text ? strlen(text) : 0};
    if (!text)
        problems_addf(problems, ERROR_USAGE, NULL, 0, 0, "%s",
                      T("the arguments must be UTF-8", "参数应为 UTF-8 文本"));
    else if (server_call(cli, &call, &answer, problems))
        id = json_integer_value(json_object_get(answer, "id"));
    json_decref(answer);
    json_decref(body);
    free(text);
    return id;
}

static int finish(const Cli *cli, int64_t id, const ProblemList *problems) {
    return id ? round_print(cli, id) : cli_fail_all(cli, problems, NULL);
}

// ---- open ---------------------------------------------------------------------------------------

typedef struct OpenValues {
    const char *kind;
    long year;
} OpenValues;

static int64_t open_here(const Cli *cli, const RoundOpening *opening, ProblemList *problems) {
    AssessmentRound round = {0};
    Error error = {0};
    if (!round_open(cli->store, opening, &round, &error)) {
        problems_add(problems, &error);
        return 0;
    }
    return round.id;
}

static int64_t open_there(const Cli *cli, const RoundOpening *opening, ProblemList *problems) {
    Buffer path = {0};
    buffer_printf(&path, "/api/v1/packs/%s/rounds", opening->pack);
    int64_t id = ask_server(cli, path.data,
                            json_pack("{s:s, s:i, s:s}", "assessment", opening->assessment, "year",
                                      opening->year, "kind", round_kind_name(opening->kind)),
                            problems);
    buffer_free(&path);
    return id;
}

static int run_open(Cli *cli, const void *values, char **arguments, int count) {
    (void)count;
    const OpenValues *asked = values;
    RoundOpening opening = {
        .pack = arguments[0], .assessment = arguments[1], .year = (int)asked->year};
    ProblemList problems = {0};
    Error error = {0};
    int code;
    if (asked->year == 0)
        return cli_usage_error(cli, "%s", T("say the year: --year YEAR", "请用 --year 指定年份"));
    if (asked->kind && !round_kind_parse(asked->kind, &opening.kind, &error))
        return cli_fail(cli, &error);
    if (!cli_open_store(cli, &code) || !cli_require_pack(cli, opening.pack, &code)) return code;
    opening.who = cli->who;
    int64_t id = server_is_there(cli) ? open_there(cli, &opening, &problems)
                                      : open_here(cli, &opening, &problems);
    code = finish(cli, id, &problems);
    problems_free(&problems);
    return code;
}

static const Option open_options[] = {
    {"year", OPTION_YEAR, offsetof(OpenValues, year), "YEAR", "of this year", "考核年份"},
    {"kind", OPTION_TEXT, offsetof(OpenValues, kind), "annual|midterm|final",
     "what kind of round (default: annual)",
     "轮次类型：annual 年度、midterm 中期、final 终期（默认 annual）"}};
const Command command_round_open = {
    .name = "round open",
    .usage = "PACK ASSESSMENT --year YEAR",
    .english = "open a round of an assessment that the pack's active version declares",
    .chinese = "开启考核轮次（考核须由评估包的激活版本声明）",
    .details_english =
        "A round goes from self-assessment over verification and review to published. It is known by\n"
        "the assessment's id: while it is open, a version of the pack that does not declare that\n"
        "assessment can be neither activated nor gone back to.",
    .details_chinese =
        "轮次依次经过自评、核验、审核、公布。轮次以考核标识为准：轮次进行中，不声明该考核的版本\n"
        "既不能激活，也不能回退到。",
    .options = open_options,
    .option_count = sizeof open_options / sizeof *open_options,
    .values_size = sizeof(OpenValues),
    .least_arguments = 2,
    .most_arguments = 2,
    .run = run_open,
};

// ---- advance and withdraw -----------------------------------------------------------------------

static int64_t step_here(const Cli *cli, const RoundStep *step, ProblemList *problems) {
    AssessmentRound round = {0};
    Error error = {0};
    if (!round_step(cli->store, step, &round, &error)) {
        problems_add(problems, &error);
        return 0;
    }
    return round.id;
}

static json_t *step_body(const RoundStep *step) {
    if (step->to == ROUND_WITHDRAWN)
        return json_pack("{s:s}", "reason", step->reason ? step->reason : "");
    return step->to == ROUND_STATE_COUNT ? json_object()
                                         : json_pack("{s:s}", "to", round_state_name(step->to));
}

static int64_t step_there(const Cli *cli, const RoundStep *step, ProblemList *problems) {
    AssessmentRound round;
    Error error = {0};
    Buffer path = {0};
    if (!round_read(cli->store, NULL, step->id, &round, &error)) {
        problems_add(problems, &error);
        return 0;
    }
    buffer_printf(&path, "/api/v1/packs/%s/rounds/%lld/%s", round.pack, (long long)round.id,
                  step->to == ROUND_WITHDRAWN ? "withdraw" : "advance");
    int64_t id = ask_server(cli, path.data, step_body(step), problems);
    buffer_free(&path);
    return id;
}

static int take_step(Cli *cli, const char *argument, RoundStep step) {
    ProblemList problems = {0};
    int code;
    step.id = round_argument(cli, argument, &code);
    if (!step.id || !cli_open_store(cli, &code)) return code;
    step.who = cli->who;
    int64_t id =
        server_is_there(cli) ? step_there(cli, &step, &problems) : step_here(cli, &step, &problems);
    code = finish(cli, id, &problems);
    problems_free(&problems);
    return code;
}

typedef struct AdvanceValues {
    const char *to;
} AdvanceValues;

static int run_advance(Cli *cli, const void *values, char **arguments, int count) {
    (void)count;
    const AdvanceValues *asked = values;
    RoundStep step = {.to = ROUND_STATE_COUNT};
    Error error = {0};
    if (asked->to && !round_state_parse(asked->to, &step.to, &error)) return cli_fail(cli, &error);
    if (step.to == ROUND_WITHDRAWN)
        return cli_usage_error(cli, "%s",
                               T("a round is withdrawn with `biaochi round withdraw`",
                                 "撤销轮次请用 biaochi round withdraw"));
    return take_step(cli, arguments[0], step);
}

static const Option advance_options[] = {
    {"to", OPTION_TEXT, offsetof(AdvanceValues, to), "STATE",
     "only if this is the next one: verification, review or published",
     "仅当下一阶段为此时才推进：verification 核验、review 审核、published 公布"}};
const Command command_round_advance = {
    .name = "round advance",
    .usage = "ROUND",
    .english = "take an assessment round to its next state",
    .chinese = "将考核轮次推进到下一阶段",
    .details_english =
        "Self-assessment, verification, review, published. Publishing keeps the newest run of the\n"
        "active version for the round's year: its scores and places stay the round's, whatever data\n"
        "and rules become. It is refused while data came that the run lacks. A later program with\n"
        "another engine cannot show the run: export what must outlast it.",
    .details_chinese =
        "依次为自评、核验、审核、公布。公布时固定激活版本该年份最近一次运行：此后数据和规则如何变化，\n"
        "该轮次的得分与名次均不变。该次运行缺少此后录入的数据时不予公布，须先重新评估。\n"
        "引擎不同的后续程序无法显示该次运行，须长期留存的结果请导出。",
    .options = advance_options,
    .option_count = 1,
    .values_size = sizeof(AdvanceValues),
    .least_arguments = 1,
    .most_arguments = 1,
    .run = run_advance,
};

typedef struct WithdrawValues {
    const char *reason;
} WithdrawValues;

static int run_withdraw(Cli *cli, const void *values, char **arguments, int count) {
    (void)count;
    const WithdrawValues *asked = values;
    if (!asked->reason)
        return cli_usage_error(cli, "%s", T("say why: --reason TEXT", "请用 --reason 说明原因"));
    return take_step(cli, arguments[0],
                     (RoundStep){.to = ROUND_WITHDRAWN, .reason = asked->reason});
}

static const Option withdraw_options[] = {{"reason", OPTION_TEXT, offsetof(WithdrawValues, reason),
                                           "TEXT", "why; it is kept", "撤销原因（予以保存）"}};
const Command command_round_withdraw = {
    .name = "round withdraw",
    .usage = "ROUND --reason TEXT",
    .english = "withdraw an assessment round that is not published, for a reason",
    .chinese = "撤销尚未公布的考核轮次，须说明原因",
    .options = withdraw_options,
    .option_count = 1,
    .values_size = sizeof(WithdrawValues),
    .least_arguments = 1,
    .most_arguments = 1,
    .run = run_withdraw,
};
