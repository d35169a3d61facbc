// Bodies that answers share, and answers before they are given: see message.h.
#include "core/http/message.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/http/gzip.h"
#include "core/http/inside.h"

HttpBody *http_body_new(Buffer *bytes) {
    HttpBody *body = memory_new(1, sizeof *body);
    body->references = 1;
    body->bytes = *bytes;
    *bytes = (Buffer){0};
    return body;
}

HttpBody *http_body_share(HttpBody *body) {
    body->references++;
    body->is_shared = true;
    return body;
}

void http_body_release(HttpBody *body) {
    if (!body || --body->references > 0) return;
    buffer_free(&body->bytes);
    buffer_free(&body->packed);
    free(body);
}

const char *http_body_bytes(const HttpBody *body, size_t *length) {
    *length = body->bytes.length;
    return body->bytes.data ? body->bytes.data : "";
}

const Buffer *body_packed(HttpBody *body) {
    if (!body->was_packed) {
        // Shared: worth more of the processor's time than a body that is sent once.
        gzip_pack(&body->bytes, body->is_shared ? 6 : 1, &body->packed);
        if (body->packed.length >= body->bytes.length) buffer_free(&body->packed);
        body->was_packed = true;
    }
    return body->packed.length ? &body->packed : NULL;
}

size_t body_size(const HttpBody *body) {
    return body->bytes.length + body->packed.length;
}

void http_body_pack(HttpBody *body) {
    if (body->bytes.length >= SMALLEST_PACKED) (void)body_packed(body);
}

void http_answer_header(HttpAnswer *answer, const char *name, const char *value) {
    if (answer->header_count == HTTP_MOST_HEADERS || !http_is_token(name) ||
        !http_is_field_value(value)) {
        fprintf(stderr, "biaochi: an answer cannot have the header %s\n", name);
        abort();
    }
    answer->headers[answer->header_count].name = memory_copy_string(name);
    answer->headers[answer->header_count++].value = memory_copy_string(value);
}

void answer_release(HttpAnswer *answer) {
    for (size_t i = 0; i < answer->header_count; i++) {
        free((char *)answer->headers[i].name);
        free((char *)answer->headers[i].value);
    }
    buffer_free(&answer->bytes);
    http_body_release(answer->body);
    *answer = (HttpAnswer){0};
}
