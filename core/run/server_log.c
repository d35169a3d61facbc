// What a server says on standard error: see server_log.h.
#include "core/run/server_log.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/clock.h"
#include "core/base/memory.h"

// systemd names the stream that is its own, for standard error may have been led elsewhere since.
static bool is_journal(void) {
    const char *stream = getenv("JOURNAL_STREAM");
    unsigned long long device, inode;
    struct stat about;
    return stream && sscanf(stream, "%llu:%llu", &device, &inode) == 2 &&
           fstat(STDERR_FILENO, &about) == 0 && about.st_dev == device && about.st_ino == inode;
}

static void begin_line(Buffer *line) {
    char when[CLOCK_ZONED_SIZE];
    if (is_journal()) return;
    clock_format_zoned(clock_now_us(), when);
    buffer_printf(line, "%s ", when);
}

static void end_line(Buffer *line) {
    buffer_text(line, "\n");
    fwrite(line->data, 1, line->length, stderr);
    buffer_free(line);
}

void server_log(const char *format, ...) {
    char text[2048];
    Buffer line = {0};
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    begin_line(&line);
    buffer_text(&line, text);
    end_line(&line);
}

void server_log_error(const Error *error) {
    Buffer line = {0};
    begin_line(&line);
    if (error->file[0]) buffer_text(&line, error->file);
    if (error->file[0] && error->line > 0) buffer_printf(&line, ":%d", error->line);
    if (error->file[0]) buffer_text(&line, ": ");
    buffer_text(&line, error->message);
    if (error->hint[0]) buffer_printf(&line, "\n  %s", error->hint);
    end_line(&line);
}
