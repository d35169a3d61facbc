// Reading connections, taken by one caller at a time and kept for the next.
//
// Any thread. Nobody waits: when all are taken another one is opened, so that a callback of one
// reading may start another. A few idle ones are kept, the rest closed when given back.
#pragma once

#include "db/driver.h"

typedef struct Connections Connections;

// Opens nothing yet. `location` is copied.
Connections *connections_new(const Driver *driver, const char *location);
// Every connection must have been given back. NULL is allowed.
void connections_free(Connections *connections);

MUST_CHECK bool connections_take(Connections *connections, DriverConnection **out, Error *error);
void connections_give(Connections *connections, DriverConnection *connection);
