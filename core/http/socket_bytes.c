// Counters of the kernel: see socket_bytes.h.
//
// On its own because <linux/tcp.h>, which has these fields, and <netinet/tcp.h> do not go together.
#include "core/http/socket_bytes.h"

#include <linux/sockios.h>
#include <linux/tcp.h>
#include <netinet/in.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

static bool ask_tcp(int socket, struct tcp_info *info) {
    socklen_t size = sizeof *info;
    *info = (struct tcp_info){0};
    return getsockopt(socket, IPPROTO_TCP, TCP_INFO, info, &size) == 0;
}

bool socket_bytes(int socket, uint64_t *received, uint64_t *sent) {
    struct tcp_info info;
    if (!ask_tcp(socket, &info)) return false;
    *received = info.tcpi_bytes_received;
    *sent = info.tcpi_bytes_sent;
    return true;
}

int64_t socket_taken(int socket) {
    struct tcp_info info;
    int waiting = 0;
    if (ask_tcp(socket, &info)) return (int64_t)info.tcpi_bytes_acked;
    ioctl(socket, SIOCOUTQ, &waiting);
    return -waiting;
}
