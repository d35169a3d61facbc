// The words of raised warnings: every kind of input, as it is printed.
#include "tests/unit/pack/sample.h"

#include <math.h>

#include "core/base/language.h"
#include "core/eval/message.h"

enum {
    YEAR = 2024,
    RATE = 0,
    DEATHS = 1,
    THIRD = 2,
    ON_INDICATORS = 0,
    ON_PLANS = 1,
    ON_REGIONS = 2
};
enum { RURAL = 3 }; // among the built-in breakdowns

// The messages of the three warnings of the pack: on indicators, on plans and on the region.
typedef struct Messages {
    const char *text, *inputs;
} Messages;

static void append_warning(Buffer *out, const char *on, int rule, const Messages *message) {
    buffer_printf(out, "%s{'id':'w%d','title':'w','on':'%s','level':%d", rule ? "," : "", rule, on,
                  rule);
    if (message->text)
        buffer_printf(out, ",'message':'%s','inputs':[%s]", message->text, message->inputs);
    buffer_text(out, "}");
}

// "rate" prints one digit and "deaths" none, cut off; both are of the plan "women", whose rates
// print two. "third" is of "children", whose rates print none, and "births" print one.
static Description *describe(const Messages messages[3], const char *women) {
    Buffer text = {0};
    buffer_printf(
        &text,
        "{'pack':{'id':'p','title':'p','region':'150802','version':'1.0.0','api':1},"
        "'series':[{'kind':'data','id':'births','title':'活产数','unit':'人','digits':1},"
        "{'kind':'fact','id':'late','title':'迟报','unit':'次','default':0}],"
        "'plans':[{'id':'women','title':'妇女','from':2021,'to':2030,'baseline':2020,"
        "'conventions':{%s},'domains':[{'id':'health','title':'健康','indicators':["
        "{'kind':'indicator','id':'rate','title':'率','unit':'%%','lead':'我','digits':1,"
        "'target':{'kind':'at_least','value':70}},"
        "{'kind':'indicator','id':'deaths','title':'死亡','unit':'人','lead':'我','digits':0,"
        "'conventions':{'rounding':'truncate','digits':3},"
        "'target':{'kind':'at_most','value':12}}]}]},"
        "{'id':'children','title':'儿童','from':2021,'to':2035,'baseline':2020,"
        "'conventions':{'digits':0,'rounding':'truncate'},"
        "'domains':[{'id':'health','title':'健康','indicators':["
        "{'kind':'indicator','id':'third','title':'第三','unit':'%%','lead':'我',"
        "'target':{'kind':'at_most','value':7}}]}]}],"
        "'rules':[{'parameters':['value']},{'parameters':['pace']},{'parameters':['year']}],"
        "'warnings':[",
        women);
    append_warning(&text, "indicator", ON_INDICATORS, &messages[ON_INDICATORS]);
    append_warning(&text, "plan", ON_PLANS, &messages[ON_PLANS]);
    append_warning(&text, "region", ON_REGIONS, &messages[ON_REGIONS]);
    buffer_text(&text, "]}");
    Description *description = sample_describe(text.data);
    buffer_free(&text);
    return description;
}

// A region's results with everything missing, to be filled.
typedef struct Told {
    Description *description;
    ResultLayout *layout;
    RegionResult result;
} Told;

static void begin(Told *told, const Messages messages[3], const char *women) {
    told->description = describe(messages, women);
    told->layout = layout_new(told->description, YEAR, false);
    told->result = (RegionResult){.year = YEAR, .layout = told->layout};
    told->result.indicators = memory_new(3, sizeof(IndicatorResult));
    for (int i = 0; i < 3; i++) {
        told->result.indicators[i].statuses[0] = STATUS_NO_DATA;
        for (int m = 0; m < METRIC_COUNT; m++)
            told->result.indicators[i].metrics[m] = NAN;
    }
    told->result.values =
        arena_new(&told->result.arena, told->layout->value_count + 1, sizeof(double));
    for (size_t v = 0; v < told->layout->value_count; v++)
        told->result.values[v] = NAN;
}

static void end(Told *told) {
    result_free(&told->result);
    layout_free(told->layout);
    description_free(told->description);
}

static void set(Told *told, int indicator, Metric metric, double value) {
    told->result.indicators[indicator].metrics[metric] = value;
}

static void keep(Told *told, const char *series, int breakdown, double value) {
    int place =
        layout_find_value(told->layout, description_series(told->description, series), breakdown);
    assert_true(place >= 0);
    told->result.values[place] = value;
}

static void assert_told(Told *told, int warning, int subject, const char *wanted) {
    RaisedWarning raised = {warning, subject, LEVEL_RED, ""};
    assert_string_equal(message_text(&told->result, &raised), wanted);
}

// ---- the indicator's own figures ---------------------------------------------------------------

static void figures_are_printed_as_the_indicator_is(void **state) {
    (void)state;
    const Messages messages[3] = {
        {"现值 {value}，目标 {target}，差 {gap}", "'value','target','gap'"}};
    Told told;
    begin(&told, messages, "");
    set(&told, RATE, METRIC_VALUE, 63.25);
    set(&told, RATE, METRIC_TARGET, 70);
    set(&told, RATE, METRIC_GAP, 6.75);
    set(&told, DEATHS, METRIC_VALUE, 14.9);
    set(&told, DEATHS, METRIC_TARGET, 12);
    assert_told(&told, ON_INDICATORS, RATE, "现值 63.3，目标 70.0，差 6.8");
    assert_told(&told, ON_INDICATORS, DEATHS, "现值 14，目标 12，差 —");
    assert_told(&told, ON_INDICATORS, THIRD, "现值 —，目标 —，差 —");
    end(&told);
}

static void shares_are_per_cent_by_the_conventions(void **state) {
    (void)state;
    const Messages messages[3] = {
        {"{progress} {pace} {volatility}", "'progress','pace','volatility'"}};
    Told told;
    begin(&told, messages, "");
    for (int i = 0; i < 3; i++) {
        set(&told, i, METRIC_PROGRESS, 2.6 / 4.9);
        set(&told, i, METRIC_PACE, 0.29); // 28.999999999999996 in binary
        set(&told, i, METRIC_VOLATILITY, -0.0425);
    }
    assert_told(&told, ON_INDICATORS, RATE, "53.06% 29.00% -4.25%");
    assert_told(&told, ON_INDICATORS, DEATHS, "53.061% 29.000% -4.250%");
    assert_told(&told, ON_INDICATORS, THIRD, "53% 29% -4%");
    end(&told);
}

static void years_and_places_read_as_such(void **state) {
    (void)state;
    const Messages messages[3] = {
        {"{reach_year} {years_of_data} {peers_rank} {peers_count} {year} {plan_start} {plan_end}",
         "'reach_year','years_of_data','peers_rank','peers_count','year','plan_start','plan_end'"}};
    Told told;
    begin(&told, messages, "");
    for (int i = 0; i < 3; i++) {
        set(&told, i, METRIC_YEARS_OF_DATA, 5);
        set(&told, i, METRIC_PEERS_RANK, 2);
        set(&told, i, METRIC_PEERS_COUNT, 7);
    }
    // Reached in 2030.04 is not reached in 2030; noise of the division is no part of a year.
    set(&told, RATE, METRIC_REACH_YEAR, 2030.04);
    set(&told, DEATHS, METRIC_REACH_YEAR, 2031.1000000000001);
    set(&told, THIRD, METRIC_REACH_YEAR, 2027.0000000000002);
    assert_told(&told, ON_INDICATORS, RATE, "2031 5 2 7 2024 2021 2030");
    assert_told(&told, ON_INDICATORS, DEATHS, "2032 5 2 7 2024 2021 2030");
    assert_told(&told, ON_INDICATORS, THIRD, "2027 5 2 7 2024 2021 2035");
    set(&told, RATE, METRIC_REACH_YEAR, NAN);
    assert_told(&told, ON_INDICATORS, RATE, "— 5 2 7 2024 2021 2030");
    end(&told);
}

static void statuses_are_words(void **state) {
    (void)state;
    static const char *const words[STATUS_COUNT] = {"达标", "基本达标", "未达标", "缺数据",
                                                    "不适用"};
    const Messages messages[3] = {{"{status} {on_track}", "'status','on_track'"}};
    Told told;
    begin(&told, messages, "");
    for (int s = 0; s < STATUS_COUNT; s++) {
        Buffer wanted = {0};
        buffer_printf(&wanted, "%s —", words[s]);
        told.result.indicators[RATE].statuses[0] = (uint8_t)s;
        assert_told(&told, ON_INDICATORS, RATE, wanted.data);
        buffer_free(&wanted);
    }
    set(&told, RATE, METRIC_PROGRESS, 0.4);
    assert_told(&told, ON_INDICATORS, RATE, "不适用 —");
    set(&told, RATE, METRIC_PACE, 0.4);
    assert_told(&told, ON_INDICATORS, RATE, "不适用 是");
    set(&told, RATE, METRIC_PACE, 0.41);
    assert_told(&told, ON_INDICATORS, RATE, "不适用 否");
    end(&told);
}

// ---- figures of others -------------------------------------------------------------------------

static void others_are_printed_by_their_own_digits(void **state) {
    (void)state;
    const Messages messages[3] = {
        {"{deaths} {deaths_gap} {deaths_status} {rate_progress} {births} {late} {births_rural}",
         "'deaths','deaths_gap','deaths_status','rate_progress','births','late','births_rural'"}};
    Told told;
    begin(&told, messages, "");
    keep(&told, "deaths", -1, 19.96);
    keep(&told, "births", -1, 1234.56);
    keep(&told, "births", RURAL, 0.05);
    set(&told, DEATHS, METRIC_GAP, 7.9);
    set(&told, RATE, METRIC_PROGRESS, 0.5);
    told.result.indicators[DEATHS].statuses[0] = STATUS_UNMET;
    assert_told(&told, ON_INDICATORS, THIRD, "19 7 未达标 50.00% 1234.6 — 0.1");
    keep(&told, "late", -1, 3);
    assert_told(&told, ON_INDICATORS, RATE, "19 7 未达标 50.00% 1234.6 3.00 0.1");
    end(&told);
}

static void a_breakdown_is_that_of_the_indicator(void **state) {
    (void)state;
    const Messages messages[3] = {{"农村 {rural}", "'rural'"}};
    Told told;
    begin(&told, messages, "");
    keep(&told, "rate", RURAL, 41.25);
    keep(&told, "deaths", RURAL, 3.9);
    assert_told(&told, ON_INDICATORS, RATE, "农村 41.3");
    assert_told(&told, ON_INDICATORS, DEATHS, "农村 3");
    assert_told(&told, ON_INDICATORS, THIRD, "农村 —");
    end(&told);
}

static void plans_are_counted(void **state) {
    (void)state;
    const Messages messages[3] = {
        {"{attainment} {attainment_children}", "'attainment','attainment_children'"},
        {"{attainment} {met_count} {unmet_count} {pace} {plan_end}",
         "'attainment','met_count','unmet_count','pace','plan_end'"},
        {"{attainment_women} {attainment_women_health} {near_count_women} {no_data_count_children} "
         "{assessable_count_women} {rate}",
         "'attainment_women','attainment_women_health','near_count_women',"
         "'no_data_count_children','assessable_count_women','rate'"}};
    Told told;
    begin(&told, messages, "");
    told.result.indicators[RATE].statuses[0] = STATUS_MET;
    told.result.indicators[DEATHS].statuses[0] = STATUS_UNMET;
    keep(&told, "rate", -1, 71);
    assert_told(&told, ON_INDICATORS, DEATHS, "50.00% —");
    assert_told(&told, ON_PLANS, 0, "50.00% 1 1 40.00% 2030");
    assert_told(&told, ON_PLANS, 1, "— 0 0 26% 2035"); // 4 of 15 years, cut off
    assert_told(&told, ON_REGIONS, -1, "50.00% 50.00% 0 1 2 71.0");
    end(&told);
}

static void what_is_expected_counts_where_the_plan_says_so(void **state) {
    (void)state;
    const Messages messages[3] = {{NULL, NULL}, {"{attainment}", "'attainment'"}};
    for (int counts = 0; counts <= 1; counts++) {
        Told told;
        begin(&told, messages, counts ? "'expected_counts':true" : "");
        told.result.indicators[RATE].statuses[0] = STATUS_MET;
        told.result.indicators[DEATHS].statuses[0] = STATUS_UNMET;
        set(&told, DEATHS, METRIC_REACH_YEAR, 2029.5);
        assert_told(&told, ON_PLANS, 0, counts ? "100.00%" : "50.00%");
        set(&told, DEATHS, METRIC_REACH_YEAR, 2030.5);
        assert_told(&told, ON_PLANS, 0, "50.00%");
        end(&told);
    }
}

// ---- text --------------------------------------------------------------------------------------

static void what_is_no_input_stands_as_it_is(void **state) {
    (void)state;
    const Messages messages[3] = {
        {"{{value}} {values} {valu} { value} {value {value}{value}} {", "'value'"}};
    Told told;
    begin(&told, messages, "");
    set(&told, RATE, METRIC_VALUE, 1);
    assert_told(&told, ON_INDICATORS, RATE, "{1.0} {values} {valu} { value} {value 1.01.0} {");
    end(&told);
}

static void an_input_whose_name_begins_another_is_not_taken_for_it(void **state) {
    (void)state;
    const Messages messages[3] = {
        {"{rate} {rate_gap} {rate_rural}", "'rate','rate_gap','rate_rural'"}};
    Told told;
    begin(&told, messages, "");
    keep(&told, "rate", -1, 1);
    set(&told, RATE, METRIC_GAP, 2);
    keep(&told, "rate", RURAL, 3);
    assert_told(&told, ON_INDICATORS, DEATHS, "1.0 2.0 3.0");
    end(&told);
}

static void a_warning_without_a_message_says_nothing(void **state) {
    (void)state;
    const Messages messages[3] = {{NULL, NULL}, {"", ""}};
    Told told;
    begin(&told, messages, "");
    assert_told(&told, ON_INDICATORS, RATE, "");
    assert_told(&told, ON_PLANS, 0, "");
    assert_told(&told, ON_REGIONS, -1, "");
    end(&told);
}

// The pack speaks the language it was written in, whoever looks.
static void the_language_of_the_program_changes_nothing(void **state) {
    (void)state;
    const Messages messages[3] = {{"{status} {on_track} {gap}", "'status','on_track','gap'"}};
    Told told;
    begin(&told, messages, "");
    language_set(LANGUAGE_CHINESE);
    assert_told(&told, ON_INDICATORS, RATE, "缺数据 — —");
    language_set(LANGUAGE_ENGLISH);
    assert_told(&told, ON_INDICATORS, RATE, "缺数据 — —");
    end(&told);
}

int main(void) {
    language_set(LANGUAGE_ENGLISH);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(figures_are_printed_as_the_indicator_is),
        cmocka_unit_test(shares_are_per_cent_by_the_conventions),
        cmocka_unit_test(years_and_places_read_as_such),
        cmocka_unit_test(statuses_are_words),
        cmocka_unit_test(others_are_printed_by_their_own_digits),
        cmocka_unit_test(a_breakdown_is_that_of_the_indicator),
        cmocka_unit_test(plans_are_counted),
        cmocka_unit_test(what_is_expected_counts_where_the_plan_says_so),
        cmocka_unit_test(what_is_no_input_stands_as_it_is),
        cmocka_unit_test(an_input_whose_name_begins_another_is_not_taken_for_it),
        cmocka_unit_test(a_warning_without_a_message_says_nothing),
        cmocka_unit_test(the_language_of_the_program_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
