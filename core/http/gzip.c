// gzip by zlib: see gzip.h.
#include "core/http/gzip.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <zlib.h>

enum { GZIP_WINDOW = 15 + 16, GZIP_MEMORY = 8 }; // +16: gzip's header and trailer

void gzip_pack(const Buffer *bytes, int level, Buffer *out) {
    z_stream stream = {.next_in = (Bytef *)bytes->data};
    size_t left = bytes->length;
    if (deflateInit2(&stream, level, Z_DEFLATED, GZIP_WINDOW, GZIP_MEMORY, Z_DEFAULT_STRATEGY) !=
        Z_OK) {
        fputs("biaochi: out of memory\n", stderr);
        abort();
    }
    int state;
    do {
        Bytef piece[16384];
        if (stream.avail_in == 0) {
            stream.avail_in = left < UINT_MAX ? (uInt)left : UINT_MAX;
            left -= stream.avail_in;
        }
        stream.next_out = piece;
        stream.avail_out = sizeof piece;
        state = deflate(&stream, left ? Z_NO_FLUSH : Z_FINISH);
        buffer_append(out, piece, sizeof piece - stream.avail_out);
    } while (state == Z_OK);
    deflateEnd(&stream);
}
