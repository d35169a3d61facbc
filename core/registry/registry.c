// The life of a pack version: see registry.h.
#include "core/registry/registry.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/clock.h"
#include "core/base/language.h"
#include "core/base/nearest.h"
#include "core/pack/pack_names.h"
#include "core/registry/family.h"
#include "core/registry/registry_inside.h"

const char *pack_state_name(PackState state) {
    static const char *const names[] = {"seen", "checked", "tested", "stored", "active", "retired"};
    return (size_t)state < sizeof names / sizeof names[0] ? names[state] : "unknown";
}

bool registry_load_folder(const JobHost *host, const char *folder, bool run_specs, LoadedPack *pack,
                          ProblemList *problems) {
    char *beside = family_folder_beside(folder);
    ParentPlaces places = {.beside = beside};
    bool good = family_load_folder(host, folder, &places, run_specs, pack, problems);
    free(beside);
    return good;
}

// ---- activation --------------------------------------------------------------------------------

static bool put_units_and_plans(StoreTransaction *transaction, const Description *description,
                                Error *error) {
    for (size_t i = 0; i < description->unit_count; i++) {
        StoreUnit unit = {description->region, description->units[i].id,
                          description->units[i].title};
        if (!store_put_unit(transaction, &unit, NULL, error)) return false;
    }
    for (size_t i = 0; i < description->plan_count; i++) {
        const Plan *plan = &description->plans[i];
        StorePlan row = {description->id,     plan->id,         plan->title,
                         plan->baseline_year, plan->first_year, plan->last_year};
        if (!store_put_plan(transaction, &row, NULL, error)) return false;
    }
    return true;
}

static bool put_blob(StoreTransaction *transaction, const char *kind, const Bundle *bundle,
                     Error *error) {
    Buffer archive = {0};
    char hash[HASH_TEXT_SIZE];
    bundle_write(bundle, &archive);
    bool good = store_put_blob(transaction, kind, archive.data, archive.length, hash, error);
    buffer_free(&archive);
    return good;
}

bool registry_put_version(StoreTransaction *transaction, const LoadedPack *pack, Error *error) {
    const Description *description = pack->description;
    char *json =
        json_dumps(pack->description_json, JSON_COMPACT | JSON_SORT_KEYS | JSON_REAL_PRECISION(17));
    StorePackVersion version = {.pack = description->id,
                                .version = description->version,
                                .hash = pack->bundle.hash,
                                .std_hash = pack->std.hash,
                                .title = description->title,
                                .region = description->region,
                                .description = json};
    bool good = put_blob(transaction, "pack", &pack->bundle, error) &&
                put_blob(transaction, "std", &pack->std, error) &&
                store_put_pack_version(transaction, &version, NULL, error);
    free(json);
    return good;
}

bool registry_put_active(StoreTransaction *transaction, const LoadedPack *pack, const char *who,
                         bool *changed, Error *error) {
    const Description *description = pack->description;
    return registry_put_version(transaction, pack, error) &&
           put_units_and_plans(transaction, description, error) &&
           store_activate_pack(transaction, description->id, pack->bundle.hash, who, changed,
                               error);
}

static bool write_version(StoreTransaction *transaction, void *context, Error *error) {
    return registry_put_version(transaction, context, error);
}

bool registry_store(Store *store, LoadedPack *pack, Error *error) {
    if (!store_write(store, write_version, pack, error)) return false;
    loaded_pack_reach(pack, PACK_STORED);
    return true;
}

typedef struct RegionSearch {
    const char *code;
    bool found;
    Arena arena;
    const char **codes;
    size_t count, capacity;
} RegionSearch;

static bool match_region(const StoreRegion *region, void *context, Error *error) {
    (void)error;
    RegionSearch *search = context;
    if (strcmp(region->code, search->code) == 0) search->found = true;
    ARRAY_RESERVE(search->codes, search->count, search->capacity);
    search->codes[search->count++] = arena_string(&search->arena, region->code);
    return true;
}

static bool region_is_missing(const RegionSearch *search, Error *error) {
    error_set(error, ERROR_NOT_FOUND,
              T("region %s is not in the workspace", "工作区中没有行政区划 %s"), search->code);
    const char *near = nearest_name(search->code, search->codes, search->count);
    if (near)
        return error_hint(error,
                          T("did you mean %s? If not, import the regions first",
                            "是否应为 %s？否则请先导入行政区划"),
                          near);
    return error_hint(error, "%s", T("import the regions first", "请先导入行政区划"));
}

bool registry_region_is_known(Store *store, const char *code, Error *error) {
    RegionSearch search = {.code = code};
    bool good = store_read_regions(store, match_region, &search, error) &&
                (search.found || region_is_missing(&search, error));
    free(search.codes);
    arena_free(&search.arena);
    return good;
}

bool registry_activate(Store *store, LoadedPack *pack, const char *who, bool *changed,
                       Error *error) {
    return family_activate(store, pack, NULL, who, changed, error);
}

// ---- from the store ----------------------------------------------------------------------------

bool registry_read_bundle(Store *store, const char *hash, Bundle *bundle, Error *error) {
    Buffer archive = {0};
    bool good = store_read_blob(store, hash, &archive, error) &&
                bundle_parse(archive.data, archive.length, bundle, error);
    buffer_free(&archive);
    return good;
}

bool registry_load_stored(Store *store, const char *hash, const char *std_hash,
                          const char *description_json, LoadedPack *pack, Error *error) {
    *pack = (LoadedPack){.state = PACK_STORED};
    if (!registry_read_bundle(store, hash, &pack->bundle, error)) return false;
    if (!registry_read_bundle(store, std_hash, &pack->std, error)) goto failed;
    pack->description_json = json_loads(description_json, 0, NULL);
    ProblemList problems = {0};
    pack->description = description_parse(pack->description_json, &problems);
    problems_free(&problems);
    if (pack->description) return true;
    error_set(error, ERROR_STORE,
              T("the stored description of pack version %.12s is not understood by this program",
                "本程序无法理解已存储的评估包版本 %.12s 的描述"),
              hash);
    error_hint(error, "%s",
               T("activate the pack again from its folder", "请从文件夹重新激活该评估包"));
failed:
    loaded_pack_free(pack);
    return false;
}

static bool add_name(const StorePackVersion *version, void *context, Error *error) {
    (void)error;
    pack_names_add(context, version->pack);
    return true;
}

// Says that none of the active packs is called so. Always false.
static bool refuse_pack(Store *store, const char *id, Error *error) {
    PackNames packs = {0};
    if (store_read_pack_versions(store, true, add_name, &packs, error))
        pack_names_refuse(&packs, id, error);
    pack_names_free(&packs);
    return false;
}

typedef struct VersionSearch {
    const char *pack_id, *start; // of the hash; NULL for the active one
    char hash[HASH_TEXT_SIZE], std_hash[HASH_TEXT_SIZE];
    char *description; // owned
    size_t found;
} VersionSearch;

static bool match_version(const StorePackVersion *version, void *context, Error *error) {
    (void)error;
    VersionSearch *search = context;
    const char *start = search->start;
    bool wanted = start ? strncmp(version->hash, start, strlen(start)) == 0 : version->active;
    if (!wanted || strcmp(version->pack, search->pack_id) != 0) return true;
    free(search->description);
    snprintf(search->hash, sizeof search->hash, "%s", version->hash);
    snprintf(search->std_hash, sizeof search->std_hash, "%s", version->std_hash);
    search->description = memory_copy_string(version->description);
    search->found++;
    return true;
}

static bool refuse_search(Store *store, const VersionSearch *search, Error *error) {
    if (!search->start) return refuse_pack(store, search->pack_id, error);
    if (search->found > 1)
        return error_set(error, ERROR_CONFLICT,
                         T("several versions of \"%s\" begin with %s: give more of the hash",
                           "“%s”有多个版本的哈希以 %s 开头：请多写几位"),
                         search->pack_id, search->start);
    if (!registry_require_pack(store, search->pack_id, error)) return false;
    error_set(error, ERROR_NOT_FOUND, T("pack \"%s\" has no version %s", "评估包“%s”没有版本 %s"),
              search->pack_id, search->start);
    return error_hint(error, "%s",
                      T("a version is named by its hash or the beginning of it, as the list of the "
                        "pack's versions shows it",
                        "版本以哈希或其开头指明，见该评估包的版本列表"));
}

bool registry_load_version(Store *store, const char *pack_id, const char *start, LoadedPack *pack,
                           Error *error) {
    VersionSearch search = {.pack_id = pack_id, .start = start};
    *pack = (LoadedPack){0};
    bool good =
        store_read_pack_versions(store, false, match_version, &search, error) &&
        (search.found == 1 || refuse_search(store, &search, error)) &&
        registry_load_stored(store, search.hash, search.std_hash, search.description, pack, error);
    free(search.description);
    return good;
}

bool registry_require_pack(Store *store, const char *id, Error *error) {
    PackNames packs = {0};
    bool good = store_read_pack_versions(store, false, add_name, &packs, error) &&
                (pack_names_has(&packs, id) || pack_names_refuse(&packs, id, error));
    pack_names_free(&packs);
    return good;
}

static bool note_activated(const StoreActivation *row, void *context, Error *error) {
    (void)error;
    map_put(context, row->hash, 1);
    return true;
}

bool registry_read_activated(Store *store, Map *activated, Error *error) {
    return store_read_activations(store, NULL, note_activated, activated, error);
}

PackState registry_version_state(const StorePackVersion *version, const Map *activated) {
    if (version->active) return PACK_ACTIVE;
    return map_get(activated, version->hash) == MAP_MISSING ? PACK_STORED : PACK_RETIRED;
}

typedef struct ActiveReading {
    Store *store;
    const char *only_id;
    PackList *packs;
} ActiveReading;

static bool load_version(const StorePackVersion *version, void *context, Error *error) {
    ActiveReading *reading = context;
    if (reading->only_id && strcmp(reading->only_id, version->pack) != 0) return true;
    ARRAY_RESERVE(reading->packs->items, reading->packs->count, reading->packs->capacity);
    LoadedPack *pack = &reading->packs->items[reading->packs->count];
    // A pack goes on with the std it was tested with until it is activated anew, so that a newer
    // program changes no figures by itself.
    if (!registry_load_stored(reading->store, version->hash, version->std_hash,
                              version->description, pack, error))
        return false;
    pack->state = PACK_ACTIVE;
    reading->packs->count++;
    return true;
}

bool registry_load_active(Store *store, const char *only_id, PackList *packs, Error *error) {
    ActiveReading reading = {store, only_id, packs};
    *packs = (PackList){0};
    if (!store_read_pack_versions(store, true, load_version, &reading, error)) {
        pack_list_free(packs);
        return false;
    }
    if (packs->count > 0) return true;
    if (only_id) return refuse_pack(store, only_id, error);
    error_set(error, ERROR_NOT_FOUND, "%s",
              T("no pack is active in this workspace", "工作区中没有已激活的评估包"));
    return error_hint(error, "%s",
                      T("the list of packs shows what is there; activate one",
                        "已有的评估包见评估包列表，请激活一个"));
}

void pack_list_free(PackList *packs) {
    for (size_t i = 0; i < packs->count; i++)
        loaded_pack_free(&packs->items[i]);
    free(packs->items);
    *packs = (PackList){0};
}

void loaded_pack_free(LoadedPack *pack) {
    bundle_free(&pack->bundle);
    bundle_free(&pack->std);
    description_free(pack->description);
    json_decref(pack->description_json);
    json_decref(pack->spec_report);
    *pack = (LoadedPack){0};
}

void loaded_pack_reach(LoadedPack *pack, PackState state) {
    pack->state = state;
    pack->reached_us[state] = clock_now_us();
}

PackCode loaded_pack_code(const LoadedPack *pack) {
    return (PackCode){.bundle = &pack->bundle,
                      .std = &pack->std,
                      .expected = pack->description_json,
                      .description = pack->description};
}
