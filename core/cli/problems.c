// Errors as people and programs read them, and the exit codes that fit: see command.h.
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/language.h"
#include "core/cli/command.h"
#include "core/cli/terminal.h"
#include "core/registry/family.h"
#include "core/view/problems_json.h"

enum { MOST_PRINTED = 25 };

static int exit_code_of(ErrorCode code) {
    switch (code) {
        case ERROR_NONE: return EXIT_DONE;
        case ERROR_USAGE: return EXIT_USAGE;
        case ERROR_INPUT:
        case ERROR_PACK:
        case ERROR_LIMIT:
        case ERROR_CONFLICT:
        case ERROR_UNIDENTIFIED:
        case ERROR_MEDIA_TYPE:
        case ERROR_FORBIDDEN: return EXIT_FINDINGS;
        case ERROR_BUSY:
        case ERROR_STORE: return EXIT_STORE;
        case ERROR_WORKER: return EXIT_WORKER;
        case ERROR_NOT_FOUND: return EXIT_NOT_FOUND;
        case ERROR_CANCELLED:
        case ERROR_SYSTEM: return EXIT_SYSTEM;
    }
    return EXIT_SYSTEM;
}

int cli_exit_code(const ProblemList *problems) {
    int worst = EXIT_FINDINGS;
    for (size_t i = 0; i < problems->count; i++) {
        int code = exit_code_of(problems->items[i].code);
        if (code != EXIT_FINDINGS) worst = code;
    }
    return worst;
}

static bool lies_in(const char *folder, const char *file) {
    Buffer path = {0};
    buffer_printf(&path, "%s/%s", folder, file);
    bool found = access(path.data, F_OK) == 0;
    buffer_free(&path);
    return found;
}

// The folder that the file's path begins in: the pack's, the one beside which lie the packs that it
// extends, or none, where they are carried.
static void print_folder(const char *file, const char *folder) {
    if (!folder || !file[0] || file[0] == '/' || strcmp(folder, file) == 0) return;
    char *beside = family_folder_beside(folder);
    bool own = lies_in(folder, file) || !strchr(file, '/');
    bool near = !own && lies_in(beside, file) && strcmp(beside, ".") != 0;
    if (own || near) fprintf(stderr, "%s/", own ? folder : beside);
    free(beside);
}

// "plugins/x/pack.lua:12: message" and, on its own line, what to do.
static void print_problem(const Error *error, const char *folder) {
    print_folder(error->file, folder);
    terminal_print(stderr, error->file);
    if (error->file[0]) putc(':', stderr);
    if (error->line) fprintf(stderr, "%d:", error->line);
    if (error->column) fprintf(stderr, "%d:", error->column);
    if (error->file[0]) putc(' ', stderr);
    terminal_print(stderr, error->message);
    if (error->hint[0]) fputs("\n    → ", stderr);
    terminal_print(stderr, error->hint);
    putc('\n', stderr);
}

int cli_fail_all(const Cli *cli, const ProblemList *problems, const char *folder) {
    if (cli->format == OUTPUT_JSON) {
        Buffer out = {0};
        JsonWriter json = {.out = &out};
        view_failure_write(problems, &json);
        puts(out.data);
        buffer_free(&out);
        return cli_exit_code(problems);
    }
    size_t shown = problems->count < MOST_PRINTED ? problems->count : MOST_PRINTED;
    for (size_t i = 0; i < shown; i++)
        print_problem(&problems->items[i], folder);
    size_t more = problems->count - shown + problems->dropped;
    if (more)
        fprintf(stderr,
                T("… and %zu more; --format json lists up to 1000\n",
                  "……另有 %zu 处；--format json 最多列出 1000 处\n"),
                more);
    return cli_exit_code(problems);
}

int cli_fail(const Cli *cli, const Error *error) {
    ProblemList problems = {0};
    problems_add(&problems, error);
    int code = cli_fail_all(cli, &problems, NULL);
    problems_free(&problems);
    return code;
}

int cli_usage_error(const Cli *cli, const char *format, ...) {
    Error error = {0};
    char text[900];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    error_set(&error, ERROR_USAGE, "%s", text);
    if (cli->command)
        error_hint(&error, T("see biaochi %s --help", "参见 biaochi %s --help"),
                   cli->command->name);
    return cli_fail(cli, &error);
}
