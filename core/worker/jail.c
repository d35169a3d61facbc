// Resource limits and the system call filter: see jail.h.
#include "core/worker/jail.h"

#include <errno.h>
#include <fcntl.h>
#include <seccomp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/eval/protocol.h"

enum { ADDRESS_SPACE_BYTES = 1024 * 1024 * 1024, STACK_BYTES = 8 * 1024 * 1024 };

static bool limit(int resource, rlim_t value, Error *error) {
    struct rlimit most = {value, value};
    if (setrlimit(resource, &most) != 0) return error_set_errno(error, errno, "setrlimit");
    return true;
}

#ifndef BIAOCHI_SANITIZED // the sanitizers reserve terabytes of addresses
// Shared memory is mapped beside what the worker needs for itself.
static rlim_t shared_bytes(void) {
    rlim_t bytes = 0;
    for (int descriptor = WORKER_DATASET; descriptor <= WORKER_AREA; descriptor++) {
        struct stat about;
        if (fstat(descriptor, &about) == 0) bytes += (rlim_t)about.st_size;
    }
    return bytes;
}

static bool limit_addresses(Error *error) {
    return limit(RLIMIT_AS, ADDRESS_SPACE_BYTES + shared_bytes(), error);
}
#else
static bool limit_addresses(Error *error) {
    (void)error;
    return true;
}
#endif

static bool set_limits(Error *error) {
    // A write beyond the limit of a file should fail, not kill: standard error may be a file.
    signal(SIGXFSZ, SIG_IGN);
    return limit_addresses(error) && limit(RLIMIT_CORE, 0, error) &&
           limit(RLIMIT_FSIZE, 0, error) && limit(RLIMIT_NPROC, 0, error) &&
           limit(RLIMIT_STACK, STACK_BYTES, error) && limit(RLIMIT_NOFILE, 16, error) &&
           limit(RLIMIT_MEMLOCK, 0, error);
}

// Whatever the host had open when it started this process ends here.
static bool close_inherited(Error *error) {
    if (close_range(WORKER_AREA + 1, ~0u, 0) != 0)
        return error_set_errno(error, errno, "close_range");
#ifndef BIAOCHI_SANITIZED // the sanitizers report on standard error
    int null = open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (null < 0 || dup2(null, STDERR_FILENO) < 0)
        return error_set_errno(error, errno, "/dev/null");
    close(null);
#endif
    return true;
}

bool jail_prepare(Error *error) {
    if (!close_inherited(error)) return false;
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return error_set_errno(error, errno, "prctl");
#ifndef BIAOCHI_SANITIZED
    if (prctl(PR_SET_DUMPABLE, 0) != 0) return error_set_errno(error, errno, "prctl");
#endif
    return set_limits(error);
}

static int allow_calls(scmp_filter_ctx filter) {
    static const int calls[] = {
        SCMP_SYS(brk),
        SCMP_SYS(munmap),
        SCMP_SYS(mremap),
        SCMP_SYS(madvise),
        SCMP_SYS(futex),
        SCMP_SYS(rt_sigreturn),
        SCMP_SYS(rt_sigprocmask),
        SCMP_SYS(restart_syscall),
        SCMP_SYS(exit),
        SCMP_SYS(exit_group),
        SCMP_SYS(clock_gettime),
        SCMP_SYS(timer_settime),
        SCMP_SYS(timer_delete),
        SCMP_SYS(sysinfo), // qsort asks how much memory there is before it takes some
#ifdef BIAOCHI_SANITIZED
        SCMP_SYS(sigaltstack),
        SCMP_SYS(sched_yield),
        SCMP_SYS(getpid),
        SCMP_SYS(gettid),
        SCMP_SYS(mprotect),
        SCMP_SYS(rt_sigaction),
        SCMP_SYS(write),
#endif
    };
    int failed = 0;
    for (size_t i = 0; i < sizeof calls / sizeof calls[0] && !failed; i++)
        failed = seccomp_rule_add(filter, SCMP_ACT_ALLOW, calls[i], 0);
    // Memory may be asked for, never for running code.
    if (!failed)
        failed = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1,
                                  SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
    if (!failed)
        failed = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(read), 1,
                                  SCMP_A0(SCMP_CMP_EQ, WORKER_SOCKET));
#ifndef BIAOCHI_SANITIZED
    if (!failed)
        failed = seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(write), 1,
                                  SCMP_A0(SCMP_CMP_EQ, WORKER_SOCKET));
#endif
    return failed;
}

bool jail_close(Error *error) {
#ifdef BIAOCHI_SANITIZED
    // A sanitizer's report opens files for its symbols; refused, it still prints the rest.
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
#else
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
#endif
    if (!filter) return error_set(error, ERROR_SYSTEM, "seccomp_init");
    int failed = allow_calls(filter);
    if (!failed) failed = seccomp_load(filter);
    seccomp_release(filter);
    if (failed) return error_set_errno(error, -failed, "seccomp");
    return true;
}
