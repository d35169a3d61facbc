// Observations, their revisions and the data versions: see store.h.
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/clock.h"
#include "core/base/language.h"
#include "db/store_inside.h"

enum { FIRST_YEAR = 1, LAST_YEAR = 9999 };

#define SAMPLE "sample"

// By their numbers in the table, which its CHECK and the view observation_row know too.
static const char *const kinds[] = {"reported", "stated", "derived", "estimated", SAMPLE};

// ---- putting -----------------------------------------------------------------------------------

bool store_describe_change(StoreTransaction *transaction, const char *who, const char *what,
                           Error *error) {
    if (!text_is_given(who, T("Who changes observations", "更改监测值的人"), error) ||
        !text_is_given(what, T("The reason of a change", "更改监测值的事由"), error))
        return false;
    if (transaction->data_version)
        return error_set(error, ERROR_USAGE,
                         T("store_describe_change was called after the first changed observation",
                           "store_describe_change 在第一个监测值更改之后才调用"));
    free(transaction->who);
    free(transaction->what);
    transaction->who = memory_copy_string(who);
    transaction->what = memory_copy_string(what);
    transaction_note_who(transaction, who);
    return true;
}

// COUNT_OF(kinds) for none.
static size_t kind_number(const char *kind) {
    size_t number = 0;
    while (number < COUNT_OF(kinds) && strcmp(kind, kinds[number]) != 0)
        number++;
    return number;
}

static bool check_kind(const StoreObservation *observation, Error *error) {
    if (!text_is_given(observation->kind, T("An observation's kind", "监测值的类别"), error))
        return false;
    if (kind_number(observation->kind) < COUNT_OF(kinds)) return true;
    error_set(error, ERROR_INPUT,
              T("Indicator %s of region %s, %d: unknown kind “%s”",
                "指标 %s（行政区划 %s，%d 年）的类别“%s”无法识别"),
              observation->indicator, observation->region, observation->year, observation->kind);
    return error_hint(error, T("Kinds are %s", "类别只能是 %s"),
                      "reported, stated, derived, estimated, sample");
}

static bool check_figure(const StoreObservation *observation, Error *error) {
    bool has_text = observation->value_text && *observation->value_text;
    if (isinf(observation->value) || isnan(observation->value) == has_text)
        return error_set(
            error, ERROR_INPUT,
            T("Indicator %s of region %s, %d: the figure “%s” has no finite value, or "
              "a value has no figure as typed",
              "指标 %s（行政区划 %s，%d 年）：“%s”没有对应的有限数值，或数值缺少录入原文"),
            observation->indicator, observation->region, observation->year,
            has_text ? observation->value_text : "");
    return true;
}

static bool check_observation(const StoreObservation *observation, Error *error) {
    if (!text_is_given(observation->region, T("An observation's region", "监测值的行政区划"),
                       error) ||
        !text_is_given(observation->indicator, T("An observation's indicator", "监测值的指标"),
                       error) ||
        !text_is_given(observation->breakdown, T("An observation's breakdown", "监测值的分组"),
                       error))
        return false;
    if (observation->year < FIRST_YEAR || observation->year > LAST_YEAR)
        return error_set(error, ERROR_INPUT,
                         T("Indicator %s of region %s: %d is not a year",
                           "指标 %s（行政区划 %s）：%d 不是有效年份"),
                         observation->indicator, observation->region, observation->year);
    return check_kind(observation, error) && check_figure(observation, error);
}

// NULL and "" are the same to the database.
static bool same_text(const char *left, const char *right) {
    return strcmp(left ? left : "", right ? right : "") == 0;
}

// The place of a figure in the table, and the revision that was put there.
typedef struct Place {
    TransactionRegion *region;
    int64_t series; // 0: a figure is withdrawn of which there never was any
    int64_t year, revision;
} Place;

static bool find_place(StoreTransaction *transaction, const StoreObservation *observation,
                       Place *place, Error *error) {
    place->year = observation->year;
    if (!transaction_region(transaction, observation->region, &place->region, error)) return false;
    if (!place->region)
        return transaction_spoil(
            transaction, ERROR_NOT_FOUND, error,
            T("Indicator %s, %d: region %s is not in the database; import the regions first",
              "指标 %s（%d 年）：行政区划 %s 不在数据库中，请先导入行政区划"),
            observation->indicator, observation->year, observation->region);
    bool is_withdrawal = isnan(observation->value);
    return (is_withdrawal ? transaction_find_series : transaction_series)(
        transaction, observation->indicator, observation->breakdown, &place->series, error);
}

// What the figure was that `rows` read as current.
static void keep_before(TransactionFigures *figures, Rows *rows, bool is_listed) {
    const char *text = rows_text(rows, 1);
    bool is_there = text && *text;
    bool is_sample = strcmp(observation_kind_name(rows_integer(rows, 2)), SAMPLE) == 0;
    figures->before_is_real = is_there && !is_sample;
    figures->before_is_sample = is_there && is_sample;
    if (is_listed && text) buffer_text(&figures->before, text);
}

// The current revision's number, 0 when there is none, and whether it says the same.
static bool compare_with_current(StoreTransaction *transaction, const StoreObservation *observation,
                                 const Place *place, int64_t *revision, bool *same, Error *error) {
    const DriverValue key[] = {driver_integer(place->region->number), driver_integer(place->series),
                               driver_integer(place->year)};
    TransactionFigures *figures = &transaction->figures;
    Rows rows;
    *revision = 0;
    *same = false;
    buffer_clear(&figures->before);
    rows_open_in(&rows, transaction, STATEMENT_READ_CURRENT, key, COUNT_OF(key), error);
    if (rows_next(&rows)) {
        *revision = rows_integer(&rows, 0);
        *same = same_text(observation->value_text, rows_text(&rows, 1)) &&
                (size_t)rows_integer(&rows, 2) == kind_number(observation->kind) &&
                same_text(observation->source, rows_text(&rows, 3)) &&
                same_text(observation->note, rows_text(&rows, 4));
        keep_before(figures, &rows, transaction_lists_figures(transaction));
    }
    return rows_close(&rows);
}

// The transaction's data version, made when it is first needed.
static bool need_data_version(StoreTransaction *transaction, Error *error) {
    if (transaction->data_version) return true;
    int64_t version;
    if (!transaction_next_number(transaction, "data_version", &version, error)) return false;
    transaction->changed_at_us = clock_now_us();
    const DriverValue values[] = {driver_integer(version), driver_text(transaction->who),
                                  driver_text(transaction->what),
                                  driver_integer(transaction->changed_at_us)};
    if (!transaction_run(transaction, STATEMENT_PUT_CHANGE, values, COUNT_OF(values), NULL, error))
        return false;
    transaction->data_version = version;
    transaction_note_data_version(transaction);
    return true;
}

static bool need_region_change(StoreTransaction *transaction, TransactionRegion *region,
                               Error *error) {
    if (region->changed) return true;
    if (!need_data_version(transaction, error)) return false;
    const DriverValue values[] = {driver_integer(region->number),
                                  driver_integer(transaction->data_version)};
    region->changed = transaction_run(transaction, STATEMENT_PUT_REGION_CHANGE, values,
                                      COUNT_OF(values), NULL, error);
    return region->changed;
}

// The place's revision; 1 is added unless it is there, a later one must not be there.
static bool put_revision(StoreTransaction *transaction, const StoreObservation *observation,
                         const Place *place, bool *added, Error *error) {
    int64_t source;
    if (!transaction_source(transaction, observation->source, &source, error)) return false;
    const DriverValue values[] = {driver_integer(place->region->number),
                                  driver_integer(place->series),
                                  driver_integer(place->year),
                                  driver_integer(place->revision),
                                  driver_integer(transaction->data_version),
                                  driver_real(observation->value),
                                  driver_text(observation->value_text),
                                  driver_integer((int64_t)kind_number(observation->kind)),
                                  driver_optional(source),
                                  driver_text(observation->note)};
    if (place->revision == 1)
        return transaction_insert(transaction, STATEMENT_PUT_NEW_OBSERVATION, values,
                                  COUNT_OF(values), added, error);
    *added = true;
    return transaction_run(transaction, STATEMENT_PUT_OBSERVATION, values, COUNT_OF(values), NULL,
                           error);
}

static bool put_if_different(StoreTransaction *transaction, const StoreObservation *observation,
                             Place *place, StoreChange *change, Error *error) {
    int64_t current;
    bool same, added;
    if (!compare_with_current(transaction, observation, place, &current, &same, error))
        return false;
    // What never was need not be withdrawn.
    same = same || (current == 0 && isnan(observation->value));
    *change = same ? STORE_UNCHANGED : current ? STORE_REVISED : STORE_ADDED;
    place->revision = current + 1;
    return same || (need_region_change(transaction, place->region, error) &&
                    put_revision(transaction, observation, place, &added, error));
}

// In a region that has changed the figure is taken for a new one first, which in a large import it
// mostly is: that spares looking for it. Before that nothing may be written, since an import that
// changes nothing makes no data version.
static bool put_figure(StoreTransaction *transaction, const StoreObservation *observation,
                       Place *place, StoreChange *change, Error *error) {
    bool added = false;
    place->revision = 1;
    *change = STORE_UNCHANGED;
    if (place->series == 0) return true;
    if (place->region->changed && !isnan(observation->value) &&
        !put_revision(transaction, observation, place, &added, error))
        return false;
    *change = STORE_ADDED;
    return added || put_if_different(transaction, observation, place, change, error);
}

// Notes a revision that was put, for the region's columns and for the audit log.
static void note_figure(StoreTransaction *transaction, const StoreObservation *observation,
                        const Place *place, StoreChange change) {
    StoreObservation put = *observation;
    put.revision = (int)place->revision;
    transaction_note_figure(place->region, place->series, place->year, put.value);
    transaction_digest_figure(place->region, place->series, &put);
    transaction_list_figure(transaction, &put, change);
    TransactionFigures *figures = &transaction->figures;
    bool is_sample = strcmp(put.kind, SAMPLE) == 0, revised = change == STORE_REVISED;
    figures->real_replaced += revised && figures->before_is_real && is_sample;
    figures->samples_gained += is_sample && !isnan(put.value);
    figures->samples_gained -= revised && figures->before_is_sample;
}

bool store_put_observation(StoreTransaction *transaction, const StoreObservation *observation,
                           StoreChange *change, Error *error) {
    StoreChange outcome;
    Place place;
    if (!transaction->who)
        return error_set(error, ERROR_USAGE,
                         T("store_describe_change must come before store_put_observation",
                           "必须先调用 store_describe_change 再调用 store_put_observation"));
    if (!check_observation(observation, error) ||
        !find_place(transaction, observation, &place, error) ||
        !put_figure(transaction, observation, &place, &outcome, error))
        return false;
    if (outcome != STORE_UNCHANGED) note_figure(transaction, observation, &place, outcome);
    if (change) *change = outcome;
    return true;
}

int64_t store_transaction_version(const StoreTransaction *transaction) {
    return transaction->data_version;
}

size_t store_transaction_real_replaced(const StoreTransaction *transaction) {
    return transaction->figures.real_replaced;
}

int64_t store_transaction_samples_gained(const StoreTransaction *transaction) {
    return transaction->figures.samples_gained;
}

// ---- reading -----------------------------------------------------------------------------------

// The statement for what the query names; its parameters follow as_of.
static StatementId observations_statement(const StoreObservationQuery *query) {
    static const StatementId statements[2][2][2] = {
        {{STATEMENT_CURRENT_OF_ALL, STATEMENT_CURRENT_OF_INDICATOR},
         {STATEMENT_CURRENT_OF_REGION, STATEMENT_CURRENT_OF_BOTH}},
        {{STATEMENT_HISTORY_OF_ALL, STATEMENT_HISTORY_OF_INDICATOR},
         {STATEMENT_HISTORY_OF_REGION, STATEMENT_HISTORY_OF_BOTH}},
    };
    return statements[query->all_revisions][query->region != NULL][query->indicator != NULL];
}

// The table's CHECK lets no other number in.
const char *observation_kind_name(int64_t number) {
    return kinds[number >= 0 && number < (int64_t)COUNT_OF(kinds) ? number : 0];
}

static StoreObservation observation_of(Rows *rows) {
    const char *value_text = rows_text(rows, 5);
    return (StoreObservation){.region = rows_text(rows, 0),
                              .indicator = rows_text(rows, 1),
                              .breakdown = rows_text(rows, 2),
                              .year = (int)rows_integer(rows, 3),
                              .value = rows_real(rows, 4),
                              .value_text = value_text ? value_text : "",
                              .kind = observation_kind_name(rows_integer(rows, 6)),
                              .source = rows_text(rows, 7),
                              .note = rows_text(rows, 8),
                              .revision = (int)rows_integer(rows, 9),
                              .data_version = rows_integer(rows, 10),
                              .entered_at_us = rows_integer(rows, 11),
                              .entered_by = rows_text(rows, 12)};
}

bool store_read_observations(Store *store, const StoreObservationQuery *query,
                             StoreObservationFunction each, void *context, Error *error) {
    DriverValue values[3];
    size_t count = 0;
    values[count++] = driver_integer(query->as_of ? query->as_of : INT64_MAX);
    if (query->region) values[count++] = driver_text(query->region);
    if (query->indicator) values[count++] = driver_text(query->indicator);
    Rows rows;
    rows_open(&rows, store, observations_statement(query), values, count, error);
    while (rows_next(&rows)) {
        const StoreObservation observation = observation_of(&rows);
        rows_accept(&rows, each(&observation, context, error));
    }
    return rows_close(&rows);
}

bool store_count_observations(Store *store, const StoreCountQuery *query, StoreCountFunction each,
                              void *context, Error *error) {
    const DriverValue values[] = {
        driver_integer((int64_t)kind_number(query->kind)), driver_integer(query->last_year),
        driver_integer(query->as_of ? query->as_of : INT64_MAX), driver_text(query->region)};
    Rows rows;
    rows_open(&rows, store, query->region ? STATEMENT_COUNT_OF_REGION : STATEMENT_COUNT_OF_ALL,
              values, query->region ? 4 : 3, error);
    while (rows_next(&rows)) {
        const StoreCount count = {.region = rows_text(&rows, 0),
                                  .indicator = rows_text(&rows, 1),
                                  .breakdown = rows_text(&rows, 2),
                                  .observations = (size_t)rows_integer(&rows, 3),
                                  .in_last_year = (size_t)rows_integer(&rows, 4)};
        rows_accept(&rows, each(&count, context, error));
    }
    return rows_close(&rows);
}

bool store_has_samples(Store *store, bool *any, Error *error) {
    Rows rows;
    rows_open(&rows, store, STATEMENT_HAS_SAMPLES, NULL, 0, error);
    *any = rows_next(&rows);
    return rows_close(&rows);
}

bool store_read_figures_since(Store *store, const StoreSinceQuery *query, StoreSinceFunction each,
                              void *context, Error *error) {
    const DriverValue values[] = {driver_integer(query->after), driver_integer(query->first_year),
                                  driver_integer(query->last_year)};
    Rows rows;
    rows_open(&rows, store, STATEMENT_FIGURES_SINCE, values, sizeof values / sizeof *values, error);
    while (rows_next(&rows))
        rows_accept(&rows, each(rows_text(&rows, 0), rows_text(&rows, 1), context, error));
    return rows_close(&rows);
}

bool store_read_data_version(Store *store, int64_t *version, Error *error) {
    Rows rows;
    rows_open(&rows, store, STATEMENT_READ_VERSION, NULL, 0, error);
    if (rows_next(&rows)) *version = rows_integer(&rows, 0);
    return rows_close(&rows);
}

bool store_read_changes(Store *store, int64_t after, StoreDataChangeFunction each, void *context,
                        Error *error) {
    const DriverValue values[] = {driver_integer(after)};
    Rows rows;
    rows_open(&rows, store, STATEMENT_READ_CHANGES, values, COUNT_OF(values), error);
    while (rows_next(&rows)) {
        const StoreDataChange change = {.data_version = rows_integer(&rows, 0),
                                        .who = rows_text(&rows, 1),
                                        .what = rows_text(&rows, 2),
                                        .changed_at_us = rows_integer(&rows, 3)};
        rows_accept(&rows, each(&change, context, error));
    }
    return rows_close(&rows);
}
