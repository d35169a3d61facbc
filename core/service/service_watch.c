// The watched folder: a pack that is saved below it is offered. See service.h.
//
// What counts is what the files say, not that something was written: a pack's own files are hashed,
// and offered when they are others than those last seen there. At the start a version that the
// store knows is not offered, or one that was rolled back would be active again.
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/service/service_inside.h"

enum { MOST_WATCHED_PACKS = 1000 };

typedef struct SeenPack {
    char *folder;
    char hash[HASH_TEXT_SIZE]; // of its own files; "" when they cannot be read
    bool is_stored;
} SeenPack;

typedef struct Scan {
    Service *service;
    bool first;
    SeenPack *packs;
    size_t count, capacity;
} Scan;

// ---- aside --------------------------------------------------------------------------------------

static void add_pack(Scan *scan, const char *name) {
    Buffer path = {0};
    buffer_printf(&path, "%s/%s/pack.lua", scan->service->options.packs_folder, name);
    if (access(path.data, F_OK) != 0) {
        buffer_free(&path);
        return;
    }
    path.data[path.length - strlen("/pack.lua")] = '\0';
    ARRAY_RESERVE(scan->packs, scan->count, scan->capacity);
    SeenPack *pack = &scan->packs[scan->count++];
    *pack = (SeenPack){.folder = path.data};
    Bundle bundle;
    ProblemList problems = {0};
    if (bundle_read(pack->folder, &bundle, &problems)) {
        memcpy(pack->hash, bundle.hash, sizeof pack->hash);
        bundle_free(&bundle);
    }
    problems_free(&problems);
}

typedef struct Recognizing {
    Scan *scan;
    Store *store;
} Recognizing;

static bool recognize(const StorePackVersion *version, void *context, Error *error) {
    Recognizing *recognizing = context;
    Scan *scan = recognizing->scan;
    Buffer archive = {0};
    Bundle bundle, own;
    if (!store_read_blob(recognizing->store, version->hash, &archive, error)) return false;
    if (bundle_parse(archive.data, archive.length, &bundle, error)) {
        bundle_own(&bundle, &own);
        for (size_t i = 0; i < scan->count; i++)
            scan->packs[i].is_stored |= strcmp(scan->packs[i].hash, own.hash) == 0;
        bundle_free(&own);
        bundle_free(&bundle);
    }
    buffer_free(&archive);
    return true;
}

static int by_folder(const void *left, const void *right) {
    return strcmp(((const SeenPack *)left)->folder, ((const SeenPack *)right)->folder);
}

static void scan_folder(const JobHost *host, Store *store, void *context) {
    Scan *scan = context;
    (void)host;
    DIR *entries = opendir(scan->service->options.packs_folder);
    const struct dirent *entry;
    while (entries && (entry = readdir(entries)) && scan->count < MOST_WATCHED_PACKS)
        if (entry->d_name[0] != '.' && entry->d_name[0] != '_') add_pack(scan, entry->d_name);
    if (entries) closedir(entries);
    if (scan->count) qsort(scan->packs, scan->count, sizeof *scan->packs, by_folder);
    Recognizing recognizing = {scan, store};
    Error ignored = {0}; // a version that cannot be read is then offered, and checked
    if (scan->first)
        (void)!store_read_pack_versions(store, false, recognize, &recognizing, &ignored);
}

// ---- on the home loop ---------------------------------------------------------------------------

// Whether the folder's files are others than those seen there last.
static bool is_new(Service *service, const SeenPack *pack) {
    int64_t index = map_get(&service->seen_packs, pack->folder);
    if (index < 0) {
        ARRAY_RESERVE(service->seen_hashes, service->seen_count, service->seen_capacity);
        index = (int64_t)service->seen_count++;
        service->seen_hashes[index][0] = '\0';
        map_put(&service->seen_packs, pack->folder, index);
    } else if (strcmp(service->seen_hashes[index], pack->hash) == 0 && *pack->hash) {
        return false;
    }
    memcpy(service->seen_hashes[index], pack->hash, sizeof pack->hash);
    return true;
}

static void begin_scan(Service *service, bool first);

static void offer_new(Scan *scan) {
    Service *service = scan->service;
    for (size_t i = 0; i < scan->count; i++) {
        SeenPack *pack = &scan->packs[i];
        if (!is_new(service, pack) || pack->is_stored) continue;
        const Offer offer = {.source = FROM_FOLDER,
                             .folder = pack->folder,
                             .actor = &(StoreActor){.who = "folder", .means = "system"},
                             .activate = true};
        // Too much waits: it is looked at again with the next change, as if it had not been seen.
        if (!service_offer(service, &offer))
            service->seen_hashes[map_get(&service->seen_packs, pack->folder)][0] = '\0';
    }
}

static void scanned(void *context) {
    Scan *scan = context;
    Service *service = scan->service;
    service->scanning = false;
    if (!service->closing) offer_new(scan);
    for (size_t i = 0; i < scan->count; i++)
        free(scan->packs[i].folder);
    free(scan->packs);
    free(scan);
    if (service->scan_again && !service->closing) begin_scan(service, false);
}

static void begin_scan(Service *service, bool first) {
    service->scan_again = service->scanning;
    if (service->scanning) return;
    Scan *scan = memory_new(1, sizeof *scan);
    *scan = (Scan){.service = service, .first = first};
    service->scanning = service_aside(service, NULL, scan_folder, scanned, scan);
    if (service->scanning) return;
    free(scan);
    service->scan_again = true;
}

// Watched anew before anything is read, so that nothing that changes afterwards is missed.
static void folder_changed(void *context) {
    Service *service = context;
    Error error = {0};
    file_watch_clear(service->watch);
    if (!file_watch_add(service->watch, service->options.packs_folder, &error) &&
        service->options.problem)
        service->options.problem(&error, service->options.context);
    begin_scan(service, false);
}

// A child may be looked at before its parent is active: it has another try then.
void service_try_children(Service *service, const char *parent) {
    bool any = false;
    for (size_t i = 0; i < service->candidates.count && service->watch; i++) {
        const Candidate *candidate = service->candidates.items[i];
        int64_t index = map_get(&service->seen_packs, candidate->origin);
        if (!candidate->over_us || candidate->good || index < 0 ||
            strcmp(candidate->missing, parent) != 0)
            continue;
        service->seen_hashes[index][0] = '\0';
        any = true;
    }
    if (any) begin_scan(service, false);
}

bool service_watch(Service *service, Error *error) {
    const char *folder = service->options.packs_folder;
    if (!folder) return true;
    service->watch = file_watch_new_told(service->home, folder_changed, service);
    if (!file_watch_add(service->watch, folder, error)) return false;
    begin_scan(service, true);
    return true;
}

void service_unwatch(Service *service) {
    if (service->watch) file_watch_free(service->watch);
    service->watch = NULL;
}
