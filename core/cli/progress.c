// Draws the bar: see progress.h.
#include "core/cli/progress.h"

#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "core/base/clock.h"
#include "core/base/utf8.h"
#include "core/cli/terminal.h"

enum { REDRAW_MS = 100, WIDEST_BAR = 40, NARROWEST_BAR = 4, FRAME_COLUMNS = 4 };

// The figures behind the bar, or alone: "  50%  500/1000".
static size_t format_figures(uint64_t done, uint64_t total, char *out, size_t size) {
    int length;
    if (total == 0) {
        length = snprintf(out, size, "%" PRIu64, done);
    } else {
        unsigned percent = (unsigned)(100.0 * (double)done / (double)total);
        length = snprintf(out, size, "%3u%%  %" PRIu64 "/%" PRIu64, percent, done, total);
    }
    return (size_t)length;
}

static void append_bar(uint64_t done, uint64_t total, size_t width, Buffer *out) {
    size_t filled = (size_t)((double)width * (double)done / (double)total);
    buffer_text(out, "[");
    for (size_t i = 0; i < width; i++)
        buffer_text(out, i < filled ? "#" : "-");
    buffer_text(out, "]  ");
}

void progress_render(const char *label, uint64_t done, uint64_t total, size_t width, Buffer *out) {
    char figures[64];
    if (total > 0 && done > total) done = total;
    size_t figures_width = format_figures(done, total, figures, sizeof figures);
    if (figures_width > width) return;

    // The label gives way to the figures, the bar to both.
    size_t room = width - figures_width;
    size_t label_bytes = room > 2 ? utf8_prefix(label, room - 2) : 0;
    if (label_bytes > 0) {
        size_t before = out->length;
        buffer_append(out, label, label_bytes);
        room -= utf8_width(out->data + before) + 2;
        buffer_text(out, "  ");
    }
    if (total > 0 && room >= NARROWEST_BAR + FRAME_COLUMNS) {
        size_t bar = room - FRAME_COLUMNS;
        append_bar(done, total, bar < WIDEST_BAR ? bar : WIDEST_BAR, out);
    }
    buffer_text(out, figures);
}

// A bar that cannot be drawn is no reason to fail, so the results of writing are not looked at.
static void write_out(int descriptor, const Buffer *line) {
    ssize_t written = write(descriptor, line->data, line->length);
    (void)written;
}

void progress_begin(Progress *progress, const char *label, uint64_t total) {
    progress_begin_on(progress, STDERR_FILENO, label, total);
}

void progress_begin_on(Progress *progress, int descriptor, const char *label, uint64_t total) {
    bool terminal = terminal_width(descriptor) > 0;
    *progress = (Progress){
        .descriptor = terminal ? descriptor : -1,
        .label = label,
        .total = total,
        .drawn_at_ms = clock_monotonic_ms(),
    };
}

void progress_set_total(Progress *progress, uint64_t total) {
    progress->total = total;
}

void progress_update(Progress *progress, uint64_t done) {
    if (progress->descriptor < 0) return;
    int64_t now_ms = clock_monotonic_ms();
    if (now_ms - progress->drawn_at_ms < REDRAW_MS) return;
    progress->drawn_at_ms = now_ms;
    progress->shown = true;

    // One place stays free: terminals wrap when the last one is filled.
    size_t width = terminal_width(progress->descriptor);
    Buffer line = {0};
    buffer_text(&line, "\r\033[K");
    progress_render(progress->label, done, progress->total, width > 0 ? width - 1 : 0, &line);
    write_out(progress->descriptor, &line);
    buffer_free(&line);
}

void progress_end(Progress *progress) {
    if (progress->shown) {
        Buffer erase = {0};
        buffer_text(&erase, "\r\033[K");
        write_out(progress->descriptor, &erase);
        buffer_free(&erase);
    }
    progress->shown = false;
    progress->descriptor = -1;
}

// ---- interrupts --------------------------------------------------------------------------------

static volatile sig_atomic_t interrupted;

static void note_interrupt(int signal_number) {
    (void)signal_number;
    interrupted = 1;
}

void progress_listen_for_interrupt(void) {
    struct sigaction action = {.sa_handler = note_interrupt, .sa_flags = (int)SA_RESETHAND};
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
}

bool progress_goes_on(size_t done, size_t total, void *context) {
    progress_set_total(context, total);
    progress_update(context, done);
    return !interrupted;
}
