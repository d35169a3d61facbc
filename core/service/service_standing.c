// What is said of the watched folder where it and what is active part: see service_inside.h.
//
// A line is told when it becomes true, and again only when it was untrue meanwhile.
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/language.h"
#include "core/service/service_inside.h"

// ---- notices ------------------------------------------------------------------------------------

static void add_line(Notices *notices, char *line) {
    ARRAY_RESERVE(notices->items, notices->count, notices->capacity);
    notices->items[notices->count++] = line;
}

void notices_add(Notices *notices, const char *format, ...) {
    char line[2000];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    add_line(notices, memory_copy_string(line));
}

void notices_free(Notices *notices) {
    for (size_t i = 0; i < notices->count; i++)
        free(notices->items[i]);
    free(notices->items);
    *notices = (Notices){0};
}

static bool notices_have(const Notices *notices, const char *line) {
    for (size_t i = 0; i < notices->count; i++)
        if (strcmp(notices->items[i], line) == 0) return true;
    return false;
}

// ---- folders and what is active -----------------------------------------------------------------

static const BoardPack *active_of(const Service *service, const WatchedPack *known) {
    return *known->pack ? board_find(&service->board, known->pack) : NULL;
}

const BoardPack *service_active_in(const Service *service, const WatchedPack *known) {
    for (size_t i = 0; i < service->board.count; i++)
        if (strcmp(service->board.packs[i]->own_hash, known->hash) == 0)
            return service->board.packs[i];
    return NULL;
}

static bool is_settled(const WatchedPack *known) {
    return *known->hash && *known->version && !known->wanted && !known->offered;
}

// Another folder may hold what is active of the same pack.
static bool active_lies_somewhere(const Service *service, const BoardPack *active) {
    for (size_t i = 0; i < service->watched_count; i++)
        if (strcmp(service->watched[i].hash, active->own_hash) == 0) return true;
    return false;
}

// What was refused has been told of with the reason.
static void note_difference(const Service *service, const WatchedPack *known, Notices *notices) {
    const BoardPack *active = active_of(service, known);
    if (!active || known->refused || active_lies_somewhere(service, active)) return;
    bool same_number = strcmp(active->description->version, known->version) == 0;
    notices_add(notices,
                same_number ? T("%s holds %s %s, with other files than the %s that is active; save "
                                "it again to activate it",
                                "%s 中是 %s %s，与已激活的 %s 文件不同；如需启用请重新保存")
                            : T("%s holds %s %s, but %s is active; save it again to activate it",
                                "%s 中是 %s %s，而已激活的是 %s；如需启用请重新保存"),
                known->folder, known->pack, known->version, active->description->version);
}

static void note_twins(const WatchedPack *one, const WatchedPack *other, Notices *notices) {
    notices_add(notices,
                T("pack %s lies in two folders, %s (%s) and %s (%s): the one saved last is active",
                  "评估包 %s 存在于两个文件夹：%s（%s）和 %s（%s）；最后保存的生效"),
                one->pack, one->folder, one->version, other->folder, other->version);
}

static void note_standing(const Service *service, Notices *notices) {
    Map first = {0}; // pack → its place among the watched
    for (size_t i = 0; i < service->watched_count; i++) {
        const WatchedPack *known = &service->watched[i];
        if (!is_settled(known)) continue;
        note_difference(service, known, notices);
        int64_t before = map_put(&first, known->pack, (int64_t)i);
        if (before != MAP_MISSING) note_twins(&service->watched[before], known, notices);
    }
    map_free(&first);
}

void service_tell_standing(Service *service) {
    Notices now = {0};
    if (!service->ready) return;
    for (size_t i = 0; i < service->ignored.count; i++)
        add_line(&now, memory_copy_string(service->ignored.items[i]));
    note_standing(service, &now);
    for (size_t i = 0; i < now.count; i++)
        if (!notices_have(&service->told, now.items[i]))
            service_notice(service, "%s", now.items[i]);
    notices_free(&service->told);
    service->told = now;
}

void service_tell_gone(Service *service, const WatchedPack *gone) {
    const BoardPack *active = active_of(service, gone);
    if (!active || active_lies_somewhere(service, active)) return;
    service_notice(service, T("%s is gone; %s %s stays active", "%s 已不存在；%s %s 保持激活"),
                   gone->folder, gone->pack, active->description->version);
}

void service_tell_refused(Service *service, const WatchedPack *known, const Candidate *candidate) {
    // A pack that could not be read is known by what its folder held before.
    const char *pack = *candidate->pack ? candidate->pack : known->pack;
    const BoardPack *active = *pack ? board_find(&service->board, pack) : NULL;
    char what[600];
    if (*candidate->pack)
        snprintf(what, sizeof what, T("%s %s (%s)", "%s %s（%s）"), candidate->pack,
                 candidate->version, known->folder);
    else
        snprintf(what, sizeof what, "%s", known->folder);
    if (active)
        service_notice(service, T("%s is refused; %s stays active:", "%s 未被采用，%s 保持激活："),
                       what, active->description->version);
    else
        service_notice(service, T("%s is refused:", "%s 未被采用："), what);
    service_report(service, &candidate->problems);
}
