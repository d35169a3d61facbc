// Jobs on threads, and what comes back of them.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/base/language.h"
#include "core/base/memory.h"
#include "core/run/work_queue.h"

enum { MANY = 500 };

typedef struct Home {
    uv_loop_t loop;
    WorkQueue *queue;
    Buffer heard; // numbers, in the order in which they came
    uv_sem_t gate;
    bool stopped;
} Home;

typedef struct Job {
    Home *home;
    int number;
    bool chinese;
    uv_thread_t thread;
} Job;

static int open_home(void **state) {
    Home *home = memory_new(1, sizeof *home);
    uv_loop_init(&home->loop);
    uv_sem_init(&home->gate, 0);
    *state = home;
    return 0;
}

static void note_stopped(void *context) {
    ((Home *)context)->stopped = true;
}

static int close_home(void **state) {
    Home *home = *state;
    uv_run(&home->loop, UV_RUN_DEFAULT);
    int left = uv_loop_close(&home->loop);
    uv_sem_destroy(&home->gate);
    buffer_free(&home->heard);
    free(home);
    return left;
}

static void start(Home *home, int threads, size_t most_waiting) {
    assert_true(work_queue_start(&home->loop, threads, most_waiting, &home->queue, NULL));
}

static void stop_and_run(Home *home) {
    work_queue_stop(home->queue, note_stopped, home);
    uv_run(&home->loop, UV_RUN_DEFAULT);
    assert_true(home->stopped);
}

static void hear(void *context) {
    Job *job = context;
    buffer_printf(&job->home->heard, "%d ", job->number);
}

static void work(WorkQueue *queue, uv_loop_t *loop, void *context) {
    Job *job = context;
    (void)queue, (void)loop;
    job->chinese = language_is_chinese();
    job->thread = uv_thread_self();
}

static void wait_at_gate(WorkQueue *queue, uv_loop_t *loop, void *context) {
    (void)queue, (void)loop;
    uv_sem_wait(&((Job *)context)->home->gate);
}

static void jobs_end_in_the_order_in_which_they_were_posted(void **state) {
    Home *home = *state;
    Job *jobs = memory_new(MANY, sizeof *jobs);
    Buffer expected = {0};
    start(home, 1, MANY);
    for (int i = 0; i < MANY; i++) {
        jobs[i] = (Job){.home = home, .number = i};
        assert_true(work_queue_post(home->queue, work, hear, &jobs[i]));
        buffer_printf(&expected, "%d ", i);
    }
    stop_and_run(home);
    assert_string_equal(home->heard.data, expected.data);
    uv_thread_t self = uv_thread_self();
    assert_false(uv_thread_equal(&jobs[0].thread, &self));
    buffer_free(&expected);
    free(jobs);
}

static void a_full_queue_refuses(void **state) {
    Home *home = *state;
    Job jobs[4];
    start(home, 1, 2);
    for (int i = 0; i < 4; i++)
        jobs[i] = (Job){.home = home, .number = i};
    for (int i = 0; i < 3; i++)
        assert_true(work_queue_post(home->queue, wait_at_gate, hear, &jobs[i]));
    assert_false(work_queue_post(home->queue, work, hear, &jobs[3]));
    work_queue_post_always(home->queue, work, hear,
                           &jobs[3]); // the program's own work is never refused
    assert_true(work_queue_waiting(home->queue) + work_queue_working(home->queue) == 4);
    for (int i = 0; i < 3; i++)
        uv_sem_post(&home->gate);
    stop_and_run(home);
    assert_string_equal(home->heard.data, "0 1 2 3 ");
}

static void a_stopping_queue_ends_what_was_posted_and_takes_no_more(void **state) {
    Home *home = *state;
    Job first = {.home = home, .number = 1}, second = {.home = home, .number = 2};
    start(home, 2, 10);
    assert_true(work_queue_post(home->queue, wait_at_gate, hear, &first));
    work_queue_stop(home->queue, note_stopped, home);
    assert_false(work_queue_post(home->queue, work, hear, &second));
    assert_false(home->stopped);
    uv_sem_post(&home->gate);
    uv_run(&home->loop, UV_RUN_DEFAULT);
    assert_true(home->stopped);
    assert_string_equal(home->heard.data, "1 ");
}

static void tell_twice(WorkQueue *queue, uv_loop_t *loop, void *context) {
    (void)loop;
    work_queue_tell(queue, hear, context);
    work_queue_tell(queue, hear, context);
}

static void hear_end(void *context) {
    buffer_text(&((Job *)context)->home->heard, "end");
}

static void what_a_job_says_comes_before_its_end(void **state) {
    Home *home = *state;
    Job job = {.home = home, .number = 7};
    start(home, 1, 1);
    assert_true(work_queue_post(home->queue, tell_twice, hear_end, &job));
    stop_and_run(home);
    assert_string_equal(home->heard.data, "7 7 end");
}

static void work_is_done_in_the_language_of_who_posted_it(void **state) {
    Home *home = *state;
    Job chinese = {.home = home}, usual = {.home = home};
    language_set(LANGUAGE_ENGLISH);
    start(home, 1, 4);
    language_use(LANGUAGE_CHINESE);
    assert_true(work_queue_post(home->queue, work, NULL, &chinese));
    language_use_usual();
    assert_true(work_queue_post(home->queue, work, NULL, &usual));
    stop_and_run(home);
    assert_true(chinese.chinese);
    assert_false(usual.chinese);
}

static void count_timer(uv_timer_t *timer) {
    hear(timer->data);
    uv_close((uv_handle_t *)timer, NULL);
}

static void run_a_timer(WorkQueue *queue, uv_loop_t *loop, void *context) {
    (void)queue;
    uv_timer_t timer = {.data = context};
    uv_timer_init(loop, &timer);
    uv_timer_start(&timer, count_timer, 1, 0);
    uv_run(loop, UV_RUN_DEFAULT);
}

static void a_job_may_run_the_loop_of_its_thread(void **state) {
    Home *home = *state;
    Job job = {.home = home, .number = 3};
    start(home, 1, 1);
    assert_true(work_queue_post(home->queue, run_a_timer, hear_end, &job));
    stop_and_run(home);
    assert_string_equal(home->heard.data, "3 end");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(jobs_end_in_the_order_in_which_they_were_posted, open_home,
                                        close_home),
        cmocka_unit_test_setup_teardown(a_full_queue_refuses, open_home, close_home),
        cmocka_unit_test_setup_teardown(a_stopping_queue_ends_what_was_posted_and_takes_no_more,
                                        open_home, close_home),
        cmocka_unit_test_setup_teardown(what_a_job_says_comes_before_its_end, open_home,
                                        close_home),
        cmocka_unit_test_setup_teardown(work_is_done_in_the_language_of_who_posted_it, open_home,
                                        close_home),
        cmocka_unit_test_setup_teardown(a_job_may_run_the_loop_of_its_thread, open_home,
                                        close_home),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
