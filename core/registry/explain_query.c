// Which pack and run explain a figure: see explain_query.h.
#include "core/registry/explain_query.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/language.h"
#include "core/registry/pack_year.h"

static void take(Explanation *explanation, const ExplainRequest *request, int64_t run,
                 json_t *tree) {
    const Description *description = request->pack->description;
    *explanation = (Explanation){.tree = tree,
                                 .conventions = conventions_to_json(&description->conventions),
                                 .pack = memory_copy_string(description->id),
                                 .version = memory_copy_string(description->version),
                                 .run = run,
                                 .data_version = request->data_version,
                                 .year = request->year};
    memcpy(explanation->pack_hash, request->pack->bundle.hash, HASH_TEXT_SIZE);
    memcpy(explanation->std_hash, request->pack->std.hash, HASH_TEXT_SIZE);
}

// By one pack: of the run asked for or the newest of the year, else of the data as they are.
static bool explain_with(const JobHost *host, Store *store, const ExplainQuery *query,
                         const LoadedPack *pack, Explanation *explanation, ProblemList *problems) {
    ExplainRequest request = {.pack = pack,
                              .region = query->region,
                              .item = query->item,
                              .unit = query->unit,
                              .year = query->year};
    Run run = {0};
    LoadedPack of_run = {0};
    Error error = {0};
    json_t *tree = NULL;
    if (!query->run && !request.year &&
        !pack_year_read(store, pack->description, &request.year, &error))
        goto failed;
    bool has_run = query->run
                       ? run_read(store, query->run, &run, &error)
                       : run_find_latest(store, pack->description, request.year, &run, &error);
    if (has_run) {
        if (!run_load_pack(store, &run, &of_run, &error)) goto failed;
        request.pack = &of_run;
        request.year = run.year;
        request.data_version = run.data_version;
        request.run = &run;
    } else {
        bool may_do_without = !query->run && error.code == ERROR_NOT_FOUND;
        if (!may_do_without || !store_read_data_version(store, &request.data_version, &error))
            goto failed;
    }
    tree = explain_build(host, store, &request, problems);
    if (tree) take(explanation, &request, run.id, tree);
    goto out;
failed:
    problems_add(problems, &error);
out:
    loaded_pack_free(&of_run);
    run_free(&run);
    return tree != NULL;
}

// Whether another pack may be tried: those so far had nothing to explain. A run has its own pack.
static bool may_try_another(const ExplainQuery *query, const ProblemList *problems) {
    for (size_t i = 0; i < problems->count; i++) {
        ErrorCode code = problems->items[i].code;
        if (query->run || (code != ERROR_NOT_FOUND && code != ERROR_USAGE)) return false;
    }
    return true;
}

// How late a pack's turn comes: its own region's before others, those that know the item before
// those that do not.
enum { TURNS = 4, FIRST_TURN_WITHOUT_ITEM = 2 };
static int turn_of(const Description *description, const ExplainQuery *query) {
    bool own = strcmp(description->region, query->region) == 0;
    bool knows = explain_knows(description, query->item);
    return (knows ? 0 : FIRST_TURN_WITHOUT_ITEM) + (own ? 0 : 1);
}

// Whether the pack knows the item and evaluates the region.
static bool can_explain(Store *store, const Description *description, const ExplainQuery *query,
                        bool *can, Error *error) {
    Map covered = {0};
    *can = explain_knows(description, query->item);
    if (!*can) return true;
    bool good = run_read_covered(store, description, &covered, error);
    *can = good && map_get(&covered, query->region) != MAP_MISSING;
    map_free(&covered);
    return good;
}

static bool refuse_several(const ExplainQuery *query, const char *packs, Error *error) {
    error_set(error, ERROR_CONFLICT,
              T("several active packs have \"%.80s\" for region %.40s: %s",
                "有多个已激活的评估包含行政区划 %2$.40s 的“%1$.80s”：%3$s"),
              query->item, query->region, packs);
    return error_hint(error, "%s", T("say which pack is meant", "请指明是哪一个评估包"));
}

// Packs may judge the same figure by other targets: which is meant must be said.
static bool is_of_one_pack(Store *store, const ExplainQuery *query, const PackList *packs,
                           Error *error) {
    Buffer names = {0};
    size_t count = 0;
    bool good = true;
    for (size_t i = 0; good && i < packs->count; i++) {
        const Description *description = packs->items[i].description;
        bool can;
        good = can_explain(store, description, query, &can, error);
        if (good && can)
            buffer_printf(&names, "%s%s", count++ ? T(", ", "、") : "", description->id);
    }
    if (good && count > 1) good = refuse_several(query, names.data, error);
    buffer_free(&names);
    return good;
}

bool explain_find(const JobHost *host, Store *store, const ExplainQuery *query,
                  Explanation *explanation, ProblemList *problems) {
    PackList packs;
    Error error = {0};
    bool done = false;
    *explanation = (Explanation){0};
    if (!registry_load_active(store, query->pack, &packs, &error)) {
        problems_add(problems, &error);
        return false;
    }
    if (!query->pack && !query->run && !is_of_one_pack(store, query, &packs, &error)) {
        problems_add(problems, &error);
        pack_list_free(&packs);
        return false;
    }
    for (int turn = 0; turn < TURNS && !done; turn++) {
        for (size_t i = 0; i < packs.count && !done && may_try_another(query, problems); i++) {
            if (turn_of(packs.items[i].description, query) != turn) continue;
            if (turn >= FIRST_TURN_WITHOUT_ITEM && problems->count) continue;
            done = explain_with(host, store, query, &packs.items[i], explanation, problems);
        }
    }
    pack_list_free(&packs);
    return done;
}

void explanation_free(Explanation *explanation) {
    json_decref(explanation->tree);
    json_decref(explanation->conventions);
    free(explanation->pack);
    free(explanation->version);
    *explanation = (Explanation){0};
}
