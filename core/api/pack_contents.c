// /api/v1/packs/{pack}/nodes, /description and /coverage: what an active pack says.
#include <string.h>

#include "core/api/question.h"
#include "core/view/pack_json.h"
#include "core/view/pack_rows.h"

enum { HASH_SHOWN = 24 }; // digits of a hash that stand in a tag

typedef struct ContentsQuestion {
    ApiQuestion question;
    PinnedPack *version; // shared: it stays while this is worked on
    const char *kind;    // NULL: all
} ContentsQuestion;

static void release(ApiQuestion *question) {
    pinned_pack_release(((ContentsQuestion *)question)->version);
}

static json_t *begin_answer(const LoadedPack *pack) {
    return json_pack("{s:s, s:s, s:s}", "pack", pack->description->id, "version",
                     pack->description->version, "hash", pack->bundle.hash);
}

// ---- nodes --------------------------------------------------------------------------------------

// A row a declaration; of one kind also with its fields as the pack gave them.
static void tell_nodes(const JobHost *host, Store *store, ApiQuestion *question) {
    (void)host, (void)store;
    const ContentsQuestion *asked = (const ContentsQuestion *)question;
    const LoadedPack *pack = pinned_pack(asked->version);
    PackNodes nodes;
    Error error = {0};
    pack_nodes_read(pack->description_json, &nodes);
    if (asked->kind && !view_nodes_require_kind(&nodes, asked->kind, &error)) {
        api_question_fail(question, &error);
    } else {
        OutputTable rows;
        view_nodes_rows(&nodes, asked->kind, &rows);
        question->answer = begin_answer(pack);
        json_object_set_new(question->answer, "nodes", api_rows_to_json(&rows));
        if (asked->kind)
            json_object_set_new(question->answer, "declarations",
                                view_nodes_json(&nodes, asked->kind));
    }
    pack_nodes_free(&nodes);
}

// ---- the whole ----------------------------------------------------------------------------------

static void tell_description(const JobHost *host, Store *store, ApiQuestion *question) {
    (void)host, (void)store;
    const LoadedPack *pack = pinned_pack(((const ContentsQuestion *)question)->version);
    question->answer = begin_answer(pack);
    // What is pinned never changes, and jansson counts references atomically.
    json_object_set(question->answer, "description", pack->description_json);
}

// ---- clauses ------------------------------------------------------------------------------------

static void tell_coverage(const JobHost *host, Store *store, ApiQuestion *question) {
    (void)host, (void)store;
    const LoadedPack *pack = pinned_pack(((const ContentsQuestion *)question)->version);
    PackNodes nodes;
    Coverage coverage;
    Error error = {0};
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

// A version's contents never change.
static void ask(ApiCall *call, ApiQuestionWork work) {
    const BoardPack *pack = api_pack(call);
    char tag[HASH_SHOWN + 1] = "";
    if (!pack) return;
    memcpy(tag, pinned_pack(pack->version)->bundle.hash, HASH_SHOWN);
    if (api_is_fresh(call, tag)) return;
    ContentsQuestion *asked = api_question_new(call, sizeof *asked);
    asked->question.release = release;
    asked->version = pinned_pack_share(pack->version);
    asked->kind = api_question_query(&asked->question, "kind");
    api_question_ask(&asked->question, work);
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

static const ApiRoute routes[] = {
    {{"GET", "/api/v1/packs/{pack}/nodes?kind", 0}, nodes, ACTION_PACKS_READ, API_PART_OF_PACK},
    {{"GET", "/api/v1/packs/{pack}/description", 0},
     description,
     ACTION_PACKS_READ,
     API_PART_OF_PACK},
    {{"GET", "/api/v1/packs/{pack}/coverage", 0}, coverage, ACTION_PACKS_READ, API_PART_OF_PACK},
};
const ApiResource api_pack_contents = {routes, sizeof routes / sizeof *routes};
