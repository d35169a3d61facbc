// Published assessment rounds held against the rows of the log that tell of them: see
// audit_inside.h. What was published never changes again, so it is compared as it is now.
#include <stdio.h>
#include <string.h>

#include "core/audit/audit_inside.h"
#include "core/base/language.h"

enum { UNTOLD, TOLD };

static bool is_published(const StoreRound *round) {
    return strcmp(round->state, "published") == 0;
}

static void round_key(int64_t id, char key[32]) {
    snprintf(key, 32, "%lld", (long long)id);
}

static bool note_published(const StoreRound *round, void *context, Error *error) {
    (void)error;
    char key[32];
    round_key(round->id, key);
    if (is_published(round)) map_put(context, key, UNTOLD);
    return true;
}

bool audit_rounds_note(Store *store, Map *rounds, Error *error) {
    const StoreRoundQuery all = {0};
    return store_read_rounds(store, &all, note_published, rounds, error);
}

typedef struct Told {
    const StoreAuditRow *row;
    const json_t *detail;
    bool there, same;
} Told;

static bool says(const json_t *detail, const char *key, const char *text) {
    const char *said = json_string_value(json_object_get(detail, key));
    return said && strcmp(said, text) == 0;
}

static bool compare(const StoreRound *round, void *context, Error *error) {
    Told *told = context;
    const json_t *detail = told->detail;
    (void)error;
    told->there = true;
    told->same = is_published(round) && says(detail, "assessment", round->assessment) &&
                 says(detail, "kind", round->kind) &&
                 json_integer_value(json_object_get(detail, "year")) == round->year &&
                 json_integer_value(json_object_get(detail, "run")) == round->run;
    return true;
}

bool audit_rounds_take(Store *store, Map *rounds, const StoreAuditRow *row, const json_t *detail,
                       AuditReport *report, Error *error) {
    const long long id = json_integer_value(json_object_get(detail, "round"));
    const StoreRoundQuery query = {.pack = row->subject, .id = id};
    Told told = {.row = row, .detail = detail};
    char key[32];
    round_key(id, key);
    map_put(rounds, key, TOLD);
    if (id > 0 && !store_read_rounds(store, &query, compare, &told, error)) return false;
    if (!told.there)
        audit_report_add(report, AUDIT_ROUND, row->id,
                         T("Assessment round %lld is gone, though row %lld tells of it",
                           "考核轮次 %lld 已不存在，而第 %lld 行有其记录"),
                         id, (long long)row->id);
    else if (!told.same)
        audit_report_add(report, AUDIT_ROUND, row->id,
                         T("Assessment round %lld is not what row %lld says was published",
                           "考核轮次 %lld 与第 %lld 行所记的公布内容不符"),
                         id, (long long)row->id);
    return true;
}

typedef struct Ending {
    const Map *rounds;
    AuditReport *report;
} Ending;

static bool report_untold(const StoreRound *round, void *context, Error *error) {
    const Ending *ending = context;
    char key[32];
    (void)error;
    round_key(round->id, key);
    if (is_published(round) && map_get(ending->rounds, key) == UNTOLD)
        audit_report_add(ending->report, AUDIT_ROUND, 0,
                         T("Assessment round %lld is published, though no row tells of it",
                           "考核轮次 %lld 已公布，但没有日志记录"),
                         (long long)round->id);
    return true;
}

bool audit_rounds_end(Store *store, const Map *rounds, AuditReport *report, Error *error) {
    const StoreRoundQuery all = {0};
    Ending ending = {rounds, report};
    return store_read_rounds(store, &all, report_untold, &ending, error);
}
