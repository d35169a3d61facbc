// Regions, their units and the plans: see store.h.
#include <stdlib.h>
#include <string.h>

#include "core/base/language.h"
#include "db/store_inside.h"

#define REGION_VERSION "region_version" // the counter's name

static const char *const levels[] = {"nation", "province", "city", "county", "township", "village"};

static bool check_region(const StoreRegion *region, Error *error) {
    if (!text_is_given(region->code, T("A region's code", "行政区划代码"), error) ||
        !text_is_given(region->name, T("A region's name", "行政区划名称"), error) ||
        !text_is_given(region->level, T("A region's level", "行政区划级别"), error))
        return false;
    for (size_t i = 0; i < COUNT_OF(levels); i++)
        if (strcmp(region->level, levels[i]) == 0) return true;
    error_set(error, ERROR_INPUT,
              T("Region %s has the unknown level “%s”", "行政区划 %s 的级别“%s”无法识别"),
              region->code, region->level);
    return error_hint(error, T("Levels are %s", "级别只能是 %s"),
                      "nation, province, city, county, township, village");
}

static bool error_lies_in_itself(const char *code, Error *error) {
    error_set(error, ERROR_STORE,
              T("The database is damaged: region %s lies in itself",
                "数据库已损坏：行政区划 %s 隶属于自身"),
              code);
    return error_hint(error, T("Keep a copy of the file and restore the latest backup",
                               "请保留该文件的副本，并用最近的备份恢复"));
}

// The parent of a region, copied; empty for a root or a region that is not there.
static bool read_parent(StoreTransaction *transaction, const char *code, Buffer *parent,
                        Error *error) {
    const DriverValue values[] = {driver_text(code)};
    Rows rows;
    rows_open_in(&rows, transaction, STATEMENT_READ_PARENT, values, COUNT_OF(values), error);
    buffer_clear(parent);
    if (rows_next(&rows) && rows_text(&rows, 0)) buffer_text(parent, rows_text(&rows, 0));
    return rows_close(&rows);
}

enum { MOST_ANCESTORS = 10000 }; // of any region; who has more goes in a circle

// No foreign key can tell that a region would become its own ancestor.
static bool check_ancestors(StoreTransaction *transaction, const StoreRegion *region,
                            Error *error) {
    if (!region->parent || !*region->parent) return true;
    Buffer ancestor = {0}, next = {0};
    bool good = true;
    buffer_text(&ancestor, region->parent);
    for (int steps = 0; good && ancestor.length > 0; steps++) {
        if (steps == MOST_ANCESTORS) {
            good = error_lies_in_itself(region->parent, error);
            break;
        }
        if (strcmp(ancestor.data, region->code) == 0) {
            good = error_set(error, ERROR_CONFLICT,
                             T("Region %s cannot lie in %s, which lies in %s itself",
                               "行政区划 %s 不能隶属于 %s，因为后者隶属于 %s"),
                             region->code, region->parent, region->code);
            break;
        }
        good = read_parent(transaction, ancestor.data, &next, error);
        Buffer swapped = ancestor;
        ancestor = next;
        next = swapped;
    }
    buffer_free(&ancestor);
    buffer_free(&next);
    return good;
}

// Once a transaction, however many regions it changes.
static bool note_regions_changed(StoreTransaction *transaction, Error *error) {
    int64_t version;
    if (transaction->regions_changed) return true;
    transaction->regions_changed = true;
    return transaction_next_number(transaction, REGION_VERSION, &version, error);
}

static void note_region(StoreTransaction *transaction, const StoreRegion *region, bool added) {
    Buffer detail = {0};
    JsonWriter json = {.out = &detail, .compact = true};
    json_writer_begin_object(&json);
    json_writer_put_string(&json, "code", region->code);
    json_writer_put_string(&json, "name", region->name);
    json_writer_put_string(&json, "parent", region->parent);
    json_writer_put_string(&json, "level", region->level);
    json_writer_put_boolean(&json, "added", added);
    json_writer_end_object(&json);
    transaction_note_one_of(transaction, "regions.put", region->code, detail.data);
    buffer_free(&detail);
}

bool store_put_region(StoreTransaction *transaction, const StoreRegion *region, bool *changed,
                      Error *error) {
    int64_t known, number;
    bool differs;
    if (!check_region(region, error) || !check_ancestors(transaction, region, error) ||
        !transaction_find_region(transaction, region->code, &known, error))
        return false;
    number = known;
    if (known == 0 && !transaction_next_number(transaction, "region", &number, error)) return false;
    const DriverValue values[] = {driver_text(region->code), driver_text(region->name),
                                  driver_text(region->parent), driver_text(region->level),
                                  driver_integer(number)};
    if (transaction_run(transaction, STATEMENT_PUT_REGION, values, COUNT_OF(values), &differs,
                        error)) {
        if (changed) *changed = differs;
        if (!differs) return true;
        note_region(transaction, region, known == 0);
        return note_regions_changed(transaction, error);
    }
    return transaction_refused(
        transaction, ERROR_NOT_FOUND, error,
        T("Region %s names the parent %s, which is not in the database; put parents first",
          "行政区划 %s 的上级 %s 不在数据库中；请先导入上级"),
        region->code, region->parent ? region->parent : "");
}

static void note_unit(StoreTransaction *transaction, const StoreUnit *unit) {
    Buffer detail = {0};
    JsonWriter json = {.out = &detail, .compact = true};
    json_writer_begin_object(&json);
    json_writer_put_string(&json, "region", unit->region);
    json_writer_put_string(&json, "id", unit->id);
    json_writer_put_string(&json, "title", unit->title);
    json_writer_end_object(&json);
    transaction_note_one_of(transaction, "units.put", unit->region, detail.data);
    buffer_free(&detail);
}

bool store_put_unit(StoreTransaction *transaction, const StoreUnit *unit, bool *changed,
                    Error *error) {
    bool differs;
    const DriverValue values[] = {driver_text(unit->region), driver_text(unit->id),
                                  driver_text(unit->title)};
    if (!text_is_given(unit->region, T("A unit's region", "成员单位所属行政区划"), error) ||
        !text_is_given(unit->id, T("A unit's id", "成员单位标识"), error) ||
        !text_is_given(unit->title, T("A unit's title", "成员单位名称"), error))
        return false;
    if (transaction_run(transaction, STATEMENT_PUT_UNIT, values, COUNT_OF(values), &differs,
                        error)) {
        if (differs) note_unit(transaction, unit);
        if (changed) *changed = differs;
        return true;
    }
    return transaction_refused(transaction, ERROR_NOT_FOUND, error,
                               T("Unit %s names the region %s, which is not in the database",
                                 "成员单位 %s 所属的行政区划 %s 不在数据库中"),
                               unit->id, unit->region);
}

static void note_plan(StoreTransaction *transaction, const StorePlan *plan) {
    Buffer detail = {0};
    JsonWriter json = {.out = &detail, .compact = true};
    json_writer_begin_object(&json);
    json_writer_put_string(&json, "pack", plan->pack);
    json_writer_put_string(&json, "id", plan->id);
    json_writer_put_string(&json, "title", plan->title);
    json_writer_put_integer(&json, "baseline_year", plan->baseline_year);
    json_writer_put_integer(&json, "first_year", plan->first_year);
    json_writer_put_integer(&json, "last_year", plan->last_year);
    json_writer_end_object(&json);
    transaction_note_one_of(transaction, "plans.put", plan->pack, detail.data);
    buffer_free(&detail);
}

bool store_put_plan(StoreTransaction *transaction, const StorePlan *plan, bool *changed,
                    Error *error) {
    bool differs;
    const DriverValue values[] = {
        driver_text(plan->pack),          driver_text(plan->id),
        driver_text(plan->title),         driver_integer(plan->baseline_year),
        driver_integer(plan->first_year), driver_integer(plan->last_year)};
    if (!text_is_given(plan->pack, T("A plan's pack", "规划所属评估包"), error) ||
        !text_is_given(plan->id, T("A plan's id", "规划标识"), error) ||
        !text_is_given(plan->title, T("A plan's title", "规划名称"), error))
        return false;
    if (plan->first_year > plan->last_year)
        return error_set(error, ERROR_INPUT,
                         T("Plan %s ends in %d, before it begins in %d",
                           "规划 %s 的结束年份 %d 早于开始年份 %d"),
                         plan->id, plan->last_year, plan->first_year);
    if (!transaction_run(transaction, STATEMENT_PUT_PLAN, values, COUNT_OF(values), &differs,
                         error))
        return false;
    if (differs) note_plan(transaction, plan);
    if (changed) *changed = differs;
    return true;
}

// ---- reading -----------------------------------------------------------------------------------

// Who lies in whom, as regions are read.
typedef struct Ancestry {
    const char **codes, **parents; // by place, in the arena; a parent is NULL for a root
    size_t count, code_capacity, parent_capacity;
    Map places; // code → place
    Arena arena;
} Ancestry;

static void ancestry_add(Ancestry *ancestry, const StoreRegion *region) {
    ARRAY_RESERVE(ancestry->codes, ancestry->count, ancestry->code_capacity);
    ARRAY_RESERVE(ancestry->parents, ancestry->count, ancestry->parent_capacity);
    map_put(&ancestry->places, region->code, (int64_t)ancestry->count);
    ancestry->codes[ancestry->count] = arena_string(&ancestry->arena, region->code);
    ancestry->parents[ancestry->count++] = arena_string(&ancestry->arena, region->parent);
}

static int64_t parent_of(const Ancestry *ancestry, int64_t place) {
    const char *parent = ancestry->parents[place];
    return parent ? map_get(&ancestry->places, parent) : MAP_MISSING;
}

// Climbs from every region, and no way twice: `ways` says from which region, counted from 1, a
// place was come by first. NULL, or the code of one that is come by again on the same way.
static const char *find_circle(const Ancestry *ancestry) {
    size_t *ways = memory_new(ancestry->count, sizeof *ways);
    const char *found = NULL;
    for (size_t way = 1; way <= ancestry->count && !found; way++) {
        int64_t at = (int64_t)way - 1;
        for (; at != MAP_MISSING && ways[at] == 0; at = parent_of(ancestry, at))
            ways[at] = way;
        if (at != MAP_MISSING && ways[at] == way) found = ancestry->codes[at];
    }
    free(ways);
    return found;
}

static bool ancestry_end(Ancestry *ancestry, Error *error) {
    const char *circle = find_circle(ancestry);
    const bool good = !circle || error_lies_in_itself(circle, error);
    free(ancestry->codes);
    free(ancestry->parents);
    map_free(&ancestry->places);
    arena_free(&ancestry->arena);
    return good;
}

bool store_read_regions(Store *store, StoreRegionFunction each, void *context, Error *error) {
    Ancestry ancestry = {0};
    Rows rows;
    rows_open(&rows, store, STATEMENT_READ_REGIONS, NULL, 0, error);
    while (rows_next(&rows)) {
        const StoreRegion region = {.code = rows_text(&rows, 0),
                                    .name = rows_text(&rows, 1),
                                    .parent = rows_text(&rows, 2),
                                    .level = rows_text(&rows, 3)};
        ancestry_add(&ancestry, &region);
        rows_accept(&rows, each(&region, context, error));
    }
    const bool read = rows_close(&rows);
    return ancestry_end(&ancestry, read ? error : NULL) && read;
}

bool store_count_regions(Store *store, int64_t *count, Error *error) {
    return store_find_number(store, STATEMENT_COUNT_ALL, NULL, 0, count, error);
}

bool store_read_units(Store *store, StoreUnitFunction each, void *context, Error *error) {
    Rows rows;
    rows_open(&rows, store, STATEMENT_READ_UNITS, NULL, 0, error);
    while (rows_next(&rows)) {
        const StoreUnit unit = {
            .region = rows_text(&rows, 0), .id = rows_text(&rows, 1), .title = rows_text(&rows, 2)};
        rows_accept(&rows, each(&unit, context, error));
    }
    return rows_close(&rows);
}

bool store_read_region_version(Store *store, int64_t *version, Error *error) {
    const DriverValue values[] = {driver_text(REGION_VERSION)};
    return store_find_number(store, STATEMENT_READ_COUNTER, values, COUNT_OF(values), version,
                             error);
}

bool store_read_plans(Store *store, StorePlanFunction each, void *context, Error *error) {
    Rows rows;
    rows_open(&rows, store, STATEMENT_READ_PLANS, NULL, 0, error);
    while (rows_next(&rows)) {
        const StorePlan plan = {.pack = rows_text(&rows, 0),
                                .id = rows_text(&rows, 1),
                                .title = rows_text(&rows, 2),
                                .baseline_year = (int)rows_integer(&rows, 3),
                                .first_year = (int)rows_integer(&rows, 4),
                                .last_year = (int)rows_integer(&rows, 5)};
        rows_accept(&rows, each(&plan, context, error));
    }
    return rows_close(&rows);
}
