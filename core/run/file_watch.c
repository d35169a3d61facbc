// Folders watched with uv_fs_event: see file_watch.h.
#include "core/run/file_watch.h"

#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/base/language.h"
#include "core/base/map.h"
#include "core/base/memory.h"
#include "core/base/text.h"

typedef struct Folder {
    uv_fs_event_t event; // first, so that the handle's pointer is this struct's
    FileWatch *watch;
    char *path;
    int depth;     // of folders below it that are watched too
    char *awaited; // the one name below it that matters, or NULL for all
} Folder;

struct FileWatch {
    uv_loop_t *loop;
    Folder **folders; // each on its own: handles must not move
    size_t count, capacity;
    Map stale;         // folders that came or went since they were watched → their depth
    bool is_whole;     // all folders below what is watched are, but for those that are stale
    uint64_t until_ms; // when a change that has not settled is told all the same
    uv_timer_t settling;
    void (*told)(void *context); // NULL: file_watch_wait waits
    void *context;
    uv_signal_t signals[2]; // of one that waits
    bool changed;           // since the last clear; being settled while the timer runs
    bool over;
    int open_handles; // beside the folders'
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

// Something changed: told when nothing more does for a while, or has not stopped to for long.
static void settle(FileWatch *watch) {
    uint64_t now_ms = uv_now(watch->loop), wait_ms = FILE_WATCH_SETTLE_MS;
    if (!uv_is_active((uv_handle_t *)&watch->settling))
        watch->until_ms = now_ms + FILE_WATCH_LATEST_MS;
    if (now_ms + wait_ms > watch->until_ms)
        wait_ms = watch->until_ms > now_ms ? watch->until_ms - now_ms : 0;
    uv_timer_start(&watch->settling, settled, wait_ms, 0);
}

static const char *last_name(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

// A link to a folder may stand right below the one that is watched; further down it could lead
// back.
static bool is_folder(const char *path, int depth) {
    struct stat about;
    bool may_be_link = depth == FILE_WATCH_DEPTH - 1;
    return (may_be_link ? stat(path, &about) : lstat(path, &about)) == 0 && S_ISDIR(about.st_mode);
}

// Of what comes or goes in a folder only folders are noted. Of one that goes its own watch tells,
// by its own name.
static void note_stale(const Folder *folder, const char *name) {
    FileWatch *watch = folder->watch;
    if (folder->awaited || !name) {
        watch->is_whole = false;
        return;
    }
    Buffer below = {0};
    if (strcmp(name, last_name(folder->path)) == 0)
        map_put(&watch->stale, folder->path, folder->depth);
    buffer_printf(&below, "%s/%s", folder->path, name);
    if (folder->depth > 0 && is_folder(below.data, folder->depth - 1))
        map_put(&watch->stale, below.data, folder->depth - 1);
    buffer_free(&below);
}

static void folder_changed(uv_fs_event_t *event, const char *name, int events, int status) {
    (void)status; // a folder that went away is a change too
    const Folder *folder = (const Folder *)event;
    if (!matters(folder, name, events)) return;
    if (events & UV_RENAME) note_stale(folder, name);
    settle(folder->watch);
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
    watch->open_handles = 1;
    return watch;
}

FileWatch *file_watch_new(uv_loop_t *loop) {
    static const int numbers[] = {SIGINT, SIGTERM};
    FileWatch *watch = file_watch_new_told(loop, NULL, NULL);
    for (size_t i = 0; i < 2; i++) {
        uv_signal_init(loop, &watch->signals[i]);
        watch->signals[i].data = watch;
        uv_signal_start(&watch->signals[i], told_to_end, numbers[i]);
        watch->open_handles++;
    }
    return watch;
}

static void free_folder(uv_handle_t *handle) {
    Folder *folder = (Folder *)handle;
    free(folder->path);
    free(folder->awaited);
    free(folder);
}

void file_watch_clear(FileWatch *watch) {
    for (size_t i = 0; i < watch->count; i++)
        uv_close((uv_handle_t *)&watch->folders[i]->event, free_folder);
    watch->count = 0;
    map_free(&watch->stale);
    watch->is_whole = watch->changed = false;
    uv_timer_stop(&watch->settling);
}

// `depth` and `awaited` as in Folder. `*there` says whether it is.
static bool watch_one(FileWatch *watch, const char *path, int depth, const char *awaited,
                      bool *there, Error *error) {
    Folder *folder = memory_new(1, sizeof *folder);
    uv_fs_event_init(watch->loop, &folder->event);
    folder->watch = watch;
    folder->path = memory_copy_string(path);
    folder->depth = depth;
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
    if (!watch_one(watch, path, depth, NULL, there, error)) return false;
    bool below_there; // one that went away meanwhile is a change of this folder
    DIR *entries = depth > 0 ? opendir(path) : NULL;
    const struct dirent *entry;
    bool good = true;
    while (entries && good && (entry = readdir(entries))) {
        if (entry->d_name[0] == '.') continue;
        Buffer below = {0};
        buffer_printf(&below, "%s/%s", path, entry->d_name);
        if (is_folder(below.data, depth - 1))
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
        good = watch_one(watch, path, 0, name, &there, error);
        there = there || strcmp(path, ".") == 0;
        free(name);
    }
    free(path);
    return good;
}

bool file_watch_add(FileWatch *watch, const char *folder, Error *error) {
    bool there;
    if (!watch_below(watch, folder, FILE_WATCH_DEPTH, &there, error)) return false;
    watch->is_whole = there;
    if (there) return true;
    struct stat about;
    if (!watch_above(watch, folder, error)) return false;
    // It may have come before it was waited for.
    if (stat(folder, &about) == 0) settle(watch);
    return true;
}

// ---- renewing ----------------------------------------------------------------------------------

// Whether a folder above it is stale, or with `itself` it.
static bool is_in_stale(const Map *stale, const char *path, bool itself) {
    char *copy = memory_copy_string(path);
    bool found = itself && map_get(stale, copy) != MAP_MISSING;
    for (char *slash = strrchr(copy, '/'); slash && !found; slash = strrchr(copy, '/')) {
        *slash = '\0';
        found = map_get(stale, copy) != MAP_MISSING;
    }
    free(copy);
    return found;
}

static void forget_stale(FileWatch *watch, const Map *stale) {
    size_t kept = 0;
    for (size_t i = 0; i < watch->count; i++) {
        Folder *folder = watch->folders[i];
        if (is_in_stale(stale, folder->path, true))
            uv_close((uv_handle_t *)&folder->event, free_folder);
        else
            watch->folders[kept++] = folder;
    }
    watch->count = kept;
}

static bool watch_stale(FileWatch *watch, const Map *stale, Error *error) {
    bool good = true, there;
    for (size_t i = 0; i < stale->capacity && good; i++) {
        const char *path = map_key(stale, i);
        int depth = path ? (int)map_get(stale, path) : 0;
        if (path && !is_in_stale(stale, path, false) && is_folder(path, depth))
            good = watch_below(watch, path, depth, &there, error);
    }
    return good;
}

bool file_watch_renew(FileWatch *watch, const char *folder, Error *error) {
    if (!watch->is_whole || map_get(&watch->stale, folder) != MAP_MISSING) {
        file_watch_clear(watch);
        return file_watch_add(watch, folder, error);
    }
    Map stale = watch->stale;
    watch->stale = (Map){0};
    if (stale.count > 0) forget_stale(watch, &stale);
    watch->is_whole = watch_stale(watch, &stale, error);
    map_free(&stale);
    return watch->is_whole;
}

bool file_watch_wait(FileWatch *watch) {
    while (!watch->changed && !watch->over)
        uv_run(watch->loop, UV_RUN_ONCE);
    return !watch->over;
}

bool file_watch_is_over(const FileWatch *watch) {
    return watch->over;
}

static void handle_closed(uv_handle_t *handle) {
    FileWatch *watch = handle->data;
    if (--watch->open_handles == 0) free(watch);
}

void file_watch_free(FileWatch *watch) {
    uv_loop_t *loop = watch->loop;
    bool waits = !watch->told;
    file_watch_clear(watch);
    free(watch->folders);
    watch->folders = NULL;
    for (size_t i = 0; waits && i < 2; i++)
        uv_close((uv_handle_t *)&watch->signals[i], handle_closed);
    uv_close((uv_handle_t *)&watch->settling, handle_closed);
    if (waits) uv_run(loop, UV_RUN_DEFAULT);
}
