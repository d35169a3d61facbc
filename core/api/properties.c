// POST /api/v1/packs/{pack}/properties: a version is run over made-up data, and what must hold of
// any pack is checked. See core/check/check.h.
#include "core/api/given_version.h"
#include "core/api/question.h"
#include "core/base/clock.h"
#include "core/base/language.h"
#include "core/view/check_json.h"

enum { MOST_CASES = 1000, MOST_SECONDS = 120 };

typedef struct PropertiesQuestion {
    ApiQuestion question;
    const char *pack;
    GivenVersion given;
    int64_t cases, seed;
    // Aside:
    int64_t until_ms;    // then it is given up
    const JobHost *host; // which may call it off before
} PropertiesQuestion;

static void release(ApiQuestion *question) {
    given_version_free(&((PropertiesQuestion *)question)->given);
}

// Other jobs wait for this one's thread.
static bool has_time(const PropertiesQuestion *asked) {
    return clock_monotonic_ms() < asked->until_ms;
}

static bool goes_on(size_t done, size_t total, void *context) {
    const PropertiesQuestion *asked = context;
    const JobHost *host = asked->host;
    return has_time(asked) &&
           (!host->progress || host->progress(done, total, host->progress_context));
}

static void say_too_long(ProblemList *problems) {
    problems_free(problems);
    *problems = (ProblemList){0};
    problems_addf(problems, ERROR_LIMIT, NULL, 0, 0,
                  T("the check did not end within %d seconds", "检查未能在 %d 秒内完成"),
                  MOST_SECONDS);
    problems_hint(problems, "%s",
                  T("ask for fewer cases, or check the properties on the command line",
                    "请减少 cases，或在命令行中检验性质"));
}

static void check(const JobHost *host, const LoadedPack *pack, PropertiesQuestion *asked) {
    ApiQuestion *question = &asked->question;
    JobHost bounded = *host;
    PackCode code = loaded_pack_code(pack);
    CheckReport report;
    bounded.progress = goes_on;
    bounded.progress_context = asked;
    asked->host = host;
    asked->until_ms = clock_monotonic_ms() + MOST_SECONDS * 1000;
    const CheckRequest request = {.host = &bounded,
                                  .pack = &code,
                                  .seed = (uint64_t)asked->seed,
                                  .cases = (size_t)asked->cases};
    if (check_properties(&request, &report, &question->problems))
        question->answer = view_check_json(&report, &request);
    else if (!has_time(asked))
        say_too_long(&question->problems);
    check_report_free(&report);
}

static void work(const JobHost *host, Store *store, ApiQuestion *question) {
    PropertiesQuestion *asked = (PropertiesQuestion *)question;
    LoadedPack pack = {0};
    if (given_version_read(question->call, &asked->given, &question->problems) &&
        given_version_load(host, store, asked->pack, &asked->given, &pack, &question->problems))
        check(host, &pack, asked);
    loaded_pack_free(&pack);
}

// Files may be of a pack that nobody has stored yet.
static void ask(ApiCall *call) {
    PropertiesQuestion *asked = api_question_new(call, sizeof *asked);
    ApiQuestion *question = &asked->question;
    question->release = release;
    asked->pack = api_question_parameter(question, "pack");
    asked->seed = CHECK_DEFAULT_SEED;
    if (api_query_integer(call, "cases", 1, MOST_CASES, &asked->cases) &&
        api_query_integer(call, "seed", 0, INT64_MAX, &asked->seed))
        api_question_ask(question, work);
    else
        api_question_drop(question);
}

static const ApiRoute routes[] = {
    {{"POST", "/api/v1/packs/{pack}/properties?cases&seed", LARGEST_PACK_BODY},
     ask,
     ACTION_PACKS_CHECK,
     API_PACK},
};
const ApiResource api_properties = {routes, sizeof routes / sizeof *routes};
