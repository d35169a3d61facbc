// The active version of a pack: see active_version.h.
#include "core/work/active_version.h"

#include <stdio.h>
#include <string.h>

#include "core/base/language.h"
#include "core/pack/pack_names.h"

typedef struct Search {
    const char *pack;
    PackNames others;
    bool found;
    char hash[HASH_TEXT_SIZE];
    json_t *description; // new reference; only where it is asked for
    bool with_description;
} Search;

static bool take_version(const StorePackVersion *version, void *context, Error *error) {
    (void)error;
    Search *search = context;
    if (strcmp(version->pack, search->pack) != 0) {
        pack_names_add(&search->others, version->pack);
        return true;
    }
    search->found = true;
    snprintf(search->hash, sizeof search->hash, "%s", version->hash);
    if (search->with_description) search->description = json_loads(version->description, 0, NULL);
    return true;
}

static bool find(Store *store, Search *search, Error *error) {
    bool good = store_read_pack_versions(store, true, take_version, search, error) &&
                (search->found || pack_names_refuse(&search->others, search->pack, error));
    pack_names_free(&search->others);
    return good;
}

bool active_version_find(Store *store, const char *pack, char hash[HASH_TEXT_SIZE], Error *error) {
    Search search = {.pack = pack};
    if (!find(store, &search, error)) return false;
    memcpy(hash, search.hash, HASH_TEXT_SIZE);
    return true;
}

bool active_version_read(Store *store, const char *pack, Description **out, Error *error) {
    Search search = {.pack = pack, .with_description = true};
    ProblemList problems = {0};
    if (!find(store, &search, error)) {
        json_decref(search.description);
        return false;
    }
    *out = description_parse(search.description, &problems);
    json_decref(search.description);
    problems_free(&problems);
    return *out ||
           error_set(error, ERROR_STORE,
                     T("the stored description of pack %s is not understood by this program",
                       "本程序无法理解已存储的评估包 %s 的描述"),
                     pack);
}
