// How many bytes went over a TCP connection since it began, as the kernel counts them. Any thread.
#pragma once

#include <stdbool.h>
#include <stdint.h>

// False when the socket is none of TCP's. The end of what the other side says counts as a byte.
bool tcp_bytes(int socket, uint64_t *received, uint64_t *sent);
