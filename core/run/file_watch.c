// Folders watched with uv_fs_event: see file_watch.h.
#include "core/run/file_watch.h"

#include <dirent.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/base/language.h"
#include "core/base/memory.h"

struct FileWatch {
    uv_loop_t *loop;
    uv_fs_event_t **folders; // each on its own: handles must not move
    size_t count, capacity;
    uv_timer_t settling;
    uv_signal_t signals[2];
    bool changed; // since the last clear; being settled while the timer runs
    bool over;
};

static void settled(uv_timer_t *timer) {
    FileWatch *watch = timer->data;
    watch->changed = true;
    uv_stop(watch->loop);
}

static void folder_changed(uv_fs_event_t *folder, const char *name, int events, int status) {
    (void)events, (void)status; // a folder that went away is a change too
    FileWatch *watch = folder->data;
    // Swap and backup files of editors come and go without anything being saved.
    bool noise = name && (name[0] == '.' || name[strlen(name) - 1] == '~');
    if (!noise) uv_timer_start(&watch->settling, settled, FILE_WATCH_SETTLE_MS, 0);
}

static void told_to_end(uv_signal_t *handle, int number) {
    (void)number;
    FileWatch *watch = handle->data;
    watch->over = true;
    uv_stop(watch->loop);
}

FileWatch *file_watch_new(uv_loop_t *loop) {
    static const int numbers[] = {SIGINT, SIGTERM};
    FileWatch *watch = memory_new(1, sizeof *watch);
    watch->loop = loop;
    uv_timer_init(loop, &watch->settling);
    watch->settling.data = watch;
    for (size_t i = 0; i < 2; i++) {
        uv_signal_init(loop, &watch->signals[i]);
        watch->signals[i].data = watch;
        uv_signal_start(&watch->signals[i], told_to_end, numbers[i]);
    }
    return watch;
}

static void free_folder(uv_handle_t *handle) {
    free(handle);
}

void file_watch_clear(FileWatch *watch) {
    for (size_t i = 0; i < watch->count; i++)
        uv_close((uv_handle_t *)watch->folders[i], free_folder);
    watch->count = 0;
    watch->changed = false;
    uv_timer_stop(&watch->settling);
}

static bool watch_one(FileWatch *watch, const char *path, Error *error) {
    uv_fs_event_t *folder = memory_new(1, sizeof *folder);
    uv_fs_event_init(watch->loop, folder);
    folder->data = watch;
    ARRAY_RESERVE(watch->folders, watch->count, watch->capacity);
    watch->folders[watch->count++] = folder;
    int failed = watch->count > FILE_WATCH_MOST_FOLDERS
                     ? UV_ENOSPC
                     : uv_fs_event_start(folder, folder_changed, path, 0);
    if (failed == 0 || failed == UV_ENOENT || failed == UV_ENOTDIR) return true;
    return error_set(error, ERROR_SYSTEM, T("cannot watch %s: %s", "无法监视 %s：%s"), path,
                     uv_strerror(failed));
}

static bool watch_below(FileWatch *watch, const char *path, int depth, Error *error) {
    if (!watch_one(watch, path, error)) return false;
    DIR *entries = depth > 0 ? opendir(path) : NULL;
    const struct dirent *entry;
    bool good = true;
    while (entries && good && (entry = readdir(entries))) {
        if (entry->d_name[0] == '.') continue;
        Buffer below = {0};
        struct stat about;
        buffer_printf(&below, "%s/%s", path, entry->d_name);
        if (lstat(below.data, &about) == 0 && S_ISDIR(about.st_mode))
            good = watch_below(watch, below.data, depth - 1, error);
        buffer_free(&below);
    }
    if (entries) closedir(entries);
    return good;
}

bool file_watch_add(FileWatch *watch, const char *folder, Error *error) {
    return watch_below(watch, folder, FILE_WATCH_DEPTH, error);
}

bool file_watch_wait(FileWatch *watch) {
    while (!watch->changed && !watch->over)
        uv_run(watch->loop, UV_RUN_ONCE);
    return !watch->over;
}

bool file_watch_is_over(const FileWatch *watch) {
    return watch->over;
}

void file_watch_free(FileWatch *watch) {
    file_watch_clear(watch);
    uv_close((uv_handle_t *)&watch->settling, NULL);
    for (size_t i = 0; i < 2; i++)
        uv_close((uv_handle_t *)&watch->signals[i], NULL);
    uv_run(watch->loop, UV_RUN_DEFAULT);
    free(watch->folders);
    free(watch);
}
