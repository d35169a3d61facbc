// biaochi pack test --watch: testing a pack whenever it is saved.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/clock.h"
#include "core/base/language.h"
#include "core/cli/pack_folder.h"
#include "core/run/file_watch.h"

typedef struct Watching {
    Cli *cli;
    const char *folder;
    const ParentPlaces *places;
    FileWatch *watch;
    char parents[MOST_PARENTS][BUNDLE_MAX_ID + 1]; // packs it extends, as far as is known
    size_t parent_count;
} Watching;

// Keeps the ids of the packs that a bundle carries. False when none is new.
static bool learn_parents(Watching *watching, const Bundle *bundle) {
    size_t before = watching->parent_count;
    for (size_t i = 0; i < bundle->count && watching->parent_count < MOST_PARENTS; i++) {
        const char *path = bundle->files[i].path;
        const char *slash = path[0] == '@' ? strchr(path, '/') : NULL;
        char *id = watching->parents[watching->parent_count];
        if (!slash) continue;
        snprintf(id, BUNDLE_MAX_ID + 1, "%.*s", (int)(slash - path - 1), path + 1);
        bool known = false;
        for (size_t k = 0; k < watching->parent_count; k++)
            known = known || strcmp(watching->parents[k], id) == 0;
        watching->parent_count += !known;
    }
    return watching->parent_count > before;
}

static bool watch_folders(Watching *watching, Error *error) {
    file_watch_clear(watching->watch);
    bool good = file_watch_add(watching->watch, watching->folder, error);
    for (size_t i = 0; i < watching->parent_count && good; i++) {
        Buffer path = {0};
        buffer_printf(&path, "%s/%s", watching->places->beside, watching->parents[i]);
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
    learn_parents(watching, &pack.bundle);
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
    bool more = learn_parents(watching, &pack.bundle);
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
