// Backups: that they are whole, and that what is put back leaves nothing of before in the way.
#include <errno.h>
#include <fcntl.h>
#include <sys/wait.h>

#include "core/base/hash.h"
#include "db/store_backup.h"
#include "db/store_health.h"
#include "tests/unit/db/fixture.h"

typedef struct Scene {
    char backup[140], former[200];
    int prepared;
    bool refuse;
} Scene;

static Scene scene_of(const Fixture *fixture) {
    Scene scene = {0};
    snprintf(scene.backup, sizeof scene.backup, "%s/backup", fixture->folder);
    return scene;
}

static bool prepare(Store *copy, void *context, Error *error) {
    Scene *scene = context;
    scene->prepared++;
    assert_int_equal(count_observations(copy), 1);
    return !scene->refuse || error_set(error, ERROR_CONFLICT, "refused");
}

static bool restore(const Fixture *fixture, Scene *scene, Error *error) {
    Buffer former = {0};
    bool good = store_restore(fixture->path, scene->backup, prepare, scene, &former, error);
    snprintf(scene->former, sizeof scene->former, "%s", good && former.length ? former.data : "");
    buffer_free(&former);
    return good;
}

// One figure is in the backup, and one more in the database.
static Scene make_backup(Fixture *fixture) {
    Scene scene = scene_of(fixture);
    Store *store = fixture_make(fixture);
    put_figure(store, figure("a", 2024, "1"));
    ASSERT_GOOD(store_backup(store, scene.backup, &unexpected));
    put_figure(store, figure("b", 2024, "2"));
    assert_int_equal(count_observations(store), 2);
    return scene;
}

static void close_store(Fixture *fixture) {
    store_close(fixture->store);
    fixture->store = NULL;
}

static bool is_there(const char *path, const char *ending) {
    char name[256];
    snprintf(name, sizeof name, "%s%s", path, ending);
    return access(name, F_OK) == 0;
}

static void a_backup_is_whole_and_its_owner_s_alone(void **state) {
    Fixture *fixture = *state;
    Scene scene = make_backup(fixture);
    struct stat about;
    Error error = {0};
    assert_int_equal(stat(scene.backup, &about), 0);
    assert_int_equal(about.st_mode & 0777, 0600);
    assert_false(is_there(scene.backup, "-wal"));
    assert_false(store_backup(fixture->store, scene.backup, &error));
    assert_int_equal(error.code, ERROR_CONFLICT);
    Store *copy;
    ASSERT_GOOD(store_open(scene.backup, STORE_READ_ONLY, &copy, &unexpected));
    assert_int_equal(count_observations(copy), 1);
    store_close(copy);
    assert_false(store_backup(fixture->store, "/nowhere/backup", &error));
    assert_int_equal(error.code, ERROR_SYSTEM);
}

static void what_is_restored_is_the_backup_and_what_was_is_kept(void **state) {
    Fixture *fixture = *state;
    Scene scene = make_backup(fixture);
    close_store(fixture);
    Error error = {0};
    if (!restore(fixture, &scene, &error)) fail_msg("%s", error.message);
    assert_int_equal(scene.prepared, 1);
    assert_int_equal(count_observations(fixture_open(fixture, STORE_OPEN)), 1);
    Store *former;
    ASSERT_GOOD(store_open(scene.former, STORE_READ_ONLY, &former, &unexpected));
    assert_int_equal(count_observations(former), 2);
    store_close(former);
}

// In a process of its own, because a hold is one process's against the others.
static int restore_elsewhere(const Fixture *fixture, Scene *scene) {
    pid_t child = fork();
    if (child == 0) {
        Error error = {0};
        _exit(restore(fixture, scene, &error) ? 100 : (int)error.code);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

// A file that was moved over that of a running server was overwritten at its next write.
static void nothing_is_restored_where_somebody_has_the_database_open(void **state) {
    Fixture *fixture = *state;
    Scene scene = make_backup(fixture);
    assert_int_equal(restore_elsewhere(fixture, &scene), ERROR_BUSY);
    assert_int_equal(count_observations(fixture->store), 2);
    close_store(fixture);
    assert_int_equal(restore_elsewhere(fixture, &scene), 100);
}

// The process that wrote it was killed: the log it left behind made the restored one malformed.
static void a_log_left_behind_does_not_reach_what_is_restored(void **state) {
    Fixture *fixture = *state;
    Scene scene = make_backup(fixture);
    close_store(fixture);
    pid_t child = fork();
    if (child == 0) {
        put_figure(fixture_open(fixture, STORE_OPEN), figure("c", 2024, "3"));
        _exit(0);
    }
    assert_int_equal(waitpid(child, NULL, 0), child);
    assert_true(is_there(fixture->path, "-wal"));
    Error error = {0};
    if (!restore(fixture, &scene, &error)) fail_msg("%s", error.message);
    assert_int_equal(count_observations(fixture_open(fixture, STORE_OPEN)), 1);
    Store *former;
    ASSERT_GOOD(store_open(scene.former, STORE_READ_ONLY, &former, &unexpected));
    assert_int_equal(count_observations(former), 3);
    store_close(former);
}

static void what_is_refused_leaves_all_as_it_was(void **state) {
    Fixture *fixture = *state;
    Scene scene = make_backup(fixture);
    close_store(fixture);
    Error error = {0};
    scene.refuse = true;
    assert_false(restore(fixture, &scene, &error));
    assert_string_equal(error.message, "refused");
    scene.refuse = false;
    // Half of a backup.
    struct stat about;
    assert_int_equal(stat(scene.backup, &about), 0);
    assert_int_equal(truncate(scene.backup, about.st_size / 2), 0);
    error = (Error){0};
    assert_false(restore(fixture, &scene, &error));
    assert_int_equal(error.code, ERROR_STORE);
    write_file(scene.backup, "no database at all, and longer than a header of one would have to be "
                             "so that nobody takes it for an empty one");
    assert_false(restore(fixture, &scene, &error));
    snprintf(scene.backup, sizeof scene.backup, "%s", fixture->path);
    error = (Error){0};
    assert_false(restore(fixture, &scene, &error));
    assert_int_equal(error.code, ERROR_USAGE);
    assert_false(is_there(fixture->path, ".restoring"));
    assert_int_equal(scene.prepared, 1);
    assert_int_equal(count_observations(fixture_open(fixture, STORE_OPEN)), 2);
}

static void a_damaged_or_missing_database_is_replaced(void **state) {
    Fixture *fixture = *state;
    Scene scene = make_backup(fixture);
    close_store(fixture);
    Error error = {0};
    write_file(fixture->path, "what a failing disk has left of it");
    if (!restore(fixture, &scene, &error)) fail_msg("%s", error.message);
    assert_true(is_there(scene.former, ""));
    assert_int_equal(unlink(fixture->path), 0);
    if (!restore(fixture, &scene, &error)) fail_msg("%s", error.message);
    assert_string_equal(scene.former, "");
    assert_int_equal(count_observations(fixture_open(fixture, STORE_OPEN)), 1);
}

static bool put_nothing(StoreTransaction *transaction, void *context, Error *error) {
    (void)transaction, (void)context, (void)error;
    return true;
}

static bool refuse(StoreTransaction *transaction, void *context, Error *error) {
    (void)transaction;
    return error_set(error, *(ErrorCode *)context, "no");
}

static void health_tells_of_the_database_and_not_of_what_it_was_given(void **state) {
    Fixture *fixture = *state;
    Store *store = fixture_make(fixture);
    StoreHealth health;
    StoreSpace space;
    Error error = {0};
    store_health(store, &health);
    const uint64_t written = health.written;
    put_figure(store, figure("a", 2024, "1"));
    ASSERT_GOOD(store_write(store, put_nothing, NULL, &unexpected));
    // Also a content in the store that is not understood, which was told of as a failing disk.
    ErrorCode codes[] = {ERROR_INPUT, ERROR_STORE};
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        assert_false(store_write(store, refuse, &codes[i], &error));
    store_health(store, &health);
    assert_int_equal(health.written, written + 1);
    assert_int_equal(health.failed, 0);
    assert_false(health.failing);
    ASSERT_GOOD(store_read_space(store, &space, &unexpected));
    assert_true(space.database_bytes > 0 && space.log_bytes > 0 && space.free_bytes > 0);
}

// A restored file that was moved into place was silently undone.
static void a_file_moved_over_an_open_database_is_seen(void **state) {
    Fixture *fixture = *state;
    Scene scene = make_backup(fixture);
    assert_true(store_is_in_place(fixture->store));
    assert_int_equal(rename(scene.backup, fixture->path), 0);
    assert_false(store_is_in_place(fixture->store));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        DB_TEST(a_backup_is_whole_and_its_owner_s_alone),
        DB_TEST(what_is_restored_is_the_backup_and_what_was_is_kept),
        DB_TEST(nothing_is_restored_where_somebody_has_the_database_open),
        DB_TEST(a_log_left_behind_does_not_reach_what_is_restored),
        DB_TEST(what_is_refused_leaves_all_as_it_was),
        DB_TEST(a_damaged_or_missing_database_is_replaced),
        DB_TEST(a_file_moved_over_an_open_database_is_seen),
        DB_TEST(health_tells_of_the_database_and_not_of_what_it_was_given),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
