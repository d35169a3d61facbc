// GET /api/v1/packs/{pack}/files and /api/v1/pack-template: a pack's files as JSON, for a page on
// which they are edited and offered again (POST /api/v1/candidates).
#include "core/api/question.h"
#include "core/pack/bundle_draft.h"
#include "core/pack/bundle_json.h"
#include "core/registry/pack_template.h"

// ---- a stored version's -------------------------------------------------------------------------

typedef struct FilesQuestion {
    ApiQuestion question;
    const char *pack, *version; // start of a hash; NULL: the active one
} FilesQuestion;

static void tell_files(const JobHost *host, Store *store, ApiQuestion *question) {
    const FilesQuestion *asked = (const FilesQuestion *)question;
    LoadedPack pack;
    Error error = {0};
    (void)host;
    if (!registry_load_version(store, asked->pack, asked->version, &pack, &error)) {
        api_question_fail(question, &error);
        return;
    }
    // Bundles hold UTF-8 alone.
    question->answer = bundle_to_json(&pack.bundle);
    json_object_set_new(question->answer, "pack", json_string(asked->pack));
    json_object_set_new(question->answer, "version", json_string(pack.description->version));
    json_object_set_new(question->answer, "hash", json_string(pack.bundle.hash));
    loaded_pack_free(&pack);
}

static void give_files(ApiCall *call) {
    if (!api_known_pack(call)) return;
    FilesQuestion *asked = api_question_new(call, sizeof *asked);
    asked->pack = api_question_parameter(&asked->question, "pack");
    asked->version = api_question_query(&asked->question, "version");
    api_question_ask(&asked->question, tell_files);
}

// ---- a new pack's -------------------------------------------------------------------------------

// What is no Lua is not taken back by POST /candidates: sample data is imported by itself.
static bool add_file(const char *path, const Buffer *text, void *context, Error *error) {
    (void)error;
    json_t *body = context;
    json_t *files = json_object_get(body, bundle_draft_wants(path) ? "files" : "data");
    json_object_set_new(files, path, json_stringn(text->data, text->length));
    return true;
}

// The active pack to extend, if any; false: the caller may not see it, and the call is answered.
static bool take_parent(ApiCall *call, const Description **parent) {
    const char *id = api_query(call, "extends");
    const BoardPack *pack = id ? api_pack_called(call, id) : NULL;
    *parent = pack ? pack->description : NULL;
    if (!pack) return id == NULL;
    return api_may_part(call, ACTION_PACKS_READ, pack->description->region) ||
           api_require(call, ACTION_PACKS_READ, pack->description->region);
}

static void give_template(ApiCall *call) {
    PackTemplate wanted = {.id = api_query(call, "id"),
                           .title = api_query(call, "title"),
                           .region = api_query(call, "region")};
    Error error = {0};
    if (!wanted.id)
        api_failf(call, ERROR_USAGE, T("the parameter %s must be given", "缺少参数 %s"), "id");
    else if (!pack_template_check(&wanted, &error))
        api_fail(call, &error);
    else if (take_parent(call, &wanted.parent)) {
        json_t *body = json_pack("{s:{}, s:{}}", "files", "data");
        (void)!pack_template_each(&wanted, add_file, body, &error); // adding does not fail
        api_answer_json(call, 200, body);
    }
}

static const ApiRoute routes[] = {
    {{"GET", "/api/v1/packs/{pack}/files?version", 0},
     give_files,
     ACTION_PACKS_READ,
     API_PART_OF_PACK},
    {{"GET", "/api/v1/pack-template?extends&id&region&title", 0},
     give_template,
     ACTION_PACKS_CHECK,
     API_ANYWHERE},
};
const ApiResource api_pack_files = {routes, sizeof routes / sizeof *routes};
