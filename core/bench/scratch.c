// A temporary folder: see scratch.h.
#include "core/bench/scratch.h"

#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/base/embedded.h"
#include "core/base/language.h"

static const char SCRIPTS_FOLDER[] = "scripts/bench/";

enum { OPEN_FOLDERS_AT_ONCE = 16 };

bool scratch_make(char path[SCRATCH_PATH_SIZE], Error *error) {
    const char *parent = getenv("TMPDIR");
    if (!parent || !*parent) parent = "/tmp";
    int length = snprintf(path, SCRATCH_PATH_SIZE, "%s/biaochi-bench-XXXXXX", parent);
    if (length >= SCRATCH_PATH_SIZE)
        return error_set(error, ERROR_INPUT, "%s", T("$TMPDIR is too long", "$TMPDIR 过长"));
    if (!mkdtemp(path))
        return error_set_errno(
            error, errno, T("cannot make a temporary folder in %s", "无法在 %s 中创建临时文件夹"),
            parent);
    // Another user, whom a database server runs as, must be able to pass through, not to look.
    (void)!chmod(path, 0711);
    return true;
}

static int remove_entry(const char *path, const struct stat *about, int kind, struct FTW *place) {
    (void)about, (void)kind, (void)place;
    (void)!remove(path);
    return 0;
}

void scratch_remove(const char *path) {
    nftw(path, remove_entry, OPEN_FOLDERS_AT_ONCE, FTW_DEPTH | FTW_PHYS);
}

static bool write_script(const EmbeddedFile *script, const char *path, Error *error) {
    FILE *file = fopen(path, "w");
    if (!file) return error_set_errno(error, errno, T("cannot write %s", "无法写入 %s"), path);
    bool good = fwrite(script->bytes, 1, script->length, file) == script->length;
    good = fclose(file) == 0 && good;
    return good || error_set_errno(error, errno, T("cannot write %s", "无法写入 %s"), path);
}

bool scratch_write_scripts(const char *path, Error *error) {
    size_t prefix = strlen(SCRIPTS_FOLDER);
    for (size_t i = 0; i < embedded_file_count; i++) {
        char name[SCRATCH_PATH_SIZE + 100];
        if (strncmp(embedded_files[i].path, SCRIPTS_FOLDER, prefix) != 0) continue;
        snprintf(name, sizeof name, "%s/%s", path, embedded_files[i].path + prefix);
        if (!write_script(&embedded_files[i], name, error)) return false;
    }
    return true;
}
