// Counters of the kernel: see tcp_bytes.h.
//
// On its own because <linux/tcp.h>, which has these fields, and <netinet/tcp.h> do not go together.
#include "core/http/tcp_bytes.h"

#include <linux/tcp.h>
#include <netinet/in.h>
#include <sys/socket.h>

bool tcp_bytes(int socket, uint64_t *received, uint64_t *sent) {
    struct tcp_info info = {0};
    socklen_t size = sizeof info;
    if (getsockopt(socket, IPPROTO_TCP, TCP_INFO, &info, &size) != 0) return false;
    *received = info.tcpi_bytes_received;
    *sent = info.tcpi_bytes_sent;
    return true;
}
