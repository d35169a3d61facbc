// Tells the service manager how the program is doing: ready, reloading, stopping, still alive.
//
// The protocol is systemd's (sd_notify(3)), promised to stay: lines NAME=VALUE in one datagram to
// the socket that $NOTIFY_SOCKET names. Where nobody set that, nothing is said. It is spoken here
// and not by libsystemd, because whatever the binary is linked with is loaded into every worker
// too, and that library brings six others. For the loop's thread; a manager that takes nothing
// holds it up for a second at most.
#pragma once

#include <uv.h>

#include "core/base/error.h"

typedef struct Notifier Notifier;

// Reads the environment. When it asks for a sign of life ($WATCHDOG_USEC), one is given from the
// loop, twice as often as asked for, until notify_close. Never NULL.
Notifier *notify_open(uv_loop_t *loop);

// The start, or a reload, is over.
void notify_ready(const Notifier *notifier);
// Configuration is read anew; notify_ready must follow.
void notify_reloading(const Notifier *notifier);
// The program ends of its own accord, or was told to.
void notify_stopping(const Notifier *notifier);
// One line for whoever asks how things are; one of more than some 240 bytes is cut.
void notify_status(const Notifier *notifier, const char *format, ...) FORMAT(2, 3);

// The loop must run once more, for the timer's handle; NULL is allowed.
void notify_close(Notifier *notifier);
