// The watched folder: a pack that is saved below it is offered. See service.h.
//
// What counts is what the files say, not that something was written: a pack's own files are hashed,
// and offered when they are others than those last seen there, one version of a folder after the
// other. At the start a version that was active once is not offered, or one that was rolled back
// would be active again.
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/clock.h"
#include "core/service/service_inside.h"

enum { MOST_WATCHED_PACKS = 1000, MOST_CONFLICTS = 3, RETRY_WATCH_MS = 10000 };

typedef struct SeenPack {
    char *folder;
    char hash[HASH_TEXT_SIZE]; // of its own files; of what is wrong when they cannot be read
    bool was_active;
} SeenPack;

typedef struct Scan {
    Service *service;
    bool first;
    bool good;     // what was active before is known
    int64_t begun; // the last activation before the folder was read
    SeenPack *packs;
    size_t count, capacity;
} Scan;

// ---- aside --------------------------------------------------------------------------------------

static void hash_problems(const ProblemList *problems, char hash[HASH_TEXT_SIZE]) {
    Buffer text = {0};
    for (size_t i = 0; i < problems->count; i++)
        buffer_printf(&text, "%s:%d %s\n", problems->items[i].file, problems->items[i].line,
                      problems->items[i].message);
    hash_bytes(text.data, text.length, hash);
    buffer_free(&text);
}

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
    } else {
        hash_problems(&problems, pack->hash);
    }
    problems_free(&problems);
}

typedef struct Recognizing {
    Scan *scan;
    Store *store;
    Map known; // hashes that were compared
} Recognizing;

// A version that cannot be read is not recognized; the others are.
static bool recognize(const StoreActivation *row, void *context, Error *error) {
    Recognizing *recognizing = context;
    Scan *scan = recognizing->scan;
    Buffer archive = {0};
    Bundle bundle, own;
    Error unreadable = {0};
    (void)error;
    if (map_put(&recognizing->known, row->hash, 1) != MAP_MISSING) return true;
    if (store_read_blob(recognizing->store, row->hash, &archive, &unreadable) &&
        bundle_parse(archive.data, archive.length, &bundle, &unreadable)) {
        bundle_own(&bundle, &own);
        for (size_t i = 0; i < scan->count; i++)
            scan->packs[i].was_active |= strcmp(scan->packs[i].hash, own.hash) == 0;
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
    const struct dirent *entry;
    Error error = {0}; // it is read again when it cannot be
    scan->good = store_last_activation(store, &scan->begun, &error);
    DIR *entries = scan->good ? opendir(scan->service->options.packs_folder) : NULL;
    while (entries && (entry = readdir(entries)) && scan->count < MOST_WATCHED_PACKS)
        if (entry->d_name[0] != '.' && entry->d_name[0] != '_') add_pack(scan, entry->d_name);
    if (entries) closedir(entries);
    if (scan->count) qsort(scan->packs, scan->count, sizeof *scan->packs, by_folder);
    if (!scan->first || !scan->good) return;
    Recognizing recognizing = {.scan = scan, .store = store};
    scan->good = store_read_activations(store, NULL, recognize, &recognizing, &error);
    map_free(&recognizing.known);
}

// ---- on the home loop ---------------------------------------------------------------------------

static WatchedPack *find_watched(const Service *service, const char *folder) {
    int64_t index = map_get(&service->watched_by_folder, folder);
    return index < 0 ? NULL : &service->watched[index];
}

static WatchedPack *add_watched(Service *service, const char *folder) {
    WatchedPack *known = find_watched(service, folder);
    if (known) return known;
    ARRAY_RESERVE(service->watched, service->watched_count, service->watched_capacity);
    map_put(&service->watched_by_folder, folder, (int64_t)service->watched_count);
    known = &service->watched[service->watched_count++];
    *known = (WatchedPack){0};
    return known;
}

static void offer_seen(Service *service, const SeenPack *pack) {
    WatchedPack *known = find_watched(service, pack->folder);
    const Offer offer = {.source = FROM_FOLDER,
                         .folder = pack->folder,
                         .saved_after = known->saved_after,
                         .actor = &(StoreActor){.who = "folder", .means = "system"},
                         .activate = true};
    known->offered = true; // before the event of it is told
    known->board_revision = service->board.revision;
    memcpy(known->hash, pack->hash, sizeof known->hash);
    if (service_offer(service, &offer)) return;
    known = find_watched(service, pack->folder);
    known->offered = false;
    known->hash[0] = '\0';
    service->scan_wanted = true;
}

// However often it is offered, it counts as saved when it was first seen.
static void note_seen(WatchedPack *known, const SeenPack *pack, int64_t begun) {
    if (strcmp(known->seen, pack->hash) == 0) return;
    memcpy(known->seen, pack->hash, sizeof known->seen);
    known->saved_after = begun;
}

static void offer_new(const Scan *scan) {
    Service *service = scan->service;
    for (size_t i = 0; i < scan->count; i++) {
        const SeenPack *pack = &scan->packs[i];
        WatchedPack *known = add_watched(service, pack->folder);
        note_seen(known, pack, scan->begun);
        if (strcmp(known->hash, pack->hash) == 0) continue;
        // Of two versions under way at once the older one could come in last.
        if (known->offered)
            known->saved_since = true;
        else if (pack->was_active)
            memcpy(known->hash, pack->hash, sizeof known->hash);
        else
            offer_seen(service, pack);
    }
}

static void begin_scan(Service *service);

static void scanned(void *context) {
    Scan *scan = context;
    Service *service = scan->service;
    service->scanning = false;
    if (scan->first && scan->good) service->knows_activated = true;
    if (service->knows_activated && !service->closing) offer_new(scan);
    service->scan_wanted |= !scan->good;
    for (size_t i = 0; i < scan->count; i++)
        free(scan->packs[i].folder);
    free(scan->packs);
    free(scan);
    if (service->scan_again) begin_scan(service);
}

static void begin_scan(Service *service) {
    service->scan_again = service->scanning;
    if (service->scanning || service->closing) return;
    Scan *scan = memory_new(1, sizeof *scan);
    *scan = (Scan){.service = service, .first = !service->knows_activated};
    service->scanning = service_aside(service, NULL, scan_folder, scanned, scan);
    service->scan_wanted = !service->scanning;
    if (!service->scanning) free(scan);
}

void service_scan_if_wanted(Service *service) {
    if (service->scan_wanted) begin_scan(service);
}

// Told once, however often it is tried again.
static void watch_folder(Service *service) {
    Error error = {0};
    bool fails = !file_watch_renew(service->watch, service->options.packs_folder, &error);
    if (fails && !service->watch_fails && service->options.problem)
        service->options.problem(&error, service->options.context);
    service->watch_fails = fails;
    service->watch_tried_ms = clock_monotonic_ms();
}

// Watched anew before anything is read, so that nothing that changes afterwards is missed.
static void folder_changed(void *context) {
    watch_folder(context);
    begin_scan(context);
}

void service_watch_if_failed(Service *service) {
    if (service->watch_fails && clock_monotonic_ms() >= service->watch_tried_ms + RETRY_WATCH_MS)
        folder_changed(service);
}

static bool is_conflict(const ProblemList *problems) {
    for (size_t i = 0; i < problems->count; i++)
        if (problems->items[i].code == ERROR_CONFLICT) return true;
    return false;
}

static bool came_since(const Service *service, const WatchedPack *known, const char *pack) {
    const BoardPack *found = board_find(&service->board, pack);
    return found && found->revision > known->board_revision;
}

// Packs of one family that are saved together meet: one is activated on what another was built on.
// Where somebody chose another version meanwhile, by going back for one, that stands.
void service_watched_ended(Service *service, const Candidate *candidate) {
    WatchedPack *known = find_watched(service, candidate->origin);
    if (!known) return;
    bool conflict = !candidate->good && is_conflict(&candidate->problems);
    known->conflicts = conflict ? known->conflicts + 1 : 0;
    snprintf(known->missing, sizeof known->missing, "%s",
             candidate->good ? "" : candidate->missing);
    bool again = (conflict && !candidate->overtaken && known->conflicts <= MOST_CONFLICTS) ||
                 (*known->missing && came_since(service, known, known->missing));
    // Its own activation is no choice of somebody else's that what was saved meanwhile would undo.
    if (candidate->good) known->saved_after = candidate->activation;
    known->offered = false;
    if (again) known->hash[0] = '\0';
    again |= known->saved_since;
    known->saved_since = false;
    if (again) begin_scan(service);
}

void service_try_children(Service *service, const char *parent) {
    bool any = false;
    for (size_t i = 0; i < service->watched_count; i++) {
        WatchedPack *known = &service->watched[i];
        if (known->offered || strcmp(known->missing, parent) != 0) continue;
        known->hash[0] = known->missing[0] = '\0';
        any = true;
    }
    if (any) begin_scan(service);
}

void service_watch(Service *service) {
    if (!service->options.packs_folder) return;
    service->watch = file_watch_new_told(service->home, folder_changed, service);
    folder_changed(service);
}

void service_unwatch(Service *service) {
    if (service->watch) file_watch_free(service->watch);
    service->watch = NULL;
}

void service_forget_watched(Service *service) {
    map_free(&service->watched_by_folder);
    free(service->watched);
}
