// Standard output, or a file that is whole or not there: see export_file.h.
#include "core/cli/export_file.h"

#include <errno.h>

#include "core/base/language.h"

// As every program makes files: the user's mask says who may not.
enum { FILE_RIGHTS = 0666 };

bool export_file_open(ExportFile *file, const char *path, Error *error) {
    *file = (ExportFile){.is_file = path != NULL};
    return !path || whole_file_open(&file->file, path, WHOLE_FILE_REPLACING, FILE_RIGHTS, error);
}

static bool fail(int number, Error *error) {
    if (number == EPIPE) return error_set(error, ERROR_CANCELLED, "the reader has left");
    return error_set_errno(error, number, T("cannot write the output", "无法写出结果"));
}

bool export_file_write(const char *bytes, size_t length, void *context, Error *error) {
    ExportFile *file = context;
    if (file->is_file) return whole_file_write(&file->file, bytes, length, error);
    errno = 0;
    return fwrite(bytes, 1, length, stdout) == length || fail(errno, error);
}

bool export_file_close(ExportFile *file, bool good, Error *error) {
    if (file->is_file) return whole_file_close(&file->file, good, error);
    return (fflush(stdout) == 0 || !good || fail(errno, error)) && good;
}
