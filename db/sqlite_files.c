// Databases as files: see sqlite_files.h.
#include "db/sqlite_files.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/language.h"

// SQLite's pending byte, the reserved one and the shared ones, which follow each other.
enum { LOCK_BEGINS = 0x40000000, LOCK_BYTES = 512, OWNER_RIGHTS = 0640 };

static const char *const companions[] = {"-wal", "-shm", "-journal"};

static bool fail(const char *path, Error *error) {
    return error_set_errno(error, errno, T("cannot replace the database %s", "无法替换数据库 %s"),
                           path);
}

static bool refuse_busy(const char *path, Error *error) {
    error_set(error, ERROR_BUSY,
              T("a server or another program has the database %s open",
                "服务器或其他程序正在使用数据库 %s"),
              path);
    return error_hint(error, "%s", T("end it first", "请先停止该程序"));
}

bool sqlite_files_hold(const char *path, int *hold, Error *error) {
    struct flock lock = {
        .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = LOCK_BEGINS, .l_len = LOCK_BYTES};
    *hold = open(path, O_RDWR | O_CLOEXEC);
    if (*hold < 0) return errno == ENOENT || fail(path, error);
    if (fcntl(*hold, F_SETLK, &lock) == 0) return true;
    bool is_taken = errno == EAGAIN || errno == EACCES;
    (void)(is_taken ? refuse_busy(path, error) : fail(path, error));
    sqlite_files_release(*hold);
    return false;
}

void sqlite_files_release(int hold) {
    if (hold >= 0) close(hold);
}

uint64_t sqlite_files_identify(const char *path) {
    struct stat about;
    return stat(path, &about) == 0 ? (uint64_t)about.st_ino : 0;
}

static char *join(const char *path, const char *ending) {
    Buffer joined = {0};
    buffer_printf(&joined, "%s%s", path, ending);
    return joined.data;
}

void sqlite_files_remove(const char *path) {
    unlink(path);
    for (size_t i = 0; i < sizeof companions / sizeof *companions; i++) {
        char *name = join(path, companions[i]);
        unlink(name);
        free(name);
    }
}

// A write-ahead log beside a database that it is not of would be taken for its own, and ruin it.
static bool move_companions(const char *path, const char *former, Error *error) {
    bool good = true;
    for (size_t i = 0; good && i < sizeof companions / sizeof *companions; i++) {
        char *from = join(path, companions[i]), *to = join(former, companions[i]);
        good = rename(from, to) == 0 || errno == ENOENT || fail(path, error);
        free(from);
        free(to);
    }
    return good;
}

// Whoever restores may be root, and the server is not.
static void take_rights(const char *path, const char *by) {
    struct stat about;
    mode_t rights = OWNER_RIGHTS;
    char *copy = memory_copy_string(path);
    bool known = stat(path, &about) == 0;
    if (known) rights = about.st_mode & 0777;
    if (known || stat(dirname(copy), &about) == 0)
        (void)!chown(by, about.st_uid, about.st_gid); // only root can, and need
    chmod(by, rights);
    free(copy);
}

static bool sync_at(const char *path, int flags) {
    int file = open(path, flags | O_CLOEXEC);
    bool good = file >= 0 && (fsync(file) == 0 || errno == EINVAL);
    if (file >= 0) close(file);
    return good;
}

static bool sync_folder(const char *path) {
    char *copy = memory_copy_string(path);
    bool good = sync_at(dirname(copy), O_RDONLY | O_DIRECTORY);
    free(copy);
    return good;
}

bool sqlite_files_replace(const char *path, const char *by, const char *former, Error *error) {
    take_rights(path, by);
    if (!sync_at(by, O_RDONLY)) return fail(by, error);
    // The database has both names until the other one takes the first in one step.
    if (link(path, former) != 0 && errno != ENOENT) return fail(former, error);
    if (!move_companions(path, former, error)) return false;
    return (rename(by, path) == 0 && sync_folder(path)) || fail(path, error);
}
