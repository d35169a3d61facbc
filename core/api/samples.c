// /api/v1/samples: sample data in the workspace, and taking it out.
#include <string.h>

#include "core/api/question.h"
#include "core/view/json_text.h"
#include "core/view/sample_rows.h"

typedef struct SamplesQuestion {
    ApiQuestion question;
    Store *store;              // for the desk's work
    const char *pack, *region; // NULL: all
    SampleFigures figures;
    PackList packs; // the active ones
    RegionNames names;
    SamplesRemoved removed;
    bool good;
} SamplesQuestion;

static void release(ApiQuestion *question) {
    SamplesQuestion *asked = (SamplesQuestion *)question;
    sample_figures_free(&asked->figures);
    pack_list_free(&asked->packs);
    region_names_free(&asked->names);
}

static SamplesQuestion *begin(ApiCall *call) {
    SamplesQuestion *asked = api_question_new(call, sizeof *asked);
    asked->question.release = release;
    asked->store = service_store(api_service(call));
    asked->pack = api_question_query(&asked->question, "pack");
    asked->region = api_question_query(&asked->question, "region");
    return asked;
}

// False with a problem. A workspace without an active pack may hold samples too.
static bool read_figures(SamplesQuestion *asked, Store *store) {
    SampleFilter filter = {.region = asked->region};
    Error error = {0};
    bool loaded = registry_load_active(store, NULL, &asked->packs, &error);
    if (!loaded && error.code != ERROR_NOT_FOUND)
        return api_question_fail(&asked->question, &error);
    return (region_names_read(store, &asked->names, &error) &&
            (!asked->region || region_names_require(&asked->names, asked->region, &error)) &&
            (!asked->pack || sample_filter_by_pack(&asked->packs, asked->pack, &filter, &error)) &&
            sample_figures_read(store, &filter, &asked->figures, &error)) ||
           api_question_fail(&asked->question, &error);
}

// ---- what there is ------------------------------------------------------------------------------

static void read_samples(const JobHost *host, Store *store, ApiQuestion *question) {
    (void)host;
    SamplesQuestion *asked = (SamplesQuestion *)question;
    if (!read_figures(asked, store)) return;
    const SampleRowsSource source = {&asked->figures, &asked->packs, &asked->names};
    OutputTable rows;
    view_sample_rows(&source, &rows);
    question->answer = json_pack("{s:o, s:I}", "samples", api_rows_to_json(&rows),
                                 "sample_observations", (json_int_t)asked->figures.count);
}

static void list(ApiCall *call) {
    SamplesQuestion *asked = begin(call);
    if (api_require_about(call, ACTION_DATA_READ, asked->region, asked->pack))
        api_question_ask(&asked->question, read_samples);
    else
        api_question_drop(&asked->question);
}

// ---- taking it out ------------------------------------------------------------------------------

static void count_samples(const JobHost *host, Store *store, ApiQuestion *question) {
    (void)host;
    SamplesQuestion *asked = (SamplesQuestion *)question;
    if (!read_figures(asked, store)) return;
    question->answer = json_pack("{s:b, s:i, s:i, s:I}", "ok", 1, "removed", 0, "restored", 0,
                                 "left", (json_int_t)asked->figures.count);
}

// At the desk, so that the results follow; what it finds changed in the store it takes in.
static void remove_samples(Desk *desk, void *context) {
    SamplesQuestion *asked = context;
    SamplesRemoved *removed = &asked->removed;
    Error error = {0};
    if (!read_figures(asked, asked->store)) return;
    asked->good = asked->figures.count == 0 ||
                  sample_figures_remove(asked->store, &asked->figures, asked->question.caller.name,
                                        &removed->restored, &error) ||
                  api_question_fail(&asked->question, &error);
    if (!asked->good) return;
    removed->removed = asked->figures.count;
    // The samples are gone whatever becomes of the results; a pack that has none now says so
    // itself.
    (void)!desk_look(desk, NULL, &asked->question.problems);
}

static void removed(void *context) {
    SamplesQuestion *asked = context;
    Buffer text = {0};
    JsonWriter json = {.out = &text, .compact = true};
    if (asked->good) {
        view_samples_removed_write(&asked->removed, &json);
        buffer_text(&text, "\n");
        api_answer_bytes(asked->question.call, 200, "application/json; charset=utf-8", &text);
    } else {
        api_fail_all(asked->question.call, &asked->question.problems);
    }
    api_question_drop(&asked->question);
}

static void take_out(ApiCall *call) {
    bool dry_run = false;
    if (!api_query_boolean(call, "dry_run", &dry_run)) return;
    SamplesQuestion *asked = begin(call);
    if (!api_require_about(call, ACTION_SAMPLES_REMOVE, asked->region, asked->pack))
        api_question_drop(&asked->question);
    else if (dry_run)
        api_question_ask(&asked->question, count_samples);
    else if (!api_at_desk(call, remove_samples, removed, asked))
        api_question_drop(&asked->question);
}

static const ApiRoute routes[] = {
    {{"GET", "/api/v1/samples?pack&region", 0}, list, ACTION_DATA_READ, API_ANYWHERE},
    {{"DELETE", "/api/v1/samples?dry_run&pack&region", 0},
     take_out,
     ACTION_SAMPLES_REMOVE,
     API_ANYWHERE},
};
const ApiResource api_samples = {routes, sizeof routes / sizeof *routes};
