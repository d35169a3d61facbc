// Which figures are computed, which are kept, and that each has a place of its own.
#include "tests/unit/pack/sample.h"

#include <math.h>

#include "core/base/language.h"
#include "core/eval/area.h"
#include "core/eval/figures.h"

enum { YEAR = 2024 };

#define BIT(metric) (1u << METRIC_##metric)
static const uint32_t ALWAYS = BIT(VALUE) | BIT(TARGET) | BIT(PROGRESS) | BIT(PACE);
static const uint32_t DEFAULTS = BIT(FORECAST) | BIT(REACH_YEAR);

// What a pack of two plans is made of: parts of its JSON, "" for nothing.
typedef struct Parts {
    const char *figures; // ",'figures':[…]"
    const char *women;   // conventions of the first plan
    const char *target;  // of "rate"
    const char *more;    // ",'warnings':[…],'rules':[…]"
    const char *units;   // ",'units':[…]"
} Parts;

static Description *describe(const Parts *parts) {
    Buffer text = {0};
    buffer_printf(&text,
                  "{'pack':{'id':'p','title':'p','region':'150802','version':'1.0.0','api':1%s}%s,"
                  "'series':[{'kind':'data','id':'births','title':'活产数','unit':'人'},"
                  "{'kind':'fact','id':'late','title':'迟报','unit':'次','default':0}],"
                  "'plans':[{'id':'women','title':'妇女','from':2021,'to':2030,'baseline':2020,"
                  "'conventions':{%s},'domains':[{'id':'d','title':'领域','indicators':["
                  "{'kind':'indicator','id':'rate','title':'率','unit':'%%','lead':'我',"
                  "'target':%s},"
                  "{'kind':'indicator','id':'other','title':'另一','unit':'%%','lead':'我',"
                  "'target':{'kind':'at_least','value':5}}]}]},"
                  "{'id':'children','title':'儿童','from':2021,'to':2035,'baseline':2020,"
                  "'domains':[{'id':'d','title':'领域','indicators':["
                  "{'kind':'indicator','id':'third','title':'第三','unit':'%%','lead':'我',"
                  "'target':{'kind':'at_most','value':7}}]}]}]%s}",
                  parts->figures ? parts->figures : "", parts->units ? parts->units : "",
                  parts->women ? parts->women : "",
                  parts->target ? parts->target : "{'kind':'at_most','value':12}",
                  parts->more ? parts->more : "");
    Description *description = sample_describe(text.data);
    buffer_free(&text);
    return description;
}

static void assert_needed(const Parts *parts, bool everything, const uint32_t wanted[3]) {
    Description *description = describe(parts);
    ResultLayout *layout = layout_new(description, YEAR, everything);
    for (int i = 0; i < 3; i++)
        if (layout->needed[i] != wanted[i])
            fail_msg("%s needs %x, not %x", description->indicators[i].id, layout->needed[i],
                     wanted[i]);
    layout_free(layout);
    description_free(description);
}

// ---- what is needed ----------------------------------------------------------------------------

static void a_pack_without_rules_needs_what_people_look_at(void **state) {
    (void)state;
    const uint32_t usual = ALWAYS | DEFAULTS, all = (1u << METRIC_COUNT) - 1;
    assert_needed(&(Parts){0}, false, (uint32_t[]){usual, usual, usual});
    assert_needed(&(Parts){0}, true, (uint32_t[]){all, all, all});
}

static void figures_that_the_pack_names_take_the_place_of_the_usual(void **state) {
    (void)state;
    const uint32_t named = ALWAYS | BIT(GAP) | BIT(PEERS_RANK);
    assert_needed(&(Parts){.figures = ",'figures':[]"}, false,
                  (uint32_t[]){ALWAYS, ALWAYS, ALWAYS});
    assert_needed(&(Parts){.figures = ",'figures':['gap','peers_rank','value']"}, false,
                  (uint32_t[]){named, named, named});
}

static void who_counts_the_expected_needs_the_year_they_are_met(void **state) {
    (void)state;
    const uint32_t reach = ALWAYS | BIT(REACH_YEAR);
    assert_needed(&(Parts){.figures = ",'figures':[]", .women = "'expected_counts':true"}, false,
                  (uint32_t[]){reach, reach, ALWAYS});
}

static void rules_need_what_they_name(void **state) {
    (void)state;
    // A rule about indicators may be called for any of them, or only for those it is limited to;
    // one about an item names which.
    const char of_any[] =
        ",'warnings':[{'id':'w','title':'w','on':'indicator','level':0}],"
        "'rules':[{'parameters':['volatility','status','series','year','female','on_track']}]";
    const char of_some[] =
        ",'warnings':[{'id':'w','title':'w','on':'indicator','level':0,'only':['other']}],"
        "'rules':[{'parameters':['volatility','third_gap']}]";
    const char of_one[] =
        ",'assessments':[{'id':'a','title':'a','of':'region','points':1,"
        "'grades':[{'from':0,'name':'合格'}],'vetoes':[],"
        "'items':[{'id':'i','points':1,'score':0,'applies':1}]}],"
        "'rules':[{'parameters':['points','other_gap','attainment_women','births']},"
        "{'parameters':['third_peers_mean','other_female','rate_status']}]";
    const uint32_t any = ALWAYS | BIT(VOLATILITY);
    assert_needed(&(Parts){.figures = ",'figures':[]", .more = of_any}, false,
                  (uint32_t[]){any, any, any});
    assert_needed(&(Parts){.figures = ",'figures':[]", .more = of_some}, false,
                  (uint32_t[]){ALWAYS, any, ALWAYS | BIT(GAP)});
    assert_needed(&(Parts){.figures = ",'figures':[]", .more = of_one}, false,
                  (uint32_t[]){ALWAYS, ALWAYS | BIT(GAP), ALWAYS | BIT(PEERS_MEAN)});
}

static const char message_pack[] =
    ",'warnings':[{'id':'w','title':'w','on':'indicator','level':0,"
    "'message':'{change} {rural} {births} {late} {other_volatility} {rate_rural} {births_female}',"
    "'inputs':['change','rural','births','late','other_volatility','rate_rural','births_female']},"
    "{'id':'v','title':'v','on':'region','level':1,'message':'{births} {met_count_women}',"
    "'inputs':['births','met_count_women']}],"
    "'rules':[{'parameters':['value']},{'parameters':['year']}]";

static void messages_need_what_they_name(void **state) {
    (void)state;
    const uint32_t any = ALWAYS | BIT(CHANGE);
    assert_needed(&(Parts){.figures = ",'figures':[]", .more = message_pack}, false,
                  (uint32_t[]){any, any | BIT(VOLATILITY), any});
}

// Observed figures that messages name are kept, each once; a breakdown named alone is that of
// whichever indicator the warning is about.
static void values_in_messages_are_kept(void **state) {
    (void)state;
    Description *description = describe(&(Parts){.more = message_pack});
    ResultLayout *layout = layout_new(description, YEAR, false);
    int births = description_series(description, "births"),
        late = description_series(description, "late");
    enum { FEMALE = 0, RURAL = 3 };
    assert_string_equal(description->breakdowns[RURAL].id, "rural");
    for (int series = 0; series < 3; series++)
        assert_true(layout_find_value(layout, series, RURAL) >= 0);
    assert_true(layout_find_value(layout, births, -1) >= 0);
    assert_true(layout_find_value(layout, late, -1) >= 0);
    assert_true(layout_find_value(layout, births, FEMALE) >= 0);
    assert_int_equal(layout->value_count, 6);
    assert_int_equal(layout_find_value(layout, births, RURAL), -1);
    assert_int_equal(layout_find_value(layout, 0, -1), -1);
    layout_free(layout);
    description_free(description);
}

// ---- what is kept ------------------------------------------------------------------------------

static void assert_target(const char *target, bool is_kept, double wanted) {
    Description *description = describe(&(Parts){.target = target});
    ResultLayout *layout = layout_new(description, YEAR, true);
    double value = 77;
    bool constant = layout_constant(description, 0, METRIC_TARGET, YEAR, &value);
    assert_int_equal(constant, !is_kept);
    assert_int_equal(layout->kept[0] >> METRIC_TARGET & 1, is_kept);
    assert_int_equal(layout->kept[0] >> METRIC_MILESTONE & 1, is_kept);
    if (constant && memcmp(&value, &wanted, sizeof value) != 0)
        fail_msg("%s: %.17g is not %.17g", target, value, wanted);
    layout_free(layout);
    description_free(description);
}

static void targets_that_are_the_same_everywhere_are_derived(void **state) {
    (void)state;
    assert_target("{'kind':'at_most','value':12}", false, 12);
    assert_target("{'kind':'around','value':100,'tolerance':5}", false, 100);
    assert_target("{'kind':'keeps_at_least','value':95}", false, 95);
    assert_target("{'kind':'at_least','value':-0.0}", false, 0); // never −0
    assert_target("{'kind':'rises','per':'year'}", false, NAN);
    assert_target("{'kind':'evidence'}", false, NAN);
    assert_target("{'kind':'within','low':1,'high':2,'outer_low':0,'outer_high':3}", false, NAN);
    assert_target("{'kind':'not_below','indicator':'other'}", true, NAN);
    assert_target("{'kind':'not_above','indicator':'other'}", true, NAN);
    assert_target("{'kind':'all_of','parts':[{'kind':'slows'},{'kind':'at_least','value':3}]}",
                  false, 3);
    assert_target("{'kind':'any_of','parts':[{'kind':'at_least','value':3},"
                  "{'kind':'not_below','indicator':'other'}]}",
                  false, 3);
    assert_target("{'kind':'all_of','parts':[{'kind':'not_below','indicator':'other'},"
                  "{'kind':'at_least','value':3}]}",
                  true, NAN);
    assert_target("{'kind':'any_of','parts':[{'kind':'all_of','parts':["
                  "{'kind':'not_above','indicator':'other'}]},{'kind':'at_least','value':3}]}",
                  true, NAN);
}

static void milestones_and_pace_are_derived(void **state) {
    (void)state;
    Description *description = sample_describe(sample_text); // 14 in 2025, 12 in 2030
    double value;
    for (int year = 2021; year <= 2030; year++) {
        assert_true(layout_constant(description, 0, METRIC_MILESTONE, year, &value));
        assert_true(value == (year <= 2025 ? 14 : 12));
        assert_true(layout_constant(description, 0, METRIC_TARGET, year, &value) && value == 12);
        assert_true(layout_constant(description, 0, METRIC_PACE, year, &value));
        assert_true(value == (year - 2020) / 10.0);
    }
    ResultLayout *layout = layout_new(description, YEAR, true);
    for (int m = 0; m < METRIC_COUNT; m++) {
        bool derived = m == METRIC_PACE || m == METRIC_TARGET || m == METRIC_MILESTONE;
        assert_int_equal(layout->kept[0] >> m & 1, !derived);
        assert_int_equal(layout_constant(description, 0, (Metric)m, YEAR, &value), derived);
    }
    layout_free(layout);
    description_free(description);
}

static void a_metric_s_place_is_by_those_before_it(void **state) {
    (void)state;
    const uint32_t bits = BIT(VALUE) | BIT(GAP) | BIT(PARENT_VALUE);
    assert_int_equal(layout_metric_place(bits, METRIC_VALUE), 0);
    assert_int_equal(layout_metric_place(bits, METRIC_GAP), 1);
    assert_int_equal(layout_metric_place(bits, METRIC_PARENT_VALUE), 2);
    assert_int_equal(layout_metric_place((1u << METRIC_COUNT) - 1, METRIC_PARENT_VALUE),
                     METRIC_PARENT_VALUE);
}

// ---- places ------------------------------------------------------------------------------------

// The bytes of a record that somebody has claimed.
typedef struct Claims {
    uint8_t *claimed;
    size_t numbers_from, numbers_to, to; // where numbers may stand, and where everything ends
} Claims;

static void claim(Claims *claims, size_t offset, size_t count, bool numbers) {
    if (numbers) {
        assert_int_equal(offset % sizeof(double), 0);
        assert_in_range(offset, claims->numbers_from, claims->numbers_to);
    }
    assert_true(offset + count <= (numbers ? claims->numbers_to : claims->to));
    for (size_t at = offset; at < offset + count; at++) {
        assert_false(claims->claimed[at]);
        claims->claimed[at] = 1;
    }
}

static void claim_assessments(const ResultLayout *layout, Claims *claims, bool units) {
    const Description *description = layout->description;
    for (size_t a = 0; a < description->assessment_count; a++) {
        const AssessmentPlace *place = &layout->assessments[a];
        if ((description->assessments[a].of == OF_UNIT) != units) continue;
        size_t cells = place->subject_count * description->assessments[a].item_count;
        assert_int_equal(place->subject_count, units ? description->unit_count : 1);
        claim(claims, place->scores, cells * sizeof(double), true);
        claim(claims, place->states, cells, false);
        claim(claims, place->vetoes, place->subject_count, false);
    }
}

static void assert_places(const Description *description, bool everything) {
    ResultLayout *layout = layout_new(description, YEAR, everything);
    Claims claims = {memory_new(layout->own_size, 1), 0, layout->number_bytes, layout->end};
    size_t columns = 0, rows = 0;
    for (size_t i = 0; i < description->indicator_count; i++) {
        size_t sets = description->indicators[i].target_set_count;
        assert_int_equal(layout->kept[i] & ~layout->needed[i], 0);
        assert_int_equal(layout->columns[i], columns);
        assert_int_equal(layout->status_rows[i], rows);
        columns += (size_t)__builtin_popcount(layout->needed[i]);
        rows += sets;
        size_t kept = (size_t)__builtin_popcount(layout->kept[i]);
        claim(&claims, layout->metrics[i], kept * sizeof(double), true);
        claim(&claims, layout->statuses[i], sets, false);
    }
    assert_int_equal(layout->column_count, columns);
    assert_int_equal(layout->status_row_count, rows);
    claim(&claims, layout->values_at, layout->value_count * sizeof(double), true);
    for (size_t w = 0; w < description->warning_count; w++)
        claim(&claims, layout->levels[w],
              layout_warning_subjects(description, &description->warnings[w]), false);
    claim_assessments(layout, &claims, false);
    for (size_t at = 0; at < layout->end; at++)
        assert_true(claims.claimed[at]); // nothing is left between
    // The units' part stands behind the record.
    claims.numbers_from = layout->size;
    claims.numbers_to = layout->size + layout->own_numbers;
    claims.to = layout->own_end;
    claim_assessments(layout, &claims, true);
    for (size_t at = layout->size; at < layout->own_end; at++)
        assert_true(claims.claimed[at]);
    assert_true(layout->end <= layout->size && layout->size < layout->end + 8);
    assert_true(layout->own_end <= layout->own_size && layout->own_size < layout->own_end + 8);
    assert_int_equal(layout->size % 8 + layout->own_size % 8, 0);
    assert_int_equal(layout_stride(layout) % 64, 0);
    assert_in_range(layout_stride(layout), layout->size, layout->size + 63);
    free(claims.claimed);
    layout_free(layout);
}

static const char unit_pack[] =
    ",'warnings':[{'id':'w','title':'w','on':'plan','level':0}],"
    "'assessments':[{'id':'u','title':'u','of':'unit','points':3,"
    "'grades':[{'from':0,'name':'合格'}],'vetoes':[],'items':[{'id':'i','points':1,'score':1},"
    "{'id':'k','points':2,'score':2}]},{'id':'c','title':'c','of':'children','points':1,"
    "'grades':[{'from':0,'name':'合格'}],'vetoes':[],'items':[{'id':'i','points':1,'score':3}]},"
    "{'id':'v','title':'v','of':'unit','points':1,'grades':[{'from':0,'name':'合格'}],"
    "'vetoes':[],'items':[{'id':'i','points':1,'score':4}]}],"
    "'rules':[{'parameters':['year']},{'parameters':['points']},{'parameters':['points']},"
    "{'parameters':['points']},{'parameters':['points']}]";
static const char three_units[] =
    ",'units':[{'id':'u1','title':'我'},{'id':'u2','title':'他'},{'id':'u3','title':'她'}]";

static void every_figure_has_a_place_of_its_own(void **state) {
    (void)state;
    const Parts packs[] = {
        {0},
        {.figures = ",'figures':[]"},
        {.more = message_pack},
        {.more = unit_pack, .units = three_units},
        {.target = "{'kind':'not_below','indicator':'other'}", .women = "'expected_counts':true"}};
    for (size_t i = 0; i < sizeof packs / sizeof *packs; i++) {
        Description *description = describe(&packs[i]);
        assert_places(description, false);
        assert_places(description, true);
        description_free(description);
    }
    Description *sample = sample_describe(sample_text);
    assert_places(sample, false);
    description_free(sample);
}

static void a_pack_of_nothing_but_units_has_small_records(void **state) {
    (void)state;
    Description *description = sample_describe(
        "{'pack':{'id':'p','title':'p','region':'150802','version':'1.0.0','api':1},"
        "'units':[{'id':'u1','title':'我'}],"
        "'assessments':[{'id':'u','title':'u','of':'unit','points':1,"
        "'grades':[{'from':0,'name':'合格'}],'vetoes':[],"
        "'items':[{'id':'i','points':1,'score':0}]}],'rules':[{'parameters':['points']}]}");
    ResultLayout *layout = layout_new(description, YEAR, false);
    assert_int_equal(layout->size, 0);
    assert_int_equal(layout->own_size, 16); // a score, a state, a veto
    assert_places(description, false);
    layout_free(layout);
    description_free(description);
}

static void warnings_have_as_many_levels_as_subjects(void **state) {
    (void)state;
    Description *description = sample_describe(sample_text);
    assert_int_equal(layout_warning_subjects(description, &description->warnings[0]), 4);
    assert_int_equal(layout_warning_subjects(description, &description->warnings[1]), 1);
    assert_int_equal(layout_warning_subjects(description, &description->warnings[2]), 1);
    description_free(description);
}

// ---- shared memory -----------------------------------------------------------------------------

static Dataset *make_regions(const char *const *codes, size_t count) {
    Error error = {0};
    DatasetBuilder *builder = dataset_builder_new(2020, YEAR);
    for (size_t r = 0; r < count; r++)
        dataset_add_region(builder, codes[r], &error);
    return dataset_finish(builder);
}

static void records_stand_apart_in_shared_memory(void **state) {
    (void)state;
    static const char *const codes[] = {"150800", "150802", "150821"};
    Description *description = sample_describe(sample_text);
    ResultLayout *layout = layout_new(description, YEAR, false);
    Dataset *dataset = make_regions(codes, 3);
    size_t bytes = area_bytes(layout, dataset);
    uint8_t *memory = aligned_alloc(64, (bytes + 63) & ~(size_t)63);
    int own = area_own_region(description, dataset);
    ResultArea area;
    assert_int_equal(own, 1);
    area_place(&area, layout, dataset, own, memory);
    assert_ptr_equal(area.derived, memory);
    // One formula over five years; columns have room for eight regions.
    assert_int_equal(figure_derived_cells(description, dataset), 5 * 8);
    assert_true(area.records >= memory + 5 * 8 * sizeof(double));
    assert_int_equal((uintptr_t)area.records % 64, 0);
    assert_ptr_equal(area_record(&area, 0), area.records);
    assert_ptr_equal(area_record(&area, 2), area.records + 2 * layout_stride(layout));
    assert_ptr_equal(area_record(&area, 1), area.own_record);
    assert_true(area.own_record >= area_record(&area, 2) + layout->size);
    assert_int_equal((uintptr_t)area.own_record % sizeof(double), 0);
    assert_true(area.own_record + layout->own_size <= memory + bytes);
    // Where the own region is not among them, all are alike.
    area_place(&area, layout, dataset, -1, memory);
    assert_ptr_equal(area_record(&area, 1), area.records + layout_stride(layout));
    free(memory);
    dataset_free(dataset);
    dataset = make_regions((const char *const[]){"150800"}, 1);
    assert_int_equal(area_own_region(description, dataset), -1);
    dataset_free(dataset);
    layout_free(layout);
    description_free(description);
}

int main(void) {
    language_set(LANGUAGE_ENGLISH);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_pack_without_rules_needs_what_people_look_at),
        cmocka_unit_test(figures_that_the_pack_names_take_the_place_of_the_usual),
        cmocka_unit_test(who_counts_the_expected_needs_the_year_they_are_met),
        cmocka_unit_test(rules_need_what_they_name),
        cmocka_unit_test(messages_need_what_they_name),
        cmocka_unit_test(values_in_messages_are_kept),
        cmocka_unit_test(targets_that_are_the_same_everywhere_are_derived),
        cmocka_unit_test(milestones_and_pace_are_derived),
        cmocka_unit_test(a_metric_s_place_is_by_those_before_it),
        cmocka_unit_test(every_figure_has_a_place_of_its_own),
        cmocka_unit_test(a_pack_of_nothing_but_units_has_small_records),
        cmocka_unit_test(warnings_have_as_many_levels_as_subjects),
        cmocka_unit_test(records_stand_apart_in_shared_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
