// Descriptions from JSON that is right, wrong, and hostile.
#include "tests/unit/pack/sample.h"

#include "core/base/language.h"
#include "core/base/plain_text.h"

// ---- what is read ------------------------------------------------------------------------------

static void everything_is_read(void **state) {
    (void)state;
    Description *description = sample_describe(sample_text);
    assert_string_equal(description->id, "sample");
    assert_int_equal(description->unit_count, 2);
    assert_int_equal(description->breakdown_count, 4 + 1 + 2); // built in, declared, units
    assert_int_equal(description->indicator_count, 4);
    assert_int_equal(description->series_count, 6);
    assert_int_equal(description->rule_count, 10);
    assert_int_equal(description_series(description, "births"), 4);
    assert_int_equal(description_indicator(description, "births"), -1);
    assert_int_equal(description_indicator(description, "screening"), 1);
    assert_int_equal(description_plan(description, "women"), 0);
    assert_int_equal(description_assessment(description, "units"), 1);
    assert_int_equal(description_assessment(description, "nothing"), -1);
    const Indicator *screening = &description->indicators[1];
    assert_string_equal(screening->lead, "卫健委");
    assert_int_equal(screening->target_set_count, 2);
    assert_string_equal(screening->target_sets[0].id, "own"); // the one that counts comes first
    assert_int_equal(screening->target_sets[0].target.parts[1].series, 0);
    assert_int_equal(description->set_count, 2);
    assert_string_equal(description->set_names[0], "own");
    assert_int_equal(description_target_set(description, 1, 1), 1);
    assert_int_equal(description_target_set(description, 0, 1), -1);
    assert_int_equal(description->indicators[0].counts, 4);
    assert_int_equal(description->indicators[0].among, 4);
    assert_int_equal(screening->counts, -1);
    assert_int_equal(description->plans[0].term_count, 2);
    assert_int_equal(description->plans[0].terms[1], 2021);
    assert_true(description->indicators[2].is_objective);
    assert_int_equal(description->formula_count, 1);
    assert_int_equal(description->formula_order[0], 3);
    const Assessment *annual = &description->assessments[0];
    assert_int_equal(annual->item_count, 4);
    assert_int_equal(annual->items[2].parent, 0);
    assert_string_equal(annual->items[1].title, "first");
    assert_int_equal(annual->vetoes[0].grade, 2);
    description_free(description);
}

// What tells rules' code apart depends on the version of Lua; all else must be as it was.
static void a_description_is_held_against_the_one_that_was_checked(void **state) {
    (void)state;
    json_t *checked = json_pack("{s:{s:s}, s:[{s:s, s:i}]}", "pack", "id", "p", "rules", "file",
                                "pack.lua", "line", 4);
    json_t *described = json_deep_copy(checked);
    json_t *rule = json_array_get(json_object_get(described, "rules"), 0);
    assert_true(description_is_as_checked(checked, described));
    json_object_set_new(described, "rule_code", json_string("Lua 5.4.6"));
    json_object_set_new(rule, "code", json_string("a"));
    json_object_set_new(rule, "uses", json_pack("{s:s}", "limits", "b"));
    assert_true(description_is_as_checked(checked, described));
    assert_true(description_is_as_checked(described, checked));
    json_object_set_new(rule, "line", json_integer(5));
    assert_false(description_is_as_checked(checked, described));
    json_object_set_new(rule, "line", json_integer(4));
    json_object_set_new(json_object_get(described, "pack"), "id", json_string("q"));
    assert_false(description_is_as_checked(checked, described));
    assert_false(description_is_as_checked(checked, NULL));
    json_decref(checked);
    json_decref(described);
}

static void figures_to_keep_are_read(void **state) {
    (void)state;
    static const struct {
        const char *figures;
        uint32_t wanted;
    } cases[] = {{"", 1u << METRIC_FORECAST | 1u << METRIC_REACH_YEAR},
                 {",'figures':[]", 0},
                 {",'figures':{}", 0}, // Lua's empty table may read as either
                 {",'figures':['gap','value','gap','parent_value']",
                  1u << METRIC_GAP | 1u << METRIC_VALUE | 1u << METRIC_PARENT_VALUE}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Buffer text = {0};
        buffer_printf(
            &text,
            "{'pack':{'id':'p','title':'p','region':'150802','version':'1.0.0','api':1%s},"
            "'plans':[{'id':'p','title':'p','from':2021,'to':2030,'baseline':2020,'domains':["
            "{'id':'d','title':'d','indicators':[{'kind':'indicator','id':'i','title':'i',"
            "'unit':'%%','lead':'l','target':{'kind':'at_least','value':1}}]}]}]}",
            cases[i].figures);
        Description *description = sample_describe(text.data);
        assert_int_equal(description->figures, cases[i].wanted);
        description_free(description);
        buffer_free(&text);
    }
}

static const Input *input_of(const Description *description, int rule, const char *name) {
    for (size_t i = 0; i < description->rules[rule].input_count; i++)
        if (strcmp(description->rules[rule].inputs[i].name, name) == 0)
            return &description->rules[rule].inputs[i];
    fail_msg("rule %d has no input %s", rule, name);
    return NULL;
}

static void inputs_mean_what_their_place_says(void **state) {
    (void)state;
    Description *description = sample_describe(sample_text);
    assert_int_equal(input_of(description, 0, "mortality")->kind, INPUT_VALUE);
    assert_int_equal(input_of(description, 1, "status")->kind, INPUT_STATUS);
    assert_int_equal(input_of(description, 1, "series")->kind, INPUT_SERIES);
    assert_int_equal(input_of(description, 2, "pace")->kind, INPUT_PLAN_PACE);
    const Input *domain = input_of(description, 3, "attainment_women_health");
    assert_int_equal(domain->figure, FIGURE_ATTAINMENT);
    assert_int_equal(domain->domain, 0);
    const Input *metric = input_of(description, 4, "mortality_progress");
    assert_int_equal(metric->kind, INPUT_METRIC);
    assert_int_equal(metric->metric, METRIC_PROGRESS);
    assert_int_equal(metric->indicator, 0);
    const Input *group = input_of(description, 5, "mortality_under5");
    assert_int_equal(group->kind, INPUT_VALUE);
    assert_string_equal(description->breakdowns[group->breakdown].id, "under5");
    assert_int_equal(input_of(description, 8, "screening_status")->kind, INPUT_STATUS);
    description_free(description);
}

// ---- lints -------------------------------------------------------------------------------------

// Puts `with` where `what` stands (once) in the sample, and finds the problem; NULL `wanted`: none.
static void expect_problem(const char *what, const char *with, int line, const char *wanted,
                           const char *hint) {
    const char *at = strstr(sample_text, what);
    assert_non_null(at);
    Buffer text = {0};
    buffer_append(&text, sample_text, (size_t)(at - sample_text));
    buffer_text(&text, with);
    buffer_text(&text, at + strlen(what));
    json_t *json = sample_parse(text.data);
    ProblemList problems = {0};
    Description *description = description_parse(json, &problems);
    assert_null(description);
    bool found = false;
    for (size_t i = 0; i < problems.count; i++) {
        const Error *problem = &problems.items[i];
        bool same = strstr(problem->message, wanted) && problem->line == line &&
                    strcmp(problem->file, "pack.lua") == 0;
        if (same && hint) assert_string_equal(problem->hint, hint);
        found = found || same;
    }
    if (!found)
        fail_msg("no \"%s\" in line %d; the first of %zu: %d: %s", wanted, line, problems.count,
                 problems.items[0].line, problems.items[0].message);
    problems_free(&problems);
    json_decref(json);
    buffer_free(&text);
}

static void every_lint_finds_its_mistake(void **state) {
    (void)state;
    static const struct {
        const char *what, *with;
        int line;
        const char *wanted, *hint;
    } mistakes[] = {
        {"'points':20,", "'points':25,", 16, "its items' points sum to 65, not to the 60 declared",
         NULL},
        {"'points':100,", "'points':90,", 16,
         "its items' points sum to 100, not to the 90 declared", NULL},
        {"'points':20,", "'points':0,", 18, "has no points above 0", NULL},
        {"{'from':60,'name':'合格'}", "{'from':95,'name':'合格'}", 16,
         "grade \"合格\" from 95 points can never be given", NULL},
        {"{'from':90,'name':'优秀'}", "{'from':101,'name':'优秀'}", 16,
         "grade \"优秀\" from 101 points can never be given", NULL},
        {"{'from':0,'name':'不合格'}", "{'from':10,'name':'不合格'}", 16,
         "the last grade must begin at 0", NULL},
        {"'when':8,'grade':'不合格'", "'when':8,'grade':'差'", 20,
         "sets a grade that \"annual\" does not have", NULL},
        {"'counts':'births'", "'counts':'birth'", 8, "`counts` names \"birth\"", NULL},
        {"'counts':'births',", "", 8, "`among` needs `counts` and `per` beside it", NULL},
        {"'per':1000", "'per':-1", 8, "`per` must be above 0", NULL},
        {"'terms':[2016,2021]", "'terms':[2021,2016]", 7, "`terms` are years in ascending order",
         NULL},
        {"'terms':[2016,2021]", "'terms':[0]", 7, "`terms` are years in ascending order", NULL},
        {"'id':'births'", "'id':'mortality'", 5, "id \"mortality\" is used twice", NULL},
        {"'id':'labour','title'", "'id':'health','title'", 3, "\"health\" is declared twice", NULL},
        {"'id':'economy'", "'id':'health'", 7, "domain \"health\" is declared twice", NULL},
        {"'id':'plan_behind'", "'id':'behind'", 14, "warning \"behind\" is declared twice", NULL},
        {"'id':'second'", "'id':'first'", 18, "item \"first\" is declared twice", NULL},
        {"'id':'fraud'", "'id':'third'", 20, "veto \"third\" is declared twice", NULL},
        {"{'id':'units','title'", "{'id':'annual','title'", 21,
         "assessment \"annual\" is declared twice", NULL},
        {"'id':'births'", "'id':'value'", 5, "\"value\" is the name of an input", NULL},
        {"'id':'births'", "'id':'Births'", 5, "\"Births\" is no id", NULL},
        {"'id':'births',", "", 5, "\"\" is no id", NULL},
        {"'parameters':['mortality']", "'parameters':['mortalty']", 11, "unknown input 'mortalty'",
         "did you mean 'mortality'?"},
        {"'attainment','pace'", "'attainment','paces'", 14, "unknown input 'paces'",
         "did you mean 'pace'?"},
        {"'inputs':['value']", "'inputs':['valeu']", 13, "unknown input 'valeu'",
         "did you mean 'value'?"},
        {"'parameters':['mortality']", "'parameters':['double']", 11,
         "the formula of \"double\" needs its own result", NULL},
        {"'parameters':['mortality']", "'parameters':['status']", 11, "unknown input 'status'",
         NULL},
        {"'lead':'health','digits'", "'lead':'education','digits'", 8,
         "lead unit \"education\" is not declared", NULL},
        {"{'year':2025,'value':14}", "{'year':2025,'value':11}", 8,
         "milestone of 2025 (11) lies beyond what follows it (12)", NULL},
        {"{'year':2025,'value':14}", "{'year':2031,'value':14}", 8,
         "milestone of 2031 lies outside the plan's years", NULL},
        {"'target':{'kind':'at_most','value':12}", "'target':{'kind':'rises'}", 8,
         "milestones need a target with a number", NULL},
        {"'target':{'kind':'at_most','value':12},", "", 8, "has no target", NULL},
        {"'target':{'kind':'at_most','value':12},'milestones':[{'year':2025,'value':14}]",
         "'target':{'kind':'within','low':40,'high':50,'outer_low':42,'outer_high':50}", 8,
         "the outer limits 42–50 do not enclose 40–50", NULL},
        {"'value':12}", "'value':12.05}", 8,
         "target 12.05 has 2 digits behind the point, but is compared with 1",
         "digits = 2, or a rounder number"},
        {"'points':20,", "'points':20,'cliff':21,", 18, "cliff = 21 is not within its points",
         NULL},
        {"'when':8,'grade':'不合格'", "'when':8,'grade':'优秀'", 20,
         "sets \"优秀\", the best grade of \"annual\"", NULL},
        {"{'from':60,'name':'合格'}", "{'from':60,'name':'优秀'}", 16,
         "grade \"优秀\" is there twice, from 90 and from 60", NULL},
        {"'target':{'kind':'at_most','value':12}", "'target':{'kind':'at_most'}", 8,
         "has no target", NULL},
        {"'target':{'kind':'at_most','value':12}", "'target':{'kind':'sometimes','value':12}", 8,
         "has no target", NULL},
        {"'lead':'health','targets'", "'target':{'kind':'full'},'lead':'health','targets'", 9,
         "has both target and targets", NULL},
        {"'indicator':'mortality'}]}", "'indicator':'mortal'}]}", 9,
         "its target names \"mortal\", which is not declared", NULL},
        {"'only':['mortality']", "'only':['women']", 13,
         "`only` names \"women\", which is not declared", NULL},
        {"'hold':2", "'hold':0", 13, "hold must be 1 to 10 years", NULL},
        {"'baseline':2020", "'baseline':2025", 7, "years must be in order", NULL},
        {"'to':2030", "'to':2300", 7, "years must be in order", NULL},
        {"'plan':'women'", "'plan':'men'", 16, "names plan \"men\", which is not declared", NULL},
        {"'version':'1.0.0'", "'version':'1.0'", 1, "version \"1.0\" is not three numbers", NULL},
        {"'region':'150802'", "'region':'15080'", 1, "region \"15080\" is not a code", NULL},
        {"'api':1", "'api':2", 1, "api = 2 is not known to this program", NULL},
        {"'api':1", "'api':1,'figures':['value','progres']", 1,
         "`figures` names \"progres\", which is no figure of an indicator",
         "did you mean \"progress\"?"},
        {"'api':1", "'api':1,'figures':['status']", 1,
         "`figures` names \"status\", which is no figure of an indicator",
         "plugins/README.md lists the figures that rules about an indicator may name"},
        {"'conventions':{'digits':2}", "'conventions':{'digits':13}", 1,
         "convention 'digits' has no such value", NULL},
        {"'conventions':{'digits':2}", "'conventions':{'rounding':'up'}", 1,
         "convention 'rounding' has no such value", NULL},
        {"'score':5", "'score':4", 17,
         "the rule of item \"annual.second\" is also that of item \"annual.first\"", NULL},
        {"'title':'死亡率'", "'title':'\\u001b[2J'", 8, "a text contains a control character",
         NULL},
        {"'api':1", "'api':1,'\\u001b[2J':1", 1, "a text contains a control character", NULL},
        {"'problems':[]",
         "'problems':[{'message':'so it is','file':'pack.lua','line':30,'hint':'change it'}]", 30,
         "so it is", "change it"},
    };
    for (size_t i = 0; i < sizeof mistakes / sizeof mistakes[0]; i++)
        expect_problem(mistakes[i].what, mistakes[i].with, mistakes[i].line, mistakes[i].wanted,
                       mistakes[i].hint);
}

static void units_are_wanted_where_units_are_assessed(void **state) {
    (void)state;
    json_t *json = sample_json();
    json_array_clear(json_object_get(json, "units"));
    ProblemList problems = {0};
    assert_null(description_parse(json, &problems));
    bool found = false;
    for (size_t i = 0; i < problems.count; i++)
        found = found || strstr(problems.items[i].message, "is of units, but no unit is declared");
    assert_true(found);
    problems_free(&problems);
    json_decref(json);
}

static void a_ring_of_formulas_is_found(void **state) {
    (void)state;
    json_t *json = sample_json();
    // mortality from double, double from mortality
    json_t *plans = json_object_get(json, "plans");
    json_t *members = json_object_get(
        json_array_get(json_object_get(json_array_get(plans, 0), "domains"), 0), "indicators");
    json_object_set_new(json_array_get(members, 0), "formula", json_integer(10));
    json_array_append_new(json_object_get(json, "rules"),
                          sample_parse("{'parameters':['double']," AT(8) "}"));
    ProblemList problems = {0};
    assert_null(description_parse(json, &problems));
    assert_int_equal(problems.count, 1);
    assert_non_null(strstr(problems.items[0].message, "needs its own result"));
    problems_free(&problems);
    json_decref(json);
}

static void an_empty_pack_is_told(void **state) {
    (void)state;
    json_t *json = sample_parse(
        "{'pack':{'id':'empty','title':'空','region':'150802','version':'1.0.0','api':1}}");
    ProblemList problems = {0};
    assert_null(description_parse(json, &problems));
    assert_non_null(strstr(problems.items[0].message, "neither a plan nor an assessment"));
    problems_free(&problems);
    json_decref(json);
}

// ---- hostile -----------------------------------------------------------------------------------

enum { SWAPS = 6000, PLACES = 2000 };

typedef struct Slot {
    json_t *holder; // object or array
    const char *key;
    size_t index;
} Slot;

static void collect(json_t *node, Slot *slots, size_t *count) {
    const char *key;
    json_t *item;
    size_t index;
    json_object_foreach(node, key, item) {
        if (*count < PLACES) slots[(*count)++] = (Slot){node, key, 0};
        collect(item, slots, count);
    }
    json_array_foreach(node, index, item) {
        if (*count < PLACES) slots[(*count)++] = (Slot){node, NULL, index};
        collect(item, slots, count);
    }
}

static json_t *odd_value(uint64_t *seed, const Slot *slots, size_t count) {
    static const char *const texts[] = {"",         "own",     "at_least",   "all_of", "mortality",
                                        "\xc2\x9b", "\x1b[2J", "attainment", "_",      "women"};
    switch (sample_random(seed) % 12) {
        case 0: return json_null();
        case 1: return json_true();
        case 2: return json_integer(-1);
        case 3: return json_integer((json_int_t)sample_random(seed) << 32);
        case 4: return json_integer(sample_random(seed) % 20);
        case 5: return json_real(1e308);
        case 6: return json_real(0.5);
        case 7: return json_string(texts[sample_random(seed) % (sizeof texts / sizeof texts[0])]);
        case 8: return json_array();
        case 9: return json_object();
        default: {
            const Slot *other = &slots[sample_random(seed) % count];
            json_t *value = other->key ? json_object_get(other->holder, other->key)
                                       : json_array_get(other->holder, other->index);
            return json_deep_copy(value);
        }
    }
}

static void change_one(json_t *json, uint64_t *seed) {
    Slot *slots = memory_new(PLACES, sizeof *slots);
    size_t count = 0;
    collect(json, slots, &count);
    const Slot *slot = &slots[sample_random(seed) % count];
    json_t *value = odd_value(seed, slots, count);
    if (slot->key && sample_random(seed) % 8 == 0) {
        json_decref(value);
        json_object_del(slot->holder, slot->key);
    } else if (slot->key) {
        json_object_set_new(slot->holder, slot->key, value);
    } else {
        json_array_set_new(slot->holder, slot->index, value);
    }
    free(slots);
}

// Every index a reader would follow lies where it may.
static void assert_sound(const Description *description) {
    for (size_t i = 0; i < description->indicator_count; i++) {
        const Indicator *indicator = &description->indicators[i];
        assert_true(indicator->target_set_count >= 1 &&
                    indicator->target_set_count <= MAX_TARGET_SETS);
        assert_in_range(indicator->plan, 0, description->plan_count - 1);
        assert_true(indicator->formula >= -1 && indicator->formula < (int)description->rule_count);
        assert_true(indicator->counts >= -1 && indicator->counts < (int)description->series_count);
        assert_true(indicator->among >= -1 && indicator->among < (int)description->series_count);
    }
    for (size_t r = 0; r < description->rule_count; r++) {
        for (size_t k = 0; k < description->rules[r].input_count; k++) {
            const Input *input = &description->rules[r].inputs[k];
            assert_true(input->indicator < (int)description->indicator_count);
            assert_true(input->series < (int)description->series_count);
            assert_true(input->plan < (int)description->plan_count);
            assert_true(input->breakdown < (int)description->breakdown_count);
            assert_true(input->set >= 0 && (size_t)input->set < description->set_count);
        }
    }
    for (size_t a = 0; a < description->assessment_count; a++) {
        const Assessment *assessment = &description->assessments[a];
        for (size_t i = 0; i < assessment->item_count; i++)
            assert_true(assessment->items[i].parent < (int)i);
        for (size_t v = 0; v < assessment->veto_count; v++)
            assert_in_range(assessment->vetoes[v].grade, 0, assessment->grade_count - 1);
    }
}

static void swapped_values_never_crash(void **state) {
    (void)state;
    uint64_t seed = 20261122;
    size_t accepted = 0;
    for (int round = 0; round < SWAPS; round++) {
        json_t *json = sample_json();
        for (uint32_t changes = 1 + sample_random(&seed) % 3; changes > 0; changes--)
            change_one(json, &seed);
        ProblemList problems = {0};
        Description *description = description_parse(json, &problems);
        assert_int_equal(description == NULL, problems.count > 0);
        for (size_t i = 0; i < problems.count; i++)
            assert_true(plain_text(problems.items[i].message, strlen(problems.items[i].message)));
        if (description) {
            accepted++;
            assert_sound(description);
        }
        description_free(description);
        problems_free(&problems);
        json_decref(json);
    }
    assert_in_range(accepted, SWAPS / 100,
                    SWAPS * 9 / 10); // it does change what matters, and not only that
}

static void json_of_any_kind_is_refused(void **state) {
    (void)state;
    const char *const texts[] = {"null",
                                 "1",
                                 "'x'",
                                 "[]",
                                 "[[[[]]]]",
                                 "{}",
                                 "{'plans':[{}],'rules':[{}]}",
                                 "{'assessments':[{}]}"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        json_t *json = sample_parse(texts[i]);
        ProblemList problems = {0};
        assert_null(description_parse(json, &problems));
        assert_true(problems.count > 0);
        problems_free(&problems);
        json_decref(json);
    }
}

static void thousands_of_items_and_misspelt_names_take_no_time(void **state) {
    (void)state;
    json_t *json = sample_json(), *items = json_array(), *rules = json_object_get(json, "rules");
    for (int i = 0; i < 20000; i++) {
        char id[32];
        snprintf(id, sizeof id, "i%d", i);
        json_array_append_new(items,
                              json_pack("{s:s,s:f,s:i}", "id", id, "points", 1.0, "score", 10 + i));
        json_array_append_new(
            rules, sample_parse("{'parameters':['mortalite','screenink','unknowen']," AT(9) "}"));
    }
    json_object_set_new(json_array_get(json_object_get(json, "assessments"), 0), "items", items);
    ProblemList problems = {0};
    assert_null(description_parse(json, &problems));
    assert_true(problems.dropped > 50000);
    problems_free(&problems);
    json_decref(json);
}

int main(void) {
    language_set(LANGUAGE_ENGLISH);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everything_is_read),
        cmocka_unit_test(a_description_is_held_against_the_one_that_was_checked),
        cmocka_unit_test(figures_to_keep_are_read),
        cmocka_unit_test(inputs_mean_what_their_place_says),
        cmocka_unit_test(every_lint_finds_its_mistake),
        cmocka_unit_test(units_are_wanted_where_units_are_assessed),
        cmocka_unit_test(a_ring_of_formulas_is_found),
        cmocka_unit_test(an_empty_pack_is_told),
        cmocka_unit_test(swapped_values_never_crash),
        cmocka_unit_test(json_of_any_kind_is_refused),
        cmocka_unit_test(thousands_of_items_and_misspelt_names_take_no_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
