// Assessment rounds and the steps of their lives: see store.h.
#include "core/base/language.h"
#include "db/store_inside.h"

static void note_change(StoreTransaction *transaction, const StoreRound *round,
                        const StoreRoundChange *change) {
    Buffer action = {0}, detail = {0};
    JsonWriter json = {.out = &detail, .compact = true};
    buffer_printf(&action, "round.%s", change->state);
    json_writer_begin_object(&json);
    json_writer_put_integer(&json, "round", round->id);
    json_writer_put_string(&json, "assessment", round->assessment);
    json_writer_put_integer(&json, "year", round->year);
    json_writer_put_string(&json, "kind", round->kind);
    if (change->run) json_writer_put_integer(&json, "run", change->run);
    if (change->reason) json_writer_put_string(&json, "reason", change->reason);
    json_writer_end_object(&json);
    transaction_note_who(transaction, change->who);
    transaction_note_change(transaction, action.data, round->pack, detail.data);
    buffer_free(&action);
    buffer_free(&detail);
}

static bool check_texts(const StoreRound *round, const StoreRoundChange *change, Error *error) {
    return text_is_given(round->pack, T("A round's pack", "考核轮次的评估包"), error) &&
           text_is_given(round->assessment, T("A round's assessment", "考核轮次的考核"), error) &&
           text_is_given(round->opened_by, T("Who opened a round", "考核轮次的开启人"), error) &&
           text_is_given(change->state, T("A round's state", "考核轮次的阶段"), error) &&
           text_is_given(change->who, T("Who changed a round", "考核轮次的操作人"), error);
}

// Two that change the same round at once would give their changes the same number.
static bool put_change(StoreTransaction *transaction, const StoreRound *round,
                       StoreRoundChange *change, Error *error) {
    change->number = round->changes;
    const DriverValue values[] = {driver_text(round->pack),       driver_integer(round->id),
                                  driver_integer(change->number), driver_integer(change->at_us),
                                  driver_text(change->state),     driver_text(change->who),
                                  driver_text(change->reason),    driver_optional(change->run)};
    return transaction_run(transaction, STATEMENT_PUT_ROUND_CHANGE, values, COUNT_OF(values), NULL,
                           error) ||
           transaction_refused(transaction, ERROR_CONFLICT, error,
                               T("Round %lld was changed by somebody else meanwhile",
                                 "考核轮次 %lld 同时被他人更改"),
                               (long long)round->id);
}

bool store_put_round(StoreTransaction *transaction, StoreRound *round, StoreRoundChange *change,
                     Error *error) {
    if (!check_texts(round, change, error)) return false;
    if (round->id == 0 && !transaction_next_number(transaction, "round", &round->id, error))
        return false;
    round->changes++;
    const DriverValue values[] = {
        driver_text(round->pack),       driver_integer(round->id),
        driver_text(round->assessment), driver_integer(round->year),
        driver_text(round->kind),       driver_text(round->state),
        driver_integer(round->changes), driver_integer(round->opened_at_us),
        driver_text(round->opened_by),  driver_optional(round->closed_at_us),
        driver_optional(round->run)};
    if (!transaction_run(transaction, STATEMENT_PUT_ROUND, values, COUNT_OF(values), NULL, error))
        return transaction_refused(transaction, ERROR_CONFLICT, error,
                                   T("Assessment %s of pack %s has an open round of %d already",
                                     "评估包 %2$s 的考核 %1$s 已有进行中的 %3$d 年轮次"),
                                   round->assessment, round->pack, round->year);
    note_change(transaction, round, change);
    return put_change(transaction, round, change, error);
}

bool store_read_rounds(Store *store, const StoreRoundQuery *query, StoreRoundFunction each,
                       void *context, Error *error) {
    const DriverValue values[] = {driver_text(query->pack), driver_integer(query->id),
                                  driver_integer(query->open_only)};
    Rows rows;
    rows_open(&rows, store, STATEMENT_READ_ROUNDS, values, COUNT_OF(values), error);
    while (rows_next(&rows)) {
        const StoreRound round = {.pack = rows_text(&rows, 0),
                                  .id = rows_integer(&rows, 1),
                                  .assessment = rows_text(&rows, 2),
                                  .year = (int)rows_integer(&rows, 3),
                                  .kind = rows_text(&rows, 4),
                                  .state = rows_text(&rows, 5),
                                  .changes = rows_integer(&rows, 6),
                                  .opened_at_us = rows_integer(&rows, 7),
                                  .opened_by = rows_text(&rows, 8),
                                  .closed_at_us = rows_integer(&rows, 9),
                                  .run = rows_integer(&rows, 10)};
        rows_accept(&rows, each(&round, context, error));
    }
    return rows_close(&rows);
}

bool store_read_round_changes(Store *store, const char *pack, int64_t id,
                              StoreRoundChangeFunction each, void *context, Error *error) {
    const DriverValue values[] = {driver_text(pack), driver_integer(id)};
    Rows rows;
    rows_open(&rows, store, STATEMENT_READ_ROUND_CHANGES, values, COUNT_OF(values), error);
    while (rows_next(&rows)) {
        const StoreRoundChange change = {.number = rows_integer(&rows, 0),
                                         .at_us = rows_integer(&rows, 1),
                                         .state = rows_text(&rows, 2),
                                         .who = rows_text(&rows, 3),
                                         .reason = rows_text(&rows, 4),
                                         .run = rows_integer(&rows, 5)};
        rows_accept(&rows, each(&change, context, error));
    }
    return rows_close(&rows);
}
