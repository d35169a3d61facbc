// /api/v1/packs/{pack}/impact: what another version would change, before it is activated.
#include <stdlib.h>
#include <string.h>

#include "core/analysis/impact.h"
#include "core/api/api_inside.h"
#include "core/io/pack_archive.h"
#include "core/pack/bundle_json.h"
#include "core/registry/family.h"
#include "core/view/impact_json.h"
#include "core/view/problems_json.h"

enum { LARGEST_BODY = 16 * 1024 * 1024, USUAL_REGIONS = 100, MOST_REGIONS = 100000 };

// The version is a stored one or comes with the call.
typedef struct Asking {
    ApiCall *call;
    char *pack, *hash; // hash: the beginning of a stored version's; NULL: `bundle` is the version
    Bundle bundle;
    char *region; // only this one is told in full; NULL: those changed most
    int64_t regions, year;
    char *who;
    // Aside:
    RegionNames names;
    ImpactView view;
    Buffer text;
    JsonWriter json;
    size_t compared;
    ProblemList problems;
} Asking;

static void asking_free(Asking *asking) {
    free(asking->pack);
    free(asking->hash);
    free(asking->region);
    free(asking->who);
    bundle_free(&asking->bundle);
    region_names_free(&asking->names);
    buffer_free(&asking->text);
    problems_free(&asking->problems);
    free(asking);
}

// ---- aside -------------------------------------------------------------------------------------

static void take(const ImpactReport *report, void *context) {
    Asking *asking = context;
    asking->compared++;
    view_impact_write(report, &asking->view, &asking->json);
}

static bool is_other_pack(const Asking *asking, const LoadedPack *pack, Error *error) {
    if (strcmp(pack->description->id, asking->pack) == 0) return false;
    error_set(error, ERROR_INPUT,
              T("the files are those of the pack \"%s\", not of \"%s\"",
                "文件属于评估包“%s”，而不是“%s”"),
              pack->description->id, asking->pack);
    return true;
}

static bool load(const JobHost *host, Store *store, Asking *asking, LoadedPack *pack,
                 Error *error) {
    const ParentPlaces places = {.store = store};
    if (asking->hash) return registry_load_version(store, asking->pack, asking->hash, pack, error);
    return family_load_bundle(host, &asking->bundle, &places, false, pack, &asking->problems) &&
           !is_other_pack(asking, pack, error);
}

static void compare(const JobHost *host, Store *store, Asking *asking, const LoadedPack *pack) {
    const ImpactFamily family = {.pack = pack,
                                 .year = (int)asking->year,
                                 .who = asking->who,
                                 .take = take,
                                 .context = asking};
    asking->view = (ImpactView){&asking->names, (size_t)asking->regions, asking->region};
    asking->json = (JsonWriter){.out = &asking->text, .compact = true};
    json_writer_begin_object(&asking->json);
    json_writer_key(&asking->json, "impacts");
    json_writer_begin_array(&asking->json);
    // Packs that would break are among the problems.
    (void)!impact_analyse_family(host, store, &family, &asking->problems);
    json_writer_end_array(&asking->json);
    json_writer_key(&asking->json, "problems");
    json_writer_begin_array(&asking->json);
    for (size_t i = 0; i < asking->problems.count; i++)
        view_error_write(&asking->problems.items[i], &asking->json);
    json_writer_end_array(&asking->json);
    json_writer_end_object(&asking->json);
    buffer_text(&asking->text, "\n");
}

static void work(const JobHost *host, Store *store, void *context) {
    Asking *asking = context;
    LoadedPack pack = {0};
    Error error = {0};
    bool good = region_names_read(store, &asking->names, &error) &&
                (!asking->region || region_names_require(&asking->names, asking->region, &error)) &&
                load(host, store, asking, &pack, &error);
    if (good)
        compare(host, store, asking, &pack);
    else if (error.code != ERROR_NONE)
        problems_add(&asking->problems, &error);
    loaded_pack_free(&pack);
}

static void answer(void *context) {
    Asking *asking = context;
    if (asking->compared > 0)
        api_answer_bytes(asking->call, 200, "application/json; charset=utf-8", &asking->text);
    else
        api_fail_all(asking->call, &asking->problems);
    asking_free(asking);
}

// ---- asking ------------------------------------------------------------------------------------

static bool take_hash(ApiCall *call, const json_t *version, Asking *asking) {
    const char *text = json_string_value(version);
    size_t length = text ? strlen(text) : 0;
    if (length > 0 && length < HASH_TEXT_SIZE && strspn(text, "0123456789abcdef") == length) {
        asking->hash = memory_copy_string(text);
        return true;
    }
    api_failf(call, ERROR_USAGE, "%s",
              T("\"version\" must be the hash of a stored version, or its beginning",
                "“version”应为已存储版本的哈希或其开头"));
    return false;
}

// { "version": hash }, { "files": { name: text } }, or a ZIP archive.
static bool take_body(ApiCall *call, Asking *asking) {
    const char *type = http_request_header(call->request, "Content-Type");
    json_t *body;
    if (type && strncmp(type, "application/zip", strlen("application/zip")) == 0) {
        size_t length;
        const char *bytes = http_request_body(call->request, &length);
        if (pack_archive_read(bytes, length, "", &asking->bundle, &asking->problems)) return true;
        api_fail_all(call, &asking->problems);
        return false;
    }
    if (!api_body_json(call, &body)) return false;
    const json_t *version = json_object_get(body, "version");
    bool good = false;
    if (version)
        good = take_hash(call, version, asking);
    else if (!json_object_get(body, "files"))
        api_failf(call, ERROR_USAGE, "%s",
                  T("the body must have \"version\" or \"files\"", "请求体应有“version”或“files”"));
    else if (!(good = bundle_from_json(body, &asking->bundle, &asking->problems)))
        api_fail_all(call, &asking->problems);
    json_decref(body);
    return good;
}

static void ask(ApiCall *call) {
    const BoardPack *pack = api_pack(call);
    const char *region = api_query(call, "region");
    Asking *asking = memory_new(1, sizeof *asking);
    *asking = (Asking){.call = call, .regions = USUAL_REGIONS};
    bool good =
        pack != NULL && api_query_integer(call, "regions", 1, MOST_REGIONS, &asking->regions) &&
        api_query_integer(call, "year", 1900, 2200, &asking->year) && take_body(call, asking);
    if (good) {
        asking->pack = memory_copy_string(pack->description->id);
        asking->region = region ? memory_copy_string(region) : NULL;
        asking->who = memory_copy_string(call->actor.who);
        if (api_aside(call, work, answer, asking)) return;
    }
    asking_free(asking);
}

static const ApiRoute routes[] = {
    {{"POST", "/api/v1/packs/{pack}/impact", LARGEST_BODY}, ask, ACTION_PACKS_CHECK, API_PACK},
};
const ApiResource api_impact = {routes, sizeof routes / sizeof *routes};
