// Assessment rounds to be shown: see round_view.h.
#include "core/view/round_view.h"

#include <string.h>

#include "core/base/language.h"
#include "core/view/json_text.h"
#include "core/view/ranking.h"

// ---- as JSON ------------------------------------------------------------------------------------

static json_t *run_json(int64_t run) {
    return run ? json_integer(run) : json_null();
}

json_t *round_json(const AssessmentRound *round) {
    const RoundState next = round_next_state(round->state);
    return json_pack(
        "{s:I, s:s, s:s, s:i, s:s, s:s, s:s?, s:o, s:o, s:o, s:o}", "id", (json_int_t)round->id,
        "pack", round->pack, "assessment", round->assessment, "year", round->year, "kind",
        round_kind_name(round->kind), "state", round_state_name(round->state), "next",
        next == ROUND_STATE_COUNT ? NULL : round_state_name(next), "run", run_json(round->run),
        "opened_at", view_time_to_json(round->opened_at_us), "opened_by",
        view_text_to_json(round->opened_by), "closed_at", view_time_to_json(round->closed_at_us));
}

static json_t *figures_json(const RoundView *view) {
    const StoredRun *figures = view->figures;
    if (!figures) return json_null();
    return json_pack("{s:I, s:I, s:s, s:s, s:o}", "run", (json_int_t)figures->run.id,
                     "data_version", (json_int_t)figures->run.data_version, "pack_version",
                     figures->pack.description->version, "pack_hash", figures->run.pack_hash,
                     "ranking", ranking_json(&figures->view, view->assessment));
}

json_t *round_view_json(const RoundView *view) {
    json_t *json = round_json(&view->round);
    json_object_set(json, "history", view->history);
    json_object_set_new(json, "figures", figures_json(view));
    json_object_set_new(json, "problem",
                        view->figures ? json_null() : view_text_to_json(view->problem.message));
    return json;
}

// ---- as rows ------------------------------------------------------------------------------------

static void add_run(OutputTable *table, int64_t run) {
    if (run)
        output_integer(table, run);
    else
        output_missing(table);
}

typedef struct RoundList {
    OutputTable *table;
    bool for_people;
} RoundList;

static bool add_round(const StoreRound *row, void *context, Error *error) {
    (void)error;
    const RoundList *list = context;
    AssessmentRound round;
    round_from_row(row, &round);
    output_integer(list->table, round.id);
    output_text(list->table, round.pack);
    output_text(list->table, round.assessment);
    output_integer(list->table, round.year);
    output_text(list->table,
                list->for_people ? round_kind_title(round.kind) : round_kind_name(round.kind));
    output_text(list->table,
                list->for_people ? round_state_title(round.state) : round_state_name(round.state));
    add_run(list->table, round.run);
    output_time(list->table, round.opened_at_us);
    output_text(list->table, round.opened_by);
    output_time(list->table, round.closed_at_us);
    return true;
}

bool round_rows(Store *store, const RoundRowsQuery *query, OutputTable *rows, Error *error) {
    const OutputColumn columns[] = {
        {.name = "round", .title = T("round", "轮次"), .kind = OUTPUT_INTEGER},
        {.name = "pack", .title = T("pack", "评估包")},
        {.name = "assessment", .title = T("assessment", "考核")},
        {.name = "year", .title = T("year", "年份"), .kind = OUTPUT_INTEGER},
        {.name = "kind", .title = T("kind", "类型")},
        {.name = "state", .title = T("state", "阶段")},
        {.name = "run", .title = T("published run", "公布的运行"), .kind = OUTPUT_INTEGER},
        {.name = "opened_at", .title = T("opened", "开启时间"), .kind = OUTPUT_TIME},
        {.name = "opened_by", .title = T("opened by", "开启人")},
        {.name = "closed_at", .title = T("closed", "结束时间"), .kind = OUTPUT_TIME}};
    RoundList list = {rows, query->for_people};
    const StoreRoundQuery wanted = {
        .pack = query->pack, .id = query->id, .open_only = query->open_only};
    output_init(rows, columns, sizeof columns / sizeof *columns);
    return store_read_rounds(store, &wanted, add_round, &list, error);
}

static bool add_change_row(const StoreRoundChange *change, void *context, Error *error) {
    (void)error;
    OutputTable *table = context;
    output_time(table, change->at_us);
    output_text(table, round_state_title(round_state_from_name(change->state)));
    output_text(table, change->who);
    add_run(table, change->run);
    output_text(table, change->reason);
    return true;
}

bool round_history_rows(Store *store, const AssessmentRound *round, OutputTable *rows,
                        Error *error) {
    const OutputColumn columns[] = {
        {.name = "at", .title = T("at", "时间"), .kind = OUTPUT_TIME},
        {.name = "state", .title = T("came to", "进入阶段")},
        {.name = "who", .title = T("who", "操作人")},
        {.name = "run", .title = T("run", "运行"), .kind = OUTPUT_INTEGER},
        {.name = "reason", .title = T("reason", "原因")}};
    output_init(rows, columns, sizeof columns / sizeof *columns);
    return store_read_round_changes(store, round->pack, round->id, add_change_row, rows, error);
}

// ---- one round ----------------------------------------------------------------------------------

static bool add_change(const StoreRoundChange *change, void *context, Error *error) {
    (void)error;
    json_array_append_new(context, json_pack("{s:s, s:o, s:o, s:o, s:o}", "state", change->state,
                                             "at", view_time_to_json(change->at_us), "who",
                                             view_text_to_json(change->who), "reason",
                                             view_text_to_json(change->reason), "run",
                                             run_json(change->run)));
    return true;
}

static bool find_assessment(RoundView *view, Error *error) {
    view->assessment =
        description_assessment(view->figures->pack.description, view->round.assessment);
    return view->assessment >= 0 ||
           error_set(error, ERROR_CONFLICT,
                     T("run %lld does not assess \"%s\"", "运行 %lld 不含考核“%s”"),
                     (long long)view->figures->run.id, view->round.assessment);
}

static bool say_why_none(const AssessmentRound *round, Error *error) {
    if (!round_state_is_open(round->state))
        return error_set(error, ERROR_NOT_FOUND, "%s",
                         T("a round that was withdrawn has no figures", "已撤销的轮次没有结果"));
    return error_set(error, ERROR_NOT_FOUND,
                     T("the active version of pack %s has not been evaluated for %d",
                       "评估包 %s 的激活版本尚未评估 %d 年"),
                     round->pack, round->year);
}

// A round is shown without figures too.
static void read_figures(Store *store, RoundView *view) {
    int64_t run;
    Error *why = &view->problem;
    if (!round_find_run(store, &view->round, &run, why) ||
        (run == 0 && !say_why_none(&view->round, why)) ||
        !stored_run_open(store, run, NULL, &view->figures, why))
        return;
    if (find_assessment(view, why)) return;
    stored_run_free(view->figures);
    view->figures = NULL;
}

bool round_view_read(Store *store, const char *pack, int64_t id, RoundView *view, Error *error) {
    *view = (RoundView){0};
    if (!round_read(store, pack, id, &view->round, error)) return false;
    view->history = json_array();
    if (!store_read_round_changes(store, view->round.pack, id, add_change, view->history, error)) {
        round_view_free(view);
        return false;
    }
    read_figures(store, view);
    return true;
}

void round_view_free(RoundView *view) {
    json_decref(view->history);
    stored_run_free(view->figures);
    *view = (RoundView){0};
}
