// Between the nation and the engine: see own_nation.h.
#include "core/bench/own_nation.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/language.h"
#include "core/bench/nation_files.h"

bool own_nation_load_pack(const BenchSetting *setting, const JobHost *host, bool run_specs,
                          LoadedPack *pack, Error *error) {
    Buffer folder = {0};
    ProblemList problems = {0};
    buffer_printf(&folder, "%s/pack", setting->folder);
    bool good = nation_export_pack(setting->nation, setting->folder, error);
    if (good && !registry_load_folder(host, folder.data, run_specs, pack, &problems))
        good = own_nation_take_problem(&problems, error);
    problems_free(&problems);
    buffer_free(&folder);
    return good;
}

bool own_nation_take_problem(const ProblemList *problems, Error *error) {
    if (problems->count == 0)
        return error_set(error, ERROR_SYSTEM, "%s",
                         T("it failed without a reason", "失败，但未说明原因"));
    *error = problems->items[0];
    // This program is here: whatever it misses is a failure of its own.
    if (error->code == ERROR_NOT_FOUND) error->code = ERROR_SYSTEM;
    return false;
}

static bool add_regions(DatasetBuilder *builder, const Nation *nation, Error *error) {
    for (size_t r = 0; r < nation->region_count; r++) {
        if (dataset_add_region(builder, nation->regions[r].code, error) != (int)r) return false;
        dataset_set_parent(builder, (int)r, nation->regions[r].parent);
    }
    return true;
}

static bool add_figures(DatasetBuilder *builder, const Nation *nation, int indicator,
                        Error *error) {
    int series = dataset_add_series(builder, nation->indicators[indicator].id, "total", error);
    for (int y = 0; series >= 0 && y < nation->size.years; y++) {
        const double *column = nation_column(nation, indicator, nation->first_year + y);
        for (int c = 0; c < nation->size.regions; c++)
            if (!isnan(column[c]))
                dataset_put(builder, series, nation->counties[c], nation->first_year + y,
                            column[c]);
    }
    return series >= 0;
}

static bool add_facts(DatasetBuilder *builder, const Nation *nation, const char *id,
                      const int *values, Error *error) {
    int series = dataset_add_series(builder, id, "total", error);
    for (int c = 0; series >= 0 && c < nation->size.regions; c++)
        dataset_put(builder, series, nation->counties[c], NATION_CURRENT_YEAR, values[c]);
    return series >= 0;
}

static bool make_dataset(OwnNation *own, Error *error) {
    const Nation *nation = own->nation;
    DatasetBuilder *builder = dataset_builder_new(nation->first_year, NATION_CURRENT_YEAR);
    bool good = add_regions(builder, nation, error) &&
                add_facts(builder, nation, "late_submissions", nation->late_submissions, error) &&
                add_facts(builder, nation, "returned", nation->returned, error);
    for (int i = 0; i < nation->size.indicators && good; i++)
        good = add_figures(builder, nation, i, error);
    if (good) return dataset_finish_shared(builder, &own->dataset, error);
    dataset_builder_free(builder);
    return false;
}

bool own_nation_init(OwnNation *own, const BenchSetting *setting, Error *error) {
    *own = (OwnNation){.nation = setting->nation, .host = *setting->jobs};
    own->host.parallel = setting->workers;
    own->host.progress = NULL;
    if (!own_nation_load_pack(setting, &own->host, false, &own->pack, error) ||
        !make_dataset(own, error))
        return false;
    own->roles = memory_new(setting->nation->region_count, 1);
    for (int c = 0; c < setting->nation->size.regions; c++)
        own->roles[setting->nation->counties[c]] = REGION_EVALUATED;
    return true;
}

void own_nation_free(OwnNation *own) {
    dataset_free(own->dataset);
    loaded_pack_free(&own->pack);
    free(own->roles);
    *own = (OwnNation){0};
}

// ---- what was found ----------------------------------------------------------------------------

void own_nation_take_region(const RegionResult *found, int county, Results *results) {
    for (int i = 0; i < results->indicators; i++) {
        size_t at = (size_t)i * (size_t)results->regions + (size_t)county;
        const IndicatorResult *figures = &found->indicators[i];
        results->statuses[at] = figures->statuses[0];
        results->levels[at] = LEVEL_NONE;
        results->progress[at] = figures->metrics[METRIC_PROGRESS];
        results->forecast[at] = figures->metrics[METRIC_FORECAST];
        results->forecast_final[at] = figures->metrics[METRIC_FORECAST_FINAL];
        results->volatility[at] = figures->metrics[METRIC_VOLATILITY];
    }
    for (size_t w = 0; w < found->warning_count; w++) {
        const RaisedWarning *raised = &found->warnings[w];
        size_t at = (size_t)raised->subject * (size_t)results->regions + (size_t)county;
        results->levels[at] = (uint8_t)raised->level;
    }
}

bool own_nation_collect(const OwnNation *own, Engine *engine, const Standings *standings,
                        const int32_t *ranks, Results *results, Error *error) {
    const Nation *nation = own->nation;
    bool good = true;
    for (int c = 0; c < nation->size.regions && good; c++) {
        RegionResult found;
        size_t region = (size_t)nation->counties[c];
        ResultBytes bytes = engine_bytes(engine, region);
        good = result_decode(bytes.data, bytes.length, engine_layout(engine), &found, error);
        if (!good) break;
        own_nation_take_region(&found, c, results);
        results->scores[c] = standings->printed[region];
        results->ranks[c] = ranks[region];
        result_free(&found);
    }
    return good;
}
