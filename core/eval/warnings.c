// The warnings of a block: which are raised, and how severe they are.
#include <string.h>

#include "core/eval/evaluation.h"

static const Expected *expected_level(void) {
    static const char *words[LEVEL_COUNT - 1];
    static Expected expected = {.kind = RULE_TEXT,
                                .words = words,
                                .word_count = LEVEL_COUNT - 1,
                                .english = "\"red\", \"orange\", \"yellow\", \"blue\" or nil",
                                .chinese = " \"red\"、\"orange\"、\"yellow\"、\"blue\" 或 nil"};
    for (int level = LEVEL_BLUE; level < LEVEL_COUNT && !words[level - 1]; level++)
        words[level - 1] = level_name((WarningLevel)level);
    return &expected;
}

// The level a lane's answer stands for.
static uint8_t level_of(const Answers *answers, uint32_t lane) {
    bool raised = !answers->failed[lane] && answers->kinds[lane] == RULE_TEXT;
    return raised ? (uint8_t)(answers->numbers[lane] + 1) : LEVEL_NONE;
}

// A warning that must hold is as severe as in the mildest of its years.
static void judge_levels(Evaluation *evaluation, const Warning *warning, Subject subject,
                         const uint32_t *lanes, size_t lane_count, uint8_t *levels) {
    uint32_t alive[FIGURE_LANES];
    Answers answers;
    memcpy(alive, lanes, lane_count * sizeof *lanes);
    for (size_t i = 0; i < lane_count; i++)
        levels[lanes[i]] = LEVEL_RED;
    for (int back = 0; back < warning->hold && lane_count > 0; back++) {
        subject.back = back;
        calls_make(evaluation, warning->level, &subject, expected_level(), alive, lane_count,
                   &answers);
        size_t left = 0;
        for (size_t i = 0; i < lane_count; i++) {
            uint32_t lane = alive[i];
            uint8_t level = level_of(&answers, lane);
            if (level < levels[lane]) levels[lane] = level;
            if (level != LEVEL_NONE) alive[left++] = lane;
        }
        lane_count = left;
    }
}

static bool is_wanted(const Warning *warning, int subject) {
    if (warning->only_count == 0) return true;
    for (size_t i = 0; i < warning->only_count; i++)
        if (warning->only[i] == subject) return true;
    return false;
}

// Lanes for which an indicator applies.
static size_t applicable_lanes(Evaluation *evaluation, int indicator, uint32_t *lanes) {
    const uint8_t *statuses = block_statuses(&evaluation->block, 0, indicator);
    size_t count = 0;
    for (size_t i = 0; i < evaluation->lane_count; i++)
        if (statuses[evaluation->lanes[i]] != STATUS_NOT_APPLICABLE)
            lanes[count++] = evaluation->lanes[i];
    return count;
}

// `place`: of the subject's level among the warning's.
static void warn_about(Evaluation *evaluation, int index, const Subject *subject, int place) {
    const Warning *warning = &evaluation->description->warnings[index];
    size_t offset = evaluation->layout->levels[index] + (size_t)place;
    uint32_t lanes[FIGURE_LANES];
    uint8_t levels[FIGURE_LANES];
    bool called = warning->level >= 0 && is_wanted(warning, subject->about);
    if (called && !calls_are_touched(evaluation, warning->level, subject, warning->hold > 1))
        return;
    size_t count = 0;
    memset(levels, LEVEL_NONE, sizeof levels);
    if (called && warning->on == ON_INDICATOR)
        count = applicable_lanes(evaluation, subject->indicator, lanes);
    else if (called)
        memcpy(lanes, evaluation->lanes, (count = evaluation->lane_count) * sizeof *lanes);
    judge_levels(evaluation, warning, *subject, lanes, count, levels);
    for (size_t i = 0; i < evaluation->lane_count; i++) {
        uint32_t lane = evaluation->lanes[i];
        evaluation->records[lane][offset] = levels[lane];
    }
}

static bool is_running(const Evaluation *evaluation, int plan) {
    const Plan *about = &evaluation->description->plans[plan];
    return evaluation->layout->year >= about->first_year &&
           evaluation->layout->year <= about->last_year;
}

static void clear(Evaluation *evaluation, int index, int place) {
    size_t offset = evaluation->layout->levels[index] + (size_t)place;
    for (size_t i = 0; i < evaluation->lane_count; i++)
        evaluation_record(evaluation, evaluation->lanes[i])[offset] = LEVEL_NONE;
}

void warnings_on_indicator(Evaluation *evaluation, int indicator) {
    const Description *description = evaluation->description;
    Subject subject = subject_none;
    subject.indicator = subject.about = indicator;
    subject.plan = description->indicators[indicator].plan;
    bool running = is_running(evaluation, subject.plan);
    for (size_t w = 0; w < description->warning_count; w++) {
        if (description->warnings[w].on != ON_INDICATOR) continue;
        subject.warning = (int)w;
        if (running)
            warn_about(evaluation, (int)w, &subject, indicator);
        else
            clear(evaluation, (int)w, indicator);
    }
}

static void warn_on_plans(Evaluation *evaluation, int index) {
    Subject subject = subject_none;
    subject.warning = index;
    for (size_t p = 0; p < evaluation->description->plan_count; p++) {
        subject.plan = subject.about = (int)p;
        if (is_running(evaluation, (int)p))
            warn_about(evaluation, index, &subject, (int)p);
        else
            clear(evaluation, index, (int)p);
    }
}

void warnings_on_the_rest(Evaluation *evaluation) {
    for (size_t w = 0; w < evaluation->description->warning_count; w++) {
        Subject subject = subject_none;
        subject.warning = (int)w;
        switch (evaluation->description->warnings[w].on) {
            case ON_INDICATOR: break;
            case ON_PLAN: warn_on_plans(evaluation, (int)w); break;
            case ON_REGION: warn_about(evaluation, (int)w, &subject, 0); break;
        }
    }
}
