// How many bytes went over a socket, as the kernel counts them. Any thread.
#pragma once

#include <stdbool.h>
#include <stdint.h>

// Since the connection began; false when the socket is none of TCP's. The end of what the other
// side says counts as a byte received.
bool socket_bytes(int socket, uint64_t *received, uint64_t *sent);
// A number that changes when the other side takes bytes: of TCP how many it has taken since the
// connection began, which changes for nothing else; of a Unix socket, where the kernel does not
// count them, less than nothing by what waits, which changes when the server writes more as well.
int64_t socket_taken(int socket);
