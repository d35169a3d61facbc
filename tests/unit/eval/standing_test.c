// Scores and places from records, against results decoded, summed and ranked the long way.
#include "tests/unit/pack/sample.h"

#include <math.h>

#include "core/base/language.h"
#include "core/eval/standing.h"
#include "core/eval/tally.h"
#include "core/stats/rank.h"

enum { REGIONS = 60, ROUNDS = 400 };
enum { GRADED, UNGRADED, OF_UNITS }; // assessments

static Description *describe(const char *conventions) {
    Buffer text = {0};
    buffer_printf(
        &text,
        "{'pack':{'id':'p','title':'p','region':'150802','version':'1.0.0','api':1,'conventions':%s},"
        "'units':[{'id':'health','title':'卫健委'},{'id':'labour','title':'人社局'}],"
        "'rules':[{'parameters':[]},{'parameters':[]},{'parameters':[]},{'parameters':[]},"
        "{'parameters':[]},{'parameters':[]}],"
        "'assessments':[{'id':'graded','title':'a','of':'region','points':100,"
        "'grades':[{'from':90,'name':'优秀'},{'from':60,'name':'合格'},{'from':0,'name':'不合格'}],"
        "'items':[{'id':'group','points':60,'items':[{'id':'x','points':40,'score':0},"
        "{'id':'y','points':20,'score':1}]},{'id':'z','points':40,'score':2}],"
        "'vetoes':[{'id':'v','when':3,'grade':'不合格'}]},"
        "{'id':'ungraded','title':'b','of':'region','points':900,"
        "'items':[{'id':'one','points':900,'score':4}]},"
        "{'id':'units','title':'c','of':'unit','points':10,"
        "'items':[{'id':'own','points':10,'score':5}]}]}",
        conventions);
    Description *description = sample_describe(text.data);
    buffer_free(&text);
    return description;
}

// Scores come from few values, so that many are the same.
static void fill(const ResultLayout *layout, uint8_t *record, uint64_t *seed) {
    memset(record, 0, layout->own_size);
    for (size_t a = 0; a < layout->description->assessment_count; a++) {
        const Assessment *assessment = &layout->description->assessments[a];
        const AssessmentPlace *place = &layout->assessments[a];
        for (size_t s = 0; s < place->subject_count; s++) {
            uint8_t veto = (uint8_t)(sample_random(seed) % (assessment->veto_count + 2));
            record[place->vetoes + s] = veto;
            for (size_t i = 0; i < assessment->item_count; i++) {
                size_t cell = s * assessment->item_count + i;
                uint32_t draw = sample_random(seed);
                ItemState state = veto == VETO_ABSENT ? ITEM_NOT_APPLICABLE
                                  : draw % 3 == 0     ? (ItemState)(draw / 3 % ITEM_STATE_COUNT)
                                                      : ITEM_SCORED;
                double score = state == ITEM_SCORED && assessment->items[i].score >= 0
                                   ? assessment->items[i].points * (sample_random(seed) % 4) / 3
                                   : 0;
                record[place->states + cell] = (uint8_t)state;
                memcpy(record + place->scores + cell * sizeof score, &score, sizeof score);
            }
        }
    }
}

typedef struct Expected {
    double totals[REGIONS], printed[REGIONS];
    int grades[REGIONS];
} Expected;

// What the region's canonical bytes say of the assessment.
static void expect(const ResultLayout *layout, int assessment, size_t region, const uint8_t *record,
                   Expected *expected) {
    Buffer bytes = {0};
    RegionResult result;
    Error error = {0};
    expected->totals[region] = expected->printed[region] = NAN;
    expected->grades[region] = -1;
    if (!record) return;
    result_encode(layout, record, false, NULL, 0, &bytes);
    if (!result_decode(bytes.data, bytes.length, layout, &result, &error))
        fail_msg("%s", error.message);
    for (size_t i = 0; i < result.assessment_count; i++) {
        if (result.assessments[i].assessment != assessment) continue;
        AssessmentTotal total =
            tally_assessment(layout->description, &result.assessments[i], &result.arena);
        expected->totals[region] = total.total;
        expected->printed[region] = total.printed;
        expected->grades[region] = total.grade;
    }
    result_free(&result);
    buffer_free(&bytes);
}

static void assert_same(double left, double right) {
    if (memcmp(&left, &right, sizeof left) != 0 && !(isnan(left) && isnan(right)))
        fail_msg("%.17g is not %.17g", left, right);
}

static int place_by_counting(const double *values, size_t region, RankTies ties) {
    int place = 1;
    if (isnan(values[region])) return 0;
    for (size_t r = 0; r < REGIONS; r++) {
        bool better = values[r] > values[region];
        for (size_t k = 0; k < r && better && ties == RANK_DENSE; k++)
            better = values[k] != values[r];
        place += better || (ties == RANK_ORDINAL && r < region && values[r] == values[region]);
    }
    return place;
}

static void assert_standings(const Standings *standings, const Expected *expected) {
    const Conventions *conventions = &standings->layout->description->conventions;
    const double *ranked =
        conventions->rank_on == RANK_ON_PRINTED ? expected->printed : expected->totals;
    int32_t ranks[REGIONS], all[REGIONS];
    rank_values(ranked, REGIONS, true, conventions->ties, ranks);
    standings_rank_all(standings, all);
    for (size_t r = 0; r < REGIONS; r++) {
        assert_same(standings->totals[r], expected->totals[r]);
        assert_same(standings->printed[r], expected->printed[r]);
        assert_int_equal(standings->grades[r], expected->grades[r]);
        assert_int_equal(ranks[r], place_by_counting(ranked, r, conventions->ties));
        assert_int_equal(all[r], ranks[r]);
        assert_int_equal(standings_rank(standings, r), ranks[r]);
    }
}

static void follow_changes(const char *conventions, int assessment) {
    Description *description = describe(conventions);
    ResultLayout *layout = layout_new(description, 2024, false);
    uint8_t *record = memory_new(1, layout->own_size + 1);
    Expected *expected = memory_new(1, sizeof *expected);
    Standings standings;
    uint64_t seed = 7;
    standings_init(&standings, layout, assessment, REGIONS);
    for (size_t r = 0; r < REGIONS; r++)
        expect(layout, assessment, r, NULL, expected);
    assert_standings(&standings, expected);
    for (int round = 0; round < ROUNDS; round++) {
        size_t region = sample_random(&seed) % REGIONS;
        bool gone = sample_random(&seed) % 8 == 0;
        fill(layout, record, &seed);
        standings_put(&standings, region, gone ? NULL : record);
        expect(layout, assessment, region, gone ? NULL : record, expected);
        if (round % 8 == 0) assert_standings(&standings, expected);
    }
    assert_standings(&standings, expected);
    standings_free(&standings);
    free(expected);
    free(record);
    layout_free(layout);
    description_free(description);
}

static const char *const conventions_tried[] = {
    "{'ties':'competition','rank_on':'printed','digits':0}",
    "{'ties':'dense','rank_on':'printed','digits':0}",
    "{'ties':'ordinal','rank_on':'printed','digits':0}",
    "{'ties':'competition','rank_on':'exact','digits':0}",
    "{'ties':'dense','rank_on':'exact','digits':1,'rounding':'truncate'}",
    "{'ties':'ordinal','rank_on':'exact','digits':1,'inapplicable':'excluded'}",
    "{'ties':'dense','rank_on':'printed','digits':0,'inapplicable':'full'}",
};
enum { CONVENTIONS_TRIED = sizeof conventions_tried / sizeof *conventions_tried };

static void scores_and_places_are_those_of_the_results(void **state) {
    (void)state;
    for (size_t i = 0; i < CONVENTIONS_TRIED; i++)
        follow_changes(conventions_tried[i], GRADED);
}

static void without_grades_there_are_places_all_the_same(void **state) {
    (void)state;
    for (size_t i = 0; i < CONVENTIONS_TRIED; i++)
        follow_changes(conventions_tried[i], UNGRADED);
}

// A record with one item of the ungraded assessment scored.
static void put_score(Standings *standings, size_t region, double score) {
    const AssessmentPlace *place = &standings->layout->assessments[UNGRADED];
    uint8_t *record = memory_new(1, standings->layout->own_size + 1);
    record[place->vetoes] = VETO_NONE;
    record[place->states] = ITEM_SCORED;
    memcpy(record + place->scores, &score, sizeof score);
    standings_put(standings, region, record);
    free(record);
}

// 30 30 none 50 30.4 10: by the kinds of ties, on printed and on exact figures.
static void ties_are_told_as_the_conventions_say(void **state) {
    (void)state;
    static const struct {
        const char *conventions;
        int32_t places[6];
    } cases[] = {
        {"{'ties':'competition','rank_on':'printed','digits':0}", {2, 2, 0, 1, 2, 5}},
        {"{'ties':'dense','rank_on':'printed','digits':0}", {2, 2, 0, 1, 2, 3}},
        {"{'ties':'ordinal','rank_on':'printed','digits':0}", {2, 3, 0, 1, 4, 5}},
        {"{'ties':'competition','rank_on':'exact','digits':0}", {3, 3, 0, 1, 2, 5}},
        {"{'ties':'dense','rank_on':'exact','digits':0}", {3, 3, 0, 1, 2, 4}},
        {"{'ties':'ordinal','rank_on':'exact','digits':0}", {3, 4, 0, 1, 2, 5}},
    };
    static const double scores[6] = {30, 30, NAN, 50, 30.4, 10};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Description *description = describe(cases[i].conventions);
        ResultLayout *layout = layout_new(description, 2024, false);
        Standings standings;
        int32_t all[6];
        standings_init(&standings, layout, UNGRADED, 6);
        for (size_t r = 0; r < 6; r++)
            if (!isnan(scores[r])) put_score(&standings, r, scores[r]);
        standings_rank_all(&standings, all);
        assert_memory_equal(all, cases[i].places, sizeof all);
        for (size_t r = 0; r < 6; r++)
            assert_int_equal(standings_rank(&standings, r), cases[i].places[r]);
        standings_free(&standings);
        layout_free(layout);
        description_free(description);
    }
}

static void units_are_not_there(void **state) {
    (void)state;
    Description *description = describe("{}");
    ResultLayout *layout = layout_new(description, 2024, false);
    uint8_t *record = memory_new(1, layout->own_size + 1);
    uint64_t seed = 3;
    Standings standings;
    standings_init(&standings, layout, OF_UNITS, REGIONS);
    for (size_t r = 0; r < REGIONS; r++) {
        fill(layout, record, &seed);
        standings_put(&standings, r, record);
        assert_true(isnan(standings.totals[r]) && isnan(standings.printed[r]));
        assert_int_equal(standings_rank(&standings, r), 0);
        assert_int_equal(standings.grades[r], -1);
    }
    standings_free(&standings);
    free(record);
    layout_free(layout);
    description_free(description);
}

static void a_region_that_is_not_assessed_has_no_place(void **state) {
    (void)state;
    Description *description = describe("{}");
    ResultLayout *layout = layout_new(description, 2024, false);
    uint8_t *absent = memory_new(1, layout->own_size + 1);
    Standings standings;
    memset(absent + layout->assessments[UNGRADED].states, ITEM_NOT_APPLICABLE, 1);
    assert_int_equal(absent[layout->assessments[UNGRADED].vetoes], VETO_ABSENT);
    standings_init(&standings, layout, UNGRADED, 3);
    put_score(&standings, 0, 10);
    put_score(&standings, 1, 20);
    assert_int_equal(standings_rank(&standings, 0), 2);
    standings_put(&standings, 1, absent);
    assert_int_equal(standings_rank(&standings, 0), 1);
    assert_int_equal(standings_rank(&standings, 1), 0);
    assert_true(isnan(standings.totals[1]));
    standings_free(&standings);
    free(absent);
    layout_free(layout);
    description_free(description);
}

int main(void) {
    language_set(LANGUAGE_ENGLISH);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scores_and_places_are_those_of_the_results),
        cmocka_unit_test(without_grades_there_are_places_all_the_same),
        cmocka_unit_test(ties_are_told_as_the_conventions_say),
        cmocka_unit_test(units_are_not_there),
        cmocka_unit_test(a_region_that_is_not_assessed_has_no_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
