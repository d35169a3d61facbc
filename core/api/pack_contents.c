// /api/v1/packs/{pack}/nodes, /description and /coverage: what an active pack says, and with a POST
// what a version says that is not.
#include <string.h>

#include "core/api/given_version.h"
#include "core/api/question.h"
#include "core/view/pack_json.h"
#include "core/view/pack_rows.h"

enum { HASH_SHOWN = 24 }; // digits of a hash that stand in a tag

typedef void (*Telling)(ApiQuestion *question, const LoadedPack *pack, const char *kind);

typedef struct ContentsQuestion {
    ApiQuestion question;
    Telling tell;
    PinnedPack *active; // shared: it stays while this is worked on; NULL: the body has the version
    const char *pack;   // id
    GivenVersion given;
    const char *kind; // NULL: all
} ContentsQuestion;

static void release(ApiQuestion *question) {
    ContentsQuestion *asked = (ContentsQuestion *)question;
    pinned_pack_release(asked->active);
    given_version_free(&asked->given);
}

static json_t *begin_answer(const LoadedPack *pack) {
    return json_pack("{s:s, s:s, s:s}", "pack", pack->description->id, "version",
                     pack->description->version, "hash", pack->bundle.hash);
}

// ---- nodes --------------------------------------------------------------------------------------

// A row a declaration; of one kind also with its fields as the pack gave them.
static void tell_nodes(ApiQuestion *question, const LoadedPack *pack, const char *kind) {
    PackNodes nodes;
    Error error = {0};
    pack_nodes_read(pack->description_json, &nodes);
    if (kind && !view_nodes_require_kind(&nodes, kind, &error)) {
        api_question_fail(question, &error);
    } else {
        OutputTable rows;
        view_nodes_rows(&nodes, kind, &rows);
        question->answer = begin_answer(pack);
        json_object_set_new(question->answer, "nodes", api_rows_to_json(&rows));
        if (kind)
            json_object_set_new(question->answer, "declarations", view_nodes_json(&nodes, kind));
    }
    pack_nodes_free(&nodes);
}

// ---- the whole ----------------------------------------------------------------------------------

static void tell_description(ApiQuestion *question, const LoadedPack *pack, const char *kind) {
    (void)kind;
    question->answer = begin_answer(pack);
    // What is pinned never changes, and jansson counts references atomically.
    json_object_set(question->answer, "description", pack->description_json);
}

// ---- clauses ------------------------------------------------------------------------------------

static void tell_coverage(ApiQuestion *question, const LoadedPack *pack, const char *kind) {
    PackNodes nodes;
    Coverage coverage;
    Error error = {0};
    (void)kind;
    pack_nodes_read(pack->description_json, &nodes);
    coverage_read(&nodes, &coverage);
    if (coverage.count == 0) {
        view_coverage_refuse(pack->description, &error);
        error.code = ERROR_NOT_FOUND; // the pack is not wrong, there is nothing to show
        api_question_fail(question, &error);
    } else {
        OutputTable rows;
        view_coverage_rows(&coverage, &rows);
        question->answer = begin_answer(pack);
        json_object_set_new(question->answer, "clauses", api_rows_to_json(&rows));
        json_object_set_new(question->answer, "wanted", json_integer((json_int_t)coverage.wanted));
        json_object_set_new(question->answer, "carried",
                            json_integer((json_int_t)coverage.carried));
    }
    coverage_free(&coverage);
    pack_nodes_free(&nodes);
}

// ---- calls --------------------------------------------------------------------------------------

static void work_active(const JobHost *host, Store *store, ApiQuestion *question) {
    const ContentsQuestion *asked = (const ContentsQuestion *)question;
    (void)host, (void)store;
    asked->tell(question, pinned_pack(asked->active), asked->kind);
}

static void work_given(const JobHost *host, Store *store, ApiQuestion *question) {
    ContentsQuestion *asked = (ContentsQuestion *)question;
    LoadedPack pack = {0};
    if (given_version_read(question->call, &asked->given, &question->problems) &&
        given_version_load(host, store, asked->pack, &asked->given, &pack, &question->problems))
        asked->tell(question, &pack, asked->kind);
    loaded_pack_free(&pack);
}

static ContentsQuestion *question_new(ApiCall *call, Telling tell) {
    ContentsQuestion *asked = api_question_new(call, sizeof *asked);
    asked->question.release = release;
    asked->tell = tell;
    asked->kind = api_question_query(&asked->question, "kind");
    return asked;
}

// A version's contents never change.
static void ask(ApiCall *call, Telling tell) {
    const BoardPack *pack = api_pack(call);
    char tag[HASH_SHOWN + 1] = "";
    if (!pack) return;
    memcpy(tag, pinned_pack(pack->version)->bundle.hash, HASH_SHOWN);
    if (api_is_fresh(call, tag)) return;
    ContentsQuestion *asked = question_new(call, tell);
    asked->active = pinned_pack_share(pack->version);
    api_question_ask(&asked->question, work_active);
}

// Files may be of a pack that nobody has stored yet.
static void ask_of_given(ApiCall *call, Telling tell) {
    ContentsQuestion *asked = question_new(call, tell);
    asked->pack = api_question_parameter(&asked->question, "pack");
    api_question_ask(&asked->question, work_given);
}

static void nodes(ApiCall *call) {
    ask(call, tell_nodes);
}

static void description(ApiCall *call) {
    ask(call, tell_description);
}

static void coverage(ApiCall *call) {
    ask(call, tell_coverage);
}

static void nodes_of_given(ApiCall *call) {
    ask_of_given(call, tell_nodes);
}

static void coverage_of_given(ApiCall *call) {
    ask_of_given(call, tell_coverage);
}

static const ApiRoute routes[] = {
    {{"GET", "/api/v1/packs/{pack}/nodes?kind", 0}, nodes, ACTION_PACKS_READ, API_PART_OF_PACK},
    {{"GET", "/api/v1/packs/{pack}/description", 0},
     description,
     ACTION_PACKS_READ,
     API_PART_OF_PACK},
    {{"GET", "/api/v1/packs/{pack}/coverage", 0}, coverage, ACTION_PACKS_READ, API_PART_OF_PACK},
    {{"POST", "/api/v1/packs/{pack}/nodes?kind", LARGEST_PACK_BODY},
     nodes_of_given,
     ACTION_PACKS_CHECK,
     API_PACK},
    {{"POST", "/api/v1/packs/{pack}/coverage", LARGEST_PACK_BODY},
     coverage_of_given,
     ACTION_PACKS_CHECK,
     API_PACK},
};
const ApiResource api_pack_contents = {routes, sizeof routes / sizeof *routes};
