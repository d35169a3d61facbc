// /api/v1/packs/{pack}/impact: what another version would change, before it is activated.
#include <string.h>

#include "core/analysis/impact.h"
#include "core/api/pack_body.h"
#include "core/api/question.h"
#include "core/pack/bundle_json.h"
#include "core/registry/family.h"
#include "core/view/impact_json.h"
#include "core/view/problems_json.h"

enum { USUAL_REGIONS = 100, MOST_REGIONS = 100000 };

// The version is a stored one or comes with the call.
typedef struct ImpactQuestion {
    ApiQuestion question;
    const char *pack, *hash; // hash: the beginning of a stored version's; NULL: `bundle` has it
    Bundle bundle;
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
    bundle_free(&asked->bundle);
    region_names_free(&asked->names);
}

// ---- the body, aside ---------------------------------------------------------------------------

static bool refuse_body(ImpactQuestion *asked, const char *why) {
    problems_addf(&asked->question.problems, ERROR_USAGE, NULL, 0, 0, "%s", why);
    return false;
}

static bool take_hash(const json_t *version, ImpactQuestion *asked) {
    const char *text = json_string_value(version);
    size_t length = text ? strlen(text) : 0;
    if (length == 0 || length >= HASH_TEXT_SIZE || strspn(text, "0123456789abcdef") != length)
        return refuse_body(asked,
                           T("\"version\" must be the hash of a stored version, or its beginning",
                             "“version”应为已存储版本的哈希或其开头"));
    asked->hash = arena_string(&asked->question.arena, text);
    return true;
}

static bool take_json(const json_t *body, ImpactQuestion *asked) {
    const json_t *version = json_object_get(body, "version");
    if (version && json_object_size(body) == 1) return take_hash(version, asked);
    if (!version && json_object_get(body, "files"))
        return bundle_from_json(body, &asked->bundle, &asked->question.problems);
    return refuse_body(asked, T("the body must have either \"version\" or \"files\"",
                                "请求体应有“version”或“files”之一"));
}

// { "version": hash }, { "files": { name: text } }, or a ZIP archive.
static bool take_body(ImpactQuestion *asked) {
    const ApiCall *call = asked->question.call;
    ProblemList *problems = &asked->question.problems;
    if (pack_body_is_of_type(call, "application/zip"))
        return pack_body_read_archive(call, &asked->bundle, problems);
    json_t *body = pack_body_json(call, problems);
    bool good = body && take_json(body, asked);
    json_decref(body);
    return good;
}

// ---- aside -------------------------------------------------------------------------------------

static void take(const ImpactReport *report, void *context) {
    ImpactQuestion *asked = context;
    asked->compared++;
    view_impact_write(report, &asked->view, &asked->json);
}

static bool is_asked_for(const ImpactQuestion *asked, const LoadedPack *pack, Error *error) {
    return strcmp(pack->description->id, asked->pack) == 0 ||
           error_set(error, ERROR_INPUT,
                     T("the files are those of the pack \"%s\", not of \"%s\"",
                       "文件属于评估包“%s”，而不是“%s”"),
                     pack->description->id, asked->pack);
}

static bool load(const JobHost *host, Store *store, ImpactQuestion *asked, LoadedPack *pack,
                 Error *error) {
    const ParentPlaces places = {.store = store};
    if (asked->hash) return registry_load_version(store, asked->pack, asked->hash, pack, error);
    return family_load_bundle(host, &asked->bundle, &places, false, pack,
                              &asked->question.problems) &&
           is_asked_for(asked, pack, error);
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
    bool good = take_body(asked) && region_names_read(store, &asked->names, &error) &&
                (!asked->region || region_names_require(&asked->names, asked->region, &error)) &&
                load(host, store, asked, &pack, &error);
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
