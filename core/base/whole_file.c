// Writes files that are whole or not there: see whole_file.h.
#include "core/base/whole_file.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdlib.h>
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

bool whole_file_open(WholeFile *file, const char *path, WholeFileKind kind, mode_t rights,
                     Error *error) {
    *file = (WholeFile){.path = path};
    if (kind == WHOLE_FILE_REPLACING)
        buffer_printf(&file->unfinished, "%s.unfinished.%ld", path, (long)getpid());
    int descriptor = open(name_of(file), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, rights);
    if (descriptor >= 0) {
        file->stream = fdopen(descriptor, "w");
        return true;
    }
    refuse(file, errno, error);
    buffer_free(&file->unfinished);
    return false;
}

bool whole_file_write(WholeFile *file, const void *bytes, size_t length, Error *error) {
    errno = 0;
    return fwrite(bytes, 1, length, file->stream) == length || fail(file, errno, error);
}

// That the file has the name is on the disk when its folder is. Some file systems cannot say so.
static bool sync_folder(const char *path) {
    char *copy = memory_copy_string(path);
    int folder = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool good = folder >= 0 && (fsync(folder) == 0 || errno == EINVAL);
    int number = errno;
    if (folder >= 0) close(folder);
    free(copy);
    errno = number;
    return good;
}

static bool take_name(const WholeFile *file) {
    return (file->unfinished.length == 0 || rename(file->unfinished.data, file->path) == 0) &&
           sync_folder(file->path);
}

bool whole_file_close(WholeFile *file, bool good, Error *error) {
    if (good && (fflush(file->stream) != 0 || fsync(fileno(file->stream)) != 0))
        good = fail(file, errno, error);
    if (fclose(file->stream) != 0 && good) good = fail(file, errno, error);
    if (good && !take_name(file)) good = fail(file, errno, error);
    if (!good) unlink(name_of(file));
    buffer_free(&file->unfinished);
    *file = (WholeFile){0};
    return good;
}
