// Workers that are killed, stopped or no workers at all: what they were at is done again, and what
// cannot be done is named while the rest stands.
#include "tests/unit/eval/engine_troubled.h"

#include <dirent.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/eval/talk.h"
#include "core/run/frame.h"

enum { REGIONS = 600, SLOW_REGIONS = 60 };

// Many slow calls in all ranges: a worker is busy for a while, far from any budget.
static Trial *slow_trial(void) {
    Trial *trial = troubled_trial(REGIONS);
    for (size_t r = 0; r < REGIONS; r += REGIONS / SLOW_REGIONS)
        trial_set(trial, "in_warning", TRIAL_YEAR, r, SLOW);
    return trial;
}

static void undisturbed(Trial *trial, Results *results) {
    EngineStatistics statistics;
    run_with(trial, 1, results, &statistics);
    assert_int_equal(statistics.retries, 0);
}

// ---- signals from outside ----------------------------------------------------------------------

// Sends a signal to workers that have used so much CPU time, so many times.
typedef struct Hunter {
    uv_timer_t timer;
    int signal;
    double least_cpu_seconds;
    size_t shots_left, shots;
} Hunter;

// The state and CPU time of a process that is a child of this one.
static bool is_child(const char *pid, char *state, double *cpu_seconds) {
    char path[300], text[1000];
    snprintf(path, sizeof path, "/proc/%s/stat", pid);
    FILE *file = fopen(path, "r");
    if (!file) return false;
    size_t length = fread(text, 1, sizeof text - 1, file);
    fclose(file);
    text[length] = '\0';
    const char *rest = strrchr(text, ')'); // the program's name may hold anything
    int parent;
    unsigned long user, system;
    if (!rest || sscanf(rest, ") %c %d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", state, &parent,
                        &user, &system) != 4)
        return false;
    *cpu_seconds = (double)(user + system) / (double)sysconf(_SC_CLK_TCK);
    return parent == getpid();
}

static void look_for_game(uv_timer_t *timer) {
    Hunter *hunter = timer->data;
    DIR *processes = opendir("/proc");
    for (struct dirent *entry = readdir(processes); entry && hunter->shots_left > 0;
         entry = readdir(processes)) {
        char state;
        double cpu_seconds;
        if (entry->d_name[0] < '1' || entry->d_name[0] > '9') continue;
        if (!is_child(entry->d_name, &state, &cpu_seconds) || state == 'T' || state == 'Z' ||
            cpu_seconds < hunter->least_cpu_seconds)
            continue;
        assert_int_equal(kill(atoi(entry->d_name), hunter->signal), 0);
        hunter->shots_left--;
        hunter->shots++;
    }
    closedir(processes);
}

static Hunter *hunter_begin(Trial *trial, int signal_number, double least_cpu_seconds,
                            size_t shots) {
    Hunter *hunter = memory_new(1, sizeof *hunter);
    *hunter = (Hunter){
        .signal = signal_number, .least_cpu_seconds = least_cpu_seconds, .shots_left = shots};
    hunter->timer.data = hunter;
    uv_timer_init(&trial->loop, &hunter->timer);
    uv_timer_start(&hunter->timer, look_for_game, 1, 5);
    return hunter;
}

static void free_hunter(uv_handle_t *timer) {
    free(timer->data);
}

static void hunter_end(Trial *trial, Hunter *hunter) {
    uv_close((uv_handle_t *)&hunter->timer, free_hunter);
    uv_run(&trial->loop, UV_RUN_NOWAIT);
}

static void a_worker_killed_while_it_works_is_replaced(void **state) {
    (void)state;
    Trial *trial = slow_trial();
    Results wanted = {0}, got = {0};
    undisturbed(trial, &wanted);
    for (int workers = 1; workers <= 3; workers += 2) {
        trial->host.parallel = workers;
        Engine *engine = trial_engine(trial);
        Hunter *hunter = hunter_begin(trial, SIGKILL, 0.06, 1);
        trial_run(engine);
        assert_int_equal(hunter->shots, 1);
        assert_int_equal(engine_statistics(engine).retries, 1);
        assert_int_equal(engine_statistics(engine).workers_started, workers + 1);
        results_take(&got, engine, trial);
        results_assert_equal(&wanted, &got, "a worker was killed");
        hunter_end(trial, hunter);
        engine_free(engine);
    }
    results_free(&wanted);
    results_free(&got);
    trial_free(trial);
}

// Whoever works on one region is killed: the call is left out, and named.
static void a_call_that_costs_every_worker_is_left_out(void **state) {
    (void)state;
    enum { FEW_REGIONS = 30, DEADLY = 17 };
    Trial *trial = troubled_trial(FEW_REGIONS);
    Results wanted = {0}, got = {0};
    undisturbed(trial, &wanted);
    trial_set(trial, "in_warning", TRIAL_YEAR, DEADLY, STUCK);
    Engine *engine = trial_engine(trial);
    Hunter *hunter = hunter_begin(trial, SIGKILL, 0.15, 1000);
    trial_run(engine);
    // On a machine that is busy one that does nothing wrong may look like game, too.
    assert_in_range(hunter->shots, 1, 10);
    assert_in_range(engine_statistics(engine).retries, 2, hunter->shots + 2);
    results_take(&got, engine, trial);
    for (size_t r = 0; r < FEW_REGIONS; r++)
        if (r != DEADLY) assert_true(results_agree_at(&wanted, &got, r));
    RegionResult result = results_read(&got, engine, DEADLY);
    assert_int_equal(result.failure_count, 1);
    assert_int_equal(result.failures[0].outcome, CALL_STUCK);
    result_free(&result);
    hunter_end(trial, hunter);
    engine_free(engine);
    results_free(&wanted);
    results_free(&got);
    trial_free(trial);
}

static void a_worker_that_hangs_is_replaced_at_its_deadline(void **state) {
    (void)state;
    Trial *trial = slow_trial();
    Results wanted = {0}, got = {0};
    undisturbed(trial, &wanted);
    trial->host.deadline_ms = 6000;
    trial->host.parallel = 2;
    Engine *engine = trial_engine(trial);
    Hunter *hunter = hunter_begin(trial, SIGSTOP, 0.06, 1);
    trial_run(engine);
    assert_int_equal(hunter->shots, 1);
    assert_int_equal(engine_statistics(engine).retries, 1);
    results_take(&got, engine, trial);
    results_assert_equal(&wanted, &got, "a worker hung");
    hunter_end(trial, hunter);
    engine_free(engine);
    results_free(&wanted);
    results_free(&got);
    trial_free(trial);
}

static void workers_killed_between_runs_are_replaced(void **state) {
    (void)state;
    Trial *trial = slow_trial();
    Results wanted = {0}, got = {0};
    undisturbed(trial, &wanted);
    trial->host.parallel = 3;
    Engine *engine = trial_engine(trial);
    for (int i = 0; i < 3; i++) {
        trial_run(engine);
        results_take(&got, engine, trial);
        results_assert_equal(&wanted, &got, "workers were killed before");
        Hunter *hunter = hunter_begin(trial, SIGKILL, 0, 3);
        look_for_game(&hunter->timer);
        assert_int_equal(hunter->shots, 3);
        hunter_end(trial, hunter);
    }
    // A change finds them gone, too.
    ProblemList problems = {0};
    uint32_t touched[REGIONS];
    size_t touched_count;
    ChangedValue value = {trial_series(trial, "screening"), -1, TRIAL_YEAR};
    EngineChange change = {0, &value, 1};
    trial_set(trial, "screening", TRIAL_YEAR, 0, 77);
    if (!engine_change(engine, &change, touched, &touched_count, &problems))
        trial_fail("the change failed", &problems);
    results_take(&got, engine, trial);
    undisturbed(trial, &wanted);
    results_assert_equal(&wanted, &got, "workers were killed before a change");
    engine_free(engine);
    results_free(&wanted);
    results_free(&got);
    trial_free(trial);
}

// ---- programs that are no good -----------------------------------------------------------------

// A program that is no good for its first starts, then a worker: a shell script in a folder.
typedef struct Impostor {
    char folder[64], program[100];
} Impostor;

static FILE *open_in(const Impostor *impostor, const char *name) {
    char path[200];
    snprintf(path, sizeof path, "%s/%s", impostor->folder, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    return file;
}

// What the script needs to answer the way a worker does until the first question.
static size_t write_description(const Impostor *impostor, const Trial *trial) {
    Buffer frame = {0}, load = {0};
    FILE *file = open_in(impostor, "description");
    talk_append_json(&frame, (FrameType)FRAME_DESCRIPTION,
                     json_incref(trial->described.description_json));
    assert_int_equal(fwrite(frame.data, 1, frame.length, file), frame.length);
    fclose(file);
    talk_append_load(&load, &trial->code, false);
    size_t length = load.length;
    buffer_free(&frame);
    buffer_free(&load);
    return length;
}

// `deed`: shell commands, with `question` to wait for the first question as a worker would.
static Impostor impostor_begin(const Trial *trial, const char *deed, int bad_starts) {
    Impostor impostor = {.folder = "/tmp/biaochi_impostor_XXXXXX"};
    assert_non_null(mkdtemp(impostor.folder));
    size_t load_bytes = write_description(&impostor, trial);
    snprintf(impostor.program, sizeof impostor.program, "%s/program", impostor.folder);
    FILE *file = open_in(&impostor, "starts");
    fprintf(file, "0\n");
    fclose(file);
    file = open_in(&impostor, "program");
    fprintf(file,
            "#!/bin/sh\n"
            "question() {\n"
            "  /bin/cat '%s/description' >&3\n"
            "  /usr/bin/head -c %zu <&3 >/dev/null\n"
            "  /usr/bin/head -c 1 <&3 >/dev/null\n"
            "}\n"
            "read -r starts <'%s/starts'\n"
            "echo $((starts + 1)) >'%s/starts'\n"
            "[ \"$starts\" -lt %d ] || exec '%s' worker\n"
            "%s\n",
            impostor.folder, load_bytes, impostor.folder, impostor.folder, bad_starts,
            WORKER_PROGRAM, deed);
    fclose(file);
    assert_int_equal(chmod(impostor.program, 0700), 0);
    return impostor;
}

static void impostor_end(const Impostor *impostor) {
    static const char *const names[] = {"program", "description", "starts"};
    char path[200];
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(path, sizeof path, "%s/%s", impostor->folder, names[i]);
        unlink(path);
    }
    rmdir(impostor->folder);
}

// Without formulas the first question is a range of regions.
static Trial *plain_trial(void) {
    Trial *trial = trial_of_source(
        "pack { id = \"plain\", title = \"简单\", region = \"150000\", version = \"1.0.0\", api = 1 }\n"
        "local women = plan \"women\" { title = \"规划\", from = 2021, to = 2030, baseline = 2020 }\n"
        "women:domain \"health\" { title = \"健康\" } {\n"
        "  indicator \"screening\" { title = \"筛查率\", unit = \"%\", lead = \"某局\",\n"
        "    target = at_least(60) },\n"
        "}\n"
        "warning \"low\" { on = \"indicator\", title = \"偏低\",\n"
        "  level = function(value, peers_mean)\n"
        "    return value and value < peers_mean and \"red\" or nil end }\n");
    trial_fill(trial, REGIONS, 100);
    return trial;
}

static void expect_recovery(const char *deed, int bad_starts, size_t retries) {
    Trial *trial = plain_trial();
    Results wanted = {0}, got = {0};
    undisturbed(trial, &wanted);
    Impostor impostor = impostor_begin(trial, deed, bad_starts);
    trial->host.worker_program = impostor.program;
    Engine *engine = trial_engine(trial);
    trial_run(engine);
    results_take(&got, engine, trial);
    results_assert_equal(&wanted, &got, deed);
    assert_int_equal(engine_statistics(engine).retries, retries);
    engine_free(engine);
    impostor_end(&impostor);
    results_free(&wanted);
    results_free(&got);
    trial_free(trial);
}

static void a_worker_that_fails_once_is_tried_again(void **state) {
    (void)state;
    expect_recovery("question; exit 7", 1, 1);
    expect_recovery("question; echo 'this is no frame, however long it may be' >&3; "
                    "/bin/cat <&3 >/dev/null",
                    1, 1);
    expect_recovery("exit 7", 1, 1);
    expect_recovery("exit 7", 3, 3);
}

// The first range costs two workers that no call is to blame for.
static void regions_that_nobody_can_evaluate_are_named_and_the_others_stand(void **state) {
    (void)state;
    Trial *trial = plain_trial();
    Results wanted = {0}, got = {0};
    ProblemList problems = {0};
    undisturbed(trial, &wanted);
    Impostor impostor = impostor_begin(trial, "question; exit 7", 2);
    trial->host.worker_program = impostor.program;
    Engine *engine = trial_engine(trial);
    assert_false(engine_run(engine, &problems));
    assert_int_equal(problems.count, 1);
    assert_int_equal(problems.items[0].code, ERROR_WORKER);
    const DatasetRegion *regions = trial->dataset->regions;
    assert_non_null(strstr(problems.items[0].hint, regions[0].code));
    assert_non_null(strstr(problems.items[0].hint, regions[FIGURE_LANES - 1].code));
    results_take(&got, engine, trial);
    for (size_t r = 0; r < REGIONS; r++)
        assert_int_equal(results_agree_at(&wanted, &got, r), r >= FIGURE_LANES);
    // Nothing of it is left when it is run again.
    trial_run(engine);
    results_take(&got, engine, trial);
    results_assert_equal(&wanted, &got, "a run after one that left regions out");
    engine_free(engine);
    impostor_end(&impostor);
    problems_free(&problems);
    results_free(&wanted);
    results_free(&got);
    trial_free(trial);
}

static void expect_failure(const char *program) {
    Trial *trial = plain_trial();
    ProblemList problems = {0};
    trial->host.worker_program = program;
    trial->host.parallel = 2;
    Engine *engine = trial_engine(trial);
    for (int i = 0; i < 2; i++) {
        assert_false(engine_run(engine, &problems));
        assert_true(problems.count > 0);
        assert_int_equal(problems.items[0].code, ERROR_WORKER);
        assert_true(strlen(problems.items[0].hint) > 0);
        problems_free(&problems);
    }
    engine_free(engine);
    trial_free(trial);
}

static void programs_that_are_no_workers_end_the_run(void **state) {
    (void)state;
    expect_failure("/bin/false");
    expect_failure("/nonexistent/worker");
    expect_failure("/bin/echo");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_worker_killed_while_it_works_is_replaced),
        cmocka_unit_test(a_call_that_costs_every_worker_is_left_out),
        cmocka_unit_test(a_worker_that_hangs_is_replaced_at_its_deadline),
        cmocka_unit_test(workers_killed_between_runs_are_replaced),
        cmocka_unit_test(a_worker_that_fails_once_is_tried_again),
        cmocka_unit_test(regions_that_nobody_can_evaluate_are_named_and_the_others_stand),
        cmocka_unit_test(programs_that_are_no_workers_end_the_run),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
