// Trusted addresses: see address_list.h.
#include "core/base/address_list.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

enum { IPV4_AT = 12, IPV4_BITS = 8 * IPV4_AT }; // where it stands within IPv6

static const unsigned char mapped[IPV4_AT] = {[10] = 0xff, [11] = 0xff};

static bool read_bytes(const char *text, unsigned char bytes[16]) {
    memcpy(bytes, mapped, sizeof mapped);
    return inet_pton(AF_INET, text, bytes + IPV4_AT) == 1 || inet_pton(AF_INET6, text, bytes) == 1;
}

static bool same_bits(const unsigned char *left, const unsigned char *right, int bits) {
    int whole = bits / 8, rest = bits % 8;
    if (memcmp(left, right, (size_t)whole) != 0) return false;
    return rest == 0 || (left[whole] ^ right[whole]) >> (8 - rest) == 0;
}

static bool ends_with_zeros(const AddressRange *range) {
    for (int bit = range->bits; bit < 128; bit++)
        if (range->bytes[bit / 8] & (0x80 >> (bit % 8))) return false;
    return true;
}

static bool read_length(const char *text, int most, int *length) {
    size_t digits = strspn(text, "0123456789");
    if (digits == 0 || digits > 3 || text[digits]) return false;
    *length = (int)strtol(text, NULL, 10);
    return *length <= most;
}

static bool read_range(char *text, AddressRange *range) {
    char *slash = strchr(text, '/');
    bool is_four = strchr(text, ':') == NULL;
    int length = is_four ? 32 : 128;
    if (slash) *slash = '\0';
    if (!read_bytes(text, range->bytes) || (slash && !read_length(slash + 1, length, &length)))
        return false;
    range->bits = length + (is_four ? IPV4_BITS : 0);
    return ends_with_zeros(range);
}

bool address_list_read(AddressList *list, const char *text) {
    AddressList longer = *list;
    for (;;) {
        char one[ADDRESS_TEXT_SIZE];
        size_t length = strcspn(text, ",");
        if (length >= sizeof one || longer.count == ADDRESS_LIST_MOST) return false;
        memcpy(one, text, length);
        one[length] = '\0';
        if (!read_range(one, &longer.ranges[longer.count++])) return false;
        if (!text[length]) break;
        text += length + 1;
    }
    *list = longer;
    return true;
}

bool address_list_has(const AddressList *list, const char *address) {
    unsigned char bytes[16];
    if (list->count == 0 || !read_bytes(address, bytes)) return false;
    for (size_t i = 0; i < list->count; i++)
        if (same_bits(bytes, list->ranges[i].bytes, list->ranges[i].bits)) return true;
    return false;
}

static bool is_port(const char *text) {
    size_t digits = *text == ':' ? strspn(text + 1, "0123456789") : 0;
    return digits > 0 && digits <= 5 && text[1 + digits] == '\0';
}

// Cuts what stands around the address off; NULL when that is no port.
static char *strip(char *text) {
    char *end = text + strlen(text);
    while (end > text && (end[-1] == ' ' || end[-1] == '\t'))
        *--end = '\0';
    char *colon = strchr(text, ':'), *bracket = strchr(text, ']');
    if (*text == '[') {
        if (!bracket || (bracket[1] && !is_port(bracket + 1))) return NULL;
        *bracket = '\0';
        return text + 1;
    }
    if (colon && !strchr(colon + 1, ':')) { // one alone: an IPv4 address and a port
        if (!is_port(colon)) return NULL;
        *colon = '\0';
    }
    return text;
}

bool address_without_port(const char *text, char out[ADDRESS_TEXT_SIZE]) {
    char room[ADDRESS_TEXT_SIZE];
    unsigned char bytes[16];
    text += strspn(text, " \t");
    size_t length = strlen(text);
    if (length >= sizeof room) return false;
    memcpy(room, text, length + 1);
    const char *address = strip(room);
    if (!address) return false;
    int family = strchr(address, ':') ? AF_INET6 : AF_INET;
    return inet_pton(family, address, bytes) == 1 &&
           inet_ntop(family, bytes, out, ADDRESS_TEXT_SIZE) != NULL;
}
