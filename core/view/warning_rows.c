// Warnings as rows: see warning_rows.h.
#include "core/view/warning_rows.h"

#include <string.h>

#include "core/base/language.h"
#include "core/eval/dataset.h"
#include "core/registry/samples.h"
#include "core/view/run_rows.h"
#include "core/view/titles.h"

typedef struct WarningList {
    Store *store;
    const WarningRowsQuery *query;
    OutputTable *table;
    size_t runs;  // looked at
    bool covered; // one of them knew the region asked for
} WarningList;

static const char *subject_title(const Description *description, const RaisedWarning *raised) {
    switch (description->warnings[raised->warning].on) {
        case ON_INDICATOR: return description->indicators[raised->subject].title;
        case ON_PLAN: return description->plans[raised->subject].title;
        case ON_REGION: break;
    }
    return NULL;
}

static void add_warning(WarningList *list, const Run *run, const char *code, const Samples *samples,
                        const RaisedWarning *raised) {
    const Description *description = samples->description;
    const Warning *warning = &description->warnings[raised->warning];
    bool on_indicator = warning->on == ON_INDICATOR;
    OutputTable *table = list->table;
    output_text(table,
                list->query->for_people ? level_title(raised->level) : level_name(raised->level));
    output_text(table, code);
    output_text(table, region_names_get(list->query->names, code));
    output_integer(table, run->year);
    output_text(table, subject_title(description, raised));
    output_text(table, warning->title);
    output_text(table, raised->message[0] ? raised->message : NULL);
    output_text(table, on_indicator ? description->indicators[raised->subject].lead : NULL);
    output_text(table, run->pack);
    output_text(table, warning->id);
    output_text(table, on_indicator ? description->indicators[raised->subject].id : NULL);
    output_integer(
        table, (int64_t)samples_behind_warning(samples, code, raised->warning, raised->subject));
}

// The severest first; within a level in the order of regions and of the pack.
static void list_run(WarningList *list, const Run *run, const Description *description) {
    Error error = {0};
    Samples samples = {.description = description};
    // Failing to count samples is not worth failing for.
    (void)!samples_read(list->store, description, run, &samples, &error);
    ResultLayout *layout = layout_new(description, run->year, false);
    for (int level = LEVEL_RED; level >= (int)list->query->least; level--) {
        for (size_t r = 0; r < run->region_count; r++) {
            const ResultBytes *bytes = &run->regions[r].bytes;
            RegionResult result;
            if (list->query->region && strcmp(list->query->region, run->regions[r].code) != 0)
                continue;
            if (!result_decode(bytes->data, bytes->length, layout, &result, &error)) continue;
            for (size_t w = 0; w < result.warning_count; w++)
                if ((int)result.warnings[w].level == level)
                    add_warning(list, run, run->regions[r].code, &samples, &result.warnings[w]);
            result_free(&result);
        }
    }
    samples_free(&samples);
    layout_free(layout);
}

// Results are laid out as the engine's version says.
static bool refuse_foreign(const Run *run, Error *error) {
    error_set(error, ERROR_CONFLICT,
              T("the results of run %lld of pack \"%s\" were made by engine %d and cannot be read "
                "by this program, which has engine %d",
                "评估包“%2$s”的运行 %1$lld 由引擎 %3$d 产生，本程序为引擎 %4$d，无法读取其结果"),
              (long long)run->id, run->pack, run->engine_version, ENGINE_VERSION);
    return error_hint(error, "%s", view_evaluate_again());
}

// True also for a pack without a run that can be read, which is passed over: then the error says so
// and `runs` stays.
static bool list_pack(WarningList *list, const LoadedPack *pack, Error *error) {
    Run run;
    LoadedPack used;
    if (!run_find_latest(list->store, pack->description, list->query->year, &run, error))
        return error->code == ERROR_NOT_FOUND;
    if (run.engine_version != ENGINE_VERSION) {
        refuse_foreign(&run, error);
        run_free(&run);
        return true;
    }
    bool good = run_load_pack(list->store, &run, &used, error);
    if (good) {
        int role =
            list->query->region ? run_region_role(&run, list->query->region) : REGION_EVALUATED;
        list->covered |= role == REGION_EVALUATED || role == REGION_SILENT;
        list->runs++;
        list_run(list, &run, used.description);
        loaded_pack_free(&used);
    }
    run_free(&run);
    return good;
}

bool view_warning_rows(Store *store, const WarningRowsQuery *query, OutputTable *rows,
                       Buffer *passed_over, Error *error) {
    const OutputColumn columns[] = {
        {.name = "level", .title = T("level", "级别")},
        {.name = "region", .title = T("region", "区划")},
        {.name = "name", .title = T("name", "名称")},
        {.name = "year", .title = T("year", "年份"), .kind = OUTPUT_INTEGER},
        {.name = "subject", .title = T("subject", "对象")},
        {.name = "title", .title = T("warning", "预警")},
        {.name = "message", .title = T("message", "说明")},
        {.name = "lead", .title = T("lead unit", "牵头单位")},
        {.name = "pack", .title = T("pack", "评估包")},
        {.name = "warning", .title = T("warning id", "预警标识")},
        {.name = "indicator", .title = T("indicator id", "指标标识")},
        {.name = "sample_observations",
         .title = T("sample data", "样例数据"),
         .kind = OUTPUT_INTEGER}};
    WarningList list = {.store = store, .query = query, .table = rows};
    bool good = true;
    output_init(rows, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; good && i < query->packs->count; i++) {
        size_t before = list.runs;
        good = list_pack(&list, &query->packs->items[i], error);
        if (good && list.runs == before)
            buffer_printf(passed_over, "%s (%s)\n", error->message, error->hint);
    }
    if (!good || list.runs == 0) return false;
    return list.covered ||
           error_set(error, ERROR_NOT_FOUND,
                     T("region %s is in none of these runs", "这些运行均不含行政区划 %s"),
                     query->region);
}
