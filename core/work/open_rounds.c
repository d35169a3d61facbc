// Open rounds that keep a version from becoming active: see open_rounds.h.
#include "core/work/open_rounds.h"

#include <string.h>

#include "core/base/language.h"
#include "core/work/active_version.h"
#include "core/work/assessment_round.h"

enum { MOST_NAMED = 8 };

// The open rounds about the first assessment that was found missing; other assessments are told of
// when that is mended. Without a next version all are missing, and all are told of.
typedef struct Missing {
    const Description *next; // NULL: none
    char assessment[ROUND_ID_SIZE];
    Buffer rounds; // "3 (annual, 2025), 7 …"
    int64_t newest;
    size_t count;
} Missing;

static bool note_round(const StoreRound *row, void *context, Error *error) {
    (void)error;
    Missing *missing = context;
    AssessmentRound round;
    if (missing->next && description_assessment(missing->next, row->assessment) >= 0) return true;
    round_from_row(row, &round);
    if (missing->count == 0) {
        memcpy(missing->assessment, round.assessment, sizeof missing->assessment);
        missing->newest = round.id;
    } else if (missing->next && strcmp(missing->assessment, round.assessment) != 0) {
        return true;
    }
    if (++missing->count > MOST_NAMED) return true;
    if (missing->count > 1) buffer_text(&missing->rounds, T(", ", "、"));
    buffer_printf(&missing->rounds, T("%lld (%s, %d)", "%1$lld（%3$d 年%2$s）"),
                  (long long)round.id, round_kind_title(round.kind), round.year);
    return true;
}

// Where the version that is active declares it; nothing when it cannot be read.
static void say_place(Store *store, const Missing *missing, Buffer *out) {
    Description *active;
    Error ignored = {0}; // the refusal stands without it
    if (!active_version_read(store, missing->next->id, &active, &ignored)) return;
    int place = description_assessment(active, missing->assessment);
    if (place >= 0)
        buffer_printf(
            out, T("; version %s declares it in %s:%d", "；版本 %s 在 %s:%d 声明了该考核"),
            active->version, active->assessments[place].file, active->assessments[place].line);
    description_free(active);
}

static bool refuse(Store *store, Missing *missing, Error *error) {
    Buffer place = {0};
    const Description *next = missing->next;
    say_place(store, missing, &place);
    if (missing->count > MOST_NAMED) buffer_text(&missing->rounds, " …");
    error_set(error, ERROR_CONFLICT,
              T("pack %s %s declares no assessment \"%s\", of which rounds are open: %s%s",
                "评估包 %s %s 没有声明考核“%s”，而该考核有进行中的轮次：%s%s"),
              next->id, next->version, missing->assessment, missing->rounds.data,
              place.data ? place.data : "");
    buffer_free(&place);
    return error_hint(error,
                      T("keep the id \"%s\", or publish or withdraw the rounds first, the newest "
                        "of which is round %lld",
                        "请保留标识“%s”，或先公布或撤销这些轮次（最近的为轮次 %lld）"),
                      missing->assessment, (long long)missing->newest);
}

static bool refuse_retirement(const char *pack, Missing *missing, Error *error) {
    if (missing->count > MOST_NAMED) buffer_text(&missing->rounds, " …");
    error_set(error, ERROR_CONFLICT,
              T("pack %s cannot be taken out of service while assessment rounds of it are open: %s",
                "评估包 %s 有进行中的考核轮次，不能停用：%s"),
              pack, missing->rounds.data);
    return error_hint(error,
                      T("publish or withdraw them first, the newest of which is round %lld",
                        "请先公布或撤销这些轮次（最近的为轮次 %lld）"),
                      (long long)missing->newest);
}

bool open_rounds_allow_retirement(Store *store, const char *pack, Error *error) {
    const StoreRoundQuery open = {.pack = pack, .open_only = true};
    Missing missing = {0};
    bool good = store_read_rounds(store, &open, note_round, &missing, error) &&
                (missing.count == 0 || refuse_retirement(pack, &missing, error));
    buffer_free(&missing.rounds);
    return good;
}

bool open_rounds_allow(Store *store, const Description *next, Error *error) {
    const StoreRoundQuery open = {.pack = next->id, .open_only = true};
    Missing missing = {.next = next};
    bool good = store_read_rounds(store, &open, note_round, &missing, error) &&
                (missing.count == 0 || refuse(store, &missing, error));
    buffer_free(&missing.rounds);
    return good;
}
