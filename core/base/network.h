// Who is behind a network address: one asker, however many addresses he has.
//
// Whoever is given an IPv6 address is given its whole /64, and may ask from any of them. So what
// limits how much one asker may have compares networks, not addresses. Any thread.
#pragma once

enum { NETWORK_SIZE = 64 };

// The asker's network in one spelling: "2001:db8:0:1::/64"; an IPv4 address, alone or within IPv6,
// stands for itself, and so does what is no address ("local").
void network_of(const char *address, char network[NETWORK_SIZE]);
