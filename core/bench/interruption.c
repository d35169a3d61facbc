// Signals as a descriptor: see interruption.h.
#include "core/bench/interruption.h"

#include <errno.h>
#include <poll.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "core/base/language.h"

static void wanted_signals(sigset_t *set) {
    sigemptyset(set);
    sigaddset(set, SIGINT);
    sigaddset(set, SIGTERM);
    sigaddset(set, SIGHUP);
}

bool interruption_open(Interruption *interruption, Error *error) {
    sigset_t set;
    wanted_signals(&set);
    sigprocmask(SIG_BLOCK, &set, &interruption->before);
    interruption->descriptor = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    if (interruption->descriptor >= 0) return true;
    int number = errno;
    sigprocmask(SIG_SETMASK, &interruption->before, NULL);
    return error_set_errno(error, number, "%s", T("cannot watch for signals", "无法监听信号"));
}

// What came is taken out: the person asked for an end, and this was it.
void interruption_close(Interruption *interruption) {
    struct signalfd_siginfo signal;
    while (read(interruption->descriptor, &signal, sizeof signal) == (ssize_t)sizeof signal)
        continue;
    close(interruption->descriptor);
    interruption->descriptor = -1;
    sigprocmask(SIG_SETMASK, &interruption->before, NULL);
}

void interruption_forget(void) {
    sigset_t set;
    wanted_signals(&set);
    sigprocmask(SIG_UNBLOCK, &set, NULL);
}

bool interruption_set_error(Error *error) {
    return error_set(error, ERROR_CANCELLED, "%s", T("stopped", "已中止"));
}

bool interruption_check(int descriptor, Error *error) {
    struct pollfd watched = {.fd = descriptor, .events = POLLIN};
    if (descriptor < 0 || poll(&watched, 1, 0) <= 0) return true;
    return interruption_set_error(error);
}
