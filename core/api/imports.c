// POST /api/v1/imports/observations and /imports/regions: a CSV file as the body, all rows or none.
//
// The file is read and checked aside, against what the store knows then; its rows are stored at the
// desk, so that results follow. A few figures are followed one by one, of many everything is
// evaluated anew. ?dry_run=true says what would change, ?kind= is that of figures that give none,
// ?name= what the file is called in problems and in the history.
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/api/imports.h"
#include "core/base/plain_text.h"

enum { LARGEST_BODY = 64 * 1024 * 1024, MOST_FOLLOWED = 10000, MOST_NAME_BYTES = 200 };

typedef struct Importing {
    ApiCall *call;
    ImportSource source;
    ImportDecoding decode; // NULL: the body is a file
    CsvTable rows;         // otherwise
    bool dry_run;
    Action action;   // that the caller must be allowed in the regions of the rows
    bool everywhere; // he is, in all
    DataImport data;
    ImportOutcome outcome;
    DeskOutcome desk;
    size_t changed;
    ProblemList problems;
    bool good;
} Importing;

static void importing_free(Importing *importing) {
    data_import_free(&importing->data);
    problems_free(&importing->problems);
    csv_table_free(&importing->rows);
    free(importing);
}

// ---- answering, on the home loop ---------------------------------------------------------------

static void answer(void *context) {
    Importing *importing = context;
    size_t rows = data_import_rows(&importing->data);
    if (importing->good)
        api_answer_json(
            importing->call, 200,
            json_pack(
                "{s:b, s:I, s:I, s:I, s:I, s:I, s:I, s:b, s:o}", "dry_run", importing->dry_run,
                "rows", (json_int_t)rows, "changed", (json_int_t)importing->changed, "unchanged",
                (json_int_t)(rows - importing->changed), "real_replaced_by_samples",
                (json_int_t)importing->outcome.replaced, "packs", (json_int_t)importing->desk.packs,
                "regions", (json_int_t)importing->desk.regions, "whole", importing->desk.whole,
                "problems", api_problems_to_json(&importing->problems)));
    else
        api_fail_all(importing->call, &importing->problems);
    importing_free(importing);
}

// ---- storing, at the desk ----------------------------------------------------------------------

static bool note_replaced(StoreTransaction *transaction, void *context, Error *error) {
    Importing *importing = context;
    (void)error;
    importing->outcome.replaced = store_transaction_real_replaced(transaction);
    return true;
}

static void put(Desk *desk, Importing *importing) {
    const LivePut what = {.observations = importing->data.observations.rows,
                          .count = importing->data.observations.count,
                          .who = importing->call->actor.who,
                          .what = importing->source.file,
                          .also = note_replaced,
                          .context = importing};
    importing->good = desk_put(desk, &what, &importing->desk, &importing->problems);
    importing->changed = importing->desk.changed;
}

static bool store_rows(Store *store, Importing *importing) {
    const ImportStoring how = {.who = importing->call->actor.who,
                               .what = importing->source.file,
                               .dry_run = importing->dry_run};
    Error error = {0};
    importing->good = data_import_store(store, &importing->data, &how, &importing->outcome, &error);
    importing->changed = importing->outcome.added + importing->outcome.revised;
    if (!importing->good) problems_add(&importing->problems, &error);
    return importing->good;
}

// What is stored stays stored when the results cannot follow: then the problems say why.
static void store_all(Desk *desk, Importing *importing) {
    Store *store = service_store(api_service(importing->call));
    if (store_rows(store, importing))
        (void)!desk_look(desk, &importing->desk.whole, &importing->problems);
}

static void store_at_desk(Desk *desk, void *context) {
    Importing *importing = context;
    bool is_small = importing->source.table == IMPORT_OBSERVATIONS &&
                    data_import_rows(&importing->data) <= MOST_FOLLOWED;
    if (is_small)
        put(desk, importing);
    else
        store_all(desk, importing);
}

// ---- rights, aside -----------------------------------------------------------------------------
// Hundreds of thousands of rows take longer than the loop may be held up.

static bool may(Importing *importing, const RegionTree *tree, const char *region) {
    Error error = {0};
    if (rights_require(&importing->call->caller, importing->action, region, tree, &error))
        return true;
    problems_add(&importing->problems, &error);
    return false;
}

// Rows mostly come region by region.
static bool may_import_figures(Importing *importing, const RegionTree *tree) {
    const ObservationCsv *figures = &importing->data.observations;
    const char *last = "";
    for (size_t i = 0; i < figures->count; i++) {
        const char *region = figures->rows[i].region;
        if (strcmp(region, last) == 0) continue;
        if (!may(importing, tree, region)) return false;
        last = region;
    }
    return true;
}

// A region is put into the nearest region above it that was there before; one that was there
// itself is changed besides.
static bool may_import_regions(Importing *importing, const RegionTree *tree) {
    const RegionCsv *regions = &importing->data.regions;
    const char **places = memory_new(regions->count, sizeof *places);
    Map rows = {0};
    bool good = true;
    for (size_t i = 0; i < regions->count && good; i++) {
        const StoreRegion *region = &regions->rows[i];
        const char *parent = region->parent;
        int64_t above = parent ? map_get(&rows, parent) : MAP_MISSING;
        places[i] = parent && region_tree_has(tree, parent) ? parent
                    : above >= 0                            ? places[above]
                                                            : REGION_EVERYWHERE;
        good = may(importing, tree, places[i]) &&
               (!region_tree_has(tree, region->code) || may(importing, tree, region->code));
        (void)map_put(&rows, region->code, (int64_t)i);
    }
    map_free(&rows);
    free(places);
    return good;
}

static bool may_import(Store *store, Importing *importing) {
    RegionTree *tree;
    Error error = {0};
    if (importing->everywhere) return true;
    if (!region_tree_read(store, &tree, &error)) {
        problems_add(&importing->problems, &error);
        return false;
    }
    bool good = importing->source.table == IMPORT_OBSERVATIONS
                    ? may_import_figures(importing, tree)
                    : may_import_regions(importing, tree);
    region_tree_free(tree);
    return good;
}

// ---- reading, aside ----------------------------------------------------------------------------

static bool read_decoded(Store *store, Importing *importing) {
    return importing->decode(importing->call, &importing->rows, &importing->problems) &&
           data_import_take(store, &importing->source, &importing->rows, &importing->data,
                            &importing->problems);
}

static bool read_rows(Store *store, Importing *importing) {
    if (importing->decode) return read_decoded(store, importing);
    return data_import_read(store, &importing->source, &importing->data, &importing->problems);
}

static void read_aside(const JobHost *host, Store *store, void *context) {
    Importing *importing = context;
    Error error = {0};
    (void)host;
    if (api_is_in_vain(importing->call, &error))
        problems_add(&importing->problems, &error);
    else
        importing->good = read_rows(store, importing) && may_import(store, importing);
}

// What would change is found by storing the rows and taking them back.
static void try_rows(const JobHost *host, Store *store, void *context) {
    (void)host;
    (void)!store_rows(store, context);
}

static bool go_on(Importing *importing) {
    return importing->dry_run ? api_aside(importing->call, try_rows, answer, importing)
                              : api_at_desk(importing->call, store_at_desk, answer, importing);
}

static void was_read(void *context) {
    Importing *importing = context;
    if (!importing->good || data_import_rows(&importing->data) == 0)
        answer(importing);
    else if (!go_on(importing))
        importing_free(importing);
}

// ---- beginning ---------------------------------------------------------------------------------

static void begin(Importing *importing) {
    importing->problems.limit = API_MOST_PROBLEMS;
    bool figures = importing->source.table == IMPORT_OBSERVATIONS;
    importing->action = figures ? ACTION_DATA_IMPORT : ACTION_REGIONS_WRITE;
    importing->everywhere = api_may(importing->call, importing->action, REGION_EVERYWHERE);
    if (!api_aside(importing->call, read_aside, was_read, importing)) importing_free(importing);
}

void api_import_rows(ApiCall *call, ImportTable table, ImportDecoding decode, const char *file) {
    Importing *importing = memory_new(1, sizeof *importing);
    *importing =
        (Importing){.call = call, .source = {.table = table, .file = file}, .decode = decode};
    if (api_query_boolean(call, "dry_run", &importing->dry_run))
        begin(importing);
    else
        importing_free(importing);
}

// A form or a JSON document would be read as a CSV file of one odd column.
static bool check_type(ApiCall *call) {
    static const char *const others[] = {"multipart/", "application/json",
                                         "application/x-www-form-urlencoded"};
    const char *type = http_request_header(call->request, "Content-Type");
    for (size_t i = 0; type && i < sizeof others / sizeof *others; i++) {
        if (strncasecmp(type, others[i], strlen(others[i])) != 0) continue;
        api_failf(call, ERROR_MEDIA_TYPE,
                  T("the body must be the CSV file itself (Content-Type: text/csv), not %s",
                    "请求体应为 CSV 文件本身（Content-Type: text/csv），而不是 %s"),
                  others[i]);
        return false;
    }
    return true;
}

static bool take_kind(ApiCall *call, const char **kind) {
    const char *asked = api_query(call, "kind");
    *kind = asked ? observation_kind(asked) : NULL;
    if (!asked || *kind) return true;
    api_failf(call, ERROR_USAGE,
              T("kind is reported, stated, derived, estimated or sample, not \"%s\"",
                "kind 应为 reported、stated、derived、estimated 或 sample，而不是“%s”"),
              asked);
    return false;
}

static bool take_name(ApiCall *call, const char **file) {
    const char *name = api_query(call, "name");
    *file = name && *name ? name : "body";
    size_t length = strlen(*file);
    if (length <= MOST_NAME_BYTES && plain_text_line(*file, length)) return true;
    api_failf(call, ERROR_USAGE,
              T("name takes the file's name, of at most %d bytes", "name 应为文件名，至多 %d 字节"),
              MOST_NAME_BYTES);
    return false;
}

static void begin_file(ApiCall *call, ImportTable table) {
    Importing *importing = memory_new(1, sizeof *importing);
    *importing = (Importing){.call = call, .source = {.table = table}};
    ImportSource *source = &importing->source;
    source->bytes = http_request_body(call->request, &source->length);
    if (take_name(call, &source->file) && check_type(call) &&
        take_kind(call, &source->default_kind) &&
        api_query_boolean(call, "dry_run", &importing->dry_run))
        begin(importing);
    else
        importing_free(importing);
}

static void import_observations(ApiCall *call) {
    begin_file(call, IMPORT_OBSERVATIONS);
}

static void import_regions(ApiCall *call) {
    begin_file(call, IMPORT_REGIONS);
}

static const ApiRoute routes[] = {
    {{"POST", "/api/v1/imports/observations?dry_run&kind&name", LARGEST_BODY},
     import_observations,
     ACTION_DATA_IMPORT,
     API_ANYWHERE},
    {{"POST", "/api/v1/imports/regions?dry_run&name", LARGEST_BODY},
     import_regions,
     ACTION_REGIONS_WRITE,
     API_ANYWHERE},
};
const ApiResource api_imports = {routes, sizeof routes / sizeof *routes};
