// The notification protocol of the service manager: see notify.h.
#include "core/run/notify.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include "core/base/clock.h"
#include "core/base/memory.h"
#include "core/base/text.h"

enum { SEND_WITHIN_S = 1, STATUS_SIZE = 256 };

struct Notifier {
    uv_timer_t watchdog; // idle when nobody watches
    int socket;          // connected; -1: nobody listens
};

// ---- the socket --------------------------------------------------------------------------------

// A path, or behind "@" a name of the abstract namespace. False for anything else.
static bool parse_address(const char *text, struct sockaddr_un *address, socklen_t *length) {
    size_t size = text ? strlen(text) : 0;
    if (size < 2 || size >= sizeof address->sun_path || !strchr("/@", text[0])) return false;
    *address = (struct sockaddr_un){.sun_family = AF_UNIX};
    memcpy(address->sun_path, text, size);
    if (text[0] == '@') address->sun_path[0] = '\0';
    *length = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + size);
    return true;
}

static int connect_to(const char *text) {
    struct sockaddr_un address;
    socklen_t length;
    if (!parse_address(text, &address, &length)) return -1;
    int descriptor = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    const struct timeval within = {.tv_sec = SEND_WITHIN_S};
    if (descriptor >= 0 &&
        (setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &within, sizeof within) != 0 ||
         connect(descriptor, (const struct sockaddr *)&address, length) != 0)) {
        close(descriptor);
        return -1;
    }
    return descriptor;
}

// Nobody could be told of a failure: it was the manager who asked to hear from us.
static void say(const Notifier *notifier, const char *lines) {
    if (notifier->socket < 0) return;
    (void)!send(notifier->socket, lines, strlen(lines), MSG_NOSIGNAL);
}

// ---- the watchdog ------------------------------------------------------------------------------

static void sign_of_life(uv_timer_t *timer) {
    say(timer->data, "WATCHDOG=1");
}

// How long the manager waits for a sign of life; 0: none is asked for, or of another process.
static uint64_t watchdog_us(void) {
    const char *period = getenv("WATCHDOG_USEC"), *process = getenv("WATCHDOG_PID");
    if (!period || (process && strtoll(process, NULL, 10) != getpid())) return 0;
    char *end;
    long long number = strtoll(period, &end, 10);
    return *end || number <= 0 ? 0 : (uint64_t)number;
}

Notifier *notify_open(uv_loop_t *loop) {
    Notifier *notifier = memory_new(1, sizeof *notifier);
    notifier->socket = connect_to(getenv("NOTIFY_SOCKET"));
    uv_timer_init(loop, &notifier->watchdog);
    notifier->watchdog.data = notifier;
    uint64_t period_us = watchdog_us();
    if (period_us && notifier->socket >= 0) {
        uint64_t every_ms = period_us / 2000 ? period_us / 2000 : 1;
        uv_timer_start(&notifier->watchdog, sign_of_life, 0, every_ms);
    }
    return notifier;
}

// ---- what is said ------------------------------------------------------------------------------

void notify_ready(const Notifier *notifier) {
    say(notifier, "READY=1");
}

void notify_reloading(const Notifier *notifier) {
    char lines[64];
    snprintf(lines, sizeof lines, "RELOADING=1\nMONOTONIC_USEC=%lld",
             (long long)clock_monotonic_ns() / 1000);
    say(notifier, lines);
}

void notify_stopping(const Notifier *notifier) {
    say(notifier, "STOPPING=1");
}

void notify_status(const Notifier *notifier, const char *format, ...) {
    char lines[STATUS_SIZE] = "STATUS=";
    size_t name = strlen(lines);
    va_list arguments;
    va_start(arguments, format);
    text_format_list(lines + name, sizeof lines - name, format, arguments);
    va_end(arguments);
    // A second line would be another message.
    for (char *at = lines; (at = strchr(at, '\n'));)
        *at = ' ';
    say(notifier, lines);
}

static void free_notifier(uv_handle_t *handle) {
    free(handle->data);
}

void notify_close(Notifier *notifier) {
    if (!notifier) return;
    if (notifier->socket >= 0) close(notifier->socket);
    notifier->socket = -1;
    uv_close((uv_handle_t *)&notifier->watchdog, free_notifier);
}
