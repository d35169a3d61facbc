// The assessments of a block: items scored and vetoes struck, for regions and units.
#include <math.h>
#include <string.h>

#include "core/base/memory.h"
#include "core/eval/evaluation.h"

// One assessment of one subject, for the lanes that are assessed.
typedef struct Assessing {
    Evaluation *evaluation;
    const Assessment *assessment;
    const AssessmentPlace *place;
    Subject subject;
    size_t subject_index; // 0, or the unit
    const uint32_t *lanes;
    size_t lane_count;
    bool *reached; // by item: lanes may have entered or left it
} Assessing;

static const Expected yes_or_no = {
    .kind = RULE_BOOLEAN, .english = "true or false", .chinese = " true 或 false"};
static const Expected a_veto = {.kind = RULE_BOOLEAN,
                                .english = "true or false",
                                .chinese = " true 或 false",
                                .needs_all = true};

static uint8_t *state_of(const Assessing *assessing, uint32_t lane, size_t item) {
    size_t cell = assessing->subject_index * assessing->assessment->item_count + item;
    return evaluation_record(assessing->evaluation, lane) + assessing->place->states + cell;
}

static void put_score(const Assessing *assessing, uint32_t lane, size_t item, double score) {
    size_t cell = assessing->subject_index * assessing->assessment->item_count + item;
    uint8_t *record = evaluation_record(assessing->evaluation, lane);
    score = score == 0 ? 0 : score; // never −0
    memcpy(record + assessing->place->scores + cell * sizeof(double), &score, sizeof score);
}

static void put_item(const Assessing *assessing, uint32_t lane, size_t item, ItemState state,
                     double score) {
    *state_of(assessing, lane, item) = (uint8_t)state;
    put_score(assessing, lane, item, score);
}

// Lanes in which the item above this one applies; the others are put aside as not applicable.
static size_t lanes_inside(const Assessing *assessing, size_t item, uint32_t *lanes) {
    int parent = assessing->assessment->items[item].parent;
    size_t count = 0;
    for (size_t i = 0; i < assessing->lane_count; i++) {
        uint32_t lane = assessing->lanes[i];
        if (parent >= 0 && *state_of(assessing, lane, (size_t)parent) == ITEM_NOT_APPLICABLE)
            put_item(assessing, lane, item, ITEM_NOT_APPLICABLE, 0);
        else
            lanes[count++] = lane;
    }
    return count;
}

// Lanes in which the item applies; a rule that fails leaves it in.
static size_t lanes_applicable(Assessing *assessing, size_t index, uint32_t *lanes, size_t count) {
    const Item *item = &assessing->assessment->items[index];
    Answers answers;
    if (item->applies < 0) return count;
    calls_make(assessing->evaluation, item->applies, &assessing->subject, &yes_or_no, lanes, count,
               &answers);
    size_t left = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t lane = lanes[i];
        bool out = !answers.failed[lane] && answers.kinds[lane] == RULE_BOOLEAN &&
                   answers.numbers[lane] == 0;
        if (out)
            put_item(assessing, lane, index, ITEM_NOT_APPLICABLE, 0);
        else
            lanes[left++] = lane;
    }
    return left;
}

static void score_lanes(Assessing *assessing, size_t index, const uint32_t *lanes, size_t count) {
    const Item *item = &assessing->assessment->items[index];
    bool capped = assessing->evaluation->description->conventions.cap_items;
    Expected expected = {.kind = RULE_NUMBER,
                         .low = capped ? -INFINITY : 0,
                         .high = capped ? INFINITY : item->points,
                         .english = "a number within the item's points, or nil",
                         .chinese = "不超出分值的数或 nil"};
    Answers answers;
    calls_make(assessing->evaluation, item->score, &assessing->subject, &expected, lanes, count,
               &answers);
    for (size_t i = 0; i < count; i++) {
        uint32_t lane = lanes[i];
        if (answers.failed[lane])
            put_item(assessing, lane, index, ITEM_FAILED, 0);
        else if (answers.kinds[lane] == RULE_NIL)
            put_item(assessing, lane, index, ITEM_NO_DATA, 0);
        else
            put_item(assessing, lane, index, ITEM_SCORED,
                     fmin(fmax(answers.numbers[lane], 0), item->points));
    }
}

static bool is_touched(const Assessing *assessing, int rule) {
    return rule >= 0 && calls_are_touched(assessing->evaluation, rule, &assessing->subject, false);
}

// After a change an item keeps what it has unless its rules see the change, or lanes have entered
// or left the item above it.
static bool must_score(const Assessing *assessing, size_t index) {
    const Item *item = &assessing->assessment->items[index];
    return !assessing->evaluation->changes ||
           (item->parent >= 0 && assessing->reached[item->parent]) ||
           is_touched(assessing, item->applies) || is_touched(assessing, item->score);
}

static bool is_inside(const Assessing *assessing, size_t index) {
    return *state_of(assessing, assessing->lanes[0], index) != ITEM_NOT_APPLICABLE;
}

static void assess_item(Assessing *assessing, size_t index) {
    const Item *item = &assessing->assessment->items[index];
    uint32_t lanes[FIGURE_LANES];
    assessing->subject.item = (int)index;
    assessing->subject.points = item->points;
    if (!must_score(assessing, index)) return;
    bool was_inside = is_inside(assessing, index);
    size_t count = lanes_inside(assessing, index, lanes);
    count = lanes_applicable(assessing, index, lanes, count);
    if (item->score >= 0) {
        score_lanes(assessing, index, lanes, count);
    } else {
        for (size_t i = 0; i < count; i++)
            put_item(assessing, lanes[i], index, ITEM_SCORED, 0);
    }
    assessing->reached[index] = is_inside(assessing, index) != was_inside;
}

// The first veto that strikes is the one that counts.
static void strike_vetoes(Assessing *assessing) {
    const Assessment *assessment = assessing->assessment;
    size_t offset = assessing->place->vetoes + assessing->subject_index;
    uint32_t lanes[FIGURE_LANES];
    size_t count = assessing->lane_count;
    memcpy(lanes, assessing->lanes, count * sizeof *lanes);
    for (size_t i = 0; i < count; i++)
        evaluation_record(assessing->evaluation, lanes[i])[offset] = VETO_NONE;
    for (size_t v = 0; v < assessment->veto_count && count > 0; v++) {
        Answers answers;
        if (assessment->vetoes[v].when < 0) continue;
        assessing->subject.veto = (int)v;
        calls_make(assessing->evaluation, assessment->vetoes[v].when, &assessing->subject, &a_veto,
                   lanes, count, &answers);
        size_t left = 0;
        for (size_t i = 0; i < count; i++) {
            uint32_t lane = lanes[i];
            bool struck = !answers.failed[lane] && answers.kinds[lane] == RULE_BOOLEAN &&
                          answers.numbers[lane] != 0;
            if (struck)
                evaluation_record(assessing->evaluation, lane)[offset] =
                    (uint8_t)(VETO_NONE + 1 + v);
            else
                lanes[left++] = lane;
        }
        count = left;
    }
}

static bool must_strike(const Assessing *assessing) {
    bool must = !assessing->evaluation->changes;
    for (size_t v = 0; v < assessing->assessment->veto_count && !must; v++)
        must = is_touched(assessing, assessing->assessment->vetoes[v].when);
    return must;
}

static void assess(Evaluation *evaluation, size_t index, int unit, const uint32_t *lanes,
                   size_t lane_count) {
    const Assessment *assessment = &evaluation->description->assessments[index];
    Assessing assessing = {.evaluation = evaluation,
                           .assessment = assessment,
                           .place = &evaluation->layout->assessments[index],
                           .subject = subject_none,
                           .subject_index = unit >= 0 ? (size_t)unit : 0,
                           .lanes = lanes,
                           .lane_count = lane_count};
    assessing.subject.assessment = (int)index;
    assessing.subject.unit = assessing.subject.about = unit;
    assessing.subject.plan = assessment->plan;
    if (lane_count == 0) return;
    assessing.reached = memory_new(assessment->item_count, sizeof *assessing.reached);
    for (size_t i = 0; i < assessment->item_count; i++)
        assess_item(&assessing, i);
    assessing.subject.item = -1;
    if (must_strike(&assessing)) strike_vetoes(&assessing);
    free(assessing.reached);
}

// Whether an assessment is about a region.
static bool is_assessed(const Evaluation *evaluation, const Assessment *assessment, size_t region) {
    const DatasetRegion *regions = evaluation->source.dataset->regions;
    const char *own = evaluation->description->region;
    int parent = regions[region].parent;
    switch (assessment->of) {
        case OF_REGION: return true;
        case OF_SELF:
        case OF_UNIT: return strcmp(regions[region].code, own) == 0;
        case OF_CHILDREN: return parent >= 0 && strcmp(regions[parent].code, own) == 0;
    }
    return false;
}

// What stands in the record of a region or a unit that is not assessed.
static void put_absent(const Evaluation *evaluation, size_t index, size_t subject, uint32_t lane) {
    const AssessmentPlace *place = &evaluation->layout->assessments[index];
    size_t items = evaluation->description->assessments[index].item_count;
    uint8_t *record = evaluation_record(evaluation, lane);
    record[place->vetoes + subject] = VETO_ABSENT;
    memset(record + place->states + subject * items, ITEM_NOT_APPLICABLE, items);
    memset(record + place->scores + subject * items * sizeof(double), 0, items * sizeof(double));
}

static void assess_units(Evaluation *evaluation, size_t index, const uint32_t *lanes,
                         size_t count) {
    const Description *description = evaluation->description;
    for (size_t u = 0; u < description->unit_count; u++) {
        if (assessment_is_of_unit(&description->assessments[index], u)) {
            assess(evaluation, index, (int)u, lanes, count);
            continue;
        }
        for (size_t i = 0; i < count; i++)
            put_absent(evaluation, index, u, lanes[i]);
    }
}

void assessments_pass(Evaluation *evaluation) {
    const Description *description = evaluation->description;
    for (size_t a = 0; a < description->assessment_count; a++) {
        bool of_units = description->assessments[a].of == OF_UNIT;
        uint32_t lanes[FIGURE_LANES];
        size_t count = 0;
        for (size_t i = 0; i < evaluation->lane_count; i++) {
            uint32_t lane = evaluation->lanes[i];
            if (is_assessed(evaluation, &description->assessments[a],
                            evaluation->block.first + lane))
                lanes[count++] = lane;
            else if (!of_units) // other regions' records have no room for units
                put_absent(evaluation, a, 0, lane);
        }
        if (of_units)
            assess_units(evaluation, a, lanes, count);
        else
            assess(evaluation, a, -1, lanes, count);
    }
}
