// Writes files that are whole or not there: see whole_file.h.
#include "core/base/whole_file.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <libgen.h>
#include <stdlib.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/language.h"

static bool fail(const WholeFile *file, int number, Error *error) {
    error_set_errno(error, number, T("cannot write the file", "无法写入文件"));
    return error_at(error, file->path, 0, 0);
}

// The name that it has now.
static const char *name_of(const WholeFile *file) {
    return file->unfinished.length > 0 ? file->unfinished.data : file->path;
}

static bool refuse(const WholeFile *file, int number, Error *error) {
    if (number != EEXIST) return fail(file, number, error);
    return error_set(error, ERROR_CONFLICT, T("%s is there already", "%s 已存在"), name_of(file));
}

// A device or a pipe, also behind a link, takes what is written; a file in its place would not be
// what was asked for.
static bool takes_what_is_written(const char *path) {
    struct stat about;
    return stat(path, &about) == 0 && !S_ISREG(about.st_mode);
}

// By a name that nobody can guess, and that of none left behind by a program that was killed.
static int open_unfinished(WholeFile *file, mode_t rights) {
    enum { TRIES = 16 };
    int descriptor = -1;
    errno = EEXIST;
    for (int i = 0; i < TRIES && descriptor < 0 && errno == EEXIST; i++) {
        uint64_t chance;
        if (getrandom(&chance, sizeof chance, 0) != sizeof chance) return -1;
        buffer_clear(&file->unfinished);
        buffer_printf(&file->unfinished, "%s.unfinished.%016" PRIx64, file->path, chance);
        descriptor = open(file->unfinished.data, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, rights);
    }
    return descriptor;
}

static int open_as(WholeFile *file, WholeFileKind kind, mode_t rights) {
    if (kind == WHOLE_FILE_NEW)
        return open(file->path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, rights);
    file->passes_on = takes_what_is_written(file->path);
    return file->passes_on ? open(file->path, O_WRONLY | O_NOCTTY | O_CLOEXEC)
                           : open_unfinished(file, rights);
}

bool whole_file_open(WholeFile *file, const char *path, WholeFileKind kind, mode_t rights,
                     Error *error) {
    *file = (WholeFile){.path = path};
    int descriptor = open_as(file, kind, rights);
    if (descriptor >= 0) file->stream = fdopen(descriptor, "w");
    if (file->stream) return true;
    int number = errno;
    if (descriptor >= 0) {
        close(descriptor);
        if (!file->passes_on) unlink(name_of(file));
    }
    refuse(file, number, error);
    buffer_free(&file->unfinished);
    return false;
}

bool whole_file_write(WholeFile *file, const void *bytes, size_t length, Error *error) {
    errno = 0;
    return fwrite(bytes, 1, length, file->stream) == length || fail(file, errno, error);
}

// That the file has the name is on the disk when its folder is. Some file systems cannot say so,
// and a folder that may be written but not read cannot be asked.
static bool sync_folder(const char *path) {
    char *copy = memory_copy_string(path);
    int folder = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool good = folder >= 0 ? fsync(folder) == 0 || errno == EINVAL : errno == EACCES;
    int number = errno;
    if (folder >= 0) close(folder);
    free(copy);
    errno = number;
    return good;
}

static bool take_name(const WholeFile *file, Error *error) {
    bool replaces = file->unfinished.length > 0;
    if (replaces && rename(file->unfinished.data, file->path) != 0) return fail(file, errno, error);
    if (sync_folder(file->path)) return true;
    fail(file, errno, error);
    if (!replaces) return false;
    return error_hint(
        error, "%s",
        T("it is there in the place of the one before, but may be lost if the machine "
          "fails",
          "新文件已替换原文件，但若此时机器故障，新文件可能丢失"));
}

static bool flush(const WholeFile *file) {
    return fflush(file->stream) == 0 && (file->passes_on || fsync(fileno(file->stream)) == 0);
}

bool whole_file_close(WholeFile *file, bool good, Error *error) {
    if (good && !flush(file)) good = fail(file, errno, error);
    if (fclose(file->stream) != 0 && good) good = fail(file, errno, error);
    if (!file->passes_on) {
        good = good && take_name(file, error);
        if (!good) unlink(name_of(file));
    }
    buffer_free(&file->unfinished);
    *file = (WholeFile){0};
    return good;
}
