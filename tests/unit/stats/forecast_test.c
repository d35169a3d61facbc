// Forecasts against R (expected.R) and against figures worked out by hand or published.
#include "core/stats/forecast.h"

#include "tests/unit/stats/expected_rows.h"

static const double TOLERANCE = 1e-9; // relative; R solves the same equations in another order

static ForecastModel fit(ForecastMethod method, const TestSeries *series) {
    ForecastModel model;
    if (!forecast_fit(method, series->years, series->values, series->count, &model))
        fail_msg("%s cannot be fitted", forecast_method_name(method));
    return model;
}

static TestSeries series_from(int first_year, const double *values, size_t count) {
    TestSeries series = {.count = count};
    for (size_t i = 0; i < count; i++) {
        series.years[i] = first_year + (int)i;
        series.values[i] = values[i];
    }
    return series;
}

// The figure of a model that a row of expected.csv names.
static double named_figure(const ForecastModel *model, const char *name, double year) {
    double low, high;
    if (strcmp(name, "at") == 0) return forecast_at(model, year);
    if (strcmp(name, "low") == 0 || strcmp(name, "high") == 0) {
        assert_true(forecast_interval(model, year, &low, &high));
        return strcmp(name, "low") == 0 ? low : high;
    }
    const struct {
        const char *name;
        double value;
    } constants[] = {
        {"change", model->change_per_year},
        {"deviation", model->residual_deviation},
        {"backtest", model->backtest_error},
        {"level_smoothing", model->level_smoothing},
        {"trend_smoothing", model->trend_smoothing},
        {"development", model->development_coefficient},
        {"input", model->grey_input},
        {"scale", model->response_scale},
        {"offset", model->response_offset},
        {"posterior", model->posterior_ratio},
    };
    for (size_t i = 0; i < sizeof constants / sizeof *constants; i++)
        if (strcmp(name, constants[i].name) == 0) return constants[i].value;
    fail_msg("expected.csv names an unknown figure: %s", name);
    return NAN;
}

static void compare_with_r(ForecastMethod method) {
    static ExpectedRow rows[EXPECTED_MOST_ROWS];
    char prefix[40];
    snprintf(prefix, sizeof prefix, "%s:", forecast_method_name(method));
    size_t count = expected_rows(prefix, rows);
    for (size_t i = 0; i < count; i++) {
        const char *name = strchr(rows[i].what, ':') + 1;
        TestSeries series = expected_series(rows[i].about);
        ForecastModel model;
        bool fitted = forecast_fit(method, series.years, series.values, series.count, &model);
        bool refused = strcmp(name, "refused") == 0;
        if (fitted == refused)
            fail_msg("%s: fitted is %d, expected %d", rows[i].about, fitted, !refused);
        if (refused) continue;
        assert_row(&rows[i], named_figure(&model, name, rows[i].argument), TOLERANCE);
    }
}

static void test_ols_against_r(void **state) {
    (void)state;
    compare_with_r(FORECAST_OLS);
}

static void test_theil_sen_against_r(void **state) {
    (void)state;
    compare_with_r(FORECAST_THEIL_SEN);
}

static void test_cagr_against_r(void **state) {
    (void)state;
    compare_with_r(FORECAST_CAGR);
}

static void test_holt_against_r(void **state) {
    (void)state;
    compare_with_r(FORECAST_HOLT);
}

static void test_gm11_against_r(void **state) {
    (void)state;
    compare_with_r(FORECAST_GM11);
}

static void assert_text(double value, int digits, const char *expected) {
    char text[64];
    snprintf(text, sizeof text, "%.*f", digits, value);
    assert_string_equal(text, expected);
}

// x̂(k+1) = −160.60·e^(−0.0914k) + 175.50, C = 0.085.
static void test_gm11_as_published(void **state) {
    (void)state;
    TestSeries infant = expected_series("infant");
    ForecastModel model = fit(FORECAST_GM11, &infant);
    assert_text(model.development_coefficient, 4, "0.0914");
    assert_text(model.response_scale, 2, "-160.60");
    assert_text(model.response_offset, 2, "175.50");
    assert_text(model.posterior_ratio, 3, "0.085");
    // The forecast is the difference of two cumulated values of the time response.
    double before = model.response_scale * exp(-model.development_coefficient * 9);
    double after = model.response_scale * exp(-model.development_coefficient * 10);
    assert_near(forecast_at(&model, 2018), after - before, 1e-12, "2018");
}

static void test_flat_series_stays_flat(void **state) {
    (void)state;
    const double flat[] = {97.31, 97.31, 97.31, 97.31, 97.31, 97.31, 97.31};
    TestSeries series = series_from(2018, flat, 7);
    for (ForecastMethod method = 0; method < FORECAST_METHOD_COUNT; method++) {
        ForecastModel model = fit(method, &series);
        double low, high;
        assert_true(forecast_at(&model, 2030) == 97.31);
        assert_true(model.backtest_error == 0);
        assert_true(forecast_interval(&model, 2030, &low, &high));
        assert_true(low == 97.31 && high == 97.31);
        assert_true(forecast_reach_year(&model, 97.31, TARGET_SIDE_UP, 2025, 5) == 2025);
        assert_true(forecast_reach_year(&model, 97.31, TARGET_SIDE_DOWN, 2025, 5) == 2025);
        assert_true(isnan(forecast_reach_year(&model, 97.32, TARGET_SIDE_UP, 2025, 500)));
    }
    // All of Holt's constants are equally good here: the smallest are taken.
    ForecastModel holt = fit(FORECAST_HOLT, &series);
    assert_true(holt.level_smoothing == 0.1 && holt.trend_smoothing == 0.1);
}

static void test_windows(void **state) {
    (void)state;
    TestSeries maternal = expected_series("maternal");
    ForecastModel ols = fit(FORECAST_OLS, &maternal);
    assert_int_equal(ols.values_used, 5);
    assert_int_equal(ols.first_year, 2020);
    assert_int_equal(fit(FORECAST_THEIL_SEN, &maternal).first_year, 2015);
    assert_int_equal(fit(FORECAST_CAGR, &maternal).first_year, 2020);
    assert_int_equal(fit(FORECAST_GM11, &maternal).first_year, 2010);

    // A hole cuts Holt and GM(1,1) off from what lies before it; OLS looks across.
    maternal.values[9] = NAN; // 2019
    assert_int_equal(fit(FORECAST_HOLT, &maternal).first_year, 2020);
    assert_int_equal(fit(FORECAST_GM11, &maternal).first_year, 2020);
    maternal.values[12] = INFINITY; // 2022
    assert_int_equal(fit(FORECAST_OLS, &maternal).first_year, 2018);
    ForecastModel untouched = ols;
    assert_false(
        forecast_fit(FORECAST_GM11, maternal.years, maternal.values, maternal.count, &untouched));
    assert_memory_equal(&untouched, &ols, sizeof ols);
}

static void test_five_yearly_survey(void **state) {
    (void)state;
    TestSeries survey = expected_series("survey");
    ForecastModel holt = fit(FORECAST_HOLT, &survey);
    assert_int_equal(holt.step_years, 5);
    assert_int_equal(holt.values_used, 7);
    assert_int_equal(fit(FORECAST_GM11, &survey).step_years, 5);
}

static void test_long_series_uses_the_last_sixty(void **state) {
    (void)state;
    static int years[200];
    static double values[200];
    for (int i = 0; i < 200; i++) {
        years[i] = 1800 + i;
        values[i] = 100 + i % 7;
    }
    ForecastModel model;
    assert_true(forecast_fit(FORECAST_GM11, years, values, 200, &model));
    assert_int_equal(model.values_used, 60);
    assert_int_equal(model.first_year, 1940);
    assert_int_equal(model.last_year, 1999);
}

static void test_refusals(void **state) {
    (void)state;
    const double few[] = {3, NAN, 4, NAN, NAN}, zero[] = {3, 2, 0, 2, 1};
    const int years[] = {2020, 2021, 2022, 2023, 2024};
    ForecastModel model;
    for (ForecastMethod method = 0; method <= FORECAST_LEAST_ERROR; method++) {
        assert_false(forecast_fit(method, years, few, 5, &model));
        assert_false(forecast_fit(method, years, few, 0, &model));
    }
    assert_false(forecast_fit(FORECAST_CAGR, years, zero, 5, &model));
    assert_false(forecast_fit(FORECAST_GM11, years, zero, 5, &model));
    assert_true(forecast_fit(FORECAST_HOLT, years, zero, 5, &model));
    assert_true(forecast_fit(FORECAST_OLS, years, zero, 5, &model));
}

static void test_one_outlier_does_not_move_theil_sen(void **state) {
    (void)state;
    TestSeries series = expected_series("outlier");
    ForecastModel robust = fit(FORECAST_THEIL_SEN, &series);
    assert_true(fabs(forecast_at(&robust, 2018) - 89.7) < 0.5);
}

static void test_backtest_by_hand(void **state) {
    (void)state;
    // CAGR of 1, 2, 4 says 8; of 1, 2, 4, 9 it says 9·9^(1/3). Before that there are too few
    // values.
    const double values[] = {1, 2, 4, 9, 20};
    TestSeries series = series_from(2020, values, 5);
    double expected = (fabs(9 * cbrt(9) - 20) + fabs(8.0 - 9)) / 2;
    assert_near(fit(FORECAST_CAGR, &series).backtest_error, expected, 1e-12, "two origins");
    series.count = 3;
    assert_true(isnan(fit(FORECAST_CAGR, &series).backtest_error));
}

static void test_least_error_takes_the_least(void **state) {
    (void)state;
    const char *names[] = {"maternal", "infant", "gaps", "outlier", "growth", "survey", "wavy"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        TestSeries series = expected_series(names[i]);
        ForecastModel chosen = fit(FORECAST_LEAST_ERROR, &series), other;
        assert_in_range(chosen.method, 0, FORECAST_METHOD_COUNT - 1);
        for (ForecastMethod method = 0; method < FORECAST_METHOD_COUNT; method++)
            if (forecast_fit(method, series.years, series.values, series.count, &other))
                assert_true(chosen.backtest_error <= other.backtest_error);
    }
    TestSeries growth = expected_series("growth");
    assert_int_equal(fit(FORECAST_LEAST_ERROR, &growth).method, FORECAST_GM11);
}

static void test_least_error_breaks_ties_by_order(void **state) {
    (void)state;
    // On a line every linear method is right but for rounding noise, and OLS is first.
    const double line[] = {12.1, 12.2, 12.3, 12.4, 12.5, 12.6, 12.7};
    TestSeries series = series_from(2018, line, 7);
    assert_int_equal(fit(FORECAST_LEAST_ERROR, &series).method, FORECAST_OLS);
    series.count = 3; // no back-test for any method
    assert_int_equal(fit(FORECAST_LEAST_ERROR, &series).method, FORECAST_OLS);
}

static void test_interval_needs_the_future_for_cagr_and_holt(void **state) {
    (void)state;
    TestSeries infant = expected_series("infant");
    for (ForecastMethod method = 0; method < FORECAST_METHOD_COUNT; method++) {
        ForecastModel model = fit(method, &infant);
        double low = 0, high = 0, later_low, later_high;
        bool recursive = method == FORECAST_CAGR || method == FORECAST_HOLT;
        assert_int_equal(forecast_interval(&model, 2017, &low, &high), !recursive);
        assert_int_equal(isnan(low) && isnan(high), recursive);
        assert_true(forecast_interval(&model, 2018.5, &low, &high));
        assert_true(forecast_interval(&model, 2025, &later_low, &later_high));
        assert_true(low < forecast_at(&model, 2018.5) && forecast_at(&model, 2018.5) < high);
        if (method == FORECAST_CAGR)
            assert_true(later_high / later_low > high / low);
        else
            assert_true(later_high - later_low > high - low);
    }
}

static void test_reach_year(void **state) {
    (void)state;
    const double line[] = {10, 12, 14, 16, 18};
    TestSeries series = series_from(2020, line, 5);
    ForecastModel model = fit(FORECAST_OLS, &series);
    assert_near(forecast_reach_year(&model, 25, TARGET_SIDE_UP, 2024, 10), 2027.5, 1e-12, "up");
    assert_true(forecast_reach_year(&model, 17, TARGET_SIDE_UP, 2024, 10) == 2024);
    assert_true(forecast_reach_year(&model, 25, TARGET_SIDE_DOWN, 2024, 10) == 2024);
    assert_true(isnan(forecast_reach_year(&model, 5, TARGET_SIDE_DOWN, 2024, 100)));
    assert_true(isnan(forecast_reach_year(&model, 25, TARGET_SIDE_UP, 2024, 3)));
    assert_true(forecast_reach_year(&model, 26, TARGET_SIDE_UP, 2024, 4) == 2028);
    assert_true(isnan(forecast_reach_year(&model, 25, TARGET_SIDE_UP, 2024, -1)));
    assert_true(isnan(forecast_reach_year(&model, NAN, TARGET_SIDE_UP, 2024, 10)));
}

static void test_reach_year_of_every_method(void **state) {
    (void)state;
    TestSeries infant = expected_series("infant");
    for (ForecastMethod method = 0; method < FORECAST_METHOD_COUNT; method++) {
        ForecastModel model = fit(method, &infant);
        double year = forecast_reach_year(&model, 5.2, TARGET_SIDE_DOWN, 2018, 30);
        assert_true(year > 2018 && year < 2048);
        assert_near(forecast_at(&model, year), 5.2, 1e-12, forecast_method_name(method));
    }
    ForecastModel cagr = fit(FORECAST_CAGR, &infant);
    assert_true(isnan(forecast_reach_year(&cagr, -1, TARGET_SIDE_DOWN, 2018, 1000)));
}

// A forecast of 11.999999999999998 missed "at least 12" for ever.
static void test_reach_year_forgives_rounding_noise(void **state) {
    (void)state;
    ForecastModel model = {.method = FORECAST_OLS, .last_year = 2024, .level = 12 - 2e-15};
    assert_true(forecast_reach_year(&model, 12, TARGET_SIDE_UP, 2025, 5) == 2025);
    model.level = 12 - 1e-6;
    assert_true(isnan(forecast_reach_year(&model, 12, TARGET_SIDE_UP, 2025, 5)));
}

static void test_method_names(void **state) {
    (void)state;
    const char *names[] = {"ols", "theil_sen", "cagr", "holt", "gm11", "least_error"};
    for (int i = 0; i <= FORECAST_LEAST_ERROR; i++) {
        ForecastMethod method = FORECAST_METHOD_COUNT + 1;
        assert_string_equal(forecast_method_name(i), names[i]);
        assert_true(forecast_method_from_name(names[i], &method));
        assert_int_equal(method, i);
    }
    ForecastMethod method = FORECAST_HOLT;
    assert_false(forecast_method_from_name("OLS", &method));
    assert_false(forecast_method_from_name("", &method));
    assert_int_equal(method, FORECAST_HOLT);
    assert_null(forecast_method_name(FORECAST_LEAST_ERROR + 1));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ols_against_r),
        cmocka_unit_test(test_theil_sen_against_r),
        cmocka_unit_test(test_cagr_against_r),
        cmocka_unit_test(test_holt_against_r),
        cmocka_unit_test(test_gm11_against_r),
        cmocka_unit_test(test_gm11_as_published),
        cmocka_unit_test(test_flat_series_stays_flat),
        cmocka_unit_test(test_windows),
        cmocka_unit_test(test_five_yearly_survey),
        cmocka_unit_test(test_long_series_uses_the_last_sixty),
        cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_one_outlier_does_not_move_theil_sen),
        cmocka_unit_test(test_backtest_by_hand),
        cmocka_unit_test(test_least_error_takes_the_least),
        cmocka_unit_test(test_least_error_breaks_ties_by_order),
        cmocka_unit_test(test_interval_needs_the_future_for_cagr_and_holt),
        cmocka_unit_test(test_reach_year),
        cmocka_unit_test(test_reach_year_of_every_method),
        cmocka_unit_test(test_reach_year_forgives_rounding_noise),
        cmocka_unit_test(test_method_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
