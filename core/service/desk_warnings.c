// Warnings that follow the results: see desk.h.
#include <stdlib.h>

#include "core/base/language.h"
#include "core/pack/pack_names.h"
#include "core/service/desk_inside.h"

void desk_warnings_free(DeskWarnings *warnings) {
    free(warnings->steps);
    arena_free(&warnings->arena);
    free(warnings);
}

static const char *copy(DeskWarnings *warnings, const char *text) {
    return arena_string(&warnings->arena, text);
}

void desk_tell_warnings(Desk *desk, const char *pack, const WarningBook *book) {
    size_t count = warning_book_step_count(book);
    if (count == 0) return;
    DeskWarnings *warnings = memory_new(1, sizeof *warnings);
    warnings->pack = copy(warnings, pack);
    warnings->steps = memory_new(count, sizeof *warnings->steps);
    warnings->count = count;
    for (size_t i = 0; i < count; i++) {
        WarningStep step = *warning_book_step(book, i);
        warnings->steps[i] = (WarningStep){.event = step.event,
                                           .id = step.id,
                                           .region = copy(warnings, step.region),
                                           .warning = copy(warnings, step.warning),
                                           .title = copy(warnings, step.title),
                                           .subject = copy(warnings, step.subject),
                                           .level = step.level,
                                           .message = copy(warnings, step.message)};
    }
    desk_tell(desk, (Notice){.warnings = warnings});
}

void desk_settle_warnings(Desk *desk, DeskPack *pack, bool committed) {
    if (!pack->warnings) return;
    warning_book_settle(pack->warnings, committed);
    if (committed)
        desk_tell_warnings(desk, pinned_pack(pack->version)->description->id, pack->warnings);
}

static bool open_book(const Desk *desk, DeskPack *pack, Error *error) {
    return pack->warnings ||
           warning_book_open(desk->options.store, pinned_pack(pack->version)->description->id,
                             &pack->warnings, error);
}

typedef struct Writing {
    const DeskPack *pack;
    const char *who;
} Writing;

static bool write_steps(StoreTransaction *transaction, void *context, Error *error) {
    const Writing *writing = context;
    const Run *run = writing->pack->live ? live_run(writing->pack->live) : NULL;
    return warning_book_put(writing->pack->warnings, transaction, writing->who, run ? run->id : 0,
                            run ? run->year : 0, error);
}

static bool store_steps(Desk *desk, DeskPack *pack, const char *who, Error *error) {
    Writing writing = {pack, who};
    bool good = store_write(desk->options.store, write_steps, &writing, error);
    desk_settle_warnings(desk, pack, good);
    return good;
}

static void follow_all(const DeskPack *pack) {
    const Dataset *dataset = live_dataset(pack->live);
    for (uint32_t r = 0; r < dataset->header->region_count; r++)
        if (live_role(pack->live, r) != REGION_COMPARED)
            warning_book_follow(pack->warnings, dataset->regions[r].code, live_layout(pack->live),
                                live_bytes(pack->live, r));
}

// A failure is no good news: what is open then stays open.
bool desk_follow_warnings(Desk *desk, DeskPack *pack, Error *error) {
    if (!pack->live && !pack->nobody_reports) return true;
    if (!open_book(desk, pack, error)) return false;
    warning_book_begin(pack->warnings);
    if (pack->live) follow_all(pack);
    warning_book_clear_others(pack->warnings, pinned_pack(pack->version)->description);
    return warning_book_step_count(pack->warnings) == 0 || store_steps(desk, pack, "serve", error);
}

bool desk_put_warnings(DeskPack *pack, StoreTransaction *transaction, const char *who, int64_t run,
                       Error *error) {
    size_t count;
    if (!pack->warnings) return true;
    const LiveChange *changes = live_changes(pack->live, &count);
    const Dataset *dataset = count ? live_dataset(pack->live) : NULL;
    warning_book_begin(pack->warnings);
    for (size_t i = 0; i < count; i++)
        warning_book_follow(pack->warnings, dataset->regions[changes[i].region].code,
                            live_layout(pack->live), live_bytes(pack->live, changes[i].region));
    return warning_book_put(pack->warnings, transaction, who, run, live_run(pack->live)->year,
                            error);
}

bool desk_acknowledge(Desk *desk, const char *pack_id, const char *region, int64_t id,
                      const char *who, const char *note, ProblemList *problems) {
    Error error = {0};
    DeskPack *pack = desk_find(desk, pack_id);
    bool good = pack != NULL && open_book(desk, pack, &error);
    if (good) {
        warning_book_begin(pack->warnings);
        good = warning_book_acknowledge(pack->warnings, pinned_pack(pack->version)->description,
                                        region, id, who, note, &error) &&
               store_steps(desk, pack, who, &error);
    } else if (!pack) {
        PackNames names = {0};
        for (size_t i = 0; i < desk->count; i++)
            pack_names_add(&names, pinned_pack(desk->packs[i]->version)->description->id);
        pack_names_refuse(&names, pack_id, &error);
        pack_names_free(&names);
    }
    if (!good) problems_add(problems, &error);
    return good;
}
