// Warnings and the steps of their lives: see store.h.
#include "core/base/language.h"
#include "db/store_inside.h"

static void note_step(StoreTransaction *transaction, const StoreWarning *warning,
                      const StoreWarningEvent *event) {
    Buffer action = {0}, detail = {0};
    JsonWriter json = {.out = &detail, .compact = true};
    buffer_printf(&action, "warning.%s", event->event);
    json_writer_begin_object(&json);
    json_writer_put_string(&json, "pack", warning->pack);
    json_writer_put_string(&json, "region", warning->region);
    json_writer_put_string(&json, "warning", warning->warning);
    json_writer_put_string(&json, "subject", warning->subject);
    json_writer_put_string(&json, "level", warning->level);
    json_writer_put_integer(&json, "id", warning->id);
    if (event->note) json_writer_put_string(&json, "note", event->note);
    json_writer_end_object(&json);
    transaction_note_one_of(transaction, action.data, warning->region, detail.data);
    buffer_free(&action);
    buffer_free(&detail);
}

static bool put_event(StoreTransaction *transaction, int64_t region, const StoreWarning *warning,
                      StoreWarningEvent *event, Error *error) {
    event->number = warning->events;
    const DriverValue values[] = {
        driver_integer(region),       driver_integer(warning->id), driver_integer(event->number),
        driver_integer(event->at_us), driver_text(event->event),   driver_text(event->level),
        driver_text(event->who),      driver_optional(event->run), driver_text(event->note)};
    return transaction_run(transaction, STATEMENT_PUT_WARNING_EVENT, values, COUNT_OF(values), NULL,
                           error);
}

bool store_put_warning(StoreTransaction *transaction, StoreWarning *warning,
                       StoreWarningEvent *event, Error *error) {
    int64_t region;
    if (!text_is_given(event->who, T("Who", "操作人"), error) ||
        !transaction_find_region(transaction, warning->region, &region, error))
        return false;
    if (region == 0)
        return error_set(error, ERROR_NOT_FOUND,
                         T("Region %s is not in the database", "数据库中没有行政区划 %s"),
                         warning->region);
    if (warning->id == 0 && !transaction_next_number(transaction, "warning", &warning->id, error))
        return false;
    warning->events++;
    const DriverValue values[] = {driver_integer(region),
                                  driver_integer(warning->id),
                                  driver_text(warning->pack),
                                  driver_text(warning->warning),
                                  driver_text(warning->subject),
                                  driver_text(warning->state),
                                  driver_text(warning->level),
                                  driver_integer(warning->year),
                                  driver_text(warning->message),
                                  driver_integer(warning->events),
                                  driver_integer(warning->raised_at_us),
                                  driver_optional(warning->acknowledged_at_us),
                                  driver_text(warning->acknowledged_by),
                                  driver_optional(warning->cleared_at_us)};
    if (!transaction_run(transaction, STATEMENT_PUT_WARNING, values, COUNT_OF(values), NULL, error))
        return transaction_refused(transaction, ERROR_CONFLICT, error,
                                   T("Warning %s of region %s was put by somebody else meanwhile",
                                     "行政区划 %2$s 的预警 %1$s 同时被他人更新"),
                                   warning->warning, warning->region);
    transaction_note_who(transaction, event->who);
    note_step(transaction, warning, event);
    return put_event(transaction, region, warning, event, error);
}

bool store_read_warnings(Store *store, const StoreWarningQuery *query, StoreWarningFunction each,
                         void *context, Error *error) {
    const DriverValue values[] = {
        driver_text(query->pack),        driver_text(query->region),
        driver_integer(query->id),       driver_integer(query->open_only),
        driver_integer(query->year),     driver_text(query->after_region),
        driver_integer(query->after_id), driver_integer(query->limit ? query->limit : INT64_MAX)};
    Rows rows;
    rows_open(&rows, store, STATEMENT_READ_WARNINGS, values, COUNT_OF(values), error);
    while (rows_next(&rows)) {
        const StoreWarning warning = {.id = rows_integer(&rows, 0),
                                      .pack = rows_text(&rows, 1),
                                      .region = rows_text(&rows, 2),
                                      .warning = rows_text(&rows, 3),
                                      .subject = rows_text(&rows, 4),
                                      .state = rows_text(&rows, 5),
                                      .level = rows_text(&rows, 6),
                                      .year = (int)rows_integer(&rows, 7),
                                      .message = rows_text(&rows, 8),
                                      .events = rows_integer(&rows, 9),
                                      .raised_at_us = rows_integer(&rows, 10),
                                      .acknowledged_at_us = rows_integer(&rows, 11),
                                      .acknowledged_by = rows_text(&rows, 12),
                                      .cleared_at_us = rows_integer(&rows, 13)};
        rows_accept(&rows, each(&warning, context, error));
    }
    return rows_close(&rows);
}

bool store_read_warning_events(Store *store, const char *region, int64_t id,
                               StoreWarningEventFunction each, void *context, Error *error) {
    const DriverValue values[] = {driver_text(region), driver_integer(id)};
    Rows rows;
    rows_open(&rows, store, STATEMENT_READ_WARNING_EVENTS, values, COUNT_OF(values), error);
    while (rows_next(&rows)) {
        const StoreWarningEvent event = {.number = rows_integer(&rows, 0),
                                         .at_us = rows_integer(&rows, 1),
                                         .event = rows_text(&rows, 2),
                                         .level = rows_text(&rows, 3),
                                         .who = rows_text(&rows, 4),
                                         .run = rows_integer(&rows, 5),
                                         .note = rows_text(&rows, 6)};
        rows_accept(&rows, each(&event, context, error));
    }
    return rows_close(&rows);
}
