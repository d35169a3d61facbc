// GET /api/v1/observations: figures page by page, in order of region, indicator, breakdown, year.
//
// A page ends with a cursor that names its last row and the data version of the first page: the
// pages of one reading fit together whatever is stored meanwhile.
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/api/figure_query.h"
#include "core/base/clock.h"
#include "core/base/json_writer.h"

enum { USUAL_PAGE = 100, LARGEST_PAGE = 1000, CURSOR_PARTS = 6, CURSOR_SIZE = 512 };

// Behind which row a page begins.
typedef struct Cursor {
    char text[CURSOR_SIZE]; // cut into its parts
    const char *region, *indicator, *breakdown;
    int64_t data_version;
    int year, revision;
} Cursor;

typedef struct Page {
    ApiCall *call;
    FigureQuery query;
    Cursor after;
    bool has_cursor, is_full;
    int64_t limit, rows;
    Buffer text; // the answer, written while rows are read
    HttpBody *body;
    JsonWriter json;
    char next[CURSOR_SIZE]; // names the last row of a page with as many as were asked for
    Error error;
    bool good;
} Page;

static void page_free(Page *page) {
    buffer_free(&page->text);
    http_body_release(page->body);
    figure_query_free(&page->query);
    free(page);
}

// ---- cursors -----------------------------------------------------------------------------------

static bool take_number(const char *text, int64_t most, int64_t *number) {
    char *end;
    *number = strtoll(text, &end, 10);
    return end != text && !*end && *number >= 0 && *number <= most;
}

// "12,150802,mortality,total,2024,1": data version, then what names a revision.
static bool parse_cursor(const char *text, Cursor *cursor) {
    char *parts[CURSOR_PARTS];
    int64_t year = 0, revision = 0;
    if (strlen(text) >= sizeof cursor->text) return false;
    snprintf(cursor->text, sizeof cursor->text, "%s", text);
    parts[0] = cursor->text;
    for (int i = 1; i < CURSOR_PARTS; i++) {
        parts[i] = strchr(parts[i - 1], ',');
        if (!parts[i]) return false;
        *parts[i]++ = '\0';
    }
    cursor->region = parts[1];
    cursor->indicator = parts[2];
    cursor->breakdown = parts[3];
    bool good = take_number(parts[0], INT64_MAX, &cursor->data_version) &&
                take_number(parts[4], 9999, &year) && take_number(parts[5], INT32_MAX, &revision);
    cursor->year = (int)year;
    cursor->revision = (int)revision;
    return good;
}

static bool is_behind(const StoreObservation *row, const Cursor *cursor) {
    int order = strcmp(row->region, cursor->region);
    if (order == 0) order = strcmp(row->indicator, cursor->indicator);
    if (order == 0) order = strcmp(row->breakdown, cursor->breakdown);
    if (order == 0) order = row->year - cursor->year;
    if (order == 0) order = row->revision - cursor->revision;
    return order > 0;
}

static bool take_cursor(Page *page) {
    const char *text = api_query(page->call, "after");
    page->has_cursor = text != NULL;
    if (!text) return true;
    if (parse_cursor(text, &page->after)) {
        page->query.as_of = page->after.data_version;
        return true;
    }
    api_failf(page->call, ERROR_USAGE,
              T("after takes what a page gave as next, not \"%s\"",
                "after 应为上一页给出的 next，而不是“%s”"),
              text);
    return false;
}

// ---- reading, in a queued job -------------------------------------------------------------------

// The value is given as it was typed.
static void write_row(JsonWriter *json, const StoreObservation *row) {
    char entered_at[CLOCK_UTC_SIZE];
    clock_format_utc(row->entered_at_us, entered_at);
    json_writer_begin_object(json);
    json_writer_put_string(json, "region", row->region);
    json_writer_put_string(json, "indicator", row->indicator);
    json_writer_put_string(json, "breakdown", row->breakdown);
    json_writer_put_integer(json, "year", row->year);
    json_writer_put_string(json, "value", isnan(row->value) ? NULL : row->value_text);
    json_writer_put_string(json, "kind", row->kind);
    json_writer_put_string(json, "source", row->source);
    json_writer_put_string(json, "note", row->note);
    json_writer_put_integer(json, "revision", row->revision);
    json_writer_put_integer(json, "data_version", row->data_version);
    json_writer_put_string(json, "entered_by", row->entered_by);
    json_writer_put_string(json, "entered_at", entered_at);
    json_writer_end_object(json);
}

static bool take_row(const StoreObservation *row, void *context, Error *error) {
    Page *page = context;
    if ((page->query.year && row->year != page->query.year) ||
        !figure_query_wants(row->indicator, &page->query) ||
        (page->has_cursor && !is_behind(row, &page->after)))
        return true;
    if (page->rows == page->limit) {
        page->is_full = true;
        return error_set(error, ERROR_CANCELLED, "the page is full");
    }
    write_row(&page->json, row);
    if (++page->rows == page->limit)
        snprintf(page->next, sizeof page->next, "%lld,%s,%s,%s,%d,%d", (long long)page->query.as_of,
                 row->region, row->indicator, row->breakdown, row->year, row->revision);
    return true;
}

static bool read_rows(Store *store, Page *page, Error *error) {
    const RegionScope *scope = &page->query.scope;
    StoreObservationQuery query = {.indicator = page->query.indicator,
                                   .as_of = page->query.as_of,
                                   .all_revisions = page->query.all_revisions};
    bool good = true;
    for (size_t i = 0; i < scope->count && good; i++) {
        query.region = scope->codes[i];
        if (page->has_cursor && strcmp(query.region, page->after.region) < 0) continue;
        good = store_read_observations(store, &query, take_row, page, error);
    }
    return good || page->is_full;
}

static void read_page(const JobHost *host, Store *store, void *context) {
    Page *page = context;
    JsonWriter *json = &page->json;
    (void)host;
    *json = (JsonWriter){.out = &page->text, .compact = true};
    if (api_is_in_vain(page->call, &page->error) ||
        !figure_query_read(store, &page->query, &page->error))
        return;
    json_writer_begin_object(json);
    json_writer_put_integer(json, "data_version", page->query.as_of);
    json_writer_key(json, "observations");
    json_writer_begin_array(json);
    page->good = read_rows(store, page, &page->error);
    json_writer_end_array(json);
    json_writer_put_string(json, "next", page->is_full ? page->next : NULL);
    json_writer_end_object(json);
    buffer_text(&page->text, "\n");
    if (page->good) page->body = api_make_body(page->call, &page->text);
}

static void answer_page(void *context) {
    Page *page = context;
    if (page->body)
        api_answer_shared(page->call, "application/json; charset=utf-8", page->body);
    else
        api_fail(page->call, &page->error);
    page->body = NULL; // the answer's
    page_free(page);
}

static void list(ApiCall *call) {
    Page *page = memory_new(1, sizeof *page);
    *page = (Page){.call = call, .limit = USUAL_PAGE};
    if (!figure_query_take(call, ACTION_DATA_READ, &page->query) || !take_cursor(page) ||
        !api_query_integer(call, "limit", 1, LARGEST_PAGE, &page->limit) ||
        !api_aside(call, read_page, answer_page, page))
        page_free(page);
}

static const ApiRoute routes[] = {
    {{"GET", "/api/v1/observations?after&all_revisions&as_of&indicator&limit&pack&region&year", 0},
     list,
     ACTION_DATA_READ,
     API_ANYWHERE}};
const ApiResource api_figures = {routes, sizeof routes / sizeof *routes};
