// /api/v1/runs: evaluations that were stored, their results, and computing them again.
#include <stdlib.h>
#include <string.h>

#include "core/api/question.h"
#include "core/api/run_progress.h"
#include "core/eval/dataset.h"
#include "core/registry/evaluation.h"
#include "core/view/problems_json.h"
#include "core/view/ranking.h"
#include "core/view/run_json.h"
#include "core/view/run_summary.h"
#include "core/view/stored_run.h"

// ---- which there are ----------------------------------------------------------------------------

enum { USUAL_RUNS = 100, MOST_RUNS = 1000 };

typedef struct RunsQuestion {
    ApiQuestion question;
    const char *pack; // NULL: all
    int64_t run;      // this one alone; 0: a page of them
    int64_t before; // the page begins with the newest that has a smaller number; 0: with the newest
    int64_t limit;
} RunsQuestion;

static json_t *run_to_json(const StoreRun *run) {
    return json_pack(
        "{s:I, s:I, s:s, s:i, s:I, s:I, s:o, s:o, s:o, s:s, s:s, s:s, s:i, s:b}", "run",
        (json_int_t)run->id, "base", (json_int_t)run->base, "pack", run->pack, "year", run->year,
        "data_version", (json_int_t)run->data_version, "regions", (json_int_t)run->region_count,
        "started_at", view_time_to_json(run->started_at_us), "finished_at",
        view_time_to_json(run->finished_at_us), "who", view_text_to_json(run->who), "pack_hash",
        run->pack_hash, "std_hash", run->std_hash, "result_hash", run->result_hash,
        "engine_version", run->engine_version, "readable", run->engine_version == ENGINE_VERSION);
}

typedef struct Listing {
    ApiQuestion *question;
    Store *store;
    json_t *rows;
    const char *pack, *region; // of the run listed last; most are of a few packs
    int64_t read, last;  // runs of the store since `read` was 0, the caller's or not; the last one
    int64_t next_before; // where the next page begins; 0: this is the last
} Listing;

// Whether the caller may see runs of that pack, in part at least. A pack none of whose versions is
// stored is nobody's but his who may see everything.
static bool may_see(Listing *listing, const char *pack) {
    ApiQuestion *question = listing->question;
    if (!listing->pack || strcmp(listing->pack, pack) != 0) {
        listing->pack = arena_string(&question->arena, pack);
        if (!api_question_pack_region(question, listing->store, pack, &listing->region))
            return false;
    }
    const char *region = listing->region ? listing->region : REGION_EVERYWHERE;
    return rights_allow_part(&question->caller, ACTION_RESULTS_READ, region, question->tree);
}

static bool add_run(const StoreRun *run, void *context, Error *error) {
    (void)error;
    Listing *listing = context;
    const RunsQuestion *asked = (const RunsQuestion *)listing->question;
    size_t count = json_array_size(listing->rows);
    listing->read++;
    listing->last = run->id;
    if (listing->next_before || !may_see(listing, run->pack)) return true;
    if ((int64_t)count == asked->limit)
        listing->next_before =
            json_integer_value(json_object_get(json_array_get(listing->rows, count - 1), "run"));
    else
        json_array_append_new(listing->rows, run_to_json(run));
    return true;
}

// The store knows no rights, so what it is asked for is a page and one more, and then more of what
// follows until the page is full.
static bool read_page(Listing *listing, Error *error) {
    const RunsQuestion *asked = (const RunsQuestion *)listing->question;
    StoreRunQuery query = {
        .pack = asked->pack, .id = asked->run, .before = asked->before, .limit = asked->limit + 1};
    for (bool all = false; !all && !listing->next_before;) {
        listing->read = 0;
        if (!store_read_runs(listing->store, &query, add_run, listing, error)) return false;
        all = listing->read < query.limit;
        query.before = listing->last;
        query.limit = MOST_RUNS;
    }
    return true;
}

static bool no_such_run(int64_t run, Error *error) {
    return error_set(error, ERROR_NOT_FOUND, T("there is no run %lld", "没有编号为 %lld 的运行"),
                     (long long)run);
}

// A run that is not for the caller is told of as one that is not there.
static void read_runs(const JobHost *host, Store *store, ApiQuestion *question) {
    (void)host;
    const RunsQuestion *asked = (const RunsQuestion *)question;
    Listing listing = {.question = question, .store = store, .rows = json_array()};
    Error error = {0};
    bool good = api_question_read_regions(question, store);
    if (good) {
        good =
            (!asked->pack || registry_require_pack(store, asked->pack, &error)) &&
            read_page(&listing, &error) &&
            (!asked->run || json_array_size(listing.rows) > 0 || no_such_run(asked->run, &error));
        if (!good) api_question_fail(question, &error);
    }
    if (good && question->problems.count == 0)
        question->answer =
            asked->run
                ? json_incref(json_array_get(listing.rows, 0))
                : json_pack("{s:O, s:o}", "runs", listing.rows, "next_before",
                            listing.next_before ? json_integer(listing.next_before) : json_null());
    json_decref(listing.rows);
}

static void list(ApiCall *call) {
    int64_t before = 0, limit = USUAL_RUNS;
    if (!api_query_integer(call, "before", 1, INT64_MAX, &before) ||
        !api_query_integer(call, "limit", 1, MOST_RUNS, &limit))
        return;
    RunsQuestion *asked = api_question_new(call, sizeof *asked);
    asked->pack = api_question_query(&asked->question, "pack");
    asked->before = before;
    asked->limit = limit;
    api_question_ask(&asked->question, read_runs);
}

// The path's {run}; 0: there can be none of that name, and the call is answered.
static int64_t run_of_path(ApiCall *call) {
    const char *text = api_parameter(call, "run");
    char *end;
    long long id = strtoll(text, &end, 10);
    if (id > 0 && !*end) return id;
    api_failf(call, ERROR_NOT_FOUND, T("there is no run %s", "没有编号为 %s 的运行"), text);
    return 0;
}

static void show(ApiCall *call) {
    int64_t run = run_of_path(call);
    if (!run) return;
    RunsQuestion *asked = api_question_new(call, sizeof *asked);
    asked->run = run;
    asked->limit = 1;
    api_question_ask(&asked->question, read_runs);
}

// ---- results ------------------------------------------------------------------------------------

// Regions a page has; a region's results are some tens of kilobytes.
enum { USUAL_LIMIT = 50, MOST_LIMIT = 500 };

typedef struct ResultsQuestion {
    ApiQuestion question;
    int64_t run;
    const char *region; // this and those in it; NULL: all
    const char *after;  // the page begins after this code; NULL: with the first
    int64_t limit;
    json_t *(*tell)(const RunView *view, struct ResultsQuestion *asked);
} ResultsQuestion;

// The page's regions by code, and where the next page begins: null after the last.
static json_t *tell_results(const RunView *view, ResultsQuestion *asked) {
    RunTotals totals = run_view_totals(view);
    json_t *whole = view_run_head_json(view, &totals), *regions = json_object();
    const char *last = NULL;
    bool more = false;
    for (size_t r = 0; r < view->run->region_count && !more; r++) {
        const char *code = view->run->regions[r].code;
        if (!run_view_carries(view, r) || (asked->after && strcmp(code, asked->after) <= 0))
            continue;
        more = (int64_t)json_object_size(regions) == asked->limit;
        json_t *region = more ? NULL : view_run_region_json(view, r);
        if (!region) continue;
        json_object_set_new(regions, code, region);
        last = code;
    }
    json_object_del(whole, "ok");
    json_object_del(whole, "unchanged");
    json_object_set_new(whole, "regions", regions);
    json_object_set_new(whole, "next_after", more ? json_string(last) : json_null());
    return whole;
}

static json_t *tell_summary(const RunView *view, ResultsQuestion *asked) {
    (void)asked;
    OutputTable rows;
    view_summary_begin(&rows);
    view_summary_rows(view, &rows);
    return json_pack("{s:I, s:o}", "run", (json_int_t)view->run->id, "summary",
                     api_rows_to_json(&rows));
}

static json_t *tell_rankings(const RunView *view, ResultsQuestion *asked) {
    (void)asked;
    json_t *rankings = json_array();
    for (size_t a = 0; a < view->description->assessment_count; a++)
        json_array_append_new(rankings, ranking_json(view, (int)a));
    return json_pack("{s:I, s:o}", "run", (json_int_t)view->run->id, "rankings", rankings);
}

static bool is_below(const char *region, const void *context) {
    const ResultsQuestion *asked = context;
    return region_tree_within(asked->question.tree, region, asked->region) &&
           api_question_may(&asked->question, ACTION_RESULTS_READ, region);
}

static void narrow_to_region(const ResultsQuestion *asked, RunView *view) {
    view->only_region = false;
    view->may_tell = is_below;
    view->may_tell_context = asked;
}

// Whether a page may begin after that region.
static bool is_of_run(ResultsQuestion *asked, const RunView *view) {
    Error error = {0};
    if (run_find_region(view->run, asked->after) >= 0) return true;
    error_set(&error, ERROR_USAGE,
              T("after takes what a page gave as next_after, not \"%.40s\"",
                "after 应为上一页给出的 next_after，而不是“%.40s”"),
              asked->after);
    return api_question_fail(&asked->question, &error);
}

// Of the pack's regions those are told of that are the caller's.
static void read_results(const JobHost *host, Store *store, ApiQuestion *question) {
    (void)host;
    ResultsQuestion *asked = (ResultsQuestion *)question;
    Error error = {0};
    if (!api_question_read_regions(question, store)) return;
    StoredRun *opened;
    if (!stored_run_open(store, asked->run, asked->region, &opened, &error)) {
        api_question_fail(question, &error);
        return;
    }
    RunView *view = &opened->view;
    api_question_narrow(question, view);
    if (asked->region) narrow_to_region(asked, view);
    if (api_question_require(question, ACTION_RESULTS_READ, view->region, !asked->region) &&
        (!asked->after || is_of_run(asked, view)))
        question->answer = asked->tell(view, asked);
    stored_run_free(opened);
}

static void ask_results(ApiCall *call, json_t *(*tell)(const RunView *, ResultsQuestion *)) {
    int64_t run = run_of_path(call), limit = USUAL_LIMIT;
    if (!run || !api_query_integer(call, "limit", 1, MOST_LIMIT, &limit)) return;
    ResultsQuestion *asked = api_question_new(call, sizeof *asked);
    asked->run = run;
    asked->region = api_question_query(&asked->question, "region");
    asked->after = api_question_query(&asked->question, "after");
    asked->limit = limit;
    asked->tell = tell;
    api_question_ask(&asked->question, read_results);
}

static void results(ApiCall *call) {
    ask_results(call, tell_results);
}

static void summary(ApiCall *call) {
    ask_results(call, tell_summary);
}

static void rankings(ApiCall *call) {
    ask_results(call, tell_rankings);
}

// ---- computing again ----------------------------------------------------------------------------

static void replay_run(const JobHost *host, Store *store, ApiQuestion *question) {
    const RunsQuestion *asked = (const RunsQuestion *)question;
    Run stored, again;
    Error error = {0};
    const char *region;
    bool same;
    if (!api_question_read_regions(question, store)) return;
    if (!run_read(store, asked->run, &stored, &error)) {
        api_question_fail(question, &error);
        return;
    }
    if (api_question_pack_region(question, store, stored.pack, &region) &&
        api_question_require(question, ACTION_REPLAY, region ? region : REGION_EVERYWHERE, false) &&
        run_replay(host, store, &stored, &again, &same, &question->problems)) {
        question->answer =
            json_pack("{s:I, s:s, s:i, s:I, s:s, s:s, s:s, s:b}", "run", (json_int_t)stored.id,
                      "pack", stored.pack, "year", stored.year, "data_version",
                      (json_int_t)stored.data_version, "pack_hash", stored.pack_hash, "stored",
                      stored.result_hash, "replayed", again.result_hash, "same", same);
        run_free(&again);
    }
    run_free(&stored);
}

static void replay(ApiCall *call) {
    int64_t run = run_of_path(call);
    if (!run) return;
    RunsQuestion *asked = api_question_new(call, sizeof *asked);
    asked->run = run;
    api_question_ask(&asked->question, replay_run);
}

// ---- evaluating ---------------------------------------------------------------------------------

typedef struct EvaluateQuestion {
    ApiQuestion question;
    const char *pack, *region; // NULL: all
    int year;
    RunProgress progress;
    json_t *runs;
    size_t evaluated;     // packs
    ProblemList problems; // of the others
} EvaluateQuestion;

static void release_evaluation(ApiQuestion *question) {
    problems_free(&((EvaluateQuestion *)question)->problems);
}

static void begin_evaluation(const LoadedPack *pack, void *context) {
    run_progress_begin(&((EvaluateQuestion *)context)->progress, pack);
}

static void take_evaluation(const Evaluation *evaluation, void *context) {
    EvaluateQuestion *asked = context;
    json_t *entry;
    if (evaluation->run) {
        entry = view_run_name_json(evaluation->run, evaluation->found);
        asked->evaluated++;
    } else {
        for (size_t i = 0; i < evaluation->problems->count; i++)
            problems_add(&asked->problems, &evaluation->problems->items[i]);
        entry = json_pack("{s:b, s:s, s:o}", "ok", 0, "pack", evaluation->pack->description->id,
                          "problems", view_problems_json(evaluation->problems));
    }
    json_array_append_new(asked->runs, entry);
}

// Leaves those of the packs that the caller may evaluate; false with a problem when it is none.
static bool keep_own(ApiQuestion *question, Store *store, PackList *packs) {
    size_t kept = 0;
    if (!api_question_read_regions(question, store)) return false;
    for (size_t i = 0; i < packs->count; i++) {
        LoadedPack *pack = &packs->items[i];
        const char *region = pack->description->region;
        bool last = i + 1 == packs->count && kept == 0;
        if (api_question_may(question, ACTION_EVALUATE, region) ||
            (last && api_question_require(question, ACTION_EVALUATE, region, false)))
            packs->items[kept++] = *pack;
        else
            loaded_pack_free(pack);
    }
    packs->count = kept;
    return kept > 0;
}

static void evaluate_packs(const JobHost *host, Store *store, ApiQuestion *question) {
    EvaluateQuestion *asked = (EvaluateQuestion *)question;
    const EvaluationQuery query = {.year = asked->year, .who = question->caller.name};
    const EvaluationObserver observer = {
        .begins = begin_evaluation, .ended = take_evaluation, .context = asked};
    const JobHost telling = run_progress_host(&asked->progress, question->call->api, host);
    PackList packs;
    Error error = {0};
    if (!registry_load_active(store, asked->pack, &packs, &error)) {
        api_question_fail(question, &error);
        return;
    }
    asked->runs = json_array();
    bool good = !asked->region || evaluation_keep_packs_of(store, asked->region, &packs, &error);
    if (good && keep_own(question, store, &packs)) {
        good = evaluation_of_packs(&telling, store, &packs, &query, &observer, &error);
        if (good && asked->evaluated > 0)
            question->answer = json_pack("{s:O}", "runs", asked->runs);
        for (size_t i = 0; good && asked->evaluated == 0 && i < asked->problems.count; i++)
            problems_add(&question->problems, &asked->problems.items[i]);
    }
    if (!good) api_question_fail(question, &error);
    json_decref(asked->runs);
    pack_list_free(&packs);
}

// What was evaluated before is found, not computed; where some pack was evaluated each says for
// itself how it went. How far it is is told as events.
static void evaluate(ApiCall *call) {
    EvaluateQuestion *asked = api_question_new(call, sizeof *asked);
    asked->question.release = release_evaluation;
    asked->pack = api_question_query(&asked->question, "pack");
    asked->region = api_question_query(&asked->question, "region");
    if (api_question_year(&asked->question, "year", &asked->year))
        api_question_ask(&asked->question, evaluate_packs);
    else
        api_question_drop(&asked->question);
}

static const ApiRoute routes[] = {
    {{"GET", "/api/v1/runs?before&limit&pack", 0}, list, ACTION_RESULTS_READ, API_ANYWHERE},
    {{"POST", "/api/v1/runs?pack&region&year", 0}, evaluate, ACTION_EVALUATE, API_ANYWHERE},
    {{"GET", "/api/v1/runs/{run}", 0}, show, ACTION_RESULTS_READ, API_ANYWHERE},
    {{"GET", "/api/v1/runs/{run}/results?after&limit&region", 0},
     results,
     ACTION_RESULTS_READ,
     API_ANYWHERE},
    {{"GET", "/api/v1/runs/{run}/summary?region", 0}, summary, ACTION_RESULTS_READ, API_ANYWHERE},
    {{"GET", "/api/v1/runs/{run}/rankings?region", 0}, rankings, ACTION_RESULTS_READ, API_ANYWHERE},
    {{"POST", "/api/v1/runs/{run}/replay", 0}, replay, ACTION_REPLAY, API_ANYWHERE},
};
const ApiResource api_runs = {routes, sizeof routes / sizeof *routes};
