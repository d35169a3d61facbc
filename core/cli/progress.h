// A progress bar on stderr for work that a person waits for.
//
// It shows only on a terminal, is drawn at most ten times a second and erased at the end, so that
// logs and pipes never see it and the next message begins on a clean line. One thread at a time.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/memory.h"

typedef struct Progress {
    int descriptor;
    const char *label; // the caller's, in the person's language
    uint64_t total;
    int64_t drawn_at_ms;
    bool shown;
} Progress;

// `total` 0 means unknown: then the count alone is shown. The label must live until progress_end.
void progress_begin(Progress *progress, const char *label, uint64_t total);
// The same on another descriptor than stderr's.
void progress_begin_on(Progress *progress, int descriptor, const char *label, uint64_t total);
// Says the total, where it becomes known only later.
void progress_set_total(Progress *progress, uint64_t total);
// Says how much is done. Cheap enough to call for every row.
void progress_update(Progress *progress, uint64_t done);
// Erases the bar, also after a failure.
void progress_end(Progress *progress);

// From now on the first SIGINT (Ctrl-C) is noted instead of ending the program; the second does
// what it always does.
void progress_listen_for_interrupt(void);
// A JobHost's progress: `context` is the Progress that is drawn. False once an interrupt was noted.
bool progress_goes_on(size_t done, size_t total, void *context);

// Appends the bar as one line of at most `width` columns: "导入  [####----]  50%  500/1000".
void progress_render(const char *label, uint64_t done, uint64_t total, size_t width, Buffer *out);
