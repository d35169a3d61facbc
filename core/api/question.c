// Questions worked out aside: see question.h.
#include "core/api/question.h"

#include <stdlib.h>
#include <string.h>

#include "core/registry/pack_year.h"
#include "core/view/json_text.h"

void *api_question_new(ApiCall *call, size_t size) {
    ApiQuestion *question = memory_new(1, size);
    question->call = call;
    question->caller = call->caller;
    return question;
}

void api_question_drop(ApiQuestion *question) {
    if (question->release) question->release(question);
    region_tree_free(question->tree);
    json_decref(question->answer);
    problems_free(&question->problems);
    buffer_free(&question->text);
    http_body_release(question->body);
    arena_free(&question->arena);
    free(question);
}

const char *api_question_query(ApiQuestion *question, const char *name) {
    return arena_string(&question->arena, api_query(question->call, name));
}

const char *api_question_parameter(ApiQuestion *question, const char *name) {
    return arena_string(&question->arena, api_parameter(question->call, name));
}

const char *api_question_needs(ApiQuestion *question, const char *name) {
    const char *text = api_question_query(question, name);
    if (text && *text) return text;
    api_failf(question->call, ERROR_USAGE, T("the parameter %s must be given", "缺少参数 %s"),
              name);
    return NULL;
}

bool api_question_year(ApiQuestion *question, const char *name, int *year) {
    int64_t value = *year;
    if (!api_query_integer(question->call, name, PACK_FIRST_YEAR, PACK_LAST_YEAR, &value))
        return false;
    *year = (int)value;
    return true;
}

// ---- rights -------------------------------------------------------------------------------------

bool api_question_read_regions(ApiQuestion *question, Store *store) {
    Error error = {0};
    return region_tree_read(store, &question->tree, &error) || api_question_fail(question, &error);
}

bool api_question_may(const ApiQuestion *question, Action action, const char *region) {
    return rights_allow(&question->caller, action, region, question->tree);
}

static bool may_tell(const char *region, const void *question) {
    return api_question_may(question, ACTION_RESULTS_READ, region);
}

void api_question_narrow(const ApiQuestion *question, RunView *view) {
    const char *region = view->description->region;
    view->may_tell = api_question_may(question, ACTION_RESULTS_READ, region) ? NULL : may_tell;
    view->may_tell_context = question;
}

bool api_question_require(ApiQuestion *question, Action action, const char *region, bool part) {
    Error error = {0};
    return (part && rights_allow_part(&question->caller, action, region, question->tree)) ||
           rights_require(&question->caller, action, region, question->tree, &error) ||
           api_question_fail(question, &error);
}

typedef struct RegionOfPack {
    ApiQuestion *question;
    const char *pack;
    const char *region;
} RegionOfPack;

// The active version's, else that of any other.
static bool take_version(const StorePackVersion *version, void *context, Error *error) {
    (void)error;
    RegionOfPack *wanted = context;
    if (strcmp(version->pack, wanted->pack) == 0 && (version->active || !wanted->region))
        wanted->region = arena_string(&wanted->question->arena, version->region);
    return true;
}

bool api_question_pack_region(ApiQuestion *question, Store *store, const char *pack,
                              const char **region) {
    RegionOfPack wanted = {.question = question, .pack = pack};
    Error error = {0};
    bool good = store_read_pack_versions(store, false, take_version, &wanted, &error);
    *region = wanted.region;
    return good || api_question_fail(question, &error);
}

// ---- the work -----------------------------------------------------------------------------------

static void work_out(const JobHost *host, Store *store, void *context) {
    ApiQuestion *question = context;
    Error error = {0};
    if (api_is_in_vain(question->call, &error)) {
        api_question_fail(question, &error);
        return;
    }
    question->work(host, store, question);
    if (question->answer) { // else the text is there already, or there is none
        view_json_append(&question->text, question->answer);
        buffer_text(&question->text, "\n");
    }
    if (question->text.length > 0) question->body = api_make_body(question->call, &question->text);
}

static void give(void *context) {
    ApiQuestion *question = context;
    if (question->body)
        api_answer_shared(question->call, "application/json; charset=utf-8", question->body);
    else if (question->problems.count > 0)
        api_fail_all(question->call, &question->problems);
    else
        api_failf(question->call, ERROR_NOT_FOUND, "%s", T("nothing was found", "没有结果"));
    question->body = NULL; // the answer's
    api_question_drop(question);
}

void api_question_ask(ApiQuestion *question, ApiQuestionWork work) {
    question->work = work;
    if (!api_aside(question->call, work_out, give, question)) api_question_drop(question);
}

bool api_question_fail(ApiQuestion *question, const Error *error) {
    problems_add(&question->problems, error);
    return false;
}

json_t *api_rows_to_json(OutputTable *rows) {
    Buffer text = {0};
    JsonWriter json = {.out = &text, .compact = true};
    output_write_json(rows, &json);
    json_t *tree = json_loadb(text.data, text.length, 0, NULL);
    buffer_free(&text);
    output_free(rows);
    return tree;
}
