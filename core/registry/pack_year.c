// Finding and fixing a pack's year: see pack_year.h.
#include "core/registry/pack_year.h"

#include <math.h>
#include <stdlib.h>

#include "core/base/language.h"
#include "core/base/map.h"
#include "core/base/memory.h"
#include "core/registry/runs.h"

typedef struct NewestYear {
    const Description *description;
    Map covered;
    bool *known; // by series number: the pack speaks of it
    size_t known_count;
    int year;
} NewestYear;

static bool note_series(const StoreSeries *series, void *context, Error *error) {
    (void)error;
    NewestYear *newest = context;
    newest->known = memory_resize(newest->known, series->number + 1, sizeof *newest->known);
    while (newest->known_count <= series->number)
        newest->known[newest->known_count++] = false;
    newest->known[series->number] = description_series(newest->description, series->indicator) >= 0;
    return true;
}

static bool note_year(const StoreColumns *columns, void *context, Error *error) {
    (void)error;
    NewestYear *newest = context;
    if (map_get(&newest->covered, columns->region) == MAP_MISSING) return true;
    for (size_t s = 0; s < columns->series_count; s++) {
        // Where there were no observations yet, the first ones may come while this reads.
        if (columns->series[s] >= newest->known_count) continue;
        const double *values = columns->values + s * (size_t)columns->year_count;
        for (int y = columns->year_count; y-- > 0 && columns->first_year + y > newest->year;)
            if (newest->known[columns->series[s]] && !isnan(values[y]))
                newest->year = columns->first_year + y;
    }
    return true;
}

bool pack_year_find(Store *store, const Description *description, int64_t data_version, int *year,
                    Error *error) {
    NewestYear newest = {.description = description};
    StoreColumnsQuery query = {.region =
                                   description->covers == COVERS_SELF ? description->region : NULL,
                               .as_of = data_version};
    bool good = run_read_covered(store, description, &newest.covered, error) &&
                store_read_series(store, note_series, &newest, error) &&
                store_read_columns(store, &query, note_year, &newest, NULL, error);
    map_free(&newest.covered);
    free(newest.known);
    *year = newest.year;
    if (!good || newest.year) return good;
    error_set(error, ERROR_NOT_FOUND,
              T("there are no observations of any region of pack \"%s\"",
                "评估包“%s”的行政区划均无监测值"),
              description->id);
    return error_hint(error, "%s", T("import some first", "请先导入监测值"));
}

bool pack_year_read(Store *store, const Description *description, int *year, Error *error) {
    int64_t data_version;
    if (!store_read_pack_year(store, description->id, year, error)) return false;
    if (*year) return true;
    return store_read_data_version(store, &data_version, error) &&
           pack_year_find(store, description, data_version, year, error);
}

typedef struct Setting {
    const char *pack, *who;
    int year;
} Setting;

static bool set(StoreTransaction *transaction, void *context, Error *error) {
    const Setting *setting = context;
    return store_set_pack_year(transaction, setting->pack, setting->year, setting->who, NULL,
                               error);
}

bool pack_year_set(Store *store, const char *pack, int year, const char *who, Error *error) {
    Setting setting = {pack, who, year};
    return store_write(store, set, &setting, error);
}
