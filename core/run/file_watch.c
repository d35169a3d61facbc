// Folders watched with uv_fs_event: see file_watch.h.
#include "core/run/file_watch.h"

#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/base/language.h"
#include "core/base/memory.h"
#include "core/base/text.h"

typedef struct Folder {
    uv_fs_event_t event; // first, so that the handle's pointer is this struct's
    FileWatch *watch;
    char *awaited; // the one name below it that matters, or NULL for all
} Folder;

struct FileWatch {
    uv_loop_t *loop;
    Folder **folders; // each on its own: handles must not move
    size_t count, capacity;
    uv_timer_t settling;
    void (*told)(void *context); // NULL: file_watch_wait waits
    void *context;
    uv_signal_t signals[2]; // of one that waits
    bool changed;           // since the last clear; being settled while the timer runs
    bool over;
};

static void settled(uv_timer_t *timer) {
    FileWatch *watch = timer->data;
    watch->changed = true;
    if (watch->told)
        watch->told(watch->context);
    else
        uv_stop(watch->loop);
}

// What comes, goes or takes another's place may be a folder; what is written to must be Lua, or the
// program's own output, kept beside the pack, would be a change. Swap and backup files of editors
// come and go without anything being saved.
static bool matters(const Folder *folder, const char *name, int events) {
    if (!name) return true;
    if (folder->awaited) return strcmp(name, folder->awaited) == 0;
    if (name[0] == '.' || text_ends_with(name, "~")) return false;
    return (events & UV_RENAME) || text_ends_with(name, ".lua");
}

static void folder_changed(uv_fs_event_t *event, const char *name, int events, int status) {
    (void)status; // a folder that went away is a change too
    const Folder *folder = (const Folder *)event;
    if (matters(folder, name, events))
        uv_timer_start(&folder->watch->settling, settled, FILE_WATCH_SETTLE_MS, 0);
}

static void told_to_end(uv_signal_t *handle, int number) {
    (void)number;
    FileWatch *watch = handle->data;
    watch->over = true;
    uv_stop(watch->loop);
}

FileWatch *file_watch_new_told(uv_loop_t *loop, void (*changed)(void *context), void *context) {
    FileWatch *watch = memory_new(1, sizeof *watch);
    watch->loop = loop;
    watch->told = changed;
    watch->context = context;
    uv_timer_init(loop, &watch->settling);
    watch->settling.data = watch;
    return watch;
}

FileWatch *file_watch_new(uv_loop_t *loop) {
    static const int numbers[] = {SIGINT, SIGTERM};
    FileWatch *watch = file_watch_new_told(loop, NULL, NULL);
    for (size_t i = 0; i < 2; i++) {
        uv_signal_init(loop, &watch->signals[i]);
        watch->signals[i].data = watch;
        uv_signal_start(&watch->signals[i], told_to_end, numbers[i]);
    }
    return watch;
}

static void free_folder(uv_handle_t *handle) {
    Folder *folder = (Folder *)handle;
    free(folder->awaited);
    free(folder);
}

void file_watch_clear(FileWatch *watch) {
    for (size_t i = 0; i < watch->count; i++)
        uv_close((uv_handle_t *)&watch->folders[i]->event, free_folder);
    watch->count = 0;
    watch->changed = false;
    uv_timer_stop(&watch->settling);
}

// `awaited` as in Folder. `*there` says whether it is.
static bool watch_one(FileWatch *watch, const char *path, const char *awaited, bool *there,
                      Error *error) {
    Folder *folder = memory_new(1, sizeof *folder);
    uv_fs_event_init(watch->loop, &folder->event);
    folder->watch = watch;
    folder->awaited = memory_copy_string(awaited);
    ARRAY_RESERVE(watch->folders, watch->count, watch->capacity);
    watch->folders[watch->count++] = folder;
    int failed = watch->count > FILE_WATCH_MOST_FOLDERS
                     ? UV_ENOSPC
                     : uv_fs_event_start(&folder->event, folder_changed, path, 0);
    *there = failed == 0;
    if (failed == 0 || failed == UV_ENOENT || failed == UV_ENOTDIR) return true;
    return error_set(error, ERROR_SYSTEM, T("cannot watch %s: %s", "无法监视 %s：%s"), path,
                     uv_strerror(failed));
}

static bool watch_below(FileWatch *watch, const char *path, int depth, bool *there, Error *error) {
    if (!watch_one(watch, path, NULL, there, error)) return false;
    bool below_there; // one that went away meanwhile is a change of this folder
    DIR *entries = depth > 0 ? opendir(path) : NULL;
    const struct dirent *entry;
    bool good = true;
    while (entries && good && (entry = readdir(entries))) {
        if (entry->d_name[0] == '.') continue;
        Buffer below = {0};
        struct stat about;
        buffer_printf(&below, "%s/%s", path, entry->d_name);
        // A link to a folder may stand in the one that is watched; further down it could lead back.
        bool is_top = depth == FILE_WATCH_DEPTH;
        if ((is_top ? stat(below.data, &about) : lstat(below.data, &about)) == 0 &&
            S_ISDIR(about.st_mode))
            good = watch_below(watch, below.data, depth - 1, &below_there, error);
        buffer_free(&below);
    }
    if (entries) closedir(entries);
    return good;
}

// Waits for a folder that is not there in the nearest one above it that is.
static bool watch_above(FileWatch *watch, const char *folder, Error *error) {
    char *path = memory_copy_string(folder);
    bool good = true, there = false;
    while (good && !there) {
        size_t length = strlen(path);
        while (length > 1 && path[length - 1] == '/')
            path[--length] = '\0';
        char *slash = strrchr(path, '/');
        const char *awaited = slash ? slash + 1 : path;
        if (!*awaited) break; // not even the root
        char *name = memory_copy_string(awaited);
        if (slash)
            slash[slash == path] = '\0';
        else
            snprintf(path, length + 1, ".");
        good = watch_one(watch, path, name, &there, error);
        there = there || strcmp(path, ".") == 0;
        free(name);
    }
    free(path);
    return good;
}

bool file_watch_add(FileWatch *watch, const char *folder, Error *error) {
    bool there;
    if (!watch_below(watch, folder, FILE_WATCH_DEPTH, &there, error)) return false;
    if (there) return true;
    struct stat about;
    if (!watch_above(watch, folder, error)) return false;
    // It may have come before it was waited for.
    if (stat(folder, &about) == 0)
        uv_timer_start(&watch->settling, settled, FILE_WATCH_SETTLE_MS, 0);
    return true;
}

bool file_watch_wait(FileWatch *watch) {
    while (!watch->changed && !watch->over)
        uv_run(watch->loop, UV_RUN_ONCE);
    return !watch->over;
}

bool file_watch_is_over(const FileWatch *watch) {
    return watch->over;
}

static void free_watch(uv_handle_t *settling) {
    free(settling->data);
}

void file_watch_free(FileWatch *watch) {
    uv_loop_t *loop = watch->loop;
    bool waits = !watch->told;
    file_watch_clear(watch);
    free(watch->folders);
    watch->folders = NULL;
    for (size_t i = 0; waits && i < 2; i++)
        uv_close((uv_handle_t *)&watch->signals[i], NULL);
    uv_close((uv_handle_t *)&watch->settling, free_watch);
    if (waits) uv_run(loop, UV_RUN_DEFAULT);
}
