// Work in several threads: every part is done once, and whose error is told.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/resource.h>
#include <unistd.h>

#include "core/base/parallel.h"

enum { MOST_PARTS = 64 };

typedef struct Work {
    atomic_int done[MOST_PARTS];
    int parts;               // as the parts are told
    uint64_t failing;        // bits of the parts that fail
    pthread_t first_thread;  // who did part 0
    pthread_barrier_t *meet; // where all parts wait for each other; NULL for none
} Work;

static bool do_part(int part, int parts, void *context, Error *error) {
    Work *work = context;
    atomic_fetch_add(&work->done[part], 1);
    if (parts != work->parts) return error_set(error, ERROR_USAGE, "told of %d parts", parts);
    if (part == 0) work->first_thread = pthread_self();
    if (work->meet) pthread_barrier_wait(work->meet);
    if (work->failing >> part & 1) {
        // The lowest part is the last to fail.
        usleep((useconds_t)(parts - part) * 1000);
        return error_set(error, ERROR_INPUT, "part %d failed", part);
    }
    return true;
}

static void assert_all_done_once(Work *work) {
    for (int part = 0; part < MOST_PARTS; part++)
        assert_int_equal(atomic_load(&work->done[part]), part < work->parts ? 1 : 0);
}

static void every_part_is_done_once(void **state) {
    (void)state;
    for (int parts = 1; parts <= MOST_PARTS; parts++) {
        Work work = {.parts = parts};
        Error error = {0};
        assert_true(parallel_run(parts, do_part, &work, &error));
        assert_all_done_once(&work);
        assert_int_equal(error.code, ERROR_NONE);
    }
}

// They would wait for each other for ever if they came in turn.
static void parts_are_done_at_the_same_time(void **state) {
    (void)state;
    pthread_barrier_t meet;
    pthread_barrier_init(&meet, NULL, 4);
    Work work = {.parts = 4, .meet = &meet};
    Error error = {0};
    assert_true(parallel_run(4, do_part, &work, &error));
    assert_all_done_once(&work);
    pthread_barrier_destroy(&meet);
}

static void the_caller_does_the_first_part_itself(void **state) {
    (void)state;
    for (int parts = 1; parts <= 3; parts++) {
        Work work = {.parts = parts};
        Error error = {0};
        assert_true(parallel_run(parts, do_part, &work, &error));
        assert_true(pthread_equal(work.first_thread, pthread_self()));
    }
}

static void the_error_is_that_of_the_lowest_part_that_failed(void **state) {
    (void)state;
    static const struct {
        uint64_t failing;
        const char *message;
    } cases[] = {{1, "part 0 failed"},
                 {2 | 8, "part 1 failed"},
                 {4 | 32, "part 2 failed"},
                 {63, "part 0 failed"},
                 {32, "part 5 failed"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Work work = {.parts = 6, .failing = cases[i].failing};
        Error error = {0};
        assert_false(parallel_run(6, do_part, &work, &error));
        assert_all_done_once(&work);
        assert_string_equal(error.message, cases[i].message);
        assert_int_equal(error.code, ERROR_INPUT);
        Work unheard = {.parts = 6, .failing = cases[i].failing};
        assert_false(parallel_run(6, do_part, &unheard, NULL));
    }
}

#ifndef BIAOCHI_SANITIZED // the sanitizers cannot live without addresses
static void where_no_thread_can_be_made_parts_come_in_turn(void **state) {
    (void)state;
    struct rlimit before, none;
    assert_int_equal(getrlimit(RLIMIT_AS, &before), 0);
    none = before;
    none.rlim_cur = 1;
    Work work = {.parts = 5, .failing = 8 | 16};
    Error error = {0};
    assert_int_equal(setrlimit(RLIMIT_AS, &none), 0);
    bool good = parallel_run(5, do_part, &work, &error);
    assert_int_equal(setrlimit(RLIMIT_AS, &before), 0);
    assert_false(good);
    assert_all_done_once(&work);
    assert_string_equal(error.message, "part 3 failed");
}
#endif

int main(void) {
    const struct CMUnitTest tests[] = {
#ifndef BIAOCHI_SANITIZED
        // First: afterwards there are stacks of threads to use again.
        cmocka_unit_test(where_no_thread_can_be_made_parts_come_in_turn),
#endif
        cmocka_unit_test(every_part_is_done_once),
        cmocka_unit_test(parts_are_done_at_the_same_time),
        cmocka_unit_test(the_caller_does_the_first_part_itself),
        cmocka_unit_test(the_error_is_that_of_the_lowest_part_that_failed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
