// The watched folder: a pack that is saved below it is offered. See service.h.
//
// A save is held against what is active: what is the same needs nothing, whatever else is offered,
// one version of a folder after the other. Saving the same text again is a save too, and so is
// putting a folder back; that a folder still holds what somebody went back from is none. At the
// start, when nobody knows what was saved since, a version that was active once is not offered, or
// one that was rolled back would be active again. What was refused for what may pass is tried again
// when that has passed.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/clock.h"
#include "core/service/service_inside.h"

enum { MOST_CONFLICTS = 3, RETRY_WATCH_MS = 10000 };

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
    *known = (WatchedPack){.folder = memory_copy_string(folder)};
    return known;
}

// ---- offering -----------------------------------------------------------------------------------

static void offer(Service *service, const char *folder) {
    WatchedPack *known = find_watched(service, folder);
    const Offer offer = {.source = FROM_FOLDER,
                         .folder = folder,
                         .saved_after = known->saved_after,
                         .actor = &(StoreActor){.who = "folder", .means = "system"},
                         .activate = true};
    known->wanted = false; // before the event of it is told
    known->offered = true;
    known->board_revision = service->board.revision;
    memcpy(known->offered_hash, known->hash, sizeof known->offered_hash);
    if (service_offer(service, &offer)) return;
    known = find_watched(service, folder);
    known->offered = false;
    known->wanted = true;
    service->scan_wanted = true;
}

static void take_identity(WatchedPack *known, const char *pack, const char *version) {
    snprintf(known->pack, sizeof known->pack, "%s", pack);
    snprintf(known->version, sizeof known->version, "%s", version);
}

// Of two versions under way at once the older one could come in last.
static void consider(Service *service, const char *folder) {
    WatchedPack *known = find_watched(service, folder);
    if (!known->wanted || known->offered) return;
    const BoardPack *active = service_active_in(service, known);
    if (!active) {
        offer(service, folder);
        return;
    }
    known->wanted = false;
    take_identity(known, active->description->id, active->description->version);
}

// However often it is offered, it counts as saved when it was first seen.
static void note_saved(WatchedPack *known, const ScannedPack *pack, const FolderScan *scan) {
    if (strcmp(known->hash, pack->hash) == 0 && strcmp(known->save, pack->save) == 0) return;
    bool was_active = scan->first && *pack->pack;
    if (strcmp(known->hash, pack->hash) != 0) *known->version = '\0';
    memcpy(known->hash, pack->hash, sizeof known->hash);
    memcpy(known->save, pack->save, sizeof known->save);
    known->saved_after = scan->begun;
    known->wanted = !was_active;
    known->refused = false;
    if (was_active) take_identity(known, pack->pack, pack->version);
}

// ---- scans --------------------------------------------------------------------------------------

static bool scan_has(const FolderScan *scan, const char *folder) {
    size_t low = 0, high = scan->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = strcmp(scan->packs[middle].folder, folder);
        if (order == 0) return true;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

// A folder that went away is not told of on its own when all of them did.
static void forget_gone(Service *service, const FolderScan *scan) {
    for (size_t i = 0; i < service->watched_count; i++) {
        WatchedPack *known = &service->watched[i];
        if (!*known->hash || scan_has(scan, known->folder)) continue;
        bool was_offered = known->offered;
        known->hash[0] = known->save[0] = known->missing[0] = '\0';
        known->wanted = known->refused = false;
        known->obstacle = OBSTACLE_NONE;
        if (!was_offered && scan->is_there) service_tell_gone(service, known);
    }
}

static void take_scan(FolderScan *scan) {
    Service *service = scan->service;
    for (size_t i = 0; i < scan->count; i++)
        note_saved(add_watched(service, scan->packs[i].folder), &scan->packs[i], scan);
    forget_gone(service, scan);
    for (size_t i = 0; i < scan->count; i++)
        consider(service, scan->packs[i].folder);
    notices_free(&service->ignored);
    service->ignored = scan->ignored;
    scan->ignored = (Notices){0};
    service_tell_standing(service);
}

static void begin_scan(Service *service);

static void scanned(void *context) {
    FolderScan *scan = context;
    Service *service = scan->service;
    service->scanning = false;
    if (scan->first && scan->good) service->knows_activated = true;
    if (scan->good && !service->closing) take_scan(scan);
    service->scan_wanted |= !scan->good;
    folder_scan_free(scan);
    if (service->scan_again) begin_scan(service);
}

static void begin_scan(Service *service) {
    service->scan_again = service->scanning;
    if (service->scanning || service->closing) return;
    FolderScan *scan = memory_new(1, sizeof *scan);
    *scan = (FolderScan){.service = service, .first = !service->knows_activated};
    service->scanning = service_aside(service, NULL, folder_scan_run, scanned, scan);
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

// ---- trying again -------------------------------------------------------------------------------

static bool came_since(const Service *service, const WatchedPack *known, const char *pack) {
    const BoardPack *found = board_find(&service->board, pack);
    return found && found->revision > known->board_revision;
}

// Packs of one family that are saved together meet: one is activated on what another was built on.
// Another process may have the database. Open rounds are nothing that passes by itself.
static bool is_passing(const Service *service, WatchedPack *known, const Candidate *candidate) {
    const ProblemList *problems = &candidate->problems;
    bool conflict =
        !candidate->good && candidate->obstacle == OBSTACLE_NONE &&
        (problems_have(problems, ERROR_CONFLICT) || problems_have(problems, ERROR_BUSY));
    known->conflicts = conflict ? known->conflicts + 1 : 0;
    return (conflict && !candidate->overtaken && known->conflicts <= MOST_CONFLICTS) ||
           (*known->missing && came_since(service, known, known->missing));
}

// Where somebody chose another version meanwhile, by going back for one, that stands.
void service_watched_ended(Service *service, const Candidate *candidate) {
    WatchedPack *known = find_watched(service, candidate->origin);
    if (!known) return;
    bool as_offered = strcmp(known->hash, known->offered_hash) == 0;
    known->offered = false;
    snprintf(known->missing, sizeof known->missing, "%s",
             candidate->good ? "" : candidate->missing);
    known->obstacle = candidate->obstacle;
    known->mark = candidate->mark;
    // Its own activation is no choice of somebody else's that what was saved meanwhile would undo.
    if (candidate->good) known->saved_after = candidate->activation;
    bool passing = is_passing(service, known, candidate);
    known->wanted |= passing && *known->hash;
    known->refused = as_offered && !candidate->good;
    if (!candidate->good && !passing) service_tell_refused(service, known, candidate);
    if (as_offered && *candidate->pack) take_identity(known, candidate->pack, candidate->version);
    if (known->wanted) begin_scan(service);
    service_tell_standing(service);
}

// Whether it is still there is found out by the scan.
static void want_again(WatchedPack *known) {
    known->wanted = *known->hash != '\0';
    known->missing[0] = '\0';
    known->obstacle = OBSTACLE_NONE;
}

void service_try_children(Service *service, const char *parent) {
    bool any = false;
    for (size_t i = 0; i < service->watched_count; i++) {
        WatchedPack *known = &service->watched[i];
        if (known->offered || strcmp(known->missing, parent) != 0) continue;
        want_again(known);
        any = true;
    }
    if (any) begin_scan(service);
}

bool service_has_obstacles(const Service *service) {
    for (size_t i = 0; i < service->watched_count; i++)
        if (service->watched[i].obstacle != OBSTACLE_NONE) return true;
    return false;
}

void service_try_obstructed(Service *service, const WorkspaceMark *now) {
    bool any = false;
    for (size_t i = 0; i < service->watched_count; i++) {
        WatchedPack *known = &service->watched[i];
        if (known->offered || !workspace_mark_differs(&known->mark, now, known->obstacle)) continue;
        want_again(known);
        any = true;
    }
    if (any) begin_scan(service);
}

// ---- beginning and ending -----------------------------------------------------------------------

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
    for (size_t i = 0; i < service->watched_count; i++)
        free(service->watched[i].folder);
    map_free(&service->watched_by_folder);
    free(service->watched);
    notices_free(&service->ignored);
    notices_free(&service->told);
}
