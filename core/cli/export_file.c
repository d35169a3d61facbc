// Files that are whole or not there: see export_file.h.
#include "core/cli/export_file.h"

#include <errno.h>
#include <unistd.h>

#include "core/base/language.h"

static bool fail(const ExportFile *file, int number, Error *error) {
    if (number == EPIPE) return error_set(error, ERROR_CANCELLED, "the reader has left");
    error_set_errno(error, number, T("cannot write the file", "无法写入文件"));
    return file->path ? error_at(error, file->path, 0, 0) : false;
}

bool export_file_open(ExportFile *file, const char *path, Error *error) {
    *file = (ExportFile){.path = path, .stream = stdout};
    if (!path) return true;
    buffer_printf(&file->unfinished, "%s.unfinished", path);
    file->stream = fopen(file->unfinished.data, "wbe");
    if (file->stream) return true;
    fail(file, errno, error);
    buffer_free(&file->unfinished);
    return false;
}

bool export_file_write(const char *bytes, size_t length, void *context, Error *error) {
    ExportFile *file = context;
    errno = 0;
    return fwrite(bytes, 1, length, file->stream) == length || fail(file, errno, error);
}

bool export_file_close(ExportFile *file, bool good, Error *error) {
    bool written = fflush(file->stream) == 0;
    if (good && !written) good = fail(file, errno, error);
    if (file->path) {
        fclose(file->stream);
        if (good && rename(file->unfinished.data, file->path) != 0) good = fail(file, errno, error);
        if (!good) unlink(file->unfinished.data);
    }
    buffer_free(&file->unfinished);
    return good;
}
