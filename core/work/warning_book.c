// A pack's warnings: see warning_book.h.
#include "core/work/warning_book.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/clock.h"
#include "core/base/language.h"
#include "core/base/map.h"

enum { CASES_LOOKED_AT = 8 };

typedef enum CaseState { CASE_CLEARED, CASE_RAISED, CASE_ACKNOWLEDGED } CaseState;
static const char *const state_names[] = {"cleared", "raised", "acknowledged"};

// A warning about one subject; cleared ones stay, for when they are raised again.
typedef struct Case {
    int64_t id;
    const char *region, *warning, *subject; // in the book's arena
    CaseState state;
    WarningLevel level;
    int year;
    int64_t events, raised_at_us, acknowledged_at_us, cleared_at_us;
    char *acknowledged_by, *message; // its own; NULL for none
    uint64_t seen;                   // of the last region's results that say it
} Case;

typedef struct Step {
    size_t of;  // case
    Case after; // as it will be; other texts than the case's are said
    WarningStep said;
    const char *note;
} Step;

struct WarningBook {
    char *pack;
    Case *cases;
    size_t count, capacity;
    Map by_key;    // region, warning and subject → case
    Map by_region; // → first of `regions`
    struct RegionCases {
        size_t *items;
        size_t count, capacity;
        uint64_t followed; // in which round it last was
    } * regions;
    size_t region_count, region_capacity;
    Step *steps;
    size_t step_count, step_capacity;
    uint64_t rounds;   // begun
    uint64_t readings; // regions followed
    Arena arena, said; // of the cases; of the steps
    bool settled;
};

// ---- cases --------------------------------------------------------------------------------------

static void key_of(Buffer *key, const char *region, const char *warning, const char *subject) {
    buffer_clear(key);
    buffer_printf(key, "%s\n%s\n%s", region, warning, subject);
}

static struct RegionCases *cases_of(WarningBook *book, const char *region) {
    int64_t index = map_get(&book->by_region, region);
    if (index < 0) {
        ARRAY_RESERVE(book->regions, book->region_count, book->region_capacity);
        index = (int64_t)book->region_count++;
        book->regions[index] = (struct RegionCases){0};
        map_put(&book->by_region, region, index);
    }
    return &book->regions[index];
}

static size_t add_case(WarningBook *book, const char *region, const char *warning,
                       const char *subject) {
    Buffer key = {0};
    struct RegionCases *of = cases_of(book, region);
    ARRAY_RESERVE(book->cases, book->count, book->capacity);
    ARRAY_RESERVE(of->items, of->count, of->capacity);
    of->items[of->count++] = book->count;
    key_of(&key, region, warning, subject);
    map_put(&book->by_key, key.data, (int64_t)book->count);
    buffer_free(&key);
    book->cases[book->count] = (Case){.region = arena_string(&book->arena, region),
                                      .warning = arena_string(&book->arena, warning),
                                      .subject = arena_string(&book->arena, subject)};
    return book->count++;
}

static CaseState state_of(const char *name) {
    for (int s = CASE_CLEARED; s <= CASE_ACKNOWLEDGED; s++)
        if (strcmp(state_names[s], name) == 0) return (CaseState)s;
    return CASE_CLEARED;
}

static bool take_row(const StoreWarning *row, void *context, Error *error) {
    (void)error;
    WarningBook *book = context;
    size_t of = add_case(book, row->region, row->warning, row->subject);
    Case *known = &book->cases[of];
    known->id = row->id;
    known->state = state_of(row->state);
    known->level = level_from_name(row->level);
    known->year = row->year;
    known->events = row->events;
    known->raised_at_us = row->raised_at_us;
    known->acknowledged_at_us = row->acknowledged_at_us;
    known->acknowledged_by = memory_copy_string(row->acknowledged_by);
    known->message = memory_copy_string(row->message);
    known->cleared_at_us = row->cleared_at_us;
    return true;
}

bool warning_book_open(Store *store, const char *pack, WarningBook **out, Error *error) {
    WarningBook *book = memory_new(1, sizeof *book);
    const StoreWarningQuery query = {.pack = pack};
    book->pack = memory_copy_string(pack);
    if (store_read_warnings(store, &query, take_row, book, error)) {
        *out = book;
        return true;
    }
    warning_book_free(book);
    return false;
}

void warning_book_free(WarningBook *book) {
    if (!book) return;
    for (size_t i = 0; i < book->region_count; i++)
        free(book->regions[i].items);
    free(book->regions);
    for (size_t i = 0; i < book->count; i++)
        free(book->cases[i].acknowledged_by), free(book->cases[i].message);
    free(book->cases);
    free(book->steps);
    map_free(&book->by_key);
    map_free(&book->by_region);
    arena_free(&book->arena);
    arena_free(&book->said);
    free(book->pack);
    free(book);
}

// ---- noting -------------------------------------------------------------------------------------

void warning_book_begin(WarningBook *book) {
    book->settled = false;
    book->rounds++;
    book->step_count = 0;
    arena_free(&book->said);
}

static Step *add_step(WarningBook *book, size_t of, const char *event) {
    ARRAY_RESERVE(book->steps, book->step_count, book->step_capacity);
    Step *step = &book->steps[book->step_count++];
    const Case *known = &book->cases[of];
    *step = (Step){.of = of, .after = *known};
    step->said = (WarningStep){.event = event,
                               .id = known->id,
                               .region = known->region,
                               .warning = known->warning,
                               .subject = known->subject};
    return step;
}

// What a warning is about, as "indicator:ID" is put together.
typedef struct Subject {
    const char *kind, *id;
} Subject;

static Subject subject_of(const Description *description, const RaisedWarning *raised) {
    if (raised->subject < 0) return (Subject){"region", ""};
    if (description->warnings[raised->warning].on == ON_PLAN)
        return (Subject){"plan:", description->plans[raised->subject].id};
    return (Subject){"indicator:", description->indicators[raised->subject].id};
}

static bool is_case_of(const Case *known, const char *warning, Subject subject) {
    size_t length = strlen(subject.kind);
    return strcmp(known->warning, warning) == 0 &&
           strncmp(known->subject, subject.kind, length) == 0 &&
           strcmp(known->subject + length, subject.id) == 0;
}

// A region's cases mostly stand in the order in which its results tell of them: `*next` is where
// the next one is looked for first.
static size_t case_of(WarningBook *book, const char *region, const char *warning, Subject subject,
                      size_t *next) {
    const struct RegionCases *of = cases_of(book, region);
    for (size_t at = *next; at < of->count && at < *next + CASES_LOOKED_AT; at++) {
        if (!is_case_of(&book->cases[of->items[at]], warning, subject)) continue;
        *next = at + 1;
        return of->items[at];
    }
    Buffer key = {0}, text = {0};
    buffer_printf(&text, "%s%s", subject.kind, subject.id);
    key_of(&key, region, warning, text.data);
    int64_t known = map_get(&book->by_key, key.data);
    size_t found = known >= 0 ? (size_t)known : add_case(book, region, warning, text.data);
    buffer_free(&key);
    buffer_free(&text);
    return found;
}

// The figures in its message may be others although the level is the same.
static bool says_the_same(const Case *known, const RaisedWarning *raised) {
    return strcmp(known->message ? known->message : "", raised->message) == 0;
}

static void note_raised(WarningBook *book, size_t of, const RaisedWarning *raised,
                        const char *title) {
    const Case *known = &book->cases[of];
    bool again = known->state == CASE_CLEARED;
    if (!again && known->level == raised->level && says_the_same(known, raised)) return;
    Step *step = add_step(book, of, again ? "raised" : "level");
    step->after.level = raised->level;
    if (again) {
        step->after.state = CASE_RAISED;
        step->after.raised_at_us = clock_now_us();
        step->after.acknowledged_at_us = step->after.cleared_at_us = 0;
        step->after.acknowledged_by = NULL;
    }
    step->said.level = level_name(raised->level);
    step->said.title = arena_string(&book->said, title);
    step->after.message = *raised->message ? arena_string(&book->said, raised->message) : NULL;
    step->said.message = step->after.message;
}

static const char *title_of(const Description *description, const char *id) {
    for (size_t w = 0; description && w < description->warning_count; w++)
        if (strcmp(description->warnings[w].id, id) == 0) return description->warnings[w].title;
    return id; // not declared any more
}

// Of the region's open warnings those are cleared that its results do not say any more, but for
// those of years before `since`.
static void note_cleared(WarningBook *book, const struct RegionCases *of,
                         const Description *description, int since) {
    for (size_t i = 0; i < of->count; i++) {
        const Case *known = &book->cases[of->items[i]];
        if (known->state == CASE_CLEARED || known->seen == book->readings || known->year < since)
            continue;
        Step *step = add_step(book, of->items[i], "cleared");
        step->after.state = CASE_CLEARED;
        step->after.cleared_at_us = clock_now_us();
        step->said.level = level_name(known->level);
        step->said.title = arena_string(&book->said, title_of(description, known->warning));
    }
}

static void note_said(WarningBook *book, const char *region, const RegionResult *result) {
    const Description *description = result->layout->description;
    size_t next = 0;
    for (size_t i = 0; i < result->warning_count; i++) {
        const RaisedWarning *raised = &result->warnings[i];
        const Warning *warning = &description->warnings[raised->warning];
        size_t of = case_of(book, region, warning->id, subject_of(description, raised), &next);
        book->cases[of].seen = book->readings;
        note_raised(book, of, raised, warning->title);
    }
}

void warning_book_follow(WarningBook *book, const char *region, const ResultLayout *layout,
                         ResultBytes bytes) {
    RegionResult result = {0};
    Error ignored = {0}; // the host's own checked bytes
    bool silent = bytes.length == 0;
    cases_of(book, region)->followed = book->rounds;
    if (!silent && !result_decode(bytes.data, bytes.length, layout, &result, &ignored)) return;
    book->readings++;
    if (!silent) note_said(book, region, &result);
    note_cleared(book, cases_of(book, region), layout->description, silent ? layout->year : 0);
    if (!silent) result_free(&result);
}

void warning_book_clear_others(WarningBook *book, const Description *description) {
    book->readings++;
    for (size_t i = 0; i < book->region_count; i++)
        if (book->regions[i].followed != book->rounds)
            note_cleared(book, &book->regions[i], description, 0);
}

bool warning_book_acknowledge(WarningBook *book, const Description *description, const char *region,
                              int64_t id, const char *who, const char *note, Error *error) {
    const struct RegionCases *of = cases_of(book, region);
    for (size_t i = 0; i < of->count; i++) {
        const Case *known = &book->cases[of->items[i]];
        if (known->id != id || known->state == CASE_CLEARED) continue;
        if (known->state == CASE_ACKNOWLEDGED)
            return error_set(error, ERROR_CONFLICT,
                             T("the warning was acknowledged already, by %s", "该预警已由 %s 确认"),
                             known->acknowledged_by);
        Step *step = add_step(book, of->items[i], "acknowledged");
        step->after.state = CASE_ACKNOWLEDGED;
        step->after.acknowledged_at_us = clock_now_us();
        step->after.acknowledged_by = arena_string(&book->said, who);
        step->said.level = level_name(known->level);
        step->said.title = arena_string(&book->said, title_of(description, known->warning));
        step->note = note ? arena_string(&book->said, note) : NULL;
        return true;
    }
    return error_set(
        error, ERROR_NOT_FOUND,
        T("region %s has no open warning %lld", "行政区划 %s 没有编号为 %lld 的未解除预警"), region,
        (long long)id);
}

// ---- putting ------------------------------------------------------------------------------------

static bool put_step(const WarningBook *book, Step *step, StoreTransaction *transaction,
                     const char *who, int64_t run, int year, Error *error) {
    Case *after = &step->after;
    bool judged = strcmp(step->said.event, "acknowledged") != 0;
    if (judged && year) after->year = year; // none: nobody reports any more
    StoreWarning row = {.id = after->id,
                        .pack = book->pack,
                        .region = after->region,
                        .warning = after->warning,
                        .subject = after->subject,
                        .state = state_names[after->state],
                        .level = level_name(after->level),
                        .year = after->year,
                        .message = after->message,
                        .events = after->events,
                        .raised_at_us = after->raised_at_us,
                        .acknowledged_at_us = after->acknowledged_at_us,
                        .acknowledged_by = after->acknowledged_by,
                        .cleared_at_us = after->cleared_at_us};
    StoreWarningEvent event = {.at_us = clock_now_us(),
                               .event = step->said.event,
                               .level = row.level,
                               .who = who,
                               .run = judged ? run : 0,
                               .note = step->note};
    if (!store_put_warning(transaction, &row, &event, error)) return false;
    after->id = step->said.id = row.id;
    after->events = row.events;
    return true;
}

bool warning_book_put(WarningBook *book, StoreTransaction *transaction, const char *who,
                      int64_t run, int year, Error *error) {
    for (size_t i = 0; i < book->step_count && !book->settled; i++)
        if (!put_step(book, &book->steps[i], transaction, who, run, year, error)) return false;
    return true;
}

size_t warning_book_step_count(const WarningBook *book) {
    return book->step_count;
}

const WarningStep *warning_book_step(const WarningBook *book, size_t index) {
    return &book->steps[index].said;
}

static void take_text(char **own, const char *text) {
    char *former = *own;
    if (former == text) return;
    *own = memory_copy_string(text);
    free(former);
}

static void take_over(Case *known, const Case *after) {
    const uint64_t seen = known->seen;
    char *acknowledged_by = known->acknowledged_by, *message = known->message;
    take_text(&acknowledged_by, after->acknowledged_by);
    take_text(&message, after->message);
    *known = *after;
    known->seen = seen;
    known->acknowledged_by = acknowledged_by;
    known->message = message;
}

void warning_book_settle(WarningBook *book, bool committed) {
    for (size_t i = 0; i < book->step_count && committed && !book->settled; i++)
        take_over(&book->cases[book->steps[i].of], &book->steps[i].after);
    if (!committed) book->step_count = 0;
    book->settled = true;
}
