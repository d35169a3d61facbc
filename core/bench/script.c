// Child processes spoken to by lines: see script.h.
#include "core/bench/script.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/clock.h"
#include "core/base/language.h"
#include "core/base/memory.h"
#include "core/bench/interruption.h"
#include "core/bench/memory_use.h"

enum { NO_SUCH_PROGRAM = 127, END_POLL_MS = 5, LOOK_MS = 2, MOST_WORDS = 512 };

struct Script {
    pid_t process;
    int input, output; // its standard input and output, seen from here
    int interruption;
    char *log;
    Buffer heard; // read and not yet handed out
};

// ---- starting ----------------------------------------------------------------------------------

// In the child: becomes the user, with that user's groups alone.
static bool become(const struct passwd *user) {
    return setgroups(0, NULL) == 0 && setgid(user->pw_gid) == 0 && setuid(user->pw_uid) == 0 &&
           chdir("/") == 0;
}

// In the child: never returns.
static void become_program(const ScriptOptions *options, const struct passwd *user, int input,
                           int output, int log) {
    setpgid(0, 0);
    interruption_forget();
    signal(SIGPIPE, SIG_DFL);
    bool good = dup2(input, STDIN_FILENO) >= 0 && dup2(output, STDOUT_FILENO) >= 0 &&
                dup2(log, STDERR_FILENO) >= 0 && (!user || become(user)) &&
                prctl(PR_SET_PDEATHSIG, SIGKILL) == 0;
    if (good) execvp(options->arguments[0], (char *const *)options->arguments);
    _exit(NO_SUCH_PROGRAM);
}

static bool find_user(const char *name, const struct passwd **user, Error *error) {
    *user = name ? getpwnam(name) : NULL;
    return !name || *user ||
           error_set(error, ERROR_NOT_FOUND, T("there is no user %s", "没有用户 %s"), name);
}

static bool is_in_path(const char *program) {
    if (strchr(program, '/')) return access(program, X_OK) == 0;
    const char *path = getenv("PATH");
    for (const char *at = path; at && *at;) {
        size_t length = strcspn(at, ":");
        char file[1024];
        snprintf(file, sizeof file, "%.*s/%s", (int)length, at, program);
        if (access(file, X_OK) == 0) return true;
        at += length + (at[length] == ':');
    }
    return false;
}

bool script_start(const ScriptOptions *options, Script **out, Error *error) {
    const char *program = options->arguments[0];
    const struct passwd *user;
    if (!is_in_path(program)) {
        error_set(error, ERROR_NOT_FOUND, T("the program %s is missing", "缺少程序 %s"), program);
        return false;
    }
    if (!find_user(options->user, &user, error)) return false;
    int input[2] = {-1, -1}, output[2] = {-1, -1};
    int log = open(options->log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    pid_t process = -1;
    if (log >= 0 && pipe2(input, O_CLOEXEC) == 0 && pipe2(output, O_CLOEXEC) == 0) process = fork();
    if (process == 0) become_program(options, user, input[0], output[1], log);
    int number = errno;
    // Here too: whichever comes first, the group is there before anybody wants to end it.
    if (process > 0) setpgid(process, process);
    if (log >= 0) close(log);
    if (input[0] >= 0) close(input[0]);
    if (output[1] >= 0) close(output[1]);
    if (process < 0) {
        if (input[1] >= 0) close(input[1]);
        if (output[0] >= 0) close(output[0]);
        error_set_errno(error, number, T("cannot start %s", "无法启动 %s"), program);
        return false;
    }
    Script *script = memory_new(1, sizeof *script);
    *script = (Script){.process = process,
                       .input = input[1],
                       .output = output[0],
                       .interruption = options->interruption,
                       .log = memory_copy_string(options->log)};
    *out = script;
    return true;
}

// ---- talking -----------------------------------------------------------------------------------

// The last line of the log that is not blank.
static void read_last_words(const char *log, char words[MOST_WORDS]) {
    FILE *file = fopen(log, "r");
    char line[MOST_WORDS];
    snprintf(words, MOST_WORDS, "%s", T("it gave no reason", "未说明原因"));
    while (file && fgets(line, sizeof line, file)) {
        line[strcspn(line, "\r\n")] = '\0';
        if (line[strspn(line, " \t")]) snprintf(words, MOST_WORDS, "%s", line);
    }
    if (file) fclose(file);
}

static bool fail_ended(const Script *script, Error *error) {
    char words[MOST_WORDS];
    read_last_words(script->log, words);
    return error_set(error, ERROR_SYSTEM, T("it ended early: %s", "提前结束：%s"), words);
}

bool script_say(Script *script, const char *text, Error *error) {
    size_t length = strlen(text);
    // A child that has ended must not end this program too.
    void (*before)(int) = signal(SIGPIPE, SIG_IGN);
    while (length > 0) {
        ssize_t written = write(script->input, text, length);
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) break;
        text += written;
        length -= (size_t)written;
    }
    signal(SIGPIPE, before);
    return length == 0 || fail_ended(script, error);
}

static bool take_line(Script *script, char *line, size_t size) {
    char *end =
        script->heard.length ? memchr(script->heard.data, '\n', script->heard.length) : NULL;
    if (!end) return false;
    size_t taken = (size_t)(end - script->heard.data) + 1;
    snprintf(line, size, "%.*s", (int)(taken - 1), script->heard.data);
    line[strcspn(line, "\r")] = '\0';
    memmove(script->heard.data, script->heard.data + taken, script->heard.length - taken);
    script->heard.length -= taken;
    return true;
}

bool script_hear(Script *script, int timeout_ms, char *line, size_t size, Error *error) {
    int64_t deadline = clock_monotonic_ms() + timeout_ms;
    while (!take_line(script, line, size)) {
        struct pollfd watched[] = {{.fd = script->output, .events = POLLIN},
                                   {.fd = script->interruption, .events = POLLIN}};
        int64_t left = deadline - clock_monotonic_ms();
        int ready = poll(watched, 2, left > 0 ? (int)left : 0);
        if (ready < 0 && errno == EINTR) continue;
        if (ready == 0)
            return error_set(error, ERROR_LIMIT, T("gave no answer within %d s", "%d 秒内没有回答"),
                             timeout_ms / 1000);
        if (watched[1].revents) return interruption_set_error(error);
        char bytes[4096];
        ssize_t length = read(script->output, bytes, sizeof bytes);
        if (length < 0 && errno == EINTR) continue;
        if (length <= 0) return fail_ended(script, error);
        buffer_append(&script->heard, bytes, (size_t)length);
    }
    return true;
}

double script_peak_mb(const Script *script) {
    return memory_use_of(script->process).peak_mb;
}

void script_signal(const Script *script, int number) {
    kill(script->process, number);
}

// ---- ending ------------------------------------------------------------------------------------

// Waits until the process is gone, at most so long; `status` as waitpid gives it.
static bool wait_for_end(pid_t process, int timeout_ms, int *status) {
    int64_t deadline = clock_monotonic_ms() + timeout_ms;
    while (waitpid(process, status, WNOHANG) == 0) {
        if (clock_monotonic_ms() >= deadline) return false;
        poll(NULL, 0, END_POLL_MS);
    }
    return true;
}

bool script_end(Script *script, int timeout_ms) {
    if (!script) return true;
    int status = 0;
    close(script->input);
    bool ended = wait_for_end(script->process, timeout_ms, &status);
    // What it may have started itself is in its group.
    kill(-script->process, SIGKILL);
    if (!ended) waitpid(script->process, &status, 0);
    close(script->output);
    buffer_free(&script->heard);
    free(script->log);
    free(script);
    return ended && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

// The most of the process and the most of its children, whenever each was.
static void look(const Script *script, MemoryUse *most) {
    MemoryUse use = memory_use_of(script->process);
    if (use.peak_mb > most->peak_mb) most->peak_mb = use.peak_mb;
    if (use.children_mb > most->children_mb) most->children_mb = use.children_mb;
}

// Its output ends when it does: `end` says why there was nothing more to hear.
static void hear_all(Script *script, const ScriptOptions *options, int timeout_ms, Error *end) {
    int64_t deadline = clock_monotonic_ms() + timeout_ms;
    MemoryUse most = {0};
    for (;;) {
        char line[256];
        int64_t left = deadline - clock_monotonic_ms();
        int patience = options->peak_mb && left > LOOK_MS ? LOOK_MS : (int)left;
        bool heard = script_hear(script, patience, line, sizeof line, end);
        if (heard && options->output) buffer_printf(options->output, "%s\n", line);
        if (!heard && (end->code != ERROR_LIMIT || left <= LOOK_MS)) break;
        if (options->peak_mb) look(script, &most);
    }
    if (options->peak_mb) *options->peak_mb = most.peak_mb + most.children_mb;
}

bool script_run(const ScriptOptions *options, int timeout_ms, Error *error) {
    Script *script = NULL;
    char words[MOST_WORDS];
    Error end = {0};
    if (!script_start(options, &script, error)) return false;
    hear_all(script, options, timeout_ms, &end);
    bool overdue = end.code == ERROR_LIMIT || end.code == ERROR_CANCELLED;
    if (script_end(script, overdue ? 0 : timeout_ms)) return true;
    if (overdue) {
        *error = end;
        return false;
    }
    read_last_words(options->log, words);
    return error_set(error, ERROR_SYSTEM, T("%s failed: %s", "%s 失败：%s"), options->arguments[0],
                     words);
}
