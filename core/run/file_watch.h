// Waiting until files below some folders change, on the loop.
//
// The kernel tells of one folder at a time, so the folders below are looked up when the watch
// begins, and those that came later when it is renewed. What an editor does to save (a new file,
// then a rename) is one change: it is told once nothing more has happened for a while. Begin again,
// or renew, before the files are read, and nothing that changes afterwards is missed. For the
// loop's thread.
#pragma once

#include <stdbool.h>
#include <uv.h>

#include "core/base/error.h"

typedef struct FileWatch FileWatch;

enum {
    FILE_WATCH_SETTLE_MS = 120,
    FILE_WATCH_LATEST_MS = 2000, // a change is told by then, whatever else still happens
    FILE_WATCH_DEPTH = 6,
    FILE_WATCH_MOST_FOLDERS = 5000,
};

// For file_watch_wait: also waits for SIGINT and SIGTERM, which then end the waiting instead of the
// program.
FileWatch *file_watch_new(uv_loop_t *loop);
// For a loop that others run: each time something changed and has settled, `changed` is called.
FileWatch *file_watch_new_told(uv_loop_t *loop, void (*changed)(void *context), void *context);
// Forgets the folders of before.
void file_watch_clear(FileWatch *watch);
// Watches a folder and those below it, without hidden ones; those right below it may be links. One
// that is not there is waited for. ERROR_SYSTEM when the kernel watches no more folders.
MUST_CHECK bool file_watch_add(FileWatch *watch, const char *folder, Error *error);
// As file_watch_clear and file_watch_add, for a watch of that folder alone: looks only where
// folders came or went since.
MUST_CHECK bool file_watch_renew(FileWatch *watch, const char *folder, Error *error);
// Runs the loop until something changed since file_watch_clear, and it has settled. False when the
// program was told to end; then it says so from the start.
bool file_watch_wait(FileWatch *watch);
// Whether the program was told to end.
bool file_watch_is_over(const FileWatch *watch);
// Closes everything; one that waits also runs the loop until it is closed.
void file_watch_free(FileWatch *watch);
