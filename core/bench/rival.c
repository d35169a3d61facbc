// Engines in child processes: see rival.h.
#include "core/bench/rival.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/clock.h"
#include "core/base/language.h"
#include "core/base/memory.h"
#include "core/bench/nation_files.h"
#include "core/bench/scratch.h"

enum { TIMEOUT_MS = 600000, END_MS = 5000, LINE_SIZE = 256 };

static const char TABLES_MARK[] = "wide.csv";

static char *path_of(const BenchSetting *setting, const char *name, const char *ending) {
    Buffer path = {0};
    buffer_printf(&path, "%s/%s%s", setting->folder, name, ending);
    return path.data;
}

static bool write_tables(const BenchSetting *setting, Error *error) {
    char *mark = path_of(setting, TABLES_MARK, "");
    bool written = access(mark, F_OK) == 0;
    free(mark);
    return written || (scratch_write_scripts(setting->folder, error) &&
                       nation_write_tables(setting->nation, setting->folder, error));
}

bool rival_init(Rival *rival, const BenchSetting *setting, const char *name, Error *error) {
    *rival = (Rival){.setting = setting,
                     .results = path_of(setting, name, "_results"),
                     .log = path_of(setting, name, ".log"),
                     .round = "round\n",
                     .collect = "collect\n"};
    if (!write_tables(setting, error)) return false;
    return mkdir(rival->results, 0755) == 0 || errno == EEXIST ||
           error_set_errno(error, errno, T("cannot make the folder %s", "无法创建文件夹 %s"),
                           rival->results);
}

static bool expect(Rival *rival, const char *wanted, Error *error) {
    char line[LINE_SIZE];
    if (!script_hear(rival->script, TIMEOUT_MS, line, sizeof line, error)) return false;
    if (strcmp(line, wanted) == 0) return true;
    static const char missing[] = "missing ";
    if (strncmp(line, missing, sizeof missing - 1) == 0)
        return error_set(error, ERROR_NOT_FOUND, T("%s is missing", "缺少 %s"),
                         line + sizeof missing - 1);
    return error_set(error, ERROR_SYSTEM, T("it said \"%s\", not \"%s\"", "回答了“%s”，而不是“%s”"),
                     line, wanted);
}

bool rival_start(Rival *rival, const char *const *arguments, const char *greeting, Error *error) {
    ScriptOptions options = {
        .arguments = arguments, .log = rival->log, .interruption = rival->setting->interruption};
    return script_start(&options, &rival->script, error) &&
           (!greeting || script_say(rival->script, greeting, error)) &&
           expect(rival, "ready", error);
}

bool rival_round(Rival *rival, double *ms, Error *error) {
    int64_t began = clock_monotonic_ns();
    if (!script_say(rival->script, rival->round, error) || !expect(rival, "done", error))
        return false;
    *ms = (double)(clock_monotonic_ns() - began) / 1e6;
    return true;
}

bool rival_collect(Rival *rival, Results *results, Error *error) {
    return script_say(rival->script, rival->collect, error) && expect(rival, "done", error) &&
           results_read(results, rival->results, error);
}

void rival_free(Rival *rival) {
    script_end(rival->script, END_MS);
    free(rival->results);
    free(rival->log);
    *rival = (Rival){0};
}

// ---- scripts -----------------------------------------------------------------------------------

bool rival_prepare_script(const BenchSetting *setting, const RivalScript *about, void **state,
                          Error *error) {
    Rival *rival = memory_new(1, sizeof *rival);
    char *path = path_of(setting, about->script, "");
    char workers[16];
    snprintf(workers, sizeof workers, "%d", setting->workers);
    const char *const arguments[] = {about->interpreter, path,    about->mode,
                                     setting->folder,    workers, NULL};
    bool good = rival_init(rival, setting, about->name, error) &&
                rival_start(rival, arguments, NULL, error);
    free(path);
    if (good)
        *state = rival;
    else
        rival_script_finish(rival);
    return good;
}

bool rival_script_round(void *state, double *ms, Error *error) {
    return rival_round(state, ms, error);
}

bool rival_script_collect(void *state, Results *results, Error *error) {
    return rival_collect(state, results, error);
}

double rival_script_peak_mb(void *state) {
    const Rival *rival = state;
    return script_peak_mb(rival->script);
}

void rival_script_finish(void *state) {
    rival_free(state);
    free(state);
}
