// Blobs, pack versions, activation and rollback, runs and results.
#include "tests/unit/db/fixture.h"

#define STD_BYTES "-- std"

typedef struct PutBlob {
    const char *kind;
    const void *bytes;
    size_t length;
    char hash[HASH_TEXT_SIZE];
} PutBlob;

static bool put_blob(StoreTransaction *transaction, void *context, Error *error) {
    PutBlob *put = context;
    return store_put_blob(transaction, put->kind, put->bytes, put->length, put->hash, error);
}

static void blobs_are_kept_once_under_their_hash(void **state) {
    Fixture *fixture = *state;
    Store *store = fixture_make(fixture);
    PutBlob put = {.kind = "pack", .bytes = "a\0b", .length = 3};
    ASSERT_GOOD(store_write(store, put_blob, &put, &unexpected));
    char expected[HASH_TEXT_SIZE];
    hash_bytes("a\0b", 3, expected);
    assert_string_equal(put.hash, expected);
    put.kind = "std";
    ASSERT_GOOD(store_write(store, put_blob, &put, &unexpected));
    PutBlob empty = {.kind = "std"};
    ASSERT_GOOD(store_write(store, put_blob, &empty, &unexpected));

    Buffer bytes = {0};
    buffer_text(&bytes, "before ");
    ASSERT_GOOD(store_read_blob(store, put.hash, &bytes, &unexpected));
    assert_int_equal(bytes.length, 10);
    assert_memory_equal(bytes.data, "before a\0b", 10);
    ASSERT_GOOD(store_read_blob(store, empty.hash, &bytes, &unexpected));
    assert_int_equal(bytes.length, 10);
    buffer_free(&bytes);

    sqlite3 *raw = raw_open(fixture->path);
    sqlite3_stmt *count;
    sqlite3_prepare_v2(raw, "SELECT COUNT(*) FROM blob", -1, &count, NULL);
    assert_int_equal(sqlite3_step(count), SQLITE_ROW);
    assert_int_equal(sqlite3_column_int(count, 0), 2);
    sqlite3_finalize(count);
    sqlite3_close(raw);

    Error error = {0};
    put.kind = "photo";
    assert_false(store_write(store, put_blob, &put, &error));
    assert_int_equal(error.code, ERROR_USAGE);
}

static void missing_and_altered_blobs_are_told(void **state) {
    Fixture *fixture = *state;
    Store *store = fixture_make(fixture);
    PutBlob put = {.kind = "pack", .bytes = "good", .length = 4};
    ASSERT_GOOD(store_write(store, put_blob, &put, &unexpected));
    raw_change(fixture->path, "UPDATE blob SET bytes = X'626164'");
    Buffer bytes = {0};
    Error error = {0};
    assert_false(store_read_blob(store, put.hash, &bytes, &error));
    assert_int_equal(error.code, ERROR_STORE);
    assert_non_null(strstr(error.message, "altered"));
    assert_non_null(strstr(error.hint, "backup"));
    assert_false(store_read_blob(store, "0000", &bytes, &error));
    assert_int_equal(error.code, ERROR_NOT_FOUND);
    assert_int_equal(bytes.length, 0);
}

// ---- pack versions -----------------------------------------------------------------------------

typedef struct PutVersion {
    const char *pack, *version, *description;
    bool changed;
} PutVersion;

// The version's text is its blob, so that each has a hash of its own.
static bool put_version(StoreTransaction *transaction, void *context, Error *error) {
    PutVersion *put = context;
    char hash[HASH_TEXT_SIZE], std_hash[HASH_TEXT_SIZE];
    if (!store_put_blob(transaction, "pack", put->version, strlen(put->version), hash, error) ||
        !store_put_blob(transaction, "std", STD_BYTES, strlen(STD_BYTES), std_hash, error))
        return false;
    const StorePackVersion version = {.pack = put->pack,
                                      .version = put->version,
                                      .hash = hash,
                                      .std_hash = std_hash,
                                      .title = "临河区",
                                      .region = "150802",
                                      .description = put->description ? put->description : "{}"};
    return store_put_pack_version(transaction, &version, &put->changed, error);
}

static bool changes_version(Store *store, PutVersion put) {
    ASSERT_GOOD(store_write(store, put_version, &put, &unexpected));
    return put.changed;
}

static bool list_version(const StorePackVersion *version, void *context, Error *error) {
    if (version->stored_at_us <= 0 || strlen(version->hash) != HASH_TEXT_SIZE - 1 ||
        strlen(version->std_hash) != HASH_TEXT_SIZE - 1)
        return error_set(error, ERROR_STORE, "incomplete");
    buffer_printf(context, "%s %s %s %s %s%s;", version->pack, version->version, version->title,
                  version->region, version->description, version->active ? " active" : "");
    return true;
}

static void assert_versions(Store *store, bool only_active, const char *expected) {
    Buffer text = {0};
    ASSERT_GOOD(store_read_pack_versions(store, only_active, list_version, &text, &unexpected));
    assert_string_equal(text.data ? text.data : "", expected);
    buffer_free(&text);
}

static void pack_versions_are_put_once_and_listed(void **state) {
    Store *store = fixture_make(*state);
    assert_true(changes_version(store, (PutVersion){.pack = "linhe", .version = "1"}));
    assert_false(changes_version(store, (PutVersion){.pack = "linhe", .version = "1"}));
    assert_true(changes_version(
        store, (PutVersion){.pack = "linhe", .version = "1", .description = "{\"a\":1}"}));
    assert_true(changes_version(store, (PutVersion){.pack = "linhe", .version = "2"}));
    assert_true(changes_version(store, (PutVersion){.pack = "heshan", .version = "1"}));
    assert_versions(store, false,
                    "heshan 1 临河区 150802 {};linhe 1 临河区 150802 {\"a\":1};"
                    "linhe 2 临河区 150802 {};");
    assert_versions(store, true, "");
}

static bool put_version_without_blob(StoreTransaction *transaction, void *context, Error *error) {
    (void)context;
    const StorePackVersion version = {.pack = "linhe",
                                      .version = "1",
                                      .hash = "00",
                                      .std_hash = "11",
                                      .title = "临河区",
                                      .region = "150802",
                                      .description = "{}"};
    return store_put_pack_version(transaction, &version, NULL, error);
}

static void a_pack_version_needs_its_blobs(void **state) {
    Store *store = fixture_make(*state);
    Error error = {0};
    assert_false(store_write(store, put_version_without_blob, NULL, &error));
    assert_int_equal(error.code, ERROR_NOT_FOUND);
    assert_non_null(strstr(error.message, "not stored"));
    PutVersion nameless = {.pack = "", .version = "1"};
    assert_false(store_write(store, put_version, &nameless, &error));
    assert_int_equal(error.code, ERROR_INPUT);
}

// ---- activation --------------------------------------------------------------------------------

typedef struct Activate {
    const char *pack, *version; // a NULL version: roll back
    bool changed;
    char hash[HASH_TEXT_SIZE];
} Activate;

static bool activate(StoreTransaction *transaction, void *context, Error *error) {
    Activate *step = context;
    if (!step->version)
        return store_roll_back_pack(transaction, step->pack, "王芳", step->hash, error);
    hash_bytes(step->version, strlen(step->version), step->hash);
    return store_activate_pack(transaction, step->pack, step->hash, "李明", &step->changed, error);
}

static bool activates(Store *store, const char *version) {
    Activate step = {.pack = "linhe", .version = version};
    ASSERT_GOOD(store_write(store, activate, &step, &unexpected));
    return step.changed;
}

static void rolls_back_to(Store *store, const char *version) {
    Activate step = {.pack = "linhe"};
    ASSERT_GOOD(store_write(store, activate, &step, &unexpected));
    char expected[HASH_TEXT_SIZE];
    hash_bytes(version, strlen(version), expected);
    assert_string_equal(step.hash, expected);
}

static void refuses_rollback(Store *store) {
    Activate step = {.pack = "linhe"};
    Error error = {0};
    assert_false(store_write(store, activate, &step, &error));
    assert_int_equal(error.code, ERROR_NOT_FOUND);
    assert_non_null(strstr(error.message, "linhe"));
}

static Store *store_with_versions(Fixture *fixture) {
    Store *store = fixture_make(fixture);
    static const char *const versions[] = {"A", "B", "C", "D"};
    for (size_t i = 0; i < 4; i++)
        changes_version(store, (PutVersion){.pack = "linhe", .version = versions[i]});
    changes_version(store, (PutVersion){.pack = "heshan", .version = "A"});
    return store;
}

static bool list_activation(const StoreActivation *row, void *context, Error *error) {
    if (row->at_us <= 0 || strlen(row->hash) != HASH_TEXT_SIZE - 1)
        return error_set(error, ERROR_STORE, "incomplete");
    buffer_printf(context, "%s %s %s %s;", row->pack, row->action, row->version, row->who);
    return true;
}

static void assert_history(Store *store, const char *pack, const char *expected) {
    Buffer text = {0};
    ASSERT_GOOD(store_read_activations(store, pack, list_activation, &text, &unexpected));
    assert_string_equal(text.data ? text.data : "", expected);
    buffer_free(&text);
}

static void rolling_back_goes_step_by_step(void **state) {
    Store *store = store_with_versions(*state);
    refuses_rollback(store);
    assert_true(activates(store, "A"));
    refuses_rollback(store);
    assert_true(activates(store, "B"));
    assert_true(activates(store, "C"));
    assert_false(activates(store, "C"));
    rolls_back_to(store, "B");
    rolls_back_to(store, "A");
    refuses_rollback(store);
    assert_true(activates(store, "D"));
    rolls_back_to(store, "A");
    refuses_rollback(store);
    assert_history(store, "linhe",
                   "linhe activate A 李明;linhe activate B 李明;linhe activate C 李明;"
                   "linhe rollback B 王芳;linhe rollback A 王芳;linhe activate D 李明;"
                   "linhe rollback A 王芳;");
}

static void a_version_may_be_active_more_than_once(void **state) {
    Store *store = store_with_versions(*state);
    activates(store, "A");
    activates(store, "B");
    activates(store, "A");
    activates(store, "C");
    rolls_back_to(store, "A");
    assert_false(activates(store, "A"));
    rolls_back_to(store, "B");
    activates(store, "C");
    rolls_back_to(store, "B");
    rolls_back_to(store, "A");
    refuses_rollback(store);
}

static void the_active_version_is_marked_for_each_pack(void **state) {
    Store *store = store_with_versions(*state);
    activates(store, "A");
    activates(store, "B");
    Activate other = {.pack = "heshan", .version = "A"};
    ASSERT_GOOD(store_write(store, activate, &other, &unexpected));
    assert_versions(store, true,
                    "heshan A 临河区 150802 {} active;linhe B 临河区 150802 {} active;");
    assert_versions(store, false,
                    "heshan A 临河区 150802 {} active;linhe A 临河区 150802 {};"
                    "linhe B 临河区 150802 {} active;linhe C 临河区 150802 {};"
                    "linhe D 临河区 150802 {};");
    assert_history(store, NULL,
                   "linhe activate A 李明;linhe activate B 李明;heshan activate A 李明;");
    assert_history(store, "heshan", "heshan activate A 李明;");
    assert_history(store, "nobody", "");
}

static bool retire(StoreTransaction *transaction, void *context, Error *error) {
    return store_retire_pack(transaction, "linhe", "赵敏", context, error);
}

static void retires(Store *store, const char *version) {
    char hash[HASH_TEXT_SIZE], expected[HASH_TEXT_SIZE];
    ASSERT_GOOD(store_write(store, retire, hash, &unexpected));
    hash_bytes(version, strlen(version), expected);
    assert_string_equal(hash, expected);
    assert_versions(store, true, "");
}

static bool list_retired(const StorePackVersion *version, void *context, Error *error) {
    (void)error;
    if (version->retired) buffer_printf(context, "%s %s;", version->pack, version->version);
    return true;
}

static void assert_retired(Store *store, const char *expected) {
    Buffer text = {0};
    ASSERT_GOOD(store_read_pack_versions(store, false, list_retired, &text, &unexpected));
    assert_string_equal(text.data ? text.data : "", expected);
    buffer_free(&text);
}

static void a_retired_pack_has_no_active_version_until_one_comes_back(void **state) {
    Store *store = store_with_versions(*state);
    char hash[HASH_TEXT_SIZE];
    Error error = {0};
    assert_false(store_write(store, retire, hash, &error));
    assert_int_equal(error.code, ERROR_NOT_FOUND);
    activates(store, "A");
    activates(store, "B");
    retires(store, "B");
    assert_retired(store, "linhe B;");
    assert_false(store_write(store, retire, hash, &error));
    assert_int_equal(error.code, ERROR_NOT_FOUND);
    rolls_back_to(store, "B");
    assert_retired(store, "");
    rolls_back_to(store, "A");
    retires(store, "A");
    rolls_back_to(store, "A");
    refuses_rollback(store);
    assert_history(store, "linhe",
                   "linhe activate A 李明;linhe activate B 李明;linhe retire B 赵敏;"
                   "linhe rollback B 王芳;linhe rollback A 王芳;linhe retire A 赵敏;"
                   "linhe rollback A 王芳;");
}

static void a_version_activated_after_a_retirement_goes_back_to_what_was_active_before(
    void **state) {
    Store *store = store_with_versions(*state);
    activates(store, "A");
    activates(store, "B");
    retires(store, "B");
    assert_true(activates(store, "B")); // the same come back: no step of its own
    rolls_back_to(store, "A");
    retires(store, "A");
    assert_true(activates(store, "C"));
    rolls_back_to(store, "A");
    refuses_rollback(store);
}

static void only_stored_versions_can_be_activated(void **state) {
    Store *store = store_with_versions(*state);
    Activate step = {.pack = "linhe", .version = "E"};
    Error error = {0};
    assert_false(store_write(store, activate, &step, &error));
    assert_int_equal(error.code, ERROR_NOT_FOUND);
    assert_non_null(strstr(error.hint, "list of packs"));
    step = (Activate){.pack = "heshan", .version = "B"}; // another pack's
    assert_false(store_write(store, activate, &step, &error));
    assert_int_equal(error.code, ERROR_NOT_FOUND);
    assert_history(store, NULL, "");
}

static void activation_survives_reopening(void **state) {
    Fixture *fixture = *state;
    Store *store = store_with_versions(fixture);
    activates(store, "A");
    activates(store, "B");
    store = fixture_reopen(fixture, STORE_OPEN);
    assert_versions(store, true, "linhe B 临河区 150802 {} active;");
    rolls_back_to(store, "A");
}

// ---- runs --------------------------------------------------------------------------------------

static char pack_hash[HASH_TEXT_SIZE], std_hash[HASH_TEXT_SIZE];

static StoreRun run_of(const char *pack, int year) {
    hash_bytes("A", 1, pack_hash);
    hash_bytes(STD_BYTES, strlen(STD_BYTES), std_hash);
    return (StoreRun){.pack = pack,
                      .pack_hash = pack_hash,
                      .std_hash = std_hash,
                      .engine_version = 3,
                      .conventions = "{\"digits\":2}",
                      .data_version = 7,
                      .round = "annual",
                      .year = year,
                      .who = "李明",
                      .started_at_us = 1000,
                      .finished_at_us = 2000,
                      .region_count = 2,
                      .result_hash = "beef"};
}

static bool put_run(StoreTransaction *transaction, void *context, Error *error) {
    StoreRun *run = context;
    return store_put_run(transaction, run, error) &&
           store_put_result(transaction, run, "150802", "b\0c", 3, error) &&
           store_put_result(transaction, run, "000000", NULL, 0, error);
}

static bool list_run(const StoreRun *run, void *context, Error *error) {
    (void)error;
    buffer_printf(context, "%lld %s %d %s;", (long long)run->id, run->pack, run->year, run->round);
    return true;
}

static void assert_runs(Store *store, StoreRunQuery query, const char *expected) {
    Buffer text = {0};
    ASSERT_GOOD(store_read_runs(store, &query, list_run, &text, &unexpected));
    assert_string_equal(text.data ? text.data : "", expected);
    buffer_free(&text);
}

static Store *store_with_runs(Fixture *fixture) {
    Store *store = store_with_versions(fixture);
    StoreRun runs[] = {run_of("linhe", 2023), run_of("linhe", 2024), run_of("heshan", 2024)};
    for (int i = 0; i < 3; i++) {
        ASSERT_GOOD(store_write(store, put_run, &runs[i], &unexpected));
        assert_int_equal(runs[i].id, i + 1);
    }
    return store;
}

static void runs_are_found_newest_first(void **state) {
    Store *store = store_with_runs(*state);
    assert_runs(store, (StoreRunQuery){0},
                "3 heshan 2024 annual;2 linhe 2024 annual;1 linhe 2023 annual;");
    assert_runs(store, (StoreRunQuery){.limit = 1}, "3 heshan 2024 annual;");
    assert_runs(store, (StoreRunQuery){.pack = "linhe", .limit = 1}, "2 linhe 2024 annual;");
    assert_runs(store, (StoreRunQuery){.pack = "linhe", .year = 2023}, "1 linhe 2023 annual;");
    assert_runs(store, (StoreRunQuery){.year = 2024}, "3 heshan 2024 annual;2 linhe 2024 annual;");
    assert_runs(store, (StoreRunQuery){.id = 2}, "2 linhe 2024 annual;");
    assert_runs(store, (StoreRunQuery){.before = 3, .limit = 1}, "2 linhe 2024 annual;");
    assert_runs(store, (StoreRunQuery){.before = 2}, "1 linhe 2023 annual;");
    assert_runs(store, (StoreRunQuery){.before = 1}, "");
    assert_runs(store, (StoreRunQuery){.id = 4}, "");
    const StoreRun made = run_of("heshan", 2024);
    assert_runs(store, (StoreRunQuery){.pack = "heshan", .pack_hash = made.pack_hash},
                "3 heshan 2024 annual;");
    assert_runs(store, (StoreRunQuery){.pack = "heshan", .pack_hash = "beef"}, "");
}

static bool check_run_fields(const StoreRun *run, void *context, Error *error) {
    ++*(int *)context;
    const StoreRun put = run_of("linhe", 2023);
    bool same = run->id == 1 && run->base == 1 && strcmp(run->pack_hash, put.pack_hash) == 0 &&
                strcmp(run->std_hash, put.std_hash) == 0 && run->engine_version == 3 &&
                strcmp(run->conventions, put.conventions) == 0 && run->data_version == 7 &&
                strcmp(run->who, put.who) == 0 && run->started_at_us == 1000 &&
                run->finished_at_us == 2000 && run->region_count == 2 &&
                strcmp(run->result_hash, put.result_hash) == 0;
    return same || error_set(error, ERROR_STORE, "the run is not what was put");
}

static void every_field_of_a_run_comes_back(void **state) {
    Store *store = store_with_runs(*state);
    int seen = 0;
    const StoreRunQuery first = {.id = 1};
    ASSERT_GOOD(store_read_runs(store, &first, check_run_fields, &seen, &unexpected));
    assert_int_equal(seen, 1);
}

static bool list_result(const char *region, const void *payload, size_t length, void *context,
                        Error *error) {
    (void)error;
    buffer_printf(context, "%s:", region);
    buffer_append(context, payload, length);
    buffer_text(context, ";");
    return true;
}

static void results_come_in_order_of_region(void **state) {
    Store *store = store_with_runs(*state);
    Buffer text = {0};
    ASSERT_GOOD(store_read_results(store, 1, NULL, list_result, &text, &unexpected));
    assert_int_equal(text.length, 19);
    assert_memory_equal(text.data, "000000:;150802:b\0c;", 19);
    buffer_clear(&text);
    ASSERT_GOOD(store_read_results(store, 2, "150802", list_result, &text, &unexpected));
    assert_int_equal(text.length, 11);
    buffer_clear(&text);
    ASSERT_GOOD(store_read_results(store, 9, NULL, list_result, &text, &unexpected));
    assert_int_equal(text.length, 0);
    buffer_free(&text);
}

static void refuses_run(Store *store, StoreRun run, ErrorCode code, const char *words) {
    Error error = {0};
    assert_false(store_write(store, put_run, &run, &error));
    assert_int_equal(error.code, code);
    if (!strstr(error.message, words)) fail_msg("“%s” lacks “%s”", error.message, words);
}

static bool put_result_again(StoreTransaction *transaction, void *context, Error *error) {
    const StoreRun run = {.id = 1, .base = 1};
    return store_put_result(transaction, &run, context, "x", 1, error);
}

static void runs_that_could_not_be_replayed_are_refused(void **state) {
    Store *store = store_with_runs(*state);
    StoreRun run = run_of("linhe", 2024);
    run.round = "weekly";
    refuses_run(store, run, ERROR_INPUT, "weekly");
    run = run_of("nobody", 2024);
    refuses_run(store, run, ERROR_NOT_FOUND, "nobody");
    run = run_of("linhe", 2024), run.std_hash = "0123";
    refuses_run(store, run, ERROR_NOT_FOUND, "0123");
    run = run_of("linhe", 2024), run.who = NULL;
    refuses_run(store, run, ERROR_INPUT, "Who");

    Error error = {0};
    assert_false(store_write(store, put_result_again, "150802", &error));
    assert_int_equal(error.code, ERROR_CONFLICT);
    assert_non_null(strstr(error.message, "already"));
    assert_false(store_write(store, put_result_again, "654321", &error));
    assert_int_equal(error.code, ERROR_NOT_FOUND);
    assert_non_null(strstr(error.message, "654321"));
}

// ---- runs that build on others -----------------------------------------------------------------

// A run on `base` with these results, a NULL payload for none.
typedef struct PutLater {
    StoreRun run;
    const char *nation, *county;
} PutLater;

static bool put_later(StoreTransaction *transaction, void *context, Error *error) {
    PutLater *put = context;
    const char *const codes[] = {"000000", "150802"}, *payloads[] = {put->nation, put->county};
    bool good = store_put_run(transaction, &put->run, error);
    for (size_t i = 0; good && i < 2; i++)
        if (payloads[i])
            good = store_put_result(transaction, &put->run, codes[i], payloads[i],
                                    strlen(payloads[i]), error);
    return good;
}

static int64_t puts_later(Store *store, int64_t base, const char *nation, const char *county) {
    PutLater put = {.run = run_of("linhe", 2024), .nation = nation, .county = county};
    put.run.base = base;
    if (base) put.run.conventions = NULL;
    ASSERT_GOOD(store_write(store, put_later, &put, &unexpected));
    assert_int_equal(put.run.base, base ? base : put.run.id);
    return put.run.id;
}

static void assert_results(Store *store, int64_t run, const char *region, const char *expected) {
    Buffer text = {0};
    ASSERT_GOOD(store_read_results(store, run, region, list_result, &text, &unexpected));
    assert_string_equal(text.data ? text.data : "", expected);
    buffer_free(&text);
}

// Two chains in one database, their runs numbered in turn.
static void a_run_has_the_results_of_those_before_it(void **state) {
    Store *store = store_with_versions(*state);
    assert_int_equal(puts_later(store, 0, "n1", "c1"), 1);
    assert_int_equal(puts_later(store, 0, "n2", "c2"), 2);
    assert_int_equal(puts_later(store, 1, NULL, "c3"), 3);
    assert_int_equal(puts_later(store, 2, "n4", NULL), 4);
    assert_int_equal(puts_later(store, 1, "n5", NULL), 5);
    assert_int_equal(puts_later(store, 1, NULL, NULL), 6);
    assert_int_equal(puts_later(store, 1, "n7", "c7"), 7);
    static const char *const expected[] = {
        [1] = "000000:n1;150802:c1;", [2] = "000000:n2;150802:c2;", [3] = "000000:n1;150802:c3;",
        [4] = "000000:n4;150802:c2;", [5] = "000000:n5;150802:c3;", [6] = "000000:n5;150802:c3;",
        [7] = "000000:n7;150802:c7;"};
    for (int64_t run = 1; run <= 7; run++)
        assert_results(store, run, NULL, expected[run]);
    assert_results(store, 4, "150802", "150802:c2;");
    assert_results(store, 5, "000000", "000000:n5;");
    assert_results(store, 8, NULL, "");
}

static bool list_base(const StoreRun *run, void *context, Error *error) {
    (void)error;
    buffer_printf(context, "%lld on %lld %s;", (long long)run->id, (long long)run->base,
                  run->conventions);
    return true;
}

static void a_run_that_builds_on_another_has_its_conventions(void **state) {
    Store *store = store_with_versions(*state);
    puts_later(store, 0, "n1", "c1");
    puts_later(store, 1, NULL, "c2");
    Buffer text = {0};
    const StoreRunQuery all = {0}, latest = {.pack = "linhe", .limit = 1};
    ASSERT_GOOD(store_read_runs(store, &all, list_base, &text, &unexpected));
    assert_string_equal(text.data, "2 on 1 {\"digits\":2};1 on 1 {\"digits\":2};");
    buffer_clear(&text);
    ASSERT_GOOD(store_read_runs(store, &latest, list_base, &text, &unexpected));
    assert_string_equal(text.data, "2 on 1 {\"digits\":2};");
    buffer_free(&text);
}

static void refuses_later(Store *store, StoreRun run, ErrorCode code, const char *words) {
    PutLater put = {.run = run, .county = "c"};
    Error error = {0};
    assert_false(store_write(store, put_later, &put, &error));
    assert_int_equal(error.code, code);
    if (!strstr(error.message, words)) fail_msg("“%s” lacks “%s”", error.message, words);
}

static void a_base_is_a_whole_run_of_the_same_kind(void **state) {
    Store *store = store_with_versions(*state);
    puts_later(store, 0, "n1", "c1");
    puts_later(store, 1, NULL, "c2");
    StoreRun good = run_of("linhe", 2024), run;
    good.base = 1;
    good.conventions = NULL;
    run = good, run.base = 2; // builds on another itself
    refuses_later(store, run, ERROR_CONFLICT, "run 2");
    run = good, run.base = 9;
    refuses_later(store, run, ERROR_CONFLICT, "run 9");
    run = good, run.year = 2023;
    refuses_later(store, run, ERROR_CONFLICT, "year");
    run = good, run.round = "midterm";
    refuses_later(store, run, ERROR_CONFLICT, "round");
    run = good, run.engine_version = 4;
    refuses_later(store, run, ERROR_CONFLICT, "engine");
    run = good, run.pack = "heshan";
    refuses_later(store, run, ERROR_CONFLICT, "heshan");
    char other_hash[HASH_TEXT_SIZE];
    hash_bytes("B", 1, other_hash);
    run = good, run.pack_hash = other_hash;
    refuses_later(store, run, ERROR_CONFLICT, "version");
    run = good, run.conventions = "{}";
    refuses_later(store, run, ERROR_INPUT, "run 1");
    run = good, run.base = 0;
    refuses_later(store, run, ERROR_INPUT, "conventions");
    assert_int_equal(puts_later(store, 1, NULL, "c3"), 3);
}

static bool put_result_of_no_run(StoreTransaction *transaction, void *context, Error *error) {
    return store_put_result(transaction, context, "150802", "x", 1, error);
}

static void results_belong_to_a_run_and_its_base(void **state) {
    Store *store = store_with_versions(*state);
    puts_later(store, 0, "n1", "c1");
    puts_later(store, 0, "n2", "c2");
    StoreRun none = {.id = 9, .base = 9}, crossed = {.id = 2, .base = 1};
    Error error = {0};
    assert_false(store_write(store, put_result_of_no_run, &none, &error));
    assert_int_equal(error.code, ERROR_NOT_FOUND);
    assert_non_null(strstr(error.message, "Run 9"));
    assert_false(store_write(store, put_result_of_no_run, &crossed, &error));
    assert_int_equal(error.code, ERROR_NOT_FOUND);
}

// ---- years -------------------------------------------------------------------------------------

static bool set_year(StoreTransaction *transaction, void *context, Error *error) {
    int *year = context;
    bool changed;
    if (!store_set_pack_year(transaction, "linhe", *year, "王芳", &changed, error)) return false;
    *year = changed;
    return true;
}

static bool year_changes(Store *store, int year) {
    ASSERT_GOOD(store_write(store, set_year, &year, &unexpected));
    return year;
}

static int read_year(Store *store, const char *pack) {
    int year = -1;
    ASSERT_GOOD(store_read_pack_year(store, pack, &year, &unexpected));
    return year;
}

static void a_packs_year_is_the_newest_until_it_is_fixed(void **state) {
    Store *store = fixture_make(*state);
    Error error = {0};
    int outside = 10000;
    assert_int_equal(read_year(store, "linhe"), 0);
    assert_false(year_changes(store, 0));
    assert_true(year_changes(store, 2024));
    assert_false(year_changes(store, 2024));
    assert_int_equal(read_year(store, "linhe"), 2024);
    assert_int_equal(read_year(store, "heshan"), 0);
    assert_true(year_changes(store, 0));
    assert_int_equal(read_year(store, "linhe"), 0);
    assert_false(store_write(store, set_year, &outside, &error));
    assert_int_equal(error.code, ERROR_USAGE);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        DB_TEST(blobs_are_kept_once_under_their_hash),
        DB_TEST(missing_and_altered_blobs_are_told),
        DB_TEST(pack_versions_are_put_once_and_listed),
        DB_TEST(a_pack_version_needs_its_blobs),
        DB_TEST(rolling_back_goes_step_by_step),
        DB_TEST(a_version_may_be_active_more_than_once),
        DB_TEST(the_active_version_is_marked_for_each_pack),
        DB_TEST(a_retired_pack_has_no_active_version_until_one_comes_back),
        DB_TEST(a_version_activated_after_a_retirement_goes_back_to_what_was_active_before),
        DB_TEST(only_stored_versions_can_be_activated),
        DB_TEST(activation_survives_reopening),
        DB_TEST(a_packs_year_is_the_newest_until_it_is_fixed),
        DB_TEST(runs_are_found_newest_first),
        DB_TEST(every_field_of_a_run_comes_back),
        DB_TEST(results_come_in_order_of_region),
        DB_TEST(runs_that_could_not_be_replayed_are_refused),
        DB_TEST(a_run_has_the_results_of_those_before_it),
        DB_TEST(a_run_that_builds_on_another_has_its_conventions),
        DB_TEST(a_base_is_a_whole_run_of_the_same_kind),
        DB_TEST(results_belong_to_a_run_and_its_base),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
