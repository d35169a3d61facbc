// manager CALLS PROGRAM ARGUMENT…: starts a program as systemd starts biaochi.service, as far as
// one process can, so that the unit is tested where systemd does not run.
//
// The program may make the system calls whose names are in the file CALLS; all others fail with
// EPERM, and no memory is both writable and executable. What it tells its service manager is
// printed, a message a line, after its process id. Ends as the program ends.
#include <errno.h>
#include <poll.h>
#include <seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

enum { CANNOT_START = 125 };

static void must(int good, const char *what) {
    if (good) return;
    perror(what);
    exit(CANNOT_START);
}

// ---- the filter --------------------------------------------------------------------------------

// SystemCallFilter= of the unit. Names that this machine's library does not know are left out, as
// systemd does.
static void allow_calls(scmp_filter_ctx filter, const char *path) {
    FILE *file = fopen(path, "r");
    char name[128];
    size_t allowed = 0;
    must(file != NULL, path);
    while (fscanf(file, "%127s", name) == 1) {
        int number = seccomp_syscall_resolve_name(name);
        if (number == __NR_SCMP_ERROR || number == SCMP_SYS(mmap) || number == SCMP_SYS(mprotect) ||
            number == SCMP_SYS(pkey_mprotect))
            continue;
        must(seccomp_rule_add(filter, SCMP_ACT_ALLOW, number, 0) == 0, name);
        allowed++;
    }
    fclose(file);
    must(allowed > 100, "too few system calls in the list");
}

// MemoryDenyWriteExecute= of the unit.
static void deny_writable_code(scmp_filter_ctx filter) {
    must(seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1,
                          SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)) == 0,
         "mmap");
    must(seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1,
                          SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC | PROT_WRITE, PROT_EXEC)) == 0,
         "mmap");
    must(seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1,
                          SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)) == 0,
         "mprotect");
}

static void close_filter(const char *path) {
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
    must(filter != NULL, "seccomp_init");
    allow_calls(filter, path);
    deny_writable_code(filter);
    must(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0, "prctl");
    must(seccomp_load(filter) == 0, "seccomp_load");
    seccomp_release(filter);
}

// ---- what it hears -----------------------------------------------------------------------------

// A socket of the abstract namespace; its name goes into the environment.
static int listen_for_messages(void) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    char name[64];
    snprintf(name, sizeof name, "@biaochi_manager_%d", (int)getpid());
    memcpy(address.sun_path, name, strlen(name));
    address.sun_path[0] = '\0';
    int listener = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    socklen_t length = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + strlen(name));
    must(bind(listener, (const struct sockaddr *)&address, length) == 0, "bind");
    setenv("NOTIFY_SOCKET", name, 1);
    setenv("WATCHDOG_USEC", "1000000", 1);
    unsetenv("WATCHDOG_PID");
    return listener;
}

static void print_messages(int listener) {
    char message[1024];
    ssize_t length;
    while ((length = recv(listener, message, sizeof message - 1, MSG_DONTWAIT)) > 0) {
        message[length] = '\0';
        for (char *end; (end = strchr(message, '\n'));)
            *end = ' ';
        puts(message);
    }
}

int main(int count, char **arguments) {
    if (count < 3) return CANNOT_START;
    setvbuf(stdout, NULL, _IOLBF, 0);
    int listener = listen_for_messages();
    pid_t child = fork();
    must(child >= 0, "fork");
    if (child == 0) {
        close_filter(arguments[1]);
        execv(arguments[2], arguments + 2);
        must(0, arguments[2]);
    }
    printf("PID=%d\n", (int)child);
    int ended = (int)syscall(SYS_pidfd_open, child, 0);
    must(ended >= 0, "pidfd_open");
    struct pollfd waiting[] = {{.fd = listener, .events = POLLIN}, {.fd = ended, .events = POLLIN}};
    while (!(waiting[1].revents & POLLIN)) {
        must(poll(waiting, 2, -1) > 0, "poll");
        print_messages(listener);
    }
    int status;
    must(waitpid(child, &status, 0) == child, "waitpid");
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
