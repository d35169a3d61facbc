// /api/v1/regions: the regions of the workspace, and putting some in or changing them.
#include <stdio.h>
#include <string.h>

#include "core/api/api_inside.h"
#include "core/api/imports.h"
#include "core/base/json_writer.h"
#include "core/base/plain_text.h"

enum { MOST_REGIONS = 10000, LARGEST_BODY = 8 * 1024 * 1024, REGION_FIELDS = 4 };

static void write_places(JsonWriter *json, const BoardPlaces *places) {
    json_writer_begin_object(json);
    json_writer_key(json, "regions");
    json_writer_begin_array(json);
    for (size_t i = 0; i < places->count; i++) {
        const BoardPlace *place = &places->items[i];
        json_writer_begin_object(json);
        json_writer_put_string(json, "code", place->code);
        json_writer_put_string(json, "name", place->name);
        json_writer_put_string(json, "level", place->level);
        json_writer_put_string(json, "parent",
                               place->parent >= 0 ? places->items[place->parent].code : NULL);
        json_writer_end_object(json);
    }
    json_writer_end_array(json);
    json_writer_end_object(json);
}

static void list(ApiCall *call) {
    const BoardPlaces *places = service_board(api_service(call))->places;
    if (!places) {
        api_fail_busy(call);
        return;
    }
    char tag[24];
    snprintf(tag, sizeof tag, "r%llx", (unsigned long long)places->revision);
    if (api_is_fresh(call, tag) || api_answer_kept(call, "regions")) return;
    Buffer out = {0};
    JsonWriter json = {.out = &out, .compact = true};
    write_places(&json, places);
    buffer_text(&out, "\n");
    api_answer_keeping(call, "regions", "application/json; charset=utf-8", &out);
}

// ---- putting -----------------------------------------------------------------------------------
// A region of the body becomes a row of a table, which is checked as an imported file's are: the
// number of the region in the list is the line of its problems.

static const char *const fields[REGION_FIELDS] = {"code", "name", "parent", "level"};
static const char header[] = "code\0name\0parent\0level"; // the same as a row

static bool bad_region(ProblemList *problems, int row, const char *field, const char *should) {
    problems_addf(problems, ERROR_INPUT, "regions", row, 0,
                  T("region %d: %s %s", "第 %d 个行政区划：%s %s"), row, field, should);
    return false;
}

static bool is_field(const char *name) {
    for (int i = 0; i < REGION_FIELDS; i++)
        if (strcmp(fields[i], name) == 0) return true;
    return false;
}

static void add_field(Buffer *row, const char *text) {
    buffer_append(row, text, strlen(text) + 1);
}

static bool take_field(const json_t *region, int row, const char *field, Buffer *out,
                       ProblemList *problems) {
    const json_t *value = json_object_get(region, field);
    const char *text = json_string_value(value);
    bool absent = !value || json_is_null(value); // the check of the row says what must be there
    bool good = absent || (text && plain_text_line(text, json_string_length(value))) ||
                bad_region(problems, row, field, T("must be a text of one line", "应为单行文本"));
    add_field(out, good && text ? text : "");
    return good;
}

static bool take_region(const json_t *region, CsvTable *table, CsvRow *row, ProblemList *problems) {
    const char *name;
    json_t *ignored;
    bool good = json_is_object(region) ||
                bad_region(problems, row->line, "", T("must be an object", "应为对象"));
    json_object_foreach((json_t *)region, name, ignored) {
        if (!is_field(name))
            good = bad_region(problems, row->line, name,
                              T("is no field of a region", "不是行政区划的字段"));
    }
    Buffer texts = {0};
    for (int i = 0; i < REGION_FIELDS; i++)
        good &= take_field(region, row->line, fields[i], &texts, problems);
    row->count = REGION_FIELDS;
    row->text = arena_bytes(&table->arena, texts.data, texts.length);
    buffer_free(&texts);
    return good;
}

static bool take_regions(const json_t *body, CsvTable *table, ProblemList *problems) {
    const json_t *regions = json_object_get(body, "regions");
    size_t count = json_array_size(regions);
    if (count == 0 || count > MOST_REGIONS) {
        Error error = {0};
        char should[64];
        snprintf(should, sizeof should, T("must be a list of 1 to %d", "应为含 1 至 %d 项的列表"),
                 MOST_REGIONS);
        api_member_refuse(body, "regions", should, &error);
        problems_add(problems, &error);
        return false;
    }
    bool good = true;
    table->header = (CsvRow){.text = header, .count = REGION_FIELDS};
    table->rows = memory_new(count, sizeof *table->rows);
    table->row_count = table->row_capacity = count;
    for (size_t i = 0; i < count; i++) {
        table->rows[i].line = (int)i + 1;
        good &= take_region(json_array_get(regions, i), table, &table->rows[i], problems);
    }
    return good;
}

static bool decode(const ApiCall *call, CsvTable *table, ProblemList *problems) {
    static const char *const members[] = {"regions", NULL};
    json_t *body;
    Error error = {0};
    if (!api_body_parse_object(call, members, &body, &error)) {
        problems_add(problems, &error);
        return false;
    }
    bool good = take_regions(body, table, problems);
    json_decref(body);
    return good;
}

static void put(ApiCall *call) {
    api_import_rows(call, IMPORT_REGIONS, decode, "regions");
}

static const ApiRoute routes[] = {
    {{"GET", "/api/v1/regions", 0}, list, ACTION_REGIONS_READ, API_ANYWHERE},
    {{"POST", "/api/v1/regions?dry_run", LARGEST_BODY}, put, ACTION_REGIONS_WRITE, API_ANYWHERE},
};
const ApiResource api_regions = {routes, sizeof routes / sizeof *routes};
