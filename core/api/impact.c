// /api/v1/packs/{pack}/impact: what another version would change, before it is activated.
#include "core/analysis/impact.h"
#include "core/api/given_version.h"
#include "core/api/question.h"
#include "core/view/impact_json.h"
#include "core/view/problems_json.h"

enum { USUAL_REGIONS = 100, MOST_REGIONS = 100000 };

typedef struct ImpactQuestion {
    ApiQuestion question;
    const char *pack;
    GivenVersion given;
    const char *region; // only this one is told in full; NULL: those changed most
    int64_t regions;
    int year;
    const char *who;
    // Aside:
    RegionNames names;
    ImpactView view;
    JsonWriter json;
    size_t compared;
} ImpactQuestion;

static void release(ApiQuestion *question) {
    ImpactQuestion *asked = (ImpactQuestion *)question;
    given_version_free(&asked->given);
    region_names_free(&asked->names);
}

// ---- aside -------------------------------------------------------------------------------------

static void take(const ImpactReport *report, void *context) {
    ImpactQuestion *asked = context;
    asked->compared++;
    view_impact_write(report, &asked->view, &asked->json);
}

// Packs that would break are told beside the others.
static void write_problems(ImpactQuestion *asked) {
    const ProblemList *problems = &asked->question.problems;
    json_writer_key(&asked->json, "problems");
    json_writer_begin_array(&asked->json);
    for (size_t i = 0; i < problems->count; i++)
        view_error_write(&problems->items[i], &asked->json);
    json_writer_end_array(&asked->json);
}

static void compare(const JobHost *host, Store *store, ImpactQuestion *asked,
                    const LoadedPack *pack) {
    Buffer *text = &asked->question.text;
    const ImpactFamily family = {
        .pack = pack, .year = asked->year, .who = asked->who, .take = take, .context = asked};
    asked->view = (ImpactView){&asked->names, (size_t)asked->regions, asked->region};
    asked->json = (JsonWriter){.out = text, .compact = true};
    json_writer_begin_object(&asked->json);
    json_writer_key(&asked->json, "impacts");
    json_writer_begin_array(&asked->json);
    (void)!impact_analyse_family(host, store, &family, &asked->question.problems);
    json_writer_end_array(&asked->json);
    write_problems(asked);
    json_writer_end_object(&asked->json);
    buffer_text(text, "\n");
    if (asked->compared == 0) buffer_clear(text);
}

static void work(const JobHost *host, Store *store, ApiQuestion *question) {
    ImpactQuestion *asked = (ImpactQuestion *)question;
    LoadedPack pack = {0};
    Error error = {0};
    bool good =
        given_version_read(question->call, &asked->given, &question->problems) &&
        region_names_read(store, &asked->names, &error) &&
        (!asked->region || region_names_require(&asked->names, asked->region, &error)) &&
        given_version_load(host, store, asked->pack, &asked->given, &pack, &question->problems);
    if (good)
        compare(host, store, asked, &pack);
    else if (error.code != ERROR_NONE)
        problems_add(&question->problems, &error);
    loaded_pack_free(&pack);
}

// ---- asking ------------------------------------------------------------------------------------

static void ask(ApiCall *call) {
    if (!api_pack(call)) return;
    ImpactQuestion *asked = api_question_new(call, sizeof *asked);
    ApiQuestion *question = &asked->question;
    question->release = release;
    asked->regions = USUAL_REGIONS;
    asked->pack = api_question_parameter(question, "pack");
    asked->region = api_question_query(question, "region");
    asked->who = arena_string(&question->arena, call->actor.who);
    if (api_query_integer(call, "regions", 1, MOST_REGIONS, &asked->regions) &&
        api_question_year(question, "year", &asked->year))
        api_question_ask(question, work);
    else
        api_question_drop(question);
}

static const ApiRoute routes[] = {
    {{"POST", "/api/v1/packs/{pack}/impact?region&regions&year", LARGEST_PACK_BODY},
     ask,
     ACTION_PACKS_CHECK,
     API_PACK},
};
const ApiResource api_impact = {routes, sizeof routes / sizeof *routes};
