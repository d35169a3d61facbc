// Sample data taken out while others enter figures.
#include "tests/unit/db/fixture.h"

#include "core/registry/sample_removal.h"

static StoreObservation of_kind(int year, const char *text, const char *kind) {
    StoreObservation observation = figure("deaths", year, text);
    observation.kind = kind;
    return observation;
}

static void a_real_figure_that_came_meanwhile_stays(void **state) {
    Fixture *fixture = *state;
    Store *store = fixture_make(fixture);
    SampleFigures figures;
    Error error = {0};
    size_t restored;
    put_figure(store, of_kind(2023, "3", "sample"));
    put_figure(store, of_kind(2024, "4", "sample"));
    assert_true(sample_figures_read(store, &(SampleFilter){0}, &figures, &error));
    assert_int_equal(figures.count, 2);
    put_figure(store, of_kind(2024, "5", "reported"));
    size_t before = count_observations(store);
    assert_false(sample_figures_remove(store, &figures, "tester", &restored, &error));
    assert_int_equal(error.code, ERROR_CONFLICT);
    assert_int_equal(count_observations(store), before);
    sample_figures_free(&figures);

    assert_true(sample_figures_read(store, &(SampleFilter){0}, &figures, &error));
    assert_int_equal(figures.count, 1);
    assert_int_equal(figures.items[0].sample.year, 2023);
    assert_true(sample_figures_remove(store, &figures, "tester", &restored, &error));
    sample_figures_free(&figures);
    assert_true(sample_figures_read(store, &(SampleFilter){0}, &figures, &error));
    assert_int_equal(figures.count, 0);
    sample_figures_free(&figures);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_real_figure_that_came_meanwhile_stays, fixture_set_up,
                                        fixture_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
