// Opening: what is refused, in which words, and that a refused file is left as it was.
#include <fcntl.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include "core/base/clock.h"
#include "db/store_inside.h"
#include "tests/unit/db/fixture.h"

enum { PAGE_BYTES = 8192, SCHEMA_BYTES_AT = 100 };

static void assert_words(const char *text, const char *words) {
    if (!strstr(text, words)) fail_msg("“%s” lacks “%s”", text, words);
}

static void refuses_to_open(const char *location, StoreMode mode, const char *words,
                            const char *advice) {
    Store *store = (Store *)1;
    Error error = {0};
    assert_false(store_open(location, mode, &store, &error));
    assert_null(store);
    assert_int_equal(error.code, ERROR_STORE);
    assert_words(error.message, words);
    assert_words(error.hint, advice);
    assert_false(store_open(location, mode, &store, NULL));
}

static Buffer file_bytes(const char *path) {
    Buffer bytes = {0};
    char block[4096];
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    for (size_t count; (count = fread(block, 1, sizeof block, file)) > 0;)
        buffer_append(&bytes, block, count);
    fclose(file);
    return bytes;
}

static void refuses_and_leaves_alone(const char *path, StoreMode mode, const char *words) {
    Buffer before = file_bytes(path);
    refuses_to_open(path, mode, words, "biaochi init");
    Buffer after = file_bytes(path);
    assert_int_equal(after.length, before.length);
    if (before.length > 0) assert_memory_equal(after.data, before.data, before.length);
    buffer_free(&before);
    buffer_free(&after);
}

// ---- what works --------------------------------------------------------------------------------

static void a_database_is_made_and_opened_again(void **state) {
    Fixture *fixture = *state;
    Store *store = fixture_make(fixture);
    put_figure(store, figure("a", 2024, "1"));
    static const StoreMode modes[] = {STORE_OPEN, STORE_CREATE, STORE_READ_ONLY};
    for (size_t i = 0; i < COUNT_OF(modes); i++) {
        store = fixture_reopen(fixture, modes[i]);
        assert_int_equal(count_observations(store), 1);
    }
    assert_true(store_schema_version() >= 1);
}

static void a_new_database_has_pages_that_suit_results(void **state) {
    Fixture *fixture = *state;
    fixture_make(fixture);
    sqlite3 *raw = raw_open(fixture->path);
    sqlite3_stmt *page_size;
    sqlite3_prepare_v2(raw, "PRAGMA page_size", -1, &page_size, NULL);
    assert_int_equal(sqlite3_step(page_size), SQLITE_ROW);
    assert_int_equal(sqlite3_column_int(page_size, 0), PAGE_BYTES);
    sqlite3_finalize(page_size);
    sqlite3_close(raw);
}

static void other_users_of_the_machine_cannot_read_the_file(void **state) {
    Fixture *fixture = *state;
    fixture_make(fixture);
    struct stat status;
    assert_int_equal(stat(fixture->path, &status), 0);
    assert_int_equal(status.st_mode & 07, 0);
}

static void names_that_sqlite_gives_a_meaning_are_just_names(void **state) {
    Fixture *fixture = *state;
    static const char *const names[] = {":memory:", "file:a?mode=memory", "100%.db"};
    int here = open(".", O_RDONLY | O_DIRECTORY);
    assert_int_equal(chdir(fixture->folder), 0);
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        Store *store;
        ASSERT_GOOD(store_open(names[i], STORE_CREATE, &store, &unexpected));
        store_close(store);
        assert_int_equal(access(names[i], F_OK), 0);
    }
    assert_int_equal(fchdir(here), 0);
    close(here);
}

static void keep_error(bool committed, const Error *error, void *context) {
    if (!committed) *(Error *)context = *error;
}

static void a_store_opened_to_read_does_not_write(void **state) {
    Fixture *fixture = *state;
    fixture_make(fixture);
    Store *store = fixture_reopen(fixture, STORE_READ_ONLY);
    Error error = {0}, later = {0};
    assert_false(store_write(store, put_two_regions, NULL, &error));
    assert_int_equal(error.code, ERROR_STORE);
    assert_words(error.message, "reading only");
    store_write_later(store, put_two_regions, NULL, keep_error, &later);
    assert_words(later.message, "reading only");
    store_write_later(store, put_two_regions, NULL, NULL, NULL);
}

// ---- nothing there -----------------------------------------------------------------------------

static void a_missing_database_is_told_with_advice(void **state) {
    Fixture *fixture = *state;
    refuses_to_open(fixture->path, STORE_OPEN, "no database at", "biaochi init");
    refuses_to_open(fixture->path, STORE_READ_ONLY, fixture->path, "biaochi init");
    assert_int_not_equal(access(fixture->path, F_OK), 0);
}

static void a_missing_folder_is_told(void **state) {
    Fixture *fixture = *state;
    char path[192];
    snprintf(path, sizeof path, "%s/no/such.db", fixture->folder);
    refuses_to_open(path, STORE_CREATE, "folder", "Create the folder");
    refuses_to_open(path, STORE_OPEN, "/no for", "Create the folder");
    write_file(fixture->path, "a file, not a folder");
    snprintf(path, sizeof path, "%s/such.db", fixture->path);
    refuses_to_open(path, STORE_READ_ONLY, "no database at", "path");
}

static void locations_without_a_driver_are_refused(void **state) {
    (void)state;
    static const char *const locations[] = {NULL, "", "postgres://server/biaochi"};
    for (size_t i = 0; i < COUNT_OF(locations); i++) {
        Store *store;
        Error error = {0};
        assert_false(store_open(locations[i], STORE_CREATE, &store, &error));
        assert_int_equal(error.code, ERROR_USAGE);
        assert_words(error.hint, "path");
        if (i == 2) assert_words(error.message, "postgres://");
    }
}

static void messages_are_in_the_language_chosen(void **state) {
    Fixture *fixture = *state;
    language_set(LANGUAGE_CHINESE);
    refuses_to_open(fixture->path, STORE_OPEN, "没有数据库", "新建");
    fixture_make(fixture);
    store_close(fixture->store);
    fixture->store = NULL;
    raw_change(fixture->path, "UPDATE schema_migration SET hash = 'x'");
    refuses_to_open(fixture->path, STORE_OPEN, "第 1 号迁移", "导出");
}

// ---- not a database ----------------------------------------------------------------------------

static void files_that_are_no_database_are_refused(void **state) {
    Fixture *fixture = *state;
    static const StoreMode modes[] = {STORE_OPEN, STORE_CREATE, STORE_READ_ONLY};
    Buffer longer = {0};
    for (int i = 0; i < 1000; i++)
        buffer_text(&longer, "指标,年份,数值\n");
    for (size_t i = 0; i < COUNT_OF(modes); i++) {
        write_file(fixture->path, "region,indicator\n");
        refuses_and_leaves_alone(fixture->path, modes[i], "not a Biaochi database");
        write_file(fixture->path, longer.data);
        refuses_and_leaves_alone(fixture->path, modes[i], "not a Biaochi database");
        refuses_to_open(fixture->folder, modes[i], "not a Biaochi database", "path");
    }
    buffer_free(&longer);
}

static void an_empty_file_is_only_good_for_making_one(void **state) {
    Fixture *fixture = *state;
    write_file(fixture->path, "");
    refuses_and_leaves_alone(fixture->path, STORE_OPEN, "not a Biaochi database");
    refuses_and_leaves_alone(fixture->path, STORE_READ_ONLY, "not a Biaochi database");
    fixture_make(fixture);
}

static void another_programs_database_is_refused(void **state) {
    Fixture *fixture = *state;
    static const StoreMode modes[] = {STORE_OPEN, STORE_CREATE, STORE_READ_ONLY};
    raw_change(fixture->path, "CREATE TABLE region (code TEXT); INSERT INTO region VALUES ('1')");
    for (size_t i = 0; i < COUNT_OF(modes); i++)
        refuses_and_leaves_alone(fixture->path, modes[i], "not a Biaochi database");
    raw_change(fixture->path, "DROP TABLE region; PRAGMA application_id = 5");
    for (size_t i = 0; i < COUNT_OF(modes); i++)
        refuses_and_leaves_alone(fixture->path, modes[i], "not a Biaochi database");
}

// ---- damage ------------------------------------------------------------------------------------

static void overwrite(const char *path, long first, long count) {
    FILE *file = fopen(path, "r+");
    assert_non_null(file);
    fseek(file, first, SEEK_SET);
    for (long i = 0; i < count; i++)
        fputc(0xA5, file);
    fclose(file);
}

static void a_damaged_schema_is_told(void **state) {
    Fixture *fixture = *state;
    fixture_make(fixture);
    store_close(fixture->store);
    fixture->store = NULL;
    overwrite(fixture->path, SCHEMA_BYTES_AT, PAGE_BYTES - SCHEMA_BYTES_AT);
    refuses_to_open(fixture->path, STORE_OPEN, "damaged", "backup");
    refuses_to_open(fixture->path, STORE_CREATE, "damaged", "backup");
    refuses_to_open(fixture->path, STORE_READ_ONLY, "damaged", "backup");
}

static void a_cut_file_is_told(void **state) {
    Fixture *fixture = *state;
    fixture_make(fixture);
    store_close(fixture->store);
    fixture->store = NULL;
    assert_int_equal(truncate(fixture->path, PAGE_BYTES), 0);
    refuses_to_open(fixture->path, STORE_OPEN, "damaged", "backup");
}

static void damaged_pages_are_told_when_read(void **state) {
    Fixture *fixture = *state;
    Store *store = fixture_make(fixture);
    for (int year = 1000; year < 1200; year++)
        put_figure(store, figure("a", year, "1"));
    store_close(store);
    fixture->store = NULL;
    struct stat status;
    assert_int_equal(stat(fixture->path, &status), 0);
    sqlite3 *raw = raw_open(fixture->path);
    sqlite3_stmt *root;
    sqlite3_prepare_v2(raw, "SELECT rootpage FROM sqlite_master WHERE name = 'observation'", -1,
                       &root, NULL);
    assert_int_equal(sqlite3_step(root), SQLITE_ROW);
    long page = sqlite3_column_int(root, 0);
    sqlite3_finalize(root);
    sqlite3_close(raw);
    overwrite(fixture->path, (page - 1) * PAGE_BYTES, PAGE_BYTES);

    store = fixture_open(fixture, STORE_OPEN);
    size_t count = 0;
    Error error = {0};
    const StoreObservationQuery all = {0};
    assert_false(store_read_observations(store, &all, count_observation, &count, &error));
    assert_int_equal(error.code, ERROR_STORE);
    assert_words(error.message, "damaged");
    StoreObservation row = figure("a", 2024, "2");
    PutFigures put = {.rows = &row, .count = 1};
    assert_false(store_write(store, put_figures, &put, &error));
    assert_words(error.message, "damaged");
}

// ---- other schemas -----------------------------------------------------------------------------

static void a_newer_schema_is_refused(void **state) {
    Fixture *fixture = *state;
    fixture_make(fixture);
    store_close(fixture->store);
    fixture->store = NULL;
    raw_change(fixture->path, "INSERT INTO schema_migration VALUES (999, '0999_x.sql', 'aa', 1)");
    refuses_to_open(fixture->path, STORE_OPEN, "schema 999", "newer version");
    refuses_to_open(fixture->path, STORE_CREATE, "schema 999", "newer version");
    refuses_to_open(fixture->path, STORE_READ_ONLY, "schema 999", "newer version");
}

static void an_altered_migration_is_refused(void **state) {
    Fixture *fixture = *state;
    fixture_make(fixture);
    store_close(fixture->store);
    fixture->store = NULL;
    raw_change(fixture->path, "UPDATE schema_migration SET hash = 'aa' WHERE version = 1");
    refuses_to_open(fixture->path, STORE_OPEN, "Migration 1", "export");
    refuses_to_open(fixture->path, STORE_READ_ONLY, "Migration 1", "export");
}

static void an_older_schema_is_not_read_without_upgrading(void **state) {
    Fixture *fixture = *state;
    fixture_make(fixture);
    store_close(fixture->store);
    fixture->store = NULL;
    raw_change(fixture->path, "DELETE FROM schema_migration");
    refuses_to_open(fixture->path, STORE_READ_ONLY, "older schema 0", "upgrade");
}

// ---- locks -------------------------------------------------------------------------------------

static void a_write_waits_for_another_process_but_not_for_ever(void **state) {
    Fixture *fixture = *state;
    Store *store = fixture_make(fixture);
    sqlite3 *other = raw_open(fixture->path);
    raw_run(other, "BEGIN EXCLUSIVE");
    Error error = {0};
    int64_t start_ms = clock_monotonic_ms();
    assert_false(store_write(store, put_two_regions, NULL, &error));
    assert_in_range(clock_monotonic_ms() - start_ms, 1500, 30000);
    assert_int_equal(error.code, ERROR_BUSY);
    assert_words(error.message, "locked by another process");
    assert_words(error.hint, "try again");
    assert_int_equal(count_observations(store), 0); // reading goes on
    raw_run(other, "ROLLBACK");
    sqlite3_close(other);
    ASSERT_GOOD(store_write(store, put_two_regions, NULL, &unexpected));
}

static void opening_a_locked_database_does_not_hang(void **state) {
    Fixture *fixture = *state;
    fixture_make(fixture);
    store_close(fixture->store);
    fixture->store = NULL;
    sqlite3 *other = raw_open(fixture->path);
    raw_run(other, "PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE;"
                   "INSERT INTO counter VALUES ('x', 1); COMMIT");
    static const StoreMode modes[] = {STORE_OPEN, STORE_CREATE, STORE_READ_ONLY};
    for (size_t i = 0; i < COUNT_OF(modes); i++) {
        Store *store;
        Error error = {0};
        int64_t start_ms = clock_monotonic_ms();
        assert_false(store_open(fixture->path, modes[i], &store, &error));
        assert_in_range(clock_monotonic_ms() - start_ms, 1500, 30000);
        assert_int_equal(error.code, ERROR_BUSY);
        assert_words(error.message, "locked by another process");
    }
    sqlite3_close(other);
    fixture_open(fixture, STORE_OPEN);
}

// ---- rights ------------------------------------------------------------------------------------

// Root may do everything, so as root the tests of rights run as a user who owns nothing.
static void become_ordinary(void) {
    if (getuid() == 0) assert_int_equal(setresuid(65534, 65534, 0), 0);
}

static void become_self(void) {
    uid_t real, effective, saved;
    assert_int_equal(getresuid(&real, &effective, &saved), 0);
    if (saved == 0) assert_int_equal(setresuid(0, 0, 0), 0);
    prctl(PR_SET_DUMPABLE, 1); // which changing user took away, and leak checks need
}

// A closed database with these rights.
static void make_with_rights(Fixture *fixture, mode_t file_rights, mode_t folder_rights) {
    fixture_make(fixture);
    store_close(fixture->store);
    fixture->store = NULL;
    assert_int_equal(chmod(fixture->path, file_rights), 0);
    assert_int_equal(chmod(fixture->folder, folder_rights), 0);
}

static void refuses_ordinary_user(const char *path, StoreMode mode, const char *words,
                                  const char *advice) {
    become_ordinary();
    refuses_to_open(path, mode, words, advice);
    become_self();
}

static void a_file_that_cannot_be_read_is_told(void **state) {
    Fixture *fixture = *state;
    make_with_rights(fixture, 0200, 0777);
    refuses_ordinary_user(fixture->path, STORE_OPEN, "Permission denied", "read and write");
    refuses_ordinary_user(fixture->path, STORE_READ_ONLY, "Permission denied", "read and write");
}

static void a_file_that_cannot_be_written_is_told(void **state) {
    Fixture *fixture = *state;
    make_with_rights(fixture, 0444, 0777);
    refuses_ordinary_user(fixture->path, STORE_OPEN, "read-only", "writable");
    refuses_ordinary_user(fixture->path, STORE_CREATE, "read-only", "writable");
    become_ordinary();
    fixture_open(fixture, STORE_READ_ONLY);
    store_close(fixture->store);
    fixture->store = NULL;
    become_self();
}

static void a_folder_that_cannot_be_written_is_told(void **state) {
    Fixture *fixture = *state;
    make_with_rights(fixture, 0666, 0555);
    refuses_ordinary_user(fixture->path, STORE_OPEN, "Permission denied", "folder");
    refuses_ordinary_user(fixture->path, STORE_READ_ONLY, fixture->path, "folder");
    char path[192];
    snprintf(path, sizeof path, "%s/new.db", fixture->folder);
    refuses_ordinary_user(path, STORE_CREATE, "Permission denied", "folder");
}

static void a_folder_that_cannot_be_entered_is_told(void **state) {
    Fixture *fixture = *state;
    make_with_rights(fixture, 0666, 0000);
    refuses_ordinary_user(fixture->path, STORE_OPEN, "Permission denied", "folder");
    refuses_ordinary_user(fixture->path, STORE_CREATE, "Permission denied", "folder");
}

// Needs the right to mount; skipped without it.
static void a_read_only_file_system_is_told_and_can_be_read(void **state) {
    Fixture *fixture = *state;
    char path[128];
    if (mount("tmpfs", fixture->folder, "tmpfs", 0, "size=4m") != 0) skip();
    snprintf(path, sizeof path, "%s", fixture->path);
    put_figure(fixture_make(fixture), figure("a", 2024, "1"));
    store_close(fixture->store);
    fixture->store = NULL;
    assert_int_equal(mount(NULL, fixture->folder, NULL, MS_REMOUNT | MS_RDONLY, NULL), 0);
    refuses_to_open(path, STORE_OPEN, "read-only", "copy");
    snprintf(path, sizeof path, "%s/new.db", fixture->folder);
    refuses_to_open(path, STORE_CREATE, "read-only", "copy");
    assert_int_equal(count_observations(fixture_open(fixture, STORE_READ_ONLY)), 1);
    store_close(fixture->store);
    fixture->store = NULL;
    assert_int_equal(umount(fixture->folder), 0);
}

// ---- a full disk -------------------------------------------------------------------------------

static bool run_sql(StoreTransaction *transaction, void *context, Error *error) {
    return transaction->driver->run_script(transaction->connection, context, error);
}

static bool put_large_blobs(StoreTransaction *transaction, void *context, Error *error) {
    (void)context;
    char hash[HASH_TEXT_SIZE];
    char *bytes = memory_new(1, 1 << 20);
    bool good = true;
    for (int i = 0; good && i < 40; i++) {
        bytes[0] = (char)i;
        good = store_put_blob(transaction, "pack", bytes, 1 << 20, hash, error);
    }
    free(bytes);
    return good;
}

static void assert_full(Store *store) {
    Error error = {0};
    assert_false(store_write(store, put_large_blobs, NULL, &error));
    assert_int_equal(error.code, ERROR_STORE);
    assert_words(error.message, "No space");
    assert_words(error.hint, "Free space");
}

static bool pass_over_full(StoreTransaction *transaction, void *context, Error *error) {
    const StoreRegion region = {.code = "1", .name = "一", .level = "county"};
    (void)context, (void)error;
    return !put_large_blobs(transaction, NULL, NULL) &&
           !store_put_region(transaction, &region, NULL, NULL);
}

static bool find_region(const StoreRegion *region, void *context, Error *error) {
    (void)error;
    if (strcmp(region->code, "1") == 0) *(bool *)context = true;
    return true;
}

static void a_full_disk_is_told_and_survived(void **state) {
    Store *store = fixture_make(*state);
    // Not below the present size: no page more.
    ASSERT_GOOD(store_write(store, run_sql, "PRAGMA max_page_count = 1", &unexpected));
    assert_full(store);

    // SQLite has rolled back by itself here; what follows must not be written on its own.
    Error error = {0};
    bool found = false;
    assert_false(store_write(store, pass_over_full, NULL, &error));
    assert_words(error.message, "No space");
    ASSERT_GOOD(store_read_regions(store, find_region, &found, &unexpected));
    assert_false(found);

    ASSERT_GOOD(store_write(store, run_sql, "PRAGMA max_page_count = 100000", &unexpected));
    ASSERT_GOOD(store_write(store, put_large_blobs, NULL, &unexpected));
}

static void a_quota_is_told_like_a_full_disk(void **state) {
    Store *store = fixture_make(*state);
    struct rlimit before, small = {.rlim_cur = 2 << 20};
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    small.rlim_max = before.rlim_max;
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    assert_full(store);
    StoreHealth health;
    store_health(store, &health);
    assert_true(health.failing && health.failed > 0 && health.failed_at_us > 0);
    assert_words(health.error.message, "No space");
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    signal(SIGXFSZ, SIG_DFL);
    ASSERT_GOOD(store_write(store, put_large_blobs, NULL, &unexpected));
}

// The advice was to check the disk, and the rights of the file.
static void too_many_open_files_are_told(void **state) {
    Fixture *fixture = *state;
    struct rlimit before, none_left;
    store_close(fixture_make(fixture));
    fixture->store = NULL;
    assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
    int next = dup(0);
    assert_true(next >= 0);
    close(next);
    none_left = before;
    none_left.rlim_cur = (rlim_t)next;
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &none_left), 0);
    refuses_to_open(fixture->path, STORE_OPEN, fixture->path, "LimitNOFILE");
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        DB_TEST(a_database_is_made_and_opened_again),
        DB_TEST(a_new_database_has_pages_that_suit_results),
        DB_TEST(other_users_of_the_machine_cannot_read_the_file),
        DB_TEST(names_that_sqlite_gives_a_meaning_are_just_names),
        DB_TEST(a_store_opened_to_read_does_not_write),
        DB_TEST(a_missing_database_is_told_with_advice),
        DB_TEST(a_missing_folder_is_told),
        DB_TEST(locations_without_a_driver_are_refused),
        DB_TEST(messages_are_in_the_language_chosen),
        DB_TEST(files_that_are_no_database_are_refused),
        DB_TEST(an_empty_file_is_only_good_for_making_one),
        DB_TEST(another_programs_database_is_refused),
        DB_TEST(a_damaged_schema_is_told),
        DB_TEST(a_cut_file_is_told),
        DB_TEST(damaged_pages_are_told_when_read),
        DB_TEST(a_newer_schema_is_refused),
        DB_TEST(an_altered_migration_is_refused),
        DB_TEST(an_older_schema_is_not_read_without_upgrading),
        DB_TEST(a_write_waits_for_another_process_but_not_for_ever),
        DB_TEST(opening_a_locked_database_does_not_hang),
        DB_TEST(a_file_that_cannot_be_read_is_told),
        DB_TEST(a_file_that_cannot_be_written_is_told),
        DB_TEST(a_folder_that_cannot_be_written_is_told),
        DB_TEST(a_folder_that_cannot_be_entered_is_told),
        DB_TEST(a_read_only_file_system_is_told_and_can_be_read),
        DB_TEST(a_full_disk_is_told_and_survived),
        DB_TEST(a_quota_is_told_like_a_full_disk),
        DB_TEST(too_many_open_files_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
