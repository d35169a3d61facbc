// GET /api/v1/observations.csv and /regions.csv: files that an import reads back.
#include <stdlib.h>

#include "core/api/figure_query.h"
#include "core/io/text_decode.h"

enum { MOST_BYTES = TEXT_DEFAULT_LIMIT_BYTES }; // what an import takes

typedef struct Exporting {
    ApiCall *call;
    FigureQuery query;
    const char *name;
    bool observations, for_spreadsheet;
    Buffer text;
    HttpBody *body;
    Error error;
} Exporting;

static void exporting_free(Exporting *exporting) {
    figure_query_free(&exporting->query);
    buffer_free(&exporting->text);
    http_body_release(exporting->body);
    free(exporting);
}

// ---- in a queued job
// ---------------------------------------------------------------------------------

static bool take_piece(const char *bytes, size_t length, void *context, Error *error) {
    Exporting *exporting = context;
    if (exporting->text.length + length <= MOST_BYTES) {
        buffer_append(&exporting->text, bytes, length);
        return true;
    }
    error_set(error, ERROR_LIMIT, T("the file would be larger than 64 MiB", "文件将超过 64 MiB"));
    return error_hint(error, "%s",
                      T("narrow it by region, pack or year", "请按行政区划、评估包或年份缩小范围"));
}

static bool wants_region(const char *code, void *context) {
    return region_scope_has(context, code);
}

// Of a query that was read.
static bool write_text(Store *store, Exporting *exporting, Error *error) {
    FigureQuery *query = &exporting->query;
    const CsvTarget target = {
        .sink = take_piece, .context = exporting, .for_spreadsheet = exporting->for_spreadsheet};
    const ObservationExport what = {.regions = query->scope.codes,
                                    .region_count = query->scope.count,
                                    .indicator = query->indicator,
                                    .year = (int)query->year,
                                    .as_of = query->as_of,
                                    .all_revisions = query->all_revisions,
                                    .wants = figure_query_wants,
                                    .context = query};
    size_t rows;
    return exporting->observations
               ? csv_export_observations(store, &what, &target, &rows, error)
               : csv_export_regions(store, wants_region, &query->scope, &target, &rows, error);
}

static void work(const JobHost *host, Store *store, void *context) {
    Exporting *exporting = context;
    (void)host;
    if (api_is_in_vain(exporting->call, &exporting->error) ||
        !figure_query_read(store, &exporting->query, &exporting->error) ||
        !write_text(store, exporting, &exporting->error))
        return;
    exporting->body = api_make_body(exporting->call, &exporting->text);
}

// ---- on the home loop --------------------------------------------------------------------------

static void answer(void *context) {
    Exporting *exporting = context;
    if (exporting->body)
        api_answer_file(exporting->call, "text/csv; charset=utf-8", exporting->name,
                        exporting->body);
    else
        api_fail(exporting->call, &exporting->error);
    exporting->body = NULL; // the answer's
    exporting_free(exporting);
}

static void begin(ApiCall *call, const char *name, bool observations) {
    Exporting *exporting = memory_new(1, sizeof *exporting);
    *exporting = (Exporting){.call = call, .name = name, .observations = observations};
    Action action = observations ? ACTION_DATA_READ : ACTION_REGIONS_READ;
    if (!figure_query_take(call, action, &exporting->query) ||
        !api_query_boolean(call, "for_excel", &exporting->for_spreadsheet) ||
        !api_aside(call, work, answer, exporting))
        exporting_free(exporting);
}

static void export_observations(ApiCall *call) {
    begin(call, "observations.csv", true);
}

static void export_regions(ApiCall *call) {
    begin(call, "regions.csv", false);
}

static const ApiRoute routes[] = {
    {{"GET", "/api/v1/observations.csv?all_revisions&as_of&for_excel&indicator&pack&region&year",
      0},
     export_observations,
     ACTION_DATA_READ,
     API_ANYWHERE},
    {{"GET", "/api/v1/regions.csv?for_excel&pack&region", 0},
     export_regions,
     ACTION_REGIONS_READ,
     API_ANYWHERE},
};
const ApiResource api_exports = {routes, sizeof routes / sizeof *routes};
