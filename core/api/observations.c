// PUT /api/v1/observations: figures that change, and what follows from them at once.
//
// A large body is decoded aside: on the loop it would hold up everybody for a tenth of a second. A
// small one is decoded at once, so that one figure waits for nobody's analysis.
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/api/api_inside.h"
#include "core/base/clock.h"
#include "core/base/decimal.h"
#include "core/base/plain_text.h"
#include "core/registry/data_import.h"

enum {
    MOST_OBSERVATIONS = 10000,
    LARGEST_BODY = 8 * 1024 * 1024,
    SMALL_BODY = 64 * 1024, // half a millisecond
};

typedef struct Putting {
    ApiCall *call;
    PinnedPack **packs; // those that were active when the request came
    size_t pack_count;
    RegionTree *tree; // read for the work aside; NULL: the home loop's are looked at
    json_t *body;     // while it is decoded
    Map figures;      // likewise: those of the rows so far, to the row
    Arena texts;      // of the rows
    StoreObservation *rows;
    size_t count;
    char what[128];
    DeskOutcome outcome;
    ProblemList problems;
    bool good;
} Putting;

// As long as it is done where the body was decoded, the loop need not take a large one apart.
static void forget_body(Putting *putting) {
    json_decref(putting->body);
    map_free(&putting->figures);
    region_tree_free(putting->tree);
    putting->body = NULL;
    putting->figures = (Map){0};
    putting->tree = NULL;
}

static void putting_free(Putting *putting) {
    for (size_t i = 0; i < putting->pack_count; i++)
        pinned_pack_release(putting->packs[i]);
    free(putting->packs);
    free(putting->rows);
    arena_free(&putting->texts);
    problems_free(&putting->problems);
    free(putting);
}

static Putting *putting_new(ApiCall *call) {
    const Board *board = service_board(api_service(call));
    Putting *putting = memory_new(1, sizeof *putting);
    *putting = (Putting){
        .call = call, .pack_count = board->count, .problems = {.limit = API_MOST_PROBLEMS}};
    putting->packs = memory_new(board->count, sizeof(PinnedPack *));
    for (size_t i = 0; i < board->count; i++)
        putting->packs[i] = pinned_pack_share(board->packs[i]->version);
    return putting;
}

// ---- decoding -----------------------------------------------------------------------------------

// A problem of the row's field; columns count from 1 as rows do.
static void bad_field(Putting *putting, size_t row, const char *field, const char *should) {
    problems_addf(&putting->problems, ERROR_INPUT, "observations", (int)row + 1, 0,
                  T("observation %zu: %s %s", "第 %zu 个监测值：%s %s"), row + 1, field, should);
}

static bool take_text(Putting *putting, size_t row, const json_t *json, const char *field,
                      bool needed, const char **out) {
    const json_t *value = json_object_get(json, field);
    const char *text = json_string_value(value);
    bool is_empty = !value || json_is_null(value) || (text && !*text);
    *out = NULL;
    if (is_empty && !needed) return true;
    if (!is_empty && text && plain_text(text, json_string_length(value))) {
        *out = arena_string(&putting->texts, text);
        return true;
    }
    bad_field(putting, row, field,
              T("must be a text without control characters", "应为不含控制字符的文本"));
    return false;
}

// A figure is given as typed, as a text, so that nothing is lost; null withdraws it.
static bool take_value(Putting *putting, size_t row, const json_t *json, StoreObservation *out) {
    const json_t *value = json_object_get(json, "value");
    out->value = NAN;
    out->value_text = "";
    if (json_is_null(value)) return true;
    const char *text = json_string_value(value);
    if (text && decimal_parse(text, &out->value)) {
        out->value_text = arena_string(&putting->texts, text);
        return true;
    }
    bad_field(putting, row, "value",
              T("must be a decimal number as a text, like \"14.30\", or null to withdraw it",
                "应为文本形式的十进制数（如“14.30”），或以 null 撤回"));
    return false;
}

static bool is_known_field(const char *name) {
    static const char *const names[] = {"region", "indicator", "breakdown", "year",
                                        "value",  "kind",      "source",    "note"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i], name) == 0) return true;
    return false;
}

// ---- what there may be figures of ---------------------------------------------------------------
// As an import has it: a figure that no active pack declares would never be looked at, and one that
// a formula gives would be looked at by nobody.

static bool has_breakdown(const Description *description, const char *id) {
    for (size_t i = 0; i < description->breakdown_count; i++)
        if (strcmp(description->breakdowns[i].id, id) == 0) return true;
    return false;
}

static void check_indicator(Putting *putting, size_t row, const StoreObservation *figure) {
    bool derived = false, broken_down = strcmp(figure->breakdown, STORE_NO_BREAKDOWN) == 0;
    bool entered = false;
    for (size_t i = 0; i < putting->pack_count; i++) {
        const Description *description = pinned_pack(putting->packs[i])->description;
        int series = description_series(description, figure->indicator);
        int indicator = series >= 0 ? description->series[series].indicator : -1;
        bool by_formula = indicator >= 0 && description->indicators[indicator].formula >= 0;
        derived |= by_formula;
        entered |= series >= 0 && !by_formula;
        broken_down = broken_down || has_breakdown(description, figure->breakdown);
    }
    if (!entered && derived)
        bad_field(putting, row, "indicator",
                  T("is given by a formula of the pack: give what the formula is made from",
                    "由评估包的公式推算得出：请填报公式所用的数据"));
    else if (!entered)
        bad_field(putting, row, "indicator",
                  T("is declared by no active pack", "未见于任何已激活的评估包"));
    if (!broken_down)
        bad_field(putting, row, "breakdown",
                  T("is declared by no active pack", "未见于任何已激活的评估包"));
}

static void check_doubled(Putting *putting, size_t row, const StoreObservation *figure) {
    Buffer key = {0};
    buffer_printf(&key, "%s\n%s\n%s\n%d", figure->region, figure->indicator, figure->breakdown,
                  figure->year);
    int64_t first = map_put(&putting->figures, key.data, (int64_t)row);
    buffer_free(&key);
    if (first != MAP_MISSING)
        problems_addf(&putting->problems, ERROR_CONFLICT, "observations", (int)row + 1, 0,
                      T("observation %zu is of the same figure as %lld",
                        "第 %zu 个监测值与第 %lld 个是同一数据"),
                      row + 1, (long long)first + 1);
}

static bool has_region(const Putting *putting, const char *region) {
    return putting->tree ? region_tree_has(putting->tree, region)
                         : board_place(service_board(api_service(putting->call)), region) != NULL;
}

// Of a row whose fields are as they should be. False when there was a problem.
static bool check_figure(Putting *putting, size_t row, const StoreObservation *figure) {
    const ProblemList *problems = &putting->problems;
    size_t before = problems->count + problems->dropped;
    if (!has_region(putting, figure->region))
        bad_field(putting, row, "region", T("is not in the workspace", "不在工作区中"));
    check_indicator(putting, row, figure);
    check_doubled(putting, row, figure);
    return problems->count + problems->dropped == before;
}

// ---- rows ---------------------------------------------------------------------------------------

static bool take_row(Putting *putting, size_t row, const json_t *json, StoreObservation *out) {
    if (!json_is_object(json)) {
        bad_field(putting, row, "", T("must be an object", "应为对象"));
        return false;
    }
    const char *name;
    json_t *ignored;
    bool good = true;
    json_object_foreach((json_t *)json, name, ignored) if (!is_known_field(name)) {
        bad_field(putting, row, name, T("is no field of an observation", "不是监测值的字段"));
        good = false;
    }
    const json_t *year = json_object_get(json, "year");
    *out = (StoreObservation){.year = (int)json_integer_value(year)};
    good &= take_text(putting, row, json, "region", true, &out->region);
    good &= take_text(putting, row, json, "indicator", true, &out->indicator);
    good &= take_text(putting, row, json, "breakdown", false, &out->breakdown);
    good &= take_text(putting, row, json, "kind", false, &out->kind);
    good &= take_text(putting, row, json, "source", false, &out->source);
    good &= take_text(putting, row, json, "note", false, &out->note);
    good &= take_value(putting, row, json, out);
    if (!json_is_integer(year) || json_integer_value(year) < DATA_FIRST_YEAR ||
        json_integer_value(year) > clock_year()) {
        char wanted[100];
        snprintf(wanted, sizeof wanted,
                 T("must be a year from %d to %d", "应为 %d 至 %d 之间的年份"), DATA_FIRST_YEAR,
                 clock_year());
        bad_field(putting, row, "year", wanted);
        good = false;
    }
    if (!out->breakdown) out->breakdown = STORE_NO_BREAKDOWN;
    if (!out->kind) out->kind = "reported";
    return good && check_figure(putting, row, out);
}

// What the log is to call it.
static bool take_what(Putting *putting) {
    const json_t *what = json_object_get(putting->body, "what");
    const char *text = json_string_value(what);
    size_t length = json_string_length(what);
    bool absent = !what || json_is_null(what);
    if (absent || (text && length < sizeof putting->what && plain_text(text, length))) {
        snprintf(putting->what, sizeof putting->what, "%s", absent ? "api" : text);
        return true;
    }
    problems_addf(&putting->problems, ERROR_USAGE, NULL, 0, 0, "%s",
                  T("\"what\" must be a text of less than 128 bytes without control characters",
                    "“what”应为少于 128 字节、不含控制字符的文本"));
    return false;
}

static bool take_rows(Putting *putting) {
    const json_t *rows = json_object_get(putting->body, "observations");
    size_t count = json_array_size(rows);
    if (!json_is_array(rows) || count == 0 || count > MOST_OBSERVATIONS) {
        problems_addf(&putting->problems, ERROR_USAGE, NULL, 0, 0,
                      T("\"observations\" must be a list of 1 to %d",
                        "“observations”应为含 1 至 %d 项的列表"),
                      MOST_OBSERVATIONS);
        return false;
    }
    if (!take_what(putting)) return false;
    putting->rows = memory_new(count, sizeof *putting->rows);
    putting->count = count;
    bool good = true;
    for (size_t i = 0; i < count; i++)
        good &= take_row(putting, i, json_array_get(rows, i), &putting->rows[i]);
    return good;
}

static bool may_put(Putting *putting) {
    const ApiCall *call = putting->call;
    const RegionTree *tree = putting->tree ? putting->tree : door_regions(call->api->options.door);
    Error error = {0};
    for (size_t i = 0; i < putting->count; i++) {
        if (rights_require(&call->caller, ACTION_DATA_WRITE, putting->rows[i].region, tree, &error))
            continue;
        problems_add(&putting->problems, &error);
        return false;
    }
    return true;
}

static void decode(Putting *putting) {
    static const char *const members[] = {"observations", "what", NULL};
    Error error = {0};
    if (!api_body_parse_object(putting->call, members, &putting->body, &error))
        problems_add(&putting->problems, &error);
    else
        putting->good = take_rows(putting) && may_put(putting);
    forget_body(putting);
}

static void decode_aside(const JobHost *host, Store *store, void *context) {
    Putting *putting = context;
    Error error = {0};
    (void)host;
    if (!api_is_in_vain(putting->call, &error) && region_tree_read(store, &putting->tree, &error))
        decode(putting);
    else
        problems_add(&putting->problems, &error);
}

// ---- putting ------------------------------------------------------------------------------------

static void put(Desk *desk, void *context) {
    Putting *putting = context;
    const LivePut what = {.observations = putting->rows,
                          .count = putting->count,
                          .who = putting->call->actor.who,
                          .what = putting->what};
    putting->good = desk_put(desk, &what, &putting->outcome, &putting->problems);
}

// What was stored although a pack could not be evaluated afterwards is stored: the problems say so.
static void answer(void *context) {
    Putting *putting = context;
    const DeskOutcome *outcome = &putting->outcome;
    if (!putting->good)
        api_fail_all(putting->call, &putting->problems);
    else
        api_answer_json(putting->call, 200,
                        json_pack("{s:I, s:I, s:I, s:I, s:b, s:o}", "changed",
                                  (json_int_t)outcome->changed, "packs", (json_int_t)outcome->packs,
                                  "regions", (json_int_t)outcome->touched, "rule_calls",
                                  (json_int_t)outcome->rule_calls, "whole", outcome->whole,
                                  "problems", api_problems_to_json(&putting->problems)));
    putting_free(putting);
}

static void decoded(void *context) {
    Putting *putting = context;
    if (!putting->good) {
        api_fail_all(putting->call, &putting->problems);
        putting_free(putting);
    } else if (!api_at_desk(putting->call, put, answer, putting)) {
        putting_free(putting);
    }
}

static void begin_put(ApiCall *call) {
    size_t length;
    if (!service_is_ready(api_service(call))) {
        api_fail_busy(call); // which packs there are is not known yet
        return;
    }
    (void)http_request_body(call->request, &length);
    Putting *putting = putting_new(call);
    if (length <= SMALL_BODY) {
        decode(putting);
        decoded(putting);
    } else if (!api_aside(call, decode_aside, decoded, putting)) {
        putting_free(putting);
    }
}

static const ApiRoute routes[] = {
    {{"PUT", "/api/v1/observations", LARGEST_BODY}, begin_put, ACTION_DATA_WRITE, API_ANYWHERE},
};
const ApiResource api_observations = {routes, sizeof routes / sizeof *routes};
