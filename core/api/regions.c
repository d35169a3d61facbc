// /api/v1/regions: the regions of the workspace, and putting some in or changing them.
#include <string.h>

#include "core/api/api_inside.h"
#include "core/api/imports.h"
#include "core/base/plain_text.h"

enum { MOST_REGIONS = 10000, LARGEST_BODY = 8 * 1024 * 1024, REGION_FIELDS = 4 };

static json_t *place_to_json(const BoardPlaces *places, const BoardPlace *place) {
    return json_pack("{s:s, s:s, s:s, s:o}", "code", place->code, "name", place->name, "level",
                     place->level, "parent",
                     place->parent >= 0 ? json_string(places->items[place->parent].code)
                                        : json_null());
}

static void list(ApiCall *call) {
    const BoardPlaces *places = service_board(api_service(call))->places;
    if (!places) {
        api_fail_busy(call);
        return;
    }
    json_t *rows = json_array();
    for (size_t i = 0; i < places->count; i++)
        json_array_append_new(rows, place_to_json(places, &places->items[i]));
    api_answer_json(call, 200, json_pack("{s:o}", "regions", rows));
}

// ---- putting -----------------------------------------------------------------------------------
// A region of the body becomes a row of a table, which is checked as an imported file's are: the
// number of the region in the list is the line of its problems.

static const char *const fields[REGION_FIELDS] = {"code", "name", "parent", "level"};

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

static bool take_field(const json_t *region, int row, const char *field, CsvTable *table,
                       const char **out, ProblemList *problems) {
    const json_t *value = json_object_get(region, field);
    const char *text = json_string_value(value);
    *out = "";
    if (!value || json_is_null(value)) return true; // the check of the row says what must be there
    if (!text || !plain_line(text, json_string_length(value)))
        return bad_region(problems, row, field, T("must be a text of one line", "应为单行文本"));
    *out = arena_string(&table->arena, text);
    return true;
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
    row->count = REGION_FIELDS;
    row->fields = arena_new(&table->arena, REGION_FIELDS, sizeof *row->fields);
    for (int i = 0; i < REGION_FIELDS; i++)
        good &= take_field(region, row->line, fields[i], table, &row->fields[i], problems);
    return good;
}

static bool take_regions(const json_t *body, CsvTable *table, ProblemList *problems) {
    const json_t *regions = json_object_get(body, "regions");
    size_t count = json_array_size(regions);
    if (count == 0 || count > MOST_REGIONS) {
        problems_addf(
            problems, ERROR_USAGE, NULL, 0, 0,
            T("\"regions\" must be a list of 1 to %d", "“regions”应为含 1 至 %d 项的列表"),
            MOST_REGIONS);
        return false;
    }
    bool good = true;
    table->header = (CsvRow){.count = REGION_FIELDS};
    table->header.fields = arena_new(&table->arena, REGION_FIELDS, sizeof *table->header.fields);
    memcpy(table->header.fields, fields, sizeof fields);
    table->rows = memory_new(count, sizeof *table->rows);
    table->row_count = table->row_capacity = count;
    for (size_t i = 0; i < count; i++) {
        table->rows[i].line = (int)i + 1;
        good &= take_region(json_array_get(regions, i), table, &table->rows[i], problems);
    }
    return good;
}

static void put(ApiCall *call) {
    static const char *const members[] = {"regions", NULL};
    static const char *const parameters[] = {"dry_run", NULL};
    json_t *body;
    CsvTable table = {0};
    ProblemList problems = {0};
    if (!api_query_only(call, parameters) || !api_body_object(call, members, &body)) return;
    if (take_regions(body, &table, &problems))
        api_import_rows(call, IMPORT_REGIONS, &table, "regions");
    else
        api_fail_all(call, &problems);
    json_decref(body);
    csv_table_free(&table);
    problems_free(&problems);
}

static const ApiRoute routes[] = {
    {{"GET", "/api/v1/regions", 0}, list, ACTION_REGIONS_READ, API_ANYWHERE},
    {{"POST", "/api/v1/regions", LARGEST_BODY}, put, ACTION_REGIONS_WRITE, API_ANYWHERE},
};
const ApiResource api_regions = {routes, sizeof routes / sizeof *routes};
