// An engine whose workers are shell scripts: what they may say between its calls, and when they go.
//
// The good ones write no figures: a record of zeros is one that is met with value 0.
#include "tests/unit/pack/sample.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/language.h"
#include "core/eval/engine.h"

enum { YEAR = 2024, DEADLINE_MS = 20000 };

static const char pack_text[] =
    "{'pack':{'id':'p','title':'p','region':'150800','version':'1.0.0','api':1},"
    "'plans':[{'id':'plan','title':'规划','from':2021,'to':2030,'baseline':2020,'domains':["
    "{'id':'domain','title':'领域','indicators':[{'kind':'indicator','id':'rate','title':'率',"
    "'unit':'%','lead':'我','target':{'kind':'at_least','value':1}}]}]}]}";

// What workers do besides answering all EVALUATE and CHANGE frames, as shell commands; $number is 1
// for the first worker, 2 for the next.
typedef struct Habits {
    const char *first;    // before it describes the pack
    const char *asked;    // before it answers
    const char *answered; // afterwards
} Habits;

// The first worker makes the file ready1 when it waits for questions.
static const char script_text[] =
    "#!/bin/sh\n"
    "cd \"$(dirname \"$0\")\" || exit 9\n"
    "u32() { printf \"$(printf '\\\\%%03o\\\\%%03o\\\\%%03o\\\\%%03o' $(($1 & 255)) $(($1 >> 8 & 255)) "
    "$(($1 >> 16 & 255)) $(($1 >> 24 & 255)))\"; }\n"
    "frame() { { u32 \"$1\" && u32 \"${#2}\" && printf '%%s' \"$2\"; } >&3; }\n"
    "number=1; until mkdir place$number 2>/dev/null; do number=$((number + 1)); done\n"
    "%s\n"
    "frame 101 \"$(cat description)\"; : >ready$number\n"
    "while set -- $(head -c 8 <&3 | od -An -tu4) && [ $# -eq 2 ]; do\n"
    "  head -c \"$2\" <&3 >/dev/null\n"
    "  case $1 in 9 | 10) %s\n { u32 105 && u32 20 && u32 0 && u32 0 && u32 0 && u32 0 && u32 0; } >&3; %s ;; esac\n"
    "done\n";

typedef struct Setting {
    char folder[64], program[96];
    uv_loop_t loop;
    JobHost host;
    json_t *json;
    Description *description;
    Bundle bundle;
    PackCode pack;
    Dataset *dataset;
    uint8_t roles[3];
    Engine *engine;
} Setting;

static void write_file(const Setting *setting, const char *name, const char *text) {
    char path[128];
    snprintf(path, sizeof path, "%s/%s", setting->folder, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

static int set_up(void **state) {
    Setting *setting = memory_new(1, sizeof *setting);
    Error error = {0};
    *state = setting;
    snprintf(setting->folder, sizeof setting->folder, "/tmp/biaochi_engine_XXXXXX");
    if (!mkdtemp(setting->folder) || uv_loop_init(&setting->loop) != 0) return -1;
    snprintf(setting->program, sizeof setting->program, "%s/worker", setting->folder);
    setting->json = sample_parse(pack_text);
    setting->description = sample_describe(pack_text);
    setting->pack =
        (PackCode){&setting->bundle, &setting->bundle, setting->json, setting->description};
    setting->host = (JobHost){.loop = &setting->loop,
                              .worker_program = setting->program,
                              .parallel = 1,
                              .deadline_ms = DEADLINE_MS};
    DatasetBuilder *builder = dataset_builder_new(2020, YEAR);
    for (int r = 0; r < 3; r++) {
        dataset_add_region(builder, (const char *[]){"150800", "150802", "150821"}[r], &error);
        setting->roles[r] = r == 2 ? REGION_SILENT : REGION_EVALUATED;
    }
    dataset_add_series(builder, "rate", "total", &error);
    return dataset_finish_shared(builder, &setting->dataset, &error) ? 0 : -1;
}

static int tear_down(void **state) {
    Setting *setting = *state;
    char command[128];
    engine_free(setting->engine);
    dataset_free(setting->dataset);
    description_free(setting->description);
    json_decref(setting->json);
    // What a worker that was killed had started may still be at it.
    snprintf(command, sizeof command, "until rm -rf %s 2>/dev/null; do sleep 0.05; done",
             setting->folder);
    int left = system(command), busy = uv_loop_close(&setting->loop);
    free(setting);
    return left ? left : busy;
}

static void start(Setting *setting, Habits habits) {
    Error error = {0};
    Buffer script = {0};
    char *description = json_dumps(setting->json, JSON_COMPACT);
    buffer_printf(&script, script_text, habits.first ? habits.first : "",
                  habits.asked ? habits.asked : "", habits.answered ? habits.answered : "");
    write_file(setting, "worker", script.data);
    write_file(setting, "description", description);
    assert_int_equal(chmod(setting->program, 0700), 0);
    EngineRequest request = {.pack = &setting->pack,
                             .dataset = setting->dataset,
                             .roles = setting->roles,
                             .year = YEAR,
                             .traced_region = -1};
    setting->engine = engine_new(&setting->host, &request, &error);
    assert_non_null(setting->engine);
    buffer_free(&script);
    free(description);
}

static void assert_run(Setting *setting) {
    ProblemList problems = {0};
    if (!engine_run(setting->engine, &problems)) fail_msg("%s", problems.items[0].message);
    assert_int_equal(problems.count, 0);
    for (size_t r = 0; r < 2; r++) {
        const ResultLayout *layout = engine_layout(setting->engine);
        assert_true(engine_is_evaluated(setting->engine, r));
        assert_int_equal(engine_record(setting->engine, r)[layout->statuses[0]], STATUS_MET);
    }
    assert_false(engine_is_evaluated(setting->engine, 2));
    problems_free(&problems);
}

// What a server does between two calls: the loop goes on, here until a worker has made a file …
static void run_loop_until(Setting *setting, const char *file) {
    char path[96];
    snprintf(path, sizeof path, "%s/%s", setting->folder, file);
    while (access(path, F_OK) != 0) {
        uv_run(&setting->loop, UV_RUN_NOWAIT);
        usleep(1000);
    }
    uv_run(&setting->loop, UV_RUN_NOWAIT);
}

static void count_process(uv_handle_t *handle, void *count) {
    *(size_t *)count += uv_handle_get_type(handle) == UV_PROCESS;
}

// … or until the worker that there is has gone.
static void run_loop_until_gone(Setting *setting) {
    for (size_t count = 1; count > 0;) {
        count = 0;
        uv_walk(&setting->loop, count_process, &count);
        if (count > 0) uv_run(&setting->loop, UV_RUN_ONCE);
    }
}

static size_t workers_started(const Setting *setting) {
    return engine_statistics(setting->engine).workers_started;
}

// One of them.
static void kill_process(uv_handle_t *handle, void *context) {
    bool *killed = context;
    if (*killed || uv_handle_get_type(handle) != UV_PROCESS) return;
    uv_process_kill((uv_process_t *)handle, SIGKILL);
    *killed = true;
}

// ---- between calls -----------------------------------------------------------------------------

static void workers_stay_from_call_to_call(void **state) {
    Setting *setting = *state;
    start(setting, (Habits){0});
    run_loop_until(setting, "ready1");
    for (int round = 0; round < 3; round++)
        assert_run(setting);
    assert_int_equal(workers_started(setting), 1);
    assert_int_equal(engine_statistics(setting->engine).retries, 0);
}

static void let_it_speak(const Setting *setting, size_t number) {
    char name[16];
    snprintf(name, sizeof name, "go%zu", number);
    write_file(setting, name, "");
}

static void one_that_speaks_unasked_is_replaced(void **state) {
    Setting *setting = *state;
    static const char speaks[] =
        "until [ -e go$number ]; do sleep 0.01; done; case $number in"
        " 1) frame 102 '{\"file\":\"pack.lua\",\"line\":1,\"message\":\"x\"}' ;;"
        " 2) { u32 105 && u32 20 && u32 0 && u32 0 && u32 0 && u32 0 && u32 0; } >&3 ;;"
        " 3) { u32 103 && u32 17 && u32 0 && u32 0 && u32 0 && u32 1 && printf x; } >&3 ;;"
        " 4) frame 104 '{}' ;;"
        " 5) frame 77 '' ;;"
        " 6) echo 'this is no frame, it is a sentence' >&3 ;;"
        " esac";
    start(setting, (Habits){.answered = speaks});
    for (size_t round = 1; round <= 6; round++) {
        assert_run(setting);
        assert_int_equal(workers_started(setting), round);
        let_it_speak(setting, round);
        run_loop_until_gone(setting);
    }
    assert_run(setting);
}

static void one_that_dies_unasked_is_replaced(void **state) {
    Setting *setting = *state;
    start(setting, (Habits){.answered = "[ $number -lt 3 ] && exit 3"});
    for (size_t round = 1; round <= 2; round++) {
        assert_run(setting);
        run_loop_until_gone(setting);
    }
    assert_run(setting);
    assert_int_equal(workers_started(setting), 3);
}

// With more workers than questions one is spare: it may go, but not for ever.
static void a_spare_one_may_go_now_and_then(void **state) {
    Setting *setting = *state;
    bool killed = false;
    setting->host.parallel = 2;
    start(setting, (Habits){0});
    assert_run(setting);
    run_loop_until(setting, "ready2");
    uv_walk(&setting->loop, kill_process, &killed);
    assert_true(killed);
    assert_run(setting);
}

static void ones_that_go_as_soon_as_they_are_ready_are_given_up(void **state) {
    Setting *setting = *state;
    ProblemList problems = {0};
    setting->host.parallel = 2;
    start(setting, (Habits){.first = "frame 101 \"$(cat description)\"; exit 3"});
    assert_false(engine_run(setting->engine, &problems));
    assert_non_null(strstr(problems.items[0].message, "exited early with code 3"));
    assert_in_range(workers_started(setting), 2, 20);
    problems_free(&problems);
}

// A pack that cannot be loaded is told when somebody asks.
static void one_that_fails_to_load_is_told_when_it_is_asked(void **state) {
    Setting *setting = *state;
    ProblemList problems = {0};
    static const char fails[] =
        "frame 102 '{\"file\":\"pack.lua\",\"line\":7,\"message\":\"it cannot be\"}'";
    start(setting, (Habits){.first = fails});
    run_loop_until_gone(setting);
    assert_false(engine_run(setting->engine, &problems));
    assert_int_equal(problems.count, 1);
    assert_string_equal(problems.items[0].message, "it cannot be");
    assert_int_equal(problems.items[0].line, 7);
    problems_free(&problems);
}

static void an_engine_that_was_never_asked_ends(void **state) {
    Setting *setting = *state;
    start(setting, (Habits){0});
    assert_int_equal(workers_started(setting), 1);
}

// ---- with a question ---------------------------------------------------------------------------

static void one_that_dies_with_a_question_is_replaced(void **state) {
    Setting *setting = *state;
    start(setting, (Habits){.asked = "[ $number = 1 ] && exit 3"});
    assert_run(setting);
    assert_int_equal(workers_started(setting), 2);
    assert_int_equal(engine_statistics(setting->engine).retries, 1);
    assert_run(setting);
    assert_int_equal(workers_started(setting), 2);
}

static void a_question_that_costs_two_is_given_up(void **state) {
    Setting *setting = *state;
    start(setting, (Habits){.asked = "[ $number -le 2 ] && exit 3"});
    ProblemList problems = {0};
    assert_false(engine_run(setting->engine, &problems));
    assert_int_equal(problems.count, 1);
    assert_non_null(strstr(problems.items[0].message, "exited early with code 3"));
    assert_non_null(strstr(problems.items[0].hint, "regions 150800 to 150821"));
    problems_free(&problems);
    assert_run(setting); // asked again it begins anew
}

// ---- changes -----------------------------------------------------------------------------------

static void a_change_touches_its_region(void **state) {
    Setting *setting = *state;
    ProblemList problems = {0};
    uint32_t touched[3];
    size_t count;
    const ChangedValue value = {0, -1, YEAR};
    const EngineChange change = {1, &value, 1};
    start(setting, (Habits){0});
    assert_run(setting);
    assert_true(engine_change(setting->engine, &change, touched, &count, &problems));
    assert_int_equal(count, 1);
    assert_int_equal(touched[0], 1);
    assert_int_equal(workers_started(setting), 1);
    problems_free(&problems);
}

#define ENGINE_TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void) {
    language_set(LANGUAGE_ENGLISH);
    signal(SIGPIPE, SIG_IGN);
    const struct CMUnitTest tests[] = {
        ENGINE_TEST(workers_stay_from_call_to_call),
        ENGINE_TEST(one_that_speaks_unasked_is_replaced),
        ENGINE_TEST(one_that_dies_unasked_is_replaced),
        ENGINE_TEST(a_spare_one_may_go_now_and_then),
        ENGINE_TEST(ones_that_go_as_soon_as_they_are_ready_are_given_up),
        ENGINE_TEST(one_that_fails_to_load_is_told_when_it_is_asked),
        ENGINE_TEST(an_engine_that_was_never_asked_ends),
        ENGINE_TEST(one_that_dies_with_a_question_is_replaced),
        ENGINE_TEST(a_question_that_costs_two_is_given_up),
        ENGINE_TEST(a_change_touches_its_region),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
