// The pool of reading connections: see connections.h.
#include "db/connections.h"

#include <pthread.h>
#include <stdlib.h>

#include "core/base/memory.h"

enum { IDLE_CONNECTIONS = 8 };

struct Connections {
    const Driver *driver;
    char *location;
    pthread_mutex_t mutex; // guards what follows
    DriverConnection *idle[IDLE_CONNECTIONS];
    size_t idle_count;
};

Connections *connections_new(const Driver *driver, const char *location) {
    Connections *connections = memory_new(1, sizeof *connections);
    connections->driver = driver;
    connections->location = memory_copy_string(location);
    pthread_mutex_init(&connections->mutex, NULL);
    return connections;
}

void connections_free(Connections *connections) {
    if (!connections) return;
    while (connections->idle_count > 0)
        connections->driver->close(connections->idle[--connections->idle_count]);
    pthread_mutex_destroy(&connections->mutex);
    free(connections->location);
    free(connections);
}

bool connections_take(Connections *connections, DriverConnection **out, Error *error) {
    DriverConnection *connection = NULL;
    pthread_mutex_lock(&connections->mutex);
    if (connections->idle_count > 0) connection = connections->idle[--connections->idle_count];
    pthread_mutex_unlock(&connections->mutex);
    if (!connection &&
        !connections->driver->open(connections->location, DRIVER_READ, &connection, error))
        return false;
    *out = connection;
    return true;
}

void connections_give(Connections *connections, DriverConnection *connection) {
    pthread_mutex_lock(&connections->mutex);
    bool kept = connections->idle_count < IDLE_CONNECTIONS;
    if (kept) connections->idle[connections->idle_count++] = connection;
    pthread_mutex_unlock(&connections->mutex);
    if (!kept) connections->driver->close(connection);
}
