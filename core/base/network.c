// Networks of addresses: see network.h.
#include "core/base/network.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

enum { HOST_BYTES = 8 }; // of an IPv6 address: what its owner chooses

void network_of(const char *address, char network[NETWORK_SIZE]) {
    struct in6_addr six;
    char text[INET6_ADDRSTRLEN];
    if (inet_pton(AF_INET6, address, &six) != 1) {
        snprintf(network, NETWORK_SIZE, "%s", address);
        return;
    }
    if (IN6_IS_ADDR_V4MAPPED(&six)) {
        inet_ntop(AF_INET, &six.s6_addr[12], network, NETWORK_SIZE);
        return;
    }
    memset(&six.s6_addr[sizeof six.s6_addr - HOST_BYTES], 0, HOST_BYTES);
    inet_ntop(AF_INET6, &six, text, sizeof text);
    snprintf(network, NETWORK_SIZE, "%s/64", text);
}
