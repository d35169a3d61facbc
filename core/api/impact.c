// /api/v1/packs/{pack}/impact: what another version would change, before it is activated.
#include <string.h>

#include "core/analysis/impact.h"
#include "core/api/question.h"
#include "core/io/pack_archive.h"
#include "core/pack/bundle_json.h"
#include "core/registry/family.h"
#include "core/view/impact_json.h"
#include "core/view/problems_json.h"

enum { LARGEST_BODY = 16 * 1024 * 1024, USUAL_REGIONS = 100, MOST_REGIONS = 100000 };

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
    bool good = region_names_read(store, &asked->names, &error) &&
                (!asked->region || region_names_require(&asked->names, asked->region, &error)) &&
                load(host, store, asked, &pack, &error);
    if (good)
        compare(host, store, asked, &pack);
    else if (error.code != ERROR_NONE)
        problems_add(&question->problems, &error);
    loaded_pack_free(&pack);
}

// ---- asking ------------------------------------------------------------------------------------

static bool take_hash(ApiCall *call, const json_t *version, ImpactQuestion *asked) {
    const char *text = json_string_value(version);
    size_t length = text ? strlen(text) : 0;
    if (length > 0 && length < HASH_TEXT_SIZE && strspn(text, "0123456789abcdef") == length) {
        asked->hash = arena_string(&asked->question.arena, text);
        return true;
    }
    api_failf(call, ERROR_USAGE, "%s",
              T("\"version\" must be the hash of a stored version, or its beginning",
                "“version”应为已存储版本的哈希或其开头"));
    return false;
}

static bool take_archive(ApiCall *call, ImpactQuestion *asked) {
    size_t length;
    const char *bytes = http_request_body(call->request, &length);
    if (pack_archive_read(bytes, length, "", &asked->bundle, &asked->question.problems))
        return true;
    api_fail_all(call, &asked->question.problems);
    return false;
}

static bool take_json(ApiCall *call, const json_t *body, ImpactQuestion *asked) {
    const json_t *version = json_object_get(body, "version");
    if (version && json_object_size(body) == 1) return take_hash(call, version, asked);
    if (version || !json_object_get(body, "files")) {
        api_failf(call, ERROR_USAGE, "%s",
                  T("the body must have either \"version\" or \"files\"",
                    "请求体应有“version”或“files”之一"));
        return false;
    }
    if (bundle_from_json(body, &asked->bundle, &asked->question.problems)) return true;
    api_fail_all(call, &asked->question.problems);
    return false;
}

// { "version": hash }, { "files": { name: text } }, or a ZIP archive.
static bool take_body(ApiCall *call, ImpactQuestion *asked) {
    const char *type = http_request_header(call->request, "Content-Type");
    json_t *body;
    if (type && strncmp(type, "application/zip", strlen("application/zip")) == 0)
        return take_archive(call, asked);
    if (!api_body_json(call, &body)) return false;
    bool good = take_json(call, body, asked);
    json_decref(body);
    return good;
}

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
        api_question_year(question, "year", &asked->year) && take_body(call, asked))
        api_question_ask(question, work);
    else
        api_question_drop(question);
}

static const ApiRoute routes[] = {
    {{"POST", "/api/v1/packs/{pack}/impact", LARGEST_BODY}, ask, ACTION_PACKS_CHECK, API_PACK},
};
const ApiResource api_impact = {routes, sizeof routes / sizeof *routes};
