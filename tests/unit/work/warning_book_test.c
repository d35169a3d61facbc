// The book of a pack's warnings: what results say otherwise, and what silence says.
#include "tests/unit/db/fixture.h"
#include "tests/unit/eval/sample_result.h"

#include "core/work/warning_book.h"

static const char *const regions[] = {"000000", "150802"};
enum { YEAR = 2024, REGIONS = 2 };

typedef struct Shelf {
    Fixture *files;
    Store *store;
    Description *description;
    ResultLayout *layout, *earlier; // of YEAR, and of the year before
    WarningBook *book;
} Shelf;

static int set_up(void **state) {
    Shelf *shelf = memory_new(1, sizeof *shelf);
    void *files;
    if (fixture_set_up(&files) != 0) return -1;
    shelf->files = files;
    shelf->store = fixture_make(shelf->files);
    shelf->description = sample_describe(sample_text);
    shelf->layout = layout_new(shelf->description, YEAR, false);
    shelf->earlier = layout_new(shelf->description, YEAR - 1, false);
    ASSERT_GOOD(warning_book_open(shelf->store, "sample", &shelf->book, &unexpected));
    warning_book_begin(shelf->book);
    *state = shelf;
    return 0;
}

static int tear_down(void **state) {
    Shelf *shelf = *state;
    void *files = shelf->files;
    warning_book_free(shelf->book);
    layout_free(shelf->layout);
    layout_free(shelf->earlier);
    description_free(shelf->description);
    free(shelf);
    return fixture_tear_down(&files);
}

#define BOOK_TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

// A region's results in which each warning is raised about its first subject, or none is.
static void follow(Shelf *shelf, const char *region, const ResultLayout *layout, bool raised) {
    uint64_t seed = 7;
    Buffer bytes = {0};
    uint8_t *record = sample_record(layout, false, &seed);
    for (size_t w = 0; w < shelf->description->warning_count; w++) {
        const Warning *warning = &shelf->description->warnings[w];
        memset(record + layout->levels[w], 0, layout_warning_subjects(shelf->description, warning));
        if (raised) record[layout->levels[w]] = LEVEL_RED;
    }
    result_encode(layout, record, false, NULL, 0, &bytes);
    warning_book_follow(shelf->book, region, layout, (ResultBytes){bytes.data, bytes.length});
    buffer_free(&bytes);
    free(record);
}

static void follow_silence(Shelf *shelf, const char *region, const ResultLayout *layout) {
    warning_book_follow(shelf->book, region, layout, (ResultBytes){0});
}

typedef struct Putting {
    WarningBook *book;
    int year;
} Putting;

static bool put_book(StoreTransaction *transaction, void *context, Error *error) {
    const Putting *putting = context;
    return warning_book_put(putting->book, transaction, "test", 1, putting->year, error);
}

// Puts what was noted and begins anew. Gives the number of the warning noted last.
static int64_t settle_in(Shelf *shelf, int year) {
    Putting putting = {shelf->book, year};
    size_t count = warning_book_step_count(shelf->book);
    ASSERT_GOOD(store_write(shelf->store, put_book, &putting, &unexpected));
    int64_t id = count ? warning_book_step(shelf->book, count - 1)->id : 0;
    warning_book_settle(shelf->book, true);
    warning_book_begin(shelf->book);
    return id;
}

static int64_t raise_in(Shelf *shelf, const ResultLayout *layout) {
    for (size_t r = 0; r < REGIONS; r++)
        follow(shelf, regions[r], layout, true);
    return settle_in(shelf, layout->year);
}

// All that was noted is that every warning of the region was cleared.
static void assert_cleared(const Shelf *shelf, const char *region) {
    size_t count = warning_book_step_count(shelf->book);
    assert_int_equal(count, shelf->description->warning_count);
    for (size_t i = 0; i < count; i++) {
        const WarningStep *step = warning_book_step(shelf->book, i);
        assert_string_equal(step->event, "cleared");
        assert_string_equal(step->region, region);
        assert_string_equal(step->level, "red");
    }
}

static void assert_nothing_noted(const Shelf *shelf) {
    assert_int_equal(warning_book_step_count(shelf->book), 0);
}

// ---- tests --------------------------------------------------------------------------------------

// It kept its warnings for ever.
static void a_region_whose_figures_were_withdrawn_has_no_warnings(void **state) {
    Shelf *shelf = *state;
    raise_in(shelf, shelf->layout);
    follow(shelf, "000000", shelf->layout, true);
    follow_silence(shelf, "150802", shelf->layout);
    warning_book_clear_others(shelf->book, shelf->description);
    assert_cleared(shelf, "150802");
    settle_in(shelf, YEAR);
    follow_silence(shelf, "150802", shelf->layout);
    assert_nothing_noted(shelf);
}

// They were never followed.
static void a_region_that_is_not_evaluated_any_more_has_no_warnings(void **state) {
    Shelf *shelf = *state;
    raise_in(shelf, shelf->earlier);
    follow(shelf, "000000", shelf->layout, true);
    warning_book_clear_others(shelf->book, shelf->description);
    assert_cleared(shelf, "150802");
    settle_in(shelf, YEAR);
    warning_book_clear_others(shelf->book, shelf->description);
    assert_cleared(shelf, "000000");
}

static void a_new_year_that_others_began_clears_nothing(void **state) {
    Shelf *shelf = *state;
    raise_in(shelf, shelf->earlier);
    follow(shelf, "000000", shelf->layout, true);
    follow_silence(shelf, "150802", shelf->layout);
    warning_book_clear_others(shelf->book, shelf->description);
    assert_nothing_noted(shelf);
    follow(shelf, "150802", shelf->layout, false);
    assert_cleared(shelf, "150802");
}

// The year that was begun by mistake is withdrawn, and the region had nothing before.
static void what_was_raised_for_a_later_year_is_cleared(void **state) {
    Shelf *shelf = *state;
    raise_in(shelf, shelf->layout);
    follow(shelf, "000000", shelf->earlier, true);
    follow_silence(shelf, "150802", shelf->earlier);
    assert_cleared(shelf, "150802");
}

typedef struct History {
    char events[200];
} History;

static bool add_event(const StoreWarningEvent *event, void *context, Error *error) {
    History *history = context;
    (void)error;
    size_t length = strlen(history->events);
    snprintf(history->events + length, sizeof history->events - length, "%s ", event->event);
    return true;
}

static void acknowledge(Shelf *shelf, int64_t id) {
    ASSERT_GOOD(warning_book_acknowledge(shelf->book, shelf->description, "150802", id, "li", NULL,
                                         &unexpected));
}

// Its event was told with the warning's id for a title.
static void an_acknowledgement_is_told_like_the_warning(void **state) {
    Shelf *shelf = *state;
    int64_t id = raise_in(shelf, shelf->layout);
    acknowledge(shelf, id);
    const WarningStep *step = warning_book_step(shelf->book, 0);
    assert_int_equal(warning_book_step_count(shelf->book), 1);
    assert_string_equal(step->event, "acknowledged");
    const Warning *declared = NULL;
    for (size_t w = 0; w < shelf->description->warning_count; w++)
        if (strcmp(shelf->description->warnings[w].id, step->warning) == 0)
            declared = &shelf->description->warnings[w];
    assert_non_null(declared);
    assert_string_not_equal(declared->title, declared->id);
    assert_string_equal(step->title, declared->title);
}

static void who_acknowledged_first_is_known_after_reading_it_again(void **state) {
    Shelf *shelf = *state;
    Error error = {0};
    int64_t id = raise_in(shelf, shelf->layout);
    acknowledge(shelf, id);
    settle_in(shelf, YEAR);
    for (int i = 0; i < 2; i++) {
        assert_false(warning_book_acknowledge(shelf->book, shelf->description, "150802", id, "wu",
                                              NULL, &error));
        assert_int_equal(error.code, ERROR_CONFLICT);
        assert_non_null(strstr(error.message, "li"));
        warning_book_free(shelf->book);
        ASSERT_GOOD(warning_book_open(shelf->store, "sample", &shelf->book, &unexpected));
        warning_book_begin(shelf->book);
    }
}

static void what_is_raised_again_goes_on_with_its_history(void **state) {
    Shelf *shelf = *state;
    int64_t id = raise_in(shelf, shelf->layout); // of 150802
    acknowledge(shelf, id);
    settle_in(shelf, YEAR);
    follow_silence(shelf, "150802", shelf->layout);
    assert_cleared(shelf, "150802");
    settle_in(shelf, YEAR);
    follow(shelf, "150802", shelf->layout, true);
    assert_int_equal(settle_in(shelf, YEAR), id);
    History history = {0};
    ASSERT_GOOD(
        store_read_warning_events(shelf->store, "150802", id, add_event, &history, &unexpected));
    assert_string_equal(history.events, "raised acknowledged cleared raised ");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        BOOK_TEST(a_region_whose_figures_were_withdrawn_has_no_warnings),
        BOOK_TEST(a_region_that_is_not_evaluated_any_more_has_no_warnings),
        BOOK_TEST(a_new_year_that_others_began_clears_nothing),
        BOOK_TEST(what_was_raised_for_a_later_year_is_cleared),
        BOOK_TEST(an_acknowledgement_is_told_like_the_warning),
        BOOK_TEST(who_acknowledged_first_is_known_after_reading_it_again),
        BOOK_TEST(what_is_raised_again_goes_on_with_its_history),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
