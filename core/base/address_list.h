// Addresses and networks that are trusted with something: "10.0.0.7", "10.8.0.0/16", "fd00::/8".
//
// An IPv4 address within IPv6 ("::ffff:10.0.0.7") is that IPv4 address. Plain data, copied by
// assignment. Any thread.
#pragma once

#include <stdbool.h>
#include <stddef.h>

enum { ADDRESS_TEXT_SIZE = 64, ADDRESS_LIST_MOST = 16 };

typedef struct AddressRange {
    unsigned char bytes[16]; // of IPv6
    int bits;                // that count
} AddressRange;

typedef struct AddressList {
    AddressRange ranges[ADDRESS_LIST_MOST];
    size_t count;
} AddressList;

// Reads addresses and networks with commas between them, and adds them. False, with `list` as it
// was, when one is none, a network's address has bits beyond its length, or they are too many.
bool address_list_read(AddressList *list, const char *text);
// Whether the address is one of them, or in one; false for what is none.
bool address_list_has(const AddressList *list, const char *address);

// "10.0.0.7", "10.0.0.7:5555", "2001:db8::1", "[2001:db8::1]" and "[2001:db8::1]:443": the address
// alone, as inet_ntop writes it. False when it is none of these; blanks around it do not count.
bool address_without_port(const char *text, char out[ADDRESS_TEXT_SIZE]);
