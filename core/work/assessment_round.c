// Assessment rounds: see assessment_round.h.
#include "core/work/assessment_round.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/clock.h"
#include "core/base/language.h"
#include "core/base/nearest.h"
#include "core/base/plain_text.h"
#include "core/base/text.h"
#include "core/base/utf8.h"
#include "core/eval/evaluate.h"
#include "core/work/active_version.h"
#include "core/work/figures_since.h"

// ---- names --------------------------------------------------------------------------------------

static const char *const state_names[] = {"self_assessment", "verification", "review", "published",
                                          "withdrawn"};
static const char *const kind_names[] = {"annual", "midterm", "final"};

// Bit 1 << state for each state that may follow.
#define MAY(state) (1U << (state))
static const unsigned followers[ROUND_STATE_COUNT + 1] = {
    [ROUND_SELF_ASSESSMENT] = MAY(ROUND_VERIFICATION) | MAY(ROUND_WITHDRAWN),
    [ROUND_VERIFICATION] = MAY(ROUND_REVIEW) | MAY(ROUND_WITHDRAWN),
    [ROUND_REVIEW] = MAY(ROUND_PUBLISHED) | MAY(ROUND_WITHDRAWN),
    [ROUND_PUBLISHED] = 0,
    [ROUND_WITHDRAWN] = 0,
    [ROUND_STATE_COUNT] = 0, // of a later program
};

const char *round_state_name(RoundState state) {
    return state < ROUND_STATE_COUNT ? state_names[state] : "unknown";
}

const char *round_kind_name(RoundKind kind) {
    return kind < ROUND_KIND_COUNT ? kind_names[kind] : "unknown";
}

const char *round_state_title(RoundState state) {
    switch (state) {
        case ROUND_SELF_ASSESSMENT: return T("self-assessment", "自评");
        case ROUND_VERIFICATION: return T("verification", "核验");
        case ROUND_REVIEW: return T("review", "审核");
        case ROUND_PUBLISHED: return T("published", "公布");
        case ROUND_WITHDRAWN: return T("withdrawn", "撤销");
        case ROUND_STATE_COUNT: break;
    }
    return "";
}

const char *round_kind_title(RoundKind kind) {
    switch (kind) {
        case ROUND_ANNUAL: return T("annual", "年度");
        case ROUND_MIDTERM: return T("midterm", "中期");
        case ROUND_FINAL: return T("final", "终期");
        case ROUND_KIND_COUNT: break;
    }
    return "";
}

static int place_of(const char *name, const char *const *names, int count) {
    int place = 0;
    while (place < count && strcmp(names[place], name) != 0)
        place++;
    return place;
}

RoundState round_state_from_name(const char *name) {
    return (RoundState)place_of(name, state_names, ROUND_STATE_COUNT);
}

RoundKind round_kind_from_name(const char *name) {
    return (RoundKind)place_of(name, kind_names, ROUND_KIND_COUNT);
}

bool round_kind_parse(const char *name, RoundKind *kind, Error *error) {
    *kind = round_kind_from_name(name);
    return *kind != ROUND_KIND_COUNT ||
           error_set(error, ERROR_USAGE,
                     T("the kind of a round is annual, midterm or final, not \"%s\"",
                       "轮次类型应为 annual（年度）、midterm（中期）或 final（终期），而不是“%s”"),
                     name);
}

bool round_state_parse(const char *name, RoundState *state, Error *error) {
    *state = round_state_from_name(name);
    return *state != ROUND_STATE_COUNT ||
           error_set(
               error, ERROR_USAGE,
               T("a round's states are self_assessment, verification, review, published and "
                 "withdrawn, not \"%s\"",
                 "轮次阶段应为 self_assessment（自评）、verification（核验）、review（审核）、"
                 "published（公布）或 withdrawn（撤销），而不是“%s”"),
               name);
}

bool round_may_follow(RoundState from, RoundState to) {
    return (followers[from] & MAY(to)) != 0;
}

RoundState round_next_state(RoundState state) {
    for (int next = 0; next < ROUND_STATE_COUNT; next++)
        if (next != ROUND_WITHDRAWN && round_may_follow(state, (RoundState)next))
            return (RoundState)next;
    return ROUND_STATE_COUNT;
}

bool round_state_is_open(RoundState state) {
    return followers[state] != 0;
}

// ---- reading ------------------------------------------------------------------------------------

void round_from_row(const StoreRound *row, AssessmentRound *round) {
    *round = (AssessmentRound){.id = row->id,
                               .year = row->year,
                               .kind = round_kind_from_name(row->kind),
                               .state = round_state_from_name(row->state),
                               .run = row->run,
                               .opened_at_us = row->opened_at_us,
                               .closed_at_us = row->closed_at_us,
                               .changes = row->changes};
    snprintf(round->pack, sizeof round->pack, "%s", row->pack);
    snprintf(round->assessment, sizeof round->assessment, "%s", row->assessment);
    text_copy(round->opened_by, sizeof round->opened_by, row->opened_by);
}

static StoreRound row_of(const AssessmentRound *round) {
    return (StoreRound){.id = round->id,
                        .pack = round->pack,
                        .assessment = round->assessment,
                        .year = round->year,
                        .kind = round_kind_name(round->kind),
                        .state = round_state_name(round->state),
                        .opened_at_us = round->opened_at_us,
                        .closed_at_us = round->closed_at_us,
                        .opened_by = round->opened_by,
                        .run = round->run,
                        .changes = round->changes};
}

static bool take_round(const StoreRound *row, void *context, Error *error) {
    AssessmentRound *round = context;
    round_from_row(row, round);
    return (round->state != ROUND_STATE_COUNT && round->kind != ROUND_KIND_COUNT) ||
           error_set(error, ERROR_STORE,
                     T("round %lld is in a state that this program does not know: \"%s\"",
                       "本程序无法识别考核轮次 %lld 的阶段“%s”"),
                     (long long)row->id, row->state);
}

bool round_read(Store *store, const char *pack, int64_t id, AssessmentRound *round, Error *error) {
    const StoreRoundQuery query = {.pack = pack, .id = id};
    *round = (AssessmentRound){0};
    if (id > 0 && !store_read_rounds(store, &query, take_round, round, error)) return false;
    if (round->id) return true;
    if (pack)
        error_set(error, ERROR_NOT_FOUND,
                  T("pack %s has no assessment round %lld", "评估包 %s 没有编号为 %lld 的考核轮次"),
                  pack, (long long)id);
    else
        error_set(error, ERROR_NOT_FOUND,
                  T("there is no assessment round %lld", "没有编号为 %lld 的考核轮次"),
                  (long long)id);
    return error_hint(
        error, "%s", T("the list of rounds shows those there are", "可在轮次列表中查看已有的轮次"));
}

typedef struct FoundRun {
    int64_t id; // 0 for none
    int64_t data_version;
} FoundRun;

// One that another engine made cannot be shown.
static bool take_run(const StoreRun *run, void *context, Error *error) {
    (void)error;
    if (run->engine_version == ENGINE_VERSION)
        *(FoundRun *)context = (FoundRun){run->id, run->data_version};
    return true;
}

// After a version was gone back to, the newest run of all may be that of the version that was left.
static bool find_newest_run(Store *store, const AssessmentRound *round, FoundRun *run,
                            Error *error) {
    char hash[HASH_TEXT_SIZE];
    const StoreRunQuery query = {
        .pack = round->pack, .pack_hash = hash, .year = round->year, .limit = 1};
    return active_version_find(store, round->pack, hash, error) &&
           store_read_runs(store, &query, take_run, run, error);
}

bool round_find_run(Store *store, const AssessmentRound *round, int64_t *run, Error *error) {
    FoundRun found = {.id = round->run};
    bool good = !round_state_is_open(round->state) || find_newest_run(store, round, &found, error);
    *run = found.id;
    return good;
}

// ---- changing -----------------------------------------------------------------------------------

// Notes that the round has come to its state, now.
static bool put(StoreTransaction *transaction, AssessmentRound *round, const char *who,
                const char *reason, Error *error) {
    const int64_t now_us = clock_now_us();
    if (round->changes == 0) round->opened_at_us = now_us;
    if (!round_state_is_open(round->state)) round->closed_at_us = now_us;
    StoreRound row = row_of(round);
    StoreRoundChange change = {
        .at_us = now_us, .state = row.state, .who = who, .reason = reason, .run = round->run};
    if (!store_put_round(transaction, &row, &change, error)) return false;
    round->id = row.id;
    round->changes = row.changes;
    return true;
}

// ---- opening ------------------------------------------------------------------------------------

typedef struct Opening {
    Store *store;
    const RoundOpening *asked;
    AssessmentRound *round;
} Opening;

static void hint_ids(const char *const *ids, size_t count, Error *error) {
    Buffer list = {0};
    for (size_t i = 0; i < count; i++)
        buffer_printf(&list, "%s%s", i ? T(", ", "、") : "", ids[i]);
    error_hint(error, T("it declares %s", "已声明的考核：%s"), list.data);
    buffer_free(&list);
}

static bool refuse_assessment(const Description *description, const char *id, Error *error) {
    const size_t count = description->assessment_count;
    const char **ids = memory_new(count + 1, sizeof *ids);
    for (size_t i = 0; i < count; i++)
        ids[i] = description->assessments[i].id;
    const char *near = nearest_name(id, ids, count);
    error_set(error, ERROR_NOT_FOUND,
              T("the active version of pack %s (%s) declares no assessment \"%s\"",
                "评估包 %s 的激活版本（%s）没有声明考核“%s”"),
              description->id, description->version, id);
    if (near)
        error_hint(error, T("did you mean \"%s\"?", "是否应为“%s”？"), near);
    else if (count > 0)
        hint_ids(ids, count, error);
    free(ids);
    return false;
}

static bool refuse_year(const Description *description, const RoundOpening *asked, Error *error) {
    Buffer plans = {0};
    for (size_t p = 0; p < description->plan_count; p++)
        buffer_printf(&plans, T("%s%s from %d to %d", "%s%s %d 至 %d 年"), p ? T(", ", "、") : "",
                      description->plans[p].id, description->plans[p].first_year,
                      description->plans[p].last_year);
    error_set(error, ERROR_INPUT,
              T("%d is in no plan of pack %s: %s", "%d 年不在评估包 %s 的任何规划期内：%s"),
              asked->year, description->id, plans.data);
    buffer_free(&plans);
    return error_hint(
        error, "%s",
        T("give a year of a plan; a final round may also be of the year after its end",
          "请填规划期内的年份；终期轮次也可为规划期满后的次年"));
}

// A final round looks back from the year after the plan's end.
static bool is_planned(const Description *description, const RoundOpening *asked, Error *error) {
    const int after = asked->kind == ROUND_FINAL ? 1 : 0;
    for (size_t p = 0; p < description->plan_count; p++)
        if (asked->year >= description->plans[p].first_year &&
            asked->year <= description->plans[p].last_year + after)
            return true;
    return description->plan_count == 0 || refuse_year(description, asked, error);
}

static bool is_declared(Store *store, const RoundOpening *asked, Error *error) {
    Description *active;
    if (!active_version_read(store, asked->pack, &active, error)) return false;
    bool found = (description_assessment(active, asked->assessment) >= 0 ||
                  refuse_assessment(active, asked->assessment, error)) &&
                 is_planned(active, asked, error);
    description_free(active);
    return found;
}

static bool refuse_second(const StoreRound *row, void *context, Error *error) {
    const RoundOpening *asked = context;
    if (strcmp(row->assessment, asked->assessment) != 0 || row->year != asked->year ||
        strcmp(row->kind, round_kind_name(asked->kind)) != 0)
        return true;
    error_set(error, ERROR_CONFLICT,
              T("assessment %s of pack %s has an open %s round of %d already: round %lld",
                "评估包 %2$s 的考核 %1$s 已有进行中的 %4$d 年%3$s轮次：轮次 %5$lld"),
              asked->assessment, asked->pack, round_kind_title(asked->kind), asked->year,
              (long long)row->id);
    return error_hint(
        error,
        T("go on with round %lld, or withdraw it first", "请继续推进轮次 %lld，或先将其撤销"),
        (long long)row->id);
}

static bool write_opening(StoreTransaction *transaction, void *context, Error *error) {
    const Opening *opening = context;
    const RoundOpening *asked = opening->asked;
    AssessmentRound *round = opening->round;
    const StoreRoundQuery open = {.pack = asked->pack, .open_only = true};
    if (!is_declared(opening->store, asked, error) ||
        !store_read_rounds(opening->store, &open, refuse_second, (void *)asked, error))
        return false;
    *round =
        (AssessmentRound){.year = asked->year, .kind = asked->kind, .state = ROUND_SELF_ASSESSMENT};
    snprintf(round->pack, sizeof round->pack, "%s", asked->pack);
    snprintf(round->assessment, sizeof round->assessment, "%s", asked->assessment);
    text_copy(round->opened_by, sizeof round->opened_by, asked->who);
    return put(transaction, round, asked->who, NULL, error);
}

bool round_open(Store *store, const RoundOpening *asked, AssessmentRound *round, Error *error) {
    Opening opening = {store, asked, round};
    if (asked->year < ROUND_FIRST_YEAR || asked->year > ROUND_LAST_YEAR)
        return error_set(
            error, ERROR_INPUT,
            T("the year of a round lies between %d and %d", "轮次年份应在 %d 至 %d 之间"),
            ROUND_FIRST_YEAR, ROUND_LAST_YEAR);
    return store_write(store, write_opening, &opening, error);
}

// ---- going on -----------------------------------------------------------------------------------

typedef struct Stepping {
    Store *store;
    const RoundStep *asked;
    AssessmentRound *round;
} Stepping;

static bool refuse_step(const AssessmentRound *round, RoundState to, Error *error) {
    const RoundState next = round_next_state(round->state);
    if (!round_state_is_open(round->state))
        return error_set(error, ERROR_CONFLICT,
                         T("round %lld is over: it was %s", "轮次 %lld 已结束：%s"),
                         (long long)round->id, round_state_title(round->state));
    error_set(error, ERROR_CONFLICT,
              T("round %lld is in %s and cannot come to %s from there",
                "轮次 %lld 处于%s阶段，不能转为%s"),
              (long long)round->id, round_state_title(round->state), round_state_title(to));
    if (strcmp(round_state_title(next), round_state_name(next)) == 0)
        return error_hint(error, "next comes %s", round_state_name(next));
    return error_hint(error, T("next comes %s (%s)", "下一阶段为%s（%s）"), round_state_title(next),
                      round_state_name(next));
}

static bool refuse_without_run(const AssessmentRound *round, Error *error) {
    error_set(error, ERROR_NOT_FOUND,
              T("round %lld has no figures to publish: the active version of pack %s has not been "
                "evaluated for %d",
                "轮次 %lld 没有可公布的结果：评估包 %s 的激活版本尚未评估 %d 年"),
              (long long)round->id, round->pack, round->year);
    return error_hint(error, T("evaluate pack %s for %d first", "请先对评估包 %s 评估 %d 年"),
                      round->pack, round->year);
}

static bool refuse_outdated(const AssessmentRound *round, const FoundRun *run, int64_t newest,
                            Error *error) {
    error_set(error, ERROR_CONFLICT,
              T("round %lld would be published without figures that came since: run %lld has data "
                "version %lld, the workspace is at %lld",
                "轮次 %lld 的结果缺少此后录入的数据：运行 %lld 的数据版本为 %lld，工作区已为 %lld"),
              (long long)round->id, (long long)run->id, (long long)run->data_version,
              (long long)newest);
    return error_hint(error,
                      T("evaluate pack %s for %d again first", "请先对评估包 %s 重新评估 %d 年"),
                      round->pack, round->year);
}

static bool is_up_to_date(Store *store, const AssessmentRound *round, const FoundRun *run,
                          Error *error) {
    Description *active;
    int64_t newest;
    if (!active_version_read(store, round->pack, &active, error)) return false;
    const FiguresSince since = {active, round->year, run->data_version};
    bool good = figures_since_find(store, &since, &newest, error) &&
                (newest == run->data_version || refuse_outdated(round, run, newest, error));
    description_free(active);
    return good;
}

static bool pin_run(Store *store, AssessmentRound *round, Error *error) {
    FoundRun run = {0};
    if (!find_newest_run(store, round, &run, error)) return false;
    if (!run.id) return refuse_without_run(round, error);
    round->run = run.id;
    return is_up_to_date(store, round, &run, error);
}

static bool write_step(StoreTransaction *transaction, void *context, Error *error) {
    const Stepping *stepping = context;
    const RoundStep *asked = stepping->asked;
    AssessmentRound *round = stepping->round;
    if (!round_read(stepping->store, asked->pack, asked->id, round, error)) return false;
    const RoundState to =
        asked->to == ROUND_STATE_COUNT ? round_next_state(round->state) : asked->to;
    if (to == ROUND_STATE_COUNT || !round_may_follow(round->state, to))
        return refuse_step(round, to, error);
    if (to == ROUND_PUBLISHED && !pin_run(stepping->store, round, error)) return false;
    round->state = to;
    return put(transaction, round, asked->who, asked->reason, error);
}

// Also one of the blanks that are typed in Chinese text (U+3000) or pasted (U+00A0).
static bool is_blank_character(uint32_t character) {
    return character == ' ' || character == '\t' || character == '\n' || character == 0xA0 ||
           character == 0x3000;
}

static bool is_blank(const char *text) {
    uint32_t character;
    for (text = utf8_next(text, &character); character; text = utf8_next(text, &character))
        if (!is_blank_character(character)) return false;
    return true;
}

static bool check_reason(const char *reason, Error *error) {
    if (!reason || is_blank(reason))
        return error_set(
            error, ERROR_INPUT, "%s",
            T("a round is withdrawn for a reason, and none was given", "撤销轮次须说明原因"));
    if (!plain_text(reason, strlen(reason)))
        return error_set(error, ERROR_INPUT, "%s",
                         T("the reason must be plain text without control characters",
                           "原因应为不含控制字符的文本"));
    return utf8_count(reason) <= ROUND_MOST_REASON ||
           error_set(error, ERROR_INPUT,
                     T("the reason may have %d characters at most", "原因不得超过 %d 字"),
                     ROUND_MOST_REASON);
}

bool round_step(Store *store, const RoundStep *asked, AssessmentRound *round, Error *error) {
    Stepping stepping = {store, asked, round};
    if (asked->to == ROUND_WITHDRAWN && !check_reason(asked->reason, error)) return false;
    return store_write(store, write_step, &stepping, error);
}
