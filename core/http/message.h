// What a client asked and what it is answered: bytes, with no idea of the product.
//
// A request is handed to the server's handler when it has come whole, and must be answered exactly
// once with http_answer or http_stream_open: in the handler, or later from the loop's thread. It
// lives until then even when the client has left, and no longer. Texts it gives live as long as it.
// All functions are for the loop's thread, with these exceptions. While a request is handed over
// and not answered, any thread may read what came with it (method, path, query, headers, cookies,
// body) and ask http_request_is_abandoned. A body (HttpBody) is made, packed and released on any
// thread, but by one at a time: its references are no atomics. Who has it handed on by a work
// queue, whose lock orders the two, leaves it alone from then on; a body that a server was given is
// the loop's.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/language.h"
#include "core/base/memory.h"

typedef struct HttpRequest HttpRequest;

typedef struct HttpPeer {
    char address[64]; // numeric, without the port; "local" on the Unix socket
    bool secure;      // TLS, or the Unix socket
    bool local;       // came over the Unix socket; then:
    uint32_t user;    // numeric id of the process's user, as the kernel says
} HttpPeer;

const char *http_request_method(const HttpRequest *request); // "GET", upper case; never "HEAD"
// Percent-decoded, well-formed UTF-8, without NUL, empty, "." or ".." segments; begins with "/".
const char *http_request_path(const HttpRequest *request);
// A query parameter, decoded, or NULL. Given twice the request was refused before.
const char *http_request_query(const HttpRequest *request, const char *name);
// Calls `each` for every query parameter, in order.
void http_request_each_query(const HttpRequest *request,
                             void (*each)(const char *name, const char *value, void *context),
                             void *context);
const char *http_request_header(const HttpRequest *request, const char *name); // NULL: none
// The same, of one that was given more than once the last: what the nearest proxy added.
const char *http_request_last_header(const HttpRequest *request, const char *name);
const char *http_request_cookie(const HttpRequest *request, const char *name); // NULL: none
// The one of the program's languages that Accept-Language prefers; the program's own when it names
// neither.
Language http_request_language(const HttpRequest *request);
// The body, with a NUL after it that is not counted; "" and 0 when there is none.
const char *http_request_body(const HttpRequest *request, size_t *length);
const HttpPeer *http_request_peer(const HttpRequest *request);
bool http_request_takes_gzip(const HttpRequest *request);
// Whether the client was cut off, or said that it will send no more and so has most likely left: a
// hint, up to a second old, for whoever has not begun yet to work an answer out. It must be given
// all the same.
bool http_request_is_abandoned(const HttpRequest *request);
// One pointer of the caller's, released by `release` (may be NULL) when the request ends.
void http_request_put(HttpRequest *request, void *data, void (*release)(void *data));
void *http_request_data(const HttpRequest *request); // NULL: nothing was put
// What the access log says of who asked; copied. "-" when never called. Who it is also decides
// whose share of memory the request's body and answer are.
void http_request_name_user(HttpRequest *request, const char *name);
// The client's address, where the other end of the connection is a proxy; copied.
void http_request_name_address(HttpRequest *request, const char *address);

// A body that several answers share, or one that is made away from the loop; immutable, and
// compressed once, when first asked for.
typedef struct HttpBody HttpBody;
HttpBody *http_body_new(Buffer *bytes); // takes the bytes over; one reference
HttpBody *http_body_share(HttpBody *body);
void http_body_release(HttpBody *body); // NULL is allowed
// Compresses it now, and not on the loop when it is first sent.
void http_body_pack(HttpBody *body);
const char *http_body_bytes(const HttpBody *body, size_t *length);

enum { HTTP_MOST_HEADERS = 12, HTTP_ETAG_SIZE = 72 };

typedef struct HttpAnswer {
    int status;
    const char *type; // content type; NULL: no body
    Buffer bytes;     // the body, taken over; or
    HttpBody *body;   // a shared one, whose reference is taken over
    // Without quotes; "" for none. A GET whose If-None-Match names it is answered with 304.
    char etag[HTTP_ETAG_SIZE];
    struct {
        const char *name, *value;
    } headers[HTTP_MOST_HEADERS]; // put there by http_answer_header
    size_t header_count;
} HttpAnswer;

// The name and the value are copied. One with a control character is a programming error: aborts.
void http_answer_header(HttpAnswer *answer, const char *name, const char *value);
// Answers and takes over what the answer holds; it is zeroed.
void http_answer(HttpRequest *request, HttpAnswer *answer);

// ---- answers that go on ------------------------------------------------------------------------

typedef struct HttpStream HttpStream;

// Begins an answer without an end (server-sent events). `answer` has no body. `closed` is called
// once, when the client has left (one that only says that it will send no more counts as one), the
// server drains, the stream was too slow, or after http_stream_close; never before this returns.
// The stream is gone after it. NULL, and `closed` is not called, when the server was freed.
HttpStream *http_stream_open(HttpRequest *request, HttpAnswer *answer,
                             void (*closed)(HttpStream *stream, void *context), void *context);
// Queues bytes (copied). False when more than the server's stream limit would wait for this reader:
// the stream is then closing and nothing more is to be sent.
bool http_stream_send(HttpStream *stream, const void *bytes, size_t length);
void http_stream_close(HttpStream *stream);
