// PUT /api/v1/observations: figures that change, and what follows from them at once.
//
// A large body is decoded aside: on the loop it would hold up everybody for a tenth of a second. A
// small one is decoded at once, so that one figure waits for nobody's analysis.
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/api/api_inside.h"
#include "core/base/clock.h"
#include "core/base/decimal.h"
#include "core/base/nearest.h"
#include "core/base/plain_text.h"
#include "core/io/observation_csv.h"
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

// A problem of the row; rows count from 1. Always false.
FORMAT(3, 4)
static bool bad_row(Putting *putting, size_t row, const char *format, ...) {
    char what[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(what, sizeof what, format, arguments);
    va_end(arguments);
    problems_addf(&putting->problems, ERROR_INPUT, "observations", (int)row + 1, 0,
                  T("observation %zu: %s", "第 %zu 个监测值：%s"), row + 1, what);
    return false;
}

// Of a field that is not as it should be, or is missing.
static bool bad_field(Putting *putting, size_t row, const json_t *json, const char *field,
                      const char *should) {
    const json_t *value = json_object_get(json, field);
    if (!value || json_is_null(value))
        return bad_row(putting, row, T("%s is missing", "缺少 %s"), field);
    return bad_row(putting, row, "%s %s", field, should);
}

// Says which of the known names was probably meant, if any is near.
static bool hint_nearest(Putting *putting, const char *wanted, const char *const *names,
                         size_t count) {
    const char *nearest = nearest_name(wanted, names, count);
    if (nearest)
        problems_hint(&putting->problems, T("did you mean \"%s\"?", "是否应为“%s”？"), nearest);
    return nearest != NULL;
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
    if (is_empty && text) return bad_row(putting, row, T("%s is empty", "%s 为空"), field);
    return bad_field(putting, row, json, field,
                     T("must be a text without control characters", "应为不含控制字符的文本"));
}

// Blanks around a number are none of it, and another number of them no other figure.
static const char *without_blanks(Putting *putting, const char *number) {
    static const char blanks[] = " \t\r\n\v\f";
    const char *begin = number + strspn(number, blanks);
    return arena_bytes(&putting->texts, begin, strcspn(begin, blanks));
}

// A figure is given as typed, as a text, so that nothing is lost; null withdraws it.
static bool take_value(Putting *putting, size_t row, const json_t *json, StoreObservation *out) {
    const json_t *value = json_object_get(json, "value");
    out->value = NAN;
    out->value_text = "";
    if (json_is_null(value)) return true;
    const char *text = json_string_value(value);
    if (text && decimal_parse(text, &out->value)) {
        out->value_text = without_blanks(putting, text);
        return true;
    }
    return bad_field(putting, row, json, "value",
                     T("must be a decimal number as a text, like \"14.30\", or null to withdraw it",
                       "应为文本形式的十进制数（如“14.30”），或以 null 撤回"));
}

static const char *const fields[] = {"region", "indicator", "breakdown", "year",
                                     "value",  "kind",      "source",    "note"};
enum { FIELDS = sizeof fields / sizeof *fields };

static bool check_field_name(Putting *putting, size_t row, const char *name) {
    for (size_t i = 0; i < FIELDS; i++)
        if (strcmp(fields[i], name) == 0) return true;
    bad_row(putting, row, T("%.80s is no field of an observation", "%.80s 不是监测值的字段"), name);
    if (!hint_nearest(putting, name, fields, FIELDS))
        problems_hint(&putting->problems, "%s",
                      T("its fields are region, indicator, breakdown, year, value, kind, source "
                        "and note",
                        "监测值的字段有 region、indicator、breakdown、year、value、kind、source 和 "
                        "note"));
    return false;
}

static bool take_kind(Putting *putting, size_t row, const json_t *json, StoreObservation *out) {
    const char *text;
    if (!take_text(putting, row, json, "kind", false, &text)) return false;
    out->kind = text ? observation_kind(text) : "reported";
    if (out->kind) return true;
    bad_row(putting, row, T("unknown kind \"%.80s\"", "不认识的 kind“%.80s”"), text);
    problems_hint(&putting->problems, "%s",
                  T("write reported, stated, derived, estimated or sample",
                    "请填写 reported（上报）、stated（公布）、derived（推算）、estimated（估计）或 "
                    "sample（样例）"));
    return false;
}

static bool take_year(Putting *putting, size_t row, const json_t *json, StoreObservation *out) {
    const int last_year = clock_year();
    const json_t *year = json_object_get(json, "year");
    const json_int_t value = json_integer_value(year);
    out->year = (int)value;
    if (json_is_integer(year) && value >= DATA_FIRST_YEAR && value <= last_year) return true;
    if (year && !json_is_integer(year))
        return bad_field(putting, row, json, "year",
                         T("must be a number, like 2024 without quotation marks",
                           "应为数字，如 2024，不加引号"));
    char should[64];
    snprintf(should, sizeof should, T("must lie between %d and %d", "应在 %d 至 %d 之间"),
             DATA_FIRST_YEAR, last_year);
    return bad_field(putting, row, json, "year", should);
}

// ---- what there may be figures of ---------------------------------------------------------------
// As an import has it: a figure that no active pack declares would never be looked at, and one that
// a formula gives would be looked at by nobody.

static bool has_breakdown(const Description *description, const char *id) {
    for (size_t i = 0; i < description->breakdown_count; i++)
        if (strcmp(description->breakdowns[i].id, id) == 0) return true;
    return false;
}

// Ids of what may be put in, and their titles, each title behind its id.
typedef struct KnownNames {
    const char **names;
    size_t count, capacity;
} KnownNames;

static void add_known(KnownNames *known, const char *id, const char *title) {
    ARRAY_RESERVE(known->names, known->count, known->capacity);
    known->names[known->count++] = id;
    ARRAY_RESERVE(known->names, known->count, known->capacity);
    known->names[known->count++] = title;
}

// Names the id whose id or title is nearest; with none near says where ids are found.
static void hint_id(Putting *putting, const char *wanted, KnownNames *known) {
    const char *nearest = nearest_name(wanted, known->names, known->count);
    for (size_t i = 0; nearest && i < known->count; i++)
        if (known->names[i] == nearest) nearest = known->names[i - i % 2];
    if (nearest)
        problems_hint(&putting->problems, T("did you mean \"%s\"?", "是否应为“%s”？"), nearest);
    else
        problems_hint(&putting->problems, "%s",
                      T("use an id that an active pack declares; GET /api/v1/packs/{pack}/nodes "
                        "lists them",
                        "请使用已激活评估包声明的标识，可由 GET /api/v1/packs/{pack}/nodes 查看"));
    free(known->names);
}

// What is not listed any more need not be looked up.
static bool lists_problems(const Putting *putting) {
    return putting->problems.count < API_MOST_PROBLEMS;
}

static void refuse_indicator(Putting *putting, size_t row, const char *id) {
    KnownNames known = {0};
    bool hints = lists_problems(putting);
    bad_row(putting, row, T("unknown indicator \"%.80s\"", "指标“%.80s”不存在"), id);
    for (size_t i = 0; hints && i < putting->pack_count; i++) {
        const Description *description = pinned_pack(putting->packs[i])->description;
        for (size_t s = 0; s < description->series_count; s++)
            add_known(&known, description->series[s].id, description->series[s].title);
    }
    if (hints) hint_id(putting, id, &known);
}

static void refuse_breakdown(Putting *putting, size_t row, const char *id) {
    KnownNames known = {0};
    bool hints = lists_problems(putting);
    bad_row(putting, row, T("unknown breakdown \"%.80s\"", "分组“%.80s”不存在"), id);
    for (size_t i = 0; hints && i < putting->pack_count; i++) {
        const Description *description = pinned_pack(putting->packs[i])->description;
        for (size_t b = 0; b < description->breakdown_count; b++)
            add_known(&known, description->breakdowns[b].id, description->breakdowns[b].title);
    }
    if (hints) hint_id(putting, id, &known);
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
    if (!entered && derived) {
        bad_row(putting, row,
                T("indicator \"%.80s\" is given by a formula of the pack",
                  "指标“%.80s”由评估包的公式推算得出"),
                figure->indicator);
        problems_hint(&putting->problems, "%s",
                      T("give the figures that the formula is made from", "请填报公式所用的数据"));
    } else if (!entered) {
        refuse_indicator(putting, row, figure->indicator);
    }
    if (!broken_down) refuse_breakdown(putting, row, figure->breakdown);
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
    if (!has_region(putting, figure->region)) {
        bad_row(putting, row,
                T("region %.40s is not in the workspace", "工作区中没有行政区划 %.40s"),
                figure->region);
        problems_hint(&putting->problems, "%s",
                      T("regions are named by their codes, such as 150800; GET /api/v1/regions "
                        "lists them",
                        "请用代码指明行政区划，如 150800；可由 GET /api/v1/regions 查看"));
    }
    check_indicator(putting, row, figure);
    check_doubled(putting, row, figure);
    return problems->count + problems->dropped == before;
}

// ---- rows ---------------------------------------------------------------------------------------

static bool take_row(Putting *putting, size_t row, const json_t *json, StoreObservation *out) {
    if (!json_is_object(json))
        return bad_row(putting, row, "%s", T("an observation must be an object", "监测值应为对象"));
    const char *name;
    json_t *ignored;
    bool good = true;
    *out = (StoreObservation){0};
    json_object_foreach((json_t *)json, name, ignored) {
        good &= check_field_name(putting, row, name);
    }
    good &= take_text(putting, row, json, "region", true, &out->region);
    good &= take_text(putting, row, json, "indicator", true, &out->indicator);
    good &= take_text(putting, row, json, "breakdown", false, &out->breakdown);
    good &= take_kind(putting, row, json, out);
    good &= take_text(putting, row, json, "source", false, &out->source);
    good &= take_text(putting, row, json, "note", false, &out->note);
    good &= take_value(putting, row, json, out);
    good &= take_year(putting, row, json, out);
    if (!out->breakdown) out->breakdown = STORE_NO_BREAKDOWN;
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
        Error error = {0};
        char should[64];
        snprintf(should, sizeof should, T("must be a list of 1 to %d", "应为含 1 至 %d 项的列表"),
                 MOST_OBSERVATIONS);
        api_member_refuse(putting->body, "observations", should, &error);
        problems_add(&putting->problems, &error);
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
                                  "regions", (json_int_t)outcome->regions, "rule_calls",
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
