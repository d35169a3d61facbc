// How many bytes went over a socket, as the kernel counts them. Any thread.
#pragma once

#include <stdbool.h>
#include <stdint.h>

// Since the connection began; false when the socket is none of TCP's. The end of what the other
// side says counts as a byte received.
bool socket_bytes(int socket, uint64_t *received, uint64_t *sent);
// A number that changes when the other side takes bytes, and does not when it takes none.
int64_t socket_taken(int socket);
