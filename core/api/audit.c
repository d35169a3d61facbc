// /api/v1/audit: who did what, whether that is still what was written, and all of it to keep.
#include <stdio.h>
#include <stdlib.h>

#include "core/api/api_inside.h"
#include "core/audit/audit_json.h"
#include "core/base/clock.h"

enum { USUAL_ROWS = 100, MOST_ROWS = 1000, MOST_EXPORTED = 10000 };

static const char json_content[] = "application/json; charset=utf-8";
static const char lines_content[] = "application/x-ndjson; charset=utf-8";

// One question, worked on beside the loop. Texts are the request's, which lives until it is
// answered.
typedef struct Asking Asking;
struct Asking {
    ApiCall *call;
    StoreAuditQuery query;
    AuditHead expected;
    bool expects;
    bool (*work)(Store *store, Asking *asking);
    Buffer bytes; // of the answer
    HttpBody *body;
    JsonWriter json;
    AuditHead last; // row that was read
    int64_t rows;
    Error error;
};

static Asking *asking_new(ApiCall *call) {
    Asking *asking = memory_new(1, sizeof *asking);
    asking->call = call;
    asking->json = (JsonWriter){.out = &asking->bytes, .compact = true};
    return asking;
}

static void asking_free(Asking *asking) {
    buffer_free(&asking->bytes);
    http_body_release(asking->body);
    free(asking);
}

static void answer(Asking *asking, const char *type) {
    if (asking->body)
        api_answer_shared(asking->call, type, asking->body);
    else
        api_fail(asking->call, &asking->error);
    asking->body = NULL; // the answer's
    asking_free(asking);
}

static void answer_json(void *context) {
    answer(context, json_content);
}

static void answer_lines(void *context) {
    answer(context, lines_content);
}

static void work_out(const JobHost *host, Store *store, void *context) {
    Asking *asking = context;
    (void)host;
    if (!api_is_in_vain(asking->call, &asking->error) && asking->work(store, asking))
        asking->body = api_make_body(asking->call, &asking->bytes);
}

static void ask(Asking *asking, bool (*work)(Store *store, Asking *asking), WorkQueueDone done) {
    asking->work = work;
    if (!api_aside(asking->call, work_out, done, asking)) asking_free(asking);
}

static void note_row(Asking *asking, const StoreAuditRow *row) {
    asking->rows++;
    asking->last.id = row->id;
    snprintf(asking->last.hash, sizeof asking->last.hash, "%s", row->hash);
}

// ---- the rows -----------------------------------------------------------------------------------

// False: the call is answered. A day or a time; `last` wants its end.
static bool take_time(ApiCall *call, const char *name, bool last, int64_t *out) {
    const char *text = api_query(call, name);
    int64_t first_us, last_us;
    if (!text) return true;
    if (clock_parse(text, &first_us, &last_us)) {
        *out = last ? last_us : first_us;
        return true;
    }
    api_failf(call, ERROR_USAGE,
              T("%s takes a day or a time as 2026-11-22, 2026-11-22T08:30 or 2026-11-22T00:30:00Z, "
                "not \"%s\"",
                "%s 应为日期或时间，如 2026-11-22、2026-11-22T08:30 或 2026-11-22T00:30:00Z，"
                "而不是“%s”"),
              name, text);
    return false;
}

static bool take_query(ApiCall *call, StoreAuditQuery *query) {
    int64_t before = 0;
    *query = (StoreAuditQuery){.who = api_query(call, "who"),
                               .action = api_query(call, "action"),
                               .subject = api_query(call, "subject"),
                               .newest_first = true,
                               .limit = USUAL_ROWS};
    if (!take_time(call, "since", false, &query->since_us) ||
        !take_time(call, "until", true, &query->until_us) ||
        !api_query_integer(call, "limit", 1, MOST_ROWS, &query->limit) ||
        !api_query_integer(call, "before", 2, INT64_MAX, &before))
        return false;
    if (before) query->last_id = before - 1;
    return true;
}

static bool write_row(const StoreAuditRow *row, void *context, Error *error) {
    Asking *asking = context;
    (void)error;
    audit_row_write(row, &asking->json);
    note_row(asking, row);
    return true;
}

static bool read_rows(Store *store, Asking *asking) {
    JsonWriter *json = &asking->json;
    json_writer_begin_object(json);
    json_writer_key(json, "rows");
    json_writer_begin_array(json);
    bool good = store_read_audit(store, &asking->query, write_row, asking, &asking->error);
    json_writer_end_array(json);
    json_writer_key(json, "before");
    // A full page may be the last one: the next is empty then.
    if (asking->rows == asking->query.limit && asking->last.id > 1)
        json_writer_integer(json, asking->last.id);
    else
        json_writer_null(json);
    json_writer_end_object(json);
    buffer_text(&asking->bytes, "\n");
    return good;
}

static void list(ApiCall *call) {
    StoreAuditQuery query;
    if (!take_query(call, &query)) return;
    Asking *asking = asking_new(call);
    asking->query = query;
    ask(asking, read_rows, answer_json);
}

// ---- verification -------------------------------------------------------------------------------

static bool verify(Store *store, Asking *asking) {
    AuditReport report;
    bool good =
        audit_verify(store, asking->expects ? &asking->expected : NULL, &report, &asking->error);
    if (good) audit_report_write(&report, &asking->json);
    audit_report_free(&report);
    buffer_text(&asking->bytes, "\n");
    return good;
}

static void begin_verify(ApiCall *call) {
    const char *text = api_query(call, "expect");
    Asking *asking = asking_new(call);
    if (text && !audit_head_parse(text, &asking->expected, &asking->error)) {
        api_fail(call, &asking->error);
        asking_free(asking);
        return;
    }
    asking->expects = text != NULL;
    ask(asking, verify, answer_json);
}

// ---- export -------------------------------------------------------------------------------------

static bool write_line(const StoreAuditRow *row, void *context, Error *error) {
    Asking *asking = context;
    (void)error;
    audit_row_write(row, &asking->json);
    buffer_text(&asking->bytes, "\n");
    note_row(asking, row);
    return true;
}

static bool note_export(StoreTransaction *transaction, void *context, Error *error) {
    const Asking *asking = context;
    return audit_put_export(transaction, "api", asking->rows, &asking->last, error);
}

static bool export_rows(Store *store, Asking *asking) {
    return store_read_audit(store, &asking->query, write_line, asking, &asking->error) &&
           store_write(store, note_export, asking, &asking->error);
}

static void export(ApiCall *call) {
    int64_t from = 1, limit = MOST_EXPORTED;
    if (!api_query_integer(call, "from", 1, INT64_MAX, &from) ||
        !api_query_integer(call, "limit", 1, MOST_EXPORTED, &limit))
        return;
    Asking *asking = asking_new(call);
    asking->query = (StoreAuditQuery){.first_id = from, .limit = limit};
    ask(asking, export_rows, answer_lines);
}

static const ApiRoute routes[] = {
    {{"GET", "/api/v1/audit?action&before&limit&since&subject&until&who", 0},
     list,
     ACTION_AUDIT_READ,
     API_EVERYWHERE},
    {{"GET", "/api/v1/audit/verify?expect", 0}, begin_verify, ACTION_AUDIT_READ, API_EVERYWHERE},
    {{"GET", "/api/v1/audit/export?from&limit", 0}, export, ACTION_AUDIT_EXPORT, API_EVERYWHERE},
};
const ApiResource api_audit = {routes, sizeof routes / sizeof *routes};
