// biaochi pack test --watch: testing a pack whenever it is saved.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/clock.h"
#include "core/base/language.h"
#include "core/cli/pack_folder.h"
#include "core/run/file_watch.h"

typedef struct Parents {
    char ids[MOST_PARENTS + 1][BUNDLE_MAX_ID + 1];
    size_t count;
} Parents;

typedef struct Watching {
    Cli *cli;
    const char *folder;
    const ParentPlaces *places;
    FileWatch *watch;
    Parents parents; // packs it extends, as far as is known
} Watching;

static bool is_among(const Parents *parents, const char *id) {
    for (size_t i = 0; i < parents->count; i++)
        if (strcmp(parents->ids[i], id) == 0) return true;
    return false;
}

static void add_parent(Parents *parents, const char *id, size_t length) {
    if (parents->count > MOST_PARENTS || length == 0 || length > BUNDLE_MAX_ID) return;
    char *into = parents->ids[parents->count];
    snprintf(into, BUNDLE_MAX_ID + 1, "%.*s", (int)length, id);
    parents->count += !is_among(parents, into);
}

// Keeps the ids of the packs that a pack carries, and of the one that it lacks. False when none is
// new. A pack that cannot be read says nothing of them.
static bool learn_parents(Watching *watching, const LoadedPack *pack) {
    Parents found = {0};
    for (size_t i = 0; i < pack->bundle.count; i++) {
        const char *path = pack->bundle.files[i].path;
        const char *slash = path[0] == '@' ? strchr(path, '/') : NULL;
        if (slash) add_parent(&found, path + 1, (size_t)(slash - path - 1));
    }
    add_parent(&found, pack->missing, strlen(pack->missing));
    bool more = false;
    for (size_t i = 0; i < found.count; i++)
        more = more || !is_among(&watching->parents, found.ids[i]);
    if (found.count > 0) watching->parents = found;
    return more;
}

static bool watch_folders(Watching *watching, Error *error) {
    file_watch_clear(watching->watch);
    bool good = file_watch_add(watching->watch, watching->folder, error);
    for (size_t i = 0; i < watching->parents.count && good; i++) {
        Buffer path = {0};
        buffer_printf(&path, "%s/%s", watching->places->beside, watching->parents.ids[i]);
        good = file_watch_add(watching->watch, path.data, error);
        buffer_free(&path);
    }
    return good;
}

// Which folders there are to watch is known once the pack was described.
static void find_parents(Watching *watching) {
    LoadedPack pack;
    ProblemList problems = {0};
    bool good = family_load_folder(&watching->cli->jobs, watching->folder, watching->places, false,
                                   &pack, &problems);
    (void)good; // the first test tells
    learn_parents(watching, &pack);
    problems_free(&problems);
    loaded_pack_free(&pack);
}

// Folders are watched before files are read, so that what is saved meanwhile is tested next. True
// when there are more folders to watch than were known.
static bool test_once(Watching *watching) {
    LoadedPack pack;
    ProblemList problems = {0};
    bool good = family_load_folder(&watching->cli->jobs, watching->folder, watching->places, true,
                                   &pack, &problems);
    (void)good;
    if (!file_watch_is_over(watching->watch)) {
        cli_report_test(watching->cli, watching->folder, &pack, &problems);
        char when[32];
        clock_format(clock_now_us(), when, sizeof when);
        fprintf(stderr,
                T("%s: waiting for changes in %s; Ctrl-C ends\n",
                  "%s：等待 %s 中的改动；按 Ctrl-C 结束\n"),
                when, watching->folder);
        fflush(stdout);
    }
    bool more = learn_parents(watching, &pack);
    problems_free(&problems);
    loaded_pack_free(&pack);
    return more;
}

int cli_watch_pack(Cli *cli, const char *folder, const ParentPlaces *places) {
    Watching watching = {.cli = cli, .folder = folder, .places = places};
    watching.watch = file_watch_new(cli->jobs.loop);
    find_parents(&watching);
    Error error = {0};
    bool good = true;
    while (good && !file_watch_is_over(watching.watch)) {
        good = watch_folders(&watching, &error);
        if (good && !test_once(&watching)) file_watch_wait(watching.watch);
    }
    file_watch_free(watching.watch);
    return good ? EXIT_DONE : cli_fail(cli, &error);
}
