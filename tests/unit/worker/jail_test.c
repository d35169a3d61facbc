// What the jail leaves: each forbidden call is tried in a child process of its own, which it kills.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "core/eval/protocol.h"
#include "core/worker/jail.h"

enum { CODE_ALIVE = 42, CODE_NO_JAIL = 43, CODE_WRONG = 44 };

typedef void (*Attempt)(void);

// Runs the attempt in a jailed child; gives the status of wait. The child leaves with CODE_ALIVE
// when the attempt lets it live.
static int jailed(Attempt attempt) {
    int pair[2];
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
    fflush(NULL);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        Error error = {0};
        if (dup2(pair[1], WORKER_SOCKET) < 0) _exit(CODE_NO_JAIL);
        if (!jail_prepare(&error) || !jail_close(&error)) _exit(CODE_NO_JAIL);
        attempt();
        _exit(CODE_ALIVE);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    close(pair[0]);
    close(pair[1]);
    return status;
}

static void assert_alive(const char *what, Attempt attempt) {
    int status = jailed(attempt);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != CODE_ALIVE)
        fail_msg("%s: not allowed, status %#x", what, (unsigned)status);
}

// A sanitizer's build refuses forbidden calls instead, so that reports can still be written.
static void assert_refused(const char *what, Attempt attempt) {
    int status = jailed(attempt);
    bool refused = WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS;
#ifdef BIAOCHI_SANITIZED
    refused = refused || (WIFEXITED(status) && WEXITSTATUS(status) == CODE_ALIVE);
#endif
    if (!refused) fail_msg("%s: not refused, status %#x", what, (unsigned)status);
}

// ---- forbidden ---------------------------------------------------------------------------------

// In a sanitizer's build the call must fail; elsewhere it does not come back.
static void must_fail(long result) {
    if (result >= 0) _exit(CODE_WRONG);
}

static void try_open(void) {
    must_fail(syscall(SYS_openat, AT_FDCWD, "/etc/passwd", O_RDONLY));
}
static void try_create(void) {
    must_fail(syscall(SYS_openat, AT_FDCWD, "left_behind", O_WRONLY | O_CREAT, 0600));
}
static void try_socket(void) {
    must_fail(socket(AF_INET, SOCK_STREAM, 0));
}
static void try_connect(void) {
    must_fail(syscall(SYS_connect, WORKER_SOCKET, NULL, 0));
}
static void try_send_descriptor(void) {
    struct msghdr message = {0};
    must_fail(sendmsg(WORKER_SOCKET, &message, 0));
}
static void try_fork(void) {
    must_fail(syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0));
}
static void try_execute(void) {
    char *const words[] = {"true", NULL};
    must_fail(execve("/bin/true", words, NULL));
}
static void try_map_code(void) {
    must_fail((long)mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
}
static void try_kill(void) {
    must_fail(syscall(SYS_kill, getppid(), 0));
}
static void try_trace(void) {
    must_fail(ptrace(PTRACE_TRACEME, 0, NULL, NULL));
}
static void try_read_other(void) {
    char byte;
    must_fail(syscall(SYS_read, STDIN_FILENO, &byte, 1));
}
static void try_control_process(void) {
    must_fail(prctl(PR_SET_DUMPABLE, 1, 0, 0, 0));
}
static void try_raise_limit(void) {
    struct rlimit most = {1, 1};
    must_fail(syscall(SYS_setrlimit, RLIMIT_CPU, &most));
}
static void try_signal_other(void) {
    must_fail(syscall(SYS_tgkill, 1, 1, SIGKILL));
}
static void try_32_bit_number(void) {
    must_fail(syscall(0x40000000 | SYS_getppid)); // x32's open door on x86-64
}

static void forbidden_calls_end_the_process(void **state) {
    (void)state;
    static const struct {
        const char *name;
        Attempt attempt;
    } attempts[] = {{"open", try_open},
                    {"create", try_create},
                    {"socket", try_socket},
                    {"connect", try_connect},
                    {"sendmsg", try_send_descriptor},
                    {"fork", try_fork},
                    {"execve", try_execute},
                    {"mmap PROT_EXEC", try_map_code},
                    {"kill", try_kill},
                    {"ptrace", try_trace},
                    {"read of another descriptor", try_read_other},
                    {"prctl", try_control_process},
                    {"setrlimit", try_raise_limit},
                    {"tgkill", try_signal_other},
                    {"x32", try_32_bit_number}};
    for (size_t i = 0; i < sizeof attempts / sizeof attempts[0]; i++)
        assert_refused(attempts[i].name, attempts[i].attempt);
}

#ifndef BIAOCHI_SANITIZED
static void try_make_code_runnable(void) {
    void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    mprotect(page, 4096, PROT_READ | PROT_EXEC);
}
static void try_write_other(void) {
    (void)!write(STDERR_FILENO, "x", 1);
}

// Sanitizers need these two themselves.
static void memory_stays_data_and_only_the_socket_is_written(void **state) {
    (void)state;
    assert_refused("mprotect PROT_EXEC", try_make_code_runnable);
    assert_refused("write to standard error", try_write_other);
}

static void allocate_everything(void) {
    for (int i = 0; i < 4096; i++)
        if (!malloc(1024 * 1024)) return;
    _exit(CODE_WRONG);
}

static void addresses_are_limited(void **state) {
    (void)state;
    assert_alive("allocating until refused", allocate_everything);
}
#endif

// ---- allowed -----------------------------------------------------------------------------------

static void do_nothing(void) {
}

static void allocate_and_tell_time(void) {
    char *memory = malloc(10 * 1024 * 1024);
    if (!memory) _exit(CODE_WRONG);
    memset(memory, 1, 10 * 1024 * 1024);
    free(memory);
    struct timespec now;
    if (clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now) != 0) _exit(CODE_WRONG);
}

static int compare_numbers(const void *left, const void *right) {
    return *(const int *)left - *(const int *)right;
}

// qsort allocates when there is much to sort, and asks the system first.
static void sort_many(void) {
    enum { MANY = 100000 };
    int *numbers = malloc(MANY * sizeof *numbers);
    if (!numbers) _exit(CODE_WRONG);
    for (int i = 0; i < MANY; i++)
        numbers[i] = MANY - 1 - i;
    qsort(numbers, MANY, sizeof *numbers, compare_numbers);
    for (int i = 0; i < MANY; i++)
        if (numbers[i] != i) _exit(CODE_WRONG);
    free(numbers);
}

static void talk(void) {
    char byte;
    if (write(WORKER_SOCKET, "x", 1) != 1 || read(WORKER_SOCKET, &byte, 0) != 0) _exit(CODE_WRONG);
}

static void memory_clock_and_socket_are_left(void **state) {
    (void)state;
    assert_alive("nothing", do_nothing);
    assert_alive("memory and the clock", allocate_and_tell_time);
    assert_alive("sorting much", sort_many);
    assert_alive("reading and writing the socket", talk);
}

// ---- what is prepared --------------------------------------------------------------------------

static int prepared(Attempt check) {
    fflush(NULL);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        Error error = {0};
        // Two that a careless host left open.
        int first = open("/dev/null", O_RDONLY), second = open("/etc/passwd", O_RDONLY);
        if (dup2(first, WORKER_DATASET + 4) < 0 || dup2(second, 200) < 0) _exit(CODE_NO_JAIL);
        if (!jail_prepare(&error)) _exit(CODE_NO_JAIL);
        check();
        _exit(CODE_ALIVE);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void check_descriptors(void) {
    for (int descriptor = WORKER_DATASET + 1; descriptor < 1024; descriptor++)
        if (fcntl(descriptor, F_GETFD) >= 0) _exit(CODE_WRONG);
}

static void check_limits(void) {
    static const int resources[] = {RLIMIT_CORE, RLIMIT_FSIZE, RLIMIT_NPROC, RLIMIT_MEMLOCK};
    struct rlimit limit;
    for (size_t i = 0; i < sizeof resources / sizeof resources[0]; i++)
        if (getrlimit(resources[i], &limit) != 0 || limit.rlim_max != 0) _exit(CODE_WRONG);
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_max != 16) _exit(CODE_WRONG);
}

static void check_process(void) {
    int signal_number = 0;
    if (prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) != 1) _exit(CODE_WRONG);
    if (prctl(PR_GET_PDEATHSIG, &signal_number) != 0 || signal_number != SIGKILL) _exit(CODE_WRONG);
#ifndef BIAOCHI_SANITIZED
    if (prctl(PR_GET_DUMPABLE) != 0) _exit(CODE_WRONG);
#endif
}

static void preparing_takes_descriptors_limits_and_privileges(void **state) {
    (void)state;
    assert_int_equal(prepared(check_descriptors), CODE_ALIVE);
    assert_int_equal(prepared(check_limits), CODE_ALIVE);
    assert_int_equal(prepared(check_process), CODE_ALIVE);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(forbidden_calls_end_the_process),
#ifndef BIAOCHI_SANITIZED
        cmocka_unit_test(memory_stays_data_and_only_the_socket_is_written),
        cmocka_unit_test(addresses_are_limited),
#endif
        cmocka_unit_test(memory_clock_and_socket_are_left),
        cmocka_unit_test(preparing_takes_descriptors_limits_and_privileges),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
