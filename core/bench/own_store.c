// Filling a workspace: see own_store.h.
#include "core/bench/own_store.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/decimal.h"
#include "core/base/language.h"
#include "core/bench/scratch.h"
#include "core/registry/runs.h"

static char *path_in(const OwnStore *own, const char *name) {
    Buffer path = {0};
    buffer_printf(&path, "%s/%s", own->workspace, name);
    return path.data;
}

bool own_store_open(OwnStore *own, Error *error) {
    char *path = path_in(own, "biaochi.db");
    bool good = store_open(path, STORE_OPEN, &own->store, error);
    free(path);
    return good;
}

void own_store_close(OwnStore *own) {
    store_close(own->store);
    own->store = NULL;
}

// ---- filling -----------------------------------------------------------------------------------

void own_store_observation(const Nation *nation, int indicator, int county, double value,
                           char text[DECIMAL_TEXT_SIZE], StoreObservation *observation) {
    text[0] = '\0';
    if (!isnan(value)) decimal_shortest(value, text);
    *observation = (StoreObservation){.region = nation->regions[nation->counties[county]].code,
                                      .indicator = nation->indicators[indicator].id,
                                      .breakdown = STORE_NO_BREAKDOWN,
                                      .year = NATION_CURRENT_YEAR,
                                      .value = value,
                                      .value_text = text,
                                      .kind = "sample"};
}

static bool put_county(StoreTransaction *transaction, const Nation *nation, int county,
                       Error *error) {
    char text[DECIMAL_TEXT_SIZE];
    StoreObservation row;
    for (int i = 0; i < nation->size.indicators; i++) {
        for (int y = 0; y < nation->size.years; y++) {
            double value = nation_column(nation, i, nation->first_year + y)[county];
            if (isnan(value)) continue;
            own_store_observation(nation, i, county, value, text, &row);
            row.year = nation->first_year + y;
            if (!store_put_observation(transaction, &row, NULL, error)) return false;
        }
    }
    const char *facts[] = {"late_submissions", "returned"};
    const int counts[] = {nation->late_submissions[county], nation->returned[county]};
    for (int f = 0; f < 2; f++) {
        own_store_observation(nation, 0, county, counts[f], text, &row);
        row.indicator = facts[f];
        if (!store_put_observation(transaction, &row, NULL, error)) return false;
    }
    return true;
}

static bool put_all(StoreTransaction *transaction, void *context, Error *error) {
    const Nation *nation = context;
    for (size_t r = 0; r < nation->region_count; r++) {
        const NationRegion *region = &nation->regions[r];
        StoreRegion row = {.code = region->code,
                           .name = region->name,
                           .level = region->level,
                           .parent =
                               region->parent >= 0 ? nation->regions[region->parent].code : NULL};
        if (!store_put_region(transaction, &row, NULL, error)) return false;
    }
    if (!store_describe_change(transaction, "bench", "generated", error)) return false;
    for (int c = 0; c < nation->size.regions; c++)
        if (!put_county(transaction, nation, c, error)) return false;
    return true;
}

static bool activate(OwnStore *own, const BenchSetting *setting, Error *error) {
    LoadedPack pack = {0};
    bool changed;
    bool good = own_nation_load_pack(setting, setting->jobs, true, &pack, error) &&
                registry_activate(own->store, &pack, "bench", &changed, error);
    loaded_pack_free(&pack);
    return good;
}

static bool make(OwnStore *own, const BenchSetting *setting, Error *error) {
    char *path = path_in(own, "biaochi.db");
    bool good = store_open(path, STORE_CREATE, &own->store, error) &&
                store_write(own->store, put_all, (void *)setting->nation, error) &&
                activate(own, setting, error);
    free(path);
    return good;
}

bool own_store_init(OwnStore *own, const BenchSetting *setting, Error *error) {
    Buffer folder = {0};
    buffer_printf(&folder, "%s/workspace", setting->folder);
    *own = (OwnStore){.nation = setting->nation, .workspace = folder.data};
    if (mkdir(own->workspace, 0755) == 0) {
        if (make(own, setting, error)) return true;
        // Nobody is to take a half-filled one for the nation.
        own_store_close(own);
        scratch_remove(own->workspace);
        return false;
    }
    if (errno == EEXIST) return own_store_open(own, error);
    return error_set_errno(error, errno, T("cannot make the folder %s", "无法创建文件夹 %s"),
                           own->workspace);
}

void own_store_free(OwnStore *own) {
    own_store_close(own);
    free(own->workspace);
    *own = (OwnStore){0};
}

// ---- rounds ------------------------------------------------------------------------------------

typedef struct Touch {
    const Nation *nation;
    int round;
} Touch;

static bool put_note(StoreTransaction *transaction, void *context, Error *error) {
    const Touch *touch = context;
    char text[DECIMAL_TEXT_SIZE], note[64];
    StoreObservation row;
    int county = 0, indicator = 0;
    while (isnan(nation_column(touch->nation, indicator, NATION_CURRENT_YEAR)[county]))
        indicator++;
    own_store_observation(touch->nation, indicator, county,
                          nation_column(touch->nation, indicator, NATION_CURRENT_YEAR)[county],
                          text, &row);
    snprintf(note, sizeof note, "%d", touch->round);
    row.note = note;
    return store_describe_change(transaction, "bench", "touched", error) &&
           store_put_observation(transaction, &row, NULL, error);
}

bool own_store_touch(OwnStore *own, int round, Error *error) {
    Touch touch = {own->nation, round};
    return store_write(own->store, put_note, &touch, error);
}

// ---- what was found ----------------------------------------------------------------------------

static bool take_regions(const OwnStore *own, const Run *run, const ResultLayout *layout,
                         Results *results, Error *error) {
    int counties = own->nation->size.regions;
    Standings standings;
    int32_t *ranks = memory_new((size_t)counties, sizeof *ranks);
    standings_init(&standings, layout, 0, (size_t)counties);
    bool good = true;
    for (int c = 0; c < counties && good; c++) {
        int place = run_find_region(run, own->nation->regions[own->nation->counties[c]].code);
        RegionResult found;
        if (place < 0) {
            good = error_set(error, ERROR_CONFLICT,
                             T("county %d has no results", "第 %d 个县没有结果"), c + 1);
            break;
        }
        const ResultBytes *bytes = &run->regions[place].bytes;
        good = result_decode(bytes->data, bytes->length, layout, &found, error);
        if (!good) break;
        own_nation_take_region(&found, c, results);
        standings_put(&standings, (size_t)c, result_record(layout, bytes->data, bytes->length));
        result_free(&found);
    }
    standings_rank_all(&standings, ranks);
    for (int c = 0; c < counties && good; c++) {
        results->scores[c] = standings.printed[c];
        results->ranks[c] = ranks[c];
    }
    standings_free(&standings);
    free(ranks);
    return good;
}

bool own_store_collect(OwnStore *own, Results *results, Error *error) {
    Run run;
    LoadedPack pack;
    const Description bench = {.id = "bench"};
    if (!run_find_latest(own->store, &bench, NATION_CURRENT_YEAR, &run, error)) return false;
    bool good = run_load_pack(own->store, &run, &pack, error);
    if (good) {
        ResultLayout *layout = layout_new(pack.description, run.year, false);
        good = take_regions(own, &run, layout, results, error);
        layout_free(layout);
        loaded_pack_free(&pack);
    }
    run_free(&run);
    return good;
}
