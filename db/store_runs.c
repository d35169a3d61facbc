// Runs and their results: see store.h.
#include <string.h>

#include "core/base/language.h"
#include "db/store_inside.h"

static const char *const rounds[] = {"annual", "midterm", "final"};

static bool check_run(const StoreRun *run, Error *error) {
    if (!text_is_given(run->pack, T("A run's pack", "评估运行的评估包"), error) ||
        !text_is_given(run->pack_hash, T("A run's pack hash", "评估运行的评估包散列值"), error) ||
        !text_is_given(run->std_hash, T("A run's std hash", "评估运行的标准库散列值"), error) ||
        !text_is_given(run->round, T("A run's round", "评估运行的轮次"), error) ||
        !text_is_given(run->who, T("Who started a run", "发起评估运行的人"), error) ||
        !text_is_given(run->result_hash, T("A run's result hash", "评估运行的结果散列值"), error))
        return false;
    if (run->base == 0 &&
        !text_is_given(run->conventions, T("A run's conventions", "评估运行的口径"), error))
        return false;
    if (run->base != 0 && run->conventions && *run->conventions)
        return error_set(error, ERROR_INPUT,
                         T("A run that builds on run %lld has its conventions and none of its own",
                           "以运行 %lld 为基础的运行沿用其口径，不能另带口径"),
                         (long long)run->base);
    for (size_t i = 0; i < COUNT_OF(rounds); i++)
        if (strcmp(run->round, rounds[i]) == 0) return true;
    error_set(error, ERROR_INPUT, T("“%s” is no round", "轮次“%s”无法识别"), run->round);
    return error_hint(error, T("Rounds are %s", "轮次只能是 %s"), "annual, midterm, final");
}

static bool check_base(StoreTransaction *transaction, const StoreRun *run, Error *error) {
    if (run->base == 0) return true;
    const DriverValue values[] = {driver_integer(run->base),
                                  driver_text(run->pack),
                                  driver_text(run->pack_hash),
                                  driver_text(run->std_hash),
                                  driver_integer(run->engine_version),
                                  driver_text(run->round),
                                  driver_integer(run->year)};
    bool found;
    if (!transaction_run(transaction, STATEMENT_FIND_BASE, values, COUNT_OF(values), &found, error))
        return false;
    return found ||
           transaction_spoil(
               transaction, ERROR_CONFLICT, error,
               T("A run of pack %s cannot build on run %lld, which is no whole run of the same "
                 "pack version, standard library, engine, round and year",
                 "评估包 %s 的运行不能以运行 %lld 为基础：后者不是同一评估包版本、标准库、引擎、"
                 "轮次和年份的完整运行"),
               run->pack, (long long)run->base);
}

static void note_run(StoreTransaction *transaction, const StoreRun *run) {
    char digest[HASH_TEXT_SIZE];
    Buffer detail = {0};
    JsonWriter json = {.out = &detail, .compact = true};
    run_digest(run, digest);
    json_writer_begin_object(&json);
    json_writer_put_integer(&json, "run", run->id);
    json_writer_put_integer(&json, "base", run->base);
    json_writer_put_string(&json, "pack_hash", run->pack_hash);
    json_writer_put_integer(&json, "data_version", run->data_version);
    json_writer_put_string(&json, "round", run->round);
    json_writer_put_integer(&json, "year", run->year);
    json_writer_put_integer(&json, "regions", run->region_count);
    json_writer_put_string(&json, "result_hash", run->result_hash);
    json_writer_put_string(&json, "digest", digest);
    json_writer_end_object(&json);
    transaction_note_who(transaction, run->who);
    transaction_note_change(transaction, "run.put", run->pack, detail.data);
    buffer_free(&detail);
}

bool store_put_run(StoreTransaction *transaction, StoreRun *run, Error *error) {
    if (!check_run(run, error) || !check_base(transaction, run, error) ||
        !transaction_next_number(transaction, "run", &run->id, error))
        return false;
    if (run->base == 0) run->base = run->id;
    const DriverValue values[] = {driver_integer(run->id),
                                  driver_integer(run->base),
                                  driver_text(run->pack),
                                  driver_text(run->pack_hash),
                                  driver_text(run->std_hash),
                                  driver_integer(run->engine_version),
                                  driver_text(run->conventions),
                                  driver_integer(run->data_version),
                                  driver_text(run->round),
                                  driver_integer(run->year),
                                  driver_text(run->who),
                                  driver_integer(run->started_at_us),
                                  driver_integer(run->finished_at_us),
                                  driver_integer(run->region_count),
                                  driver_text(run->result_hash)};
    if (transaction_run(transaction, STATEMENT_PUT_RUN, values, COUNT_OF(values), NULL, error)) {
        transaction->run = run->id;
        note_run(transaction, run);
        return true;
    }
    return transaction_refused(
        transaction, ERROR_NOT_FOUND, error,
        T("A run of pack %s cannot be kept: version %s or its std %s is not stored",
          "评估包 %s 的运行无法保存：版本 %s 或其标准库 %s 未存入数据库"),
        run->pack, run->pack_hash, run->std_hash);
}

static bool refuse_result(StoreTransaction *transaction, int64_t run, const char *region,
                          Error *error) {
    return transaction_spoil(
        transaction, ERROR_NOT_FOUND, error,
        T("Run %lld cannot keep a result of region %s: the run or the region is not in the "
          "database",
          "运行 %lld 无法保存行政区划 %s 的结果：运行或行政区划不在数据库中"),
        (long long)run, region);
}

// The row of a run speaks for the results that come with it.
static void note_result(StoreTransaction *transaction, int64_t run, const char *region) {
    if (run == transaction->run) return;
    Buffer detail = {0};
    JsonWriter json = {.out = &detail, .compact = true};
    json_writer_begin_object(&json);
    json_writer_put_integer(&json, "run", run);
    json_writer_put_string(&json, "region", region);
    json_writer_end_object(&json);
    transaction_note_one_of(transaction, "results.put", region, detail.data);
    buffer_free(&detail);
}

bool store_put_result(StoreTransaction *transaction, const StoreRun *run, const char *code,
                      const void *payload, size_t length, Error *error) {
    TransactionRegion *region;
    if (!text_is_given(code, T("A result's region", "评估结果的行政区划"), error) ||
        !transaction_region(transaction, code, &region, error))
        return false;
    if (!region) return refuse_result(transaction, run->id, code, error);
    const DriverValue values[] = {driver_integer(run->base), driver_integer(region->number),
                                  driver_integer(run->id), driver_bytes(payload, length)};
    if (transaction_run(transaction, STATEMENT_PUT_RESULT, values, COUNT_OF(values), NULL, error)) {
        note_result(transaction, run->id, code);
        return true;
    }
    if (transaction->failure.code == ERROR_NOT_FOUND)
        return refuse_result(transaction, run->id, code, error);
    return transaction_refused(
        transaction, ERROR_CONFLICT, error,
        T("Run %lld has a result of region %s already", "运行 %lld 已有行政区划 %s 的结果"),
        (long long)run->id, code);
}

bool store_read_runs(Store *store, const StoreRunQuery *query, StoreRunFunction each, void *context,
                     Error *error) {
    const DriverValue values[] = {driver_integer(query->id),
                                  driver_text(query->pack),
                                  driver_integer(query->year),
                                  driver_text(query->pack_hash),
                                  driver_integer(query->before ? query->before : INT64_MAX),
                                  driver_integer(query->limit ? query->limit : INT64_MAX)};
    Rows rows;
    rows_open(&rows, store, STATEMENT_READ_RUNS, values, COUNT_OF(values), error);
    while (rows_next(&rows)) {
        const StoreRun run = {.id = rows_integer(&rows, 0),
                              .base = rows_integer(&rows, 1),
                              .pack = rows_text(&rows, 2),
                              .pack_hash = rows_text(&rows, 3),
                              .std_hash = rows_text(&rows, 4),
                              .engine_version = (int)rows_integer(&rows, 5),
                              .conventions = rows_text(&rows, 6),
                              .data_version = rows_integer(&rows, 7),
                              .round = rows_text(&rows, 8),
                              .year = (int)rows_integer(&rows, 9),
                              .who = rows_text(&rows, 10),
                              .started_at_us = rows_integer(&rows, 11),
                              .finished_at_us = rows_integer(&rows, 12),
                              .region_count = rows_integer(&rows, 13),
                              .result_hash = rows_text(&rows, 14)};
        rows_accept(&rows, each(&run, context, error));
    }
    return rows_close(&rows);
}

bool store_read_results(Store *store, int64_t run, const char *region, StoreResultFunction each,
                        void *context, Error *error) {
    DriverValue values[2] = {driver_integer(run), driver_text(region)};
    Rows rows;
    rows_open(&rows, store, region ? STATEMENT_RESULT_OF_REGION : STATEMENT_READ_RESULTS, values,
              region ? 2 : 1, error);
    while (rows_next(&rows)) {
        size_t length;
        const void *payload = rows_bytes(&rows, 1, &length);
        rows_accept(&rows, each(rows_text(&rows, 0), payload, length, context, error));
    }
    return rows_close(&rows);
}
