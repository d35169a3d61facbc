// An HTTP/1.1 server on the loop: TCP with or without TLS, and a Unix socket for the same machine.
//
// Over TLS each answer says that browsers are to come back over TLS alone
// (Strict-Transport-Security, for a week). What must hold of any request is seen to here, before
// the handler sees it: its line and headers are well-formed and within limits, framing is
// unambiguous, the host is named, the path decodes to what a route may match, the body came whole
// within its limit and in time. What does not hold is answered with 4xx through `refuse` and
// logged; README.md says what the HTTP library refuses in its own words. When too many requests are
// under way, or hold too much memory, the answer is 503 with Retry-After. Bodies are compressed for
// clients that take gzip. One thread, the loop's.
#pragma once

#include <uv.h>

#include "core/base/address_list.h"
#include "core/base/error.h"
#include "core/http/message.h"

typedef struct HttpServer HttpServer;

// The first bytes of each request's body are taken however much others hold, so that who asks for
// little is always heard; and a small answer is given however many wait to be taken.
enum { HTTP_FREE_BYTES = 4096 };

typedef struct HttpLogLine {
    int64_t began_us, took_us; // from the request's line to the last byte handed to the kernel
    uint64_t id;
    const char *address, *user, *method, *path; // plain text; method and path "-" when unreadable
    int status;      // 0: the client left before it was answered; 400 for any unreadable line
    size_t received; // bytes of the body
    size_t sent;     // likewise; of an answer that was cut, what the client's side took of it
    bool was_cut;    // the connection ended before all of the answer was handed to the kernel
} HttpLogLine;

// From when to when a certificate is good, microseconds since 1970.
typedef struct HttpCertificate {
    int64_t not_before_us, not_after_us;
} HttpCertificate;

typedef struct HttpOptions {
    const char *address; // numeric, "127.0.0.1", "::"; NULL: no TCP
    int port;            // 0: any free one
    const char *certificate,
        *key; // PEM files; both or none. Read at the start and by http_server_reload_tls
    const char *socket_path;              // Unix socket, made for its owner alone; NULL: none
    size_t largest_headers, largest_body; // bytes; 0: 8 KiB, 1 MiB
    size_t largest_stream;                // bytes waiting for one stream's reader; 0: 256 KiB
    int most_connections; // 0: 2048, or fewer where there are too few descriptors for them; the
                          // idlest makes room for one more
    int most_connections_per_address; // or IPv6 network; 0: 256; those beyond are closed at once
    AddressList proxies; // from whose addresses there may be more, for they are everybody's
    int most_requests;   // handed over and not answered yet; 0: 512
    // Of all requests' bodies together, until they are answered, and of all answers' bodies, until
    // they are taken; 0: 256 MiB. What HTTP_FREE_BYTES says is not counted, a body that several
    // answers share counts once, and who has several at once is given a third.
    size_t most_body_bytes, most_answer_bytes;
    int64_t idle_ms;    // a connection between requests; 0: 60 s
    int64_t request_ms; // from a request's line to its last byte, and for the first one from the
                        // connection's beginning to its line; 0: 30 s
    int64_t answer_ms;  // a client that takes no bytes of its answer, up to twice, and an answer
                        // from its first byte to its last; 0: 30 s
    // Bytes a second. For each of them that came, or was taken, a body and an answer have that much
    // longer than request_ms and answer_ms; 0: 16 KiB.
    size_t least_rate;

    // Asked about a request with a body when its headers are there; `declared`: how long that is
    // said to be, SIZE_MAX when nothing is said. `*most`, which is largest_body, is how much of it
    // is taken. False: the request will be refused whatever its body is. `handle` then gets it now,
    // without one, and the connection ends with its answer. NULL: always true.
    bool (*expect_body)(HttpRequest *request, size_t declared, size_t *most, void *context);
    // Whether the request is handed over however many are open, for it is answered at once: those
    // by which others see how the server does. NULL: none is.
    bool (*is_probe)(const HttpRequest *request, void *context);
    // A request that came whole. Until it returns the thread's language is the asker's; so it is
    // for `refuse`.
    void (*handle)(HttpRequest *request, void *context);
    // Writes the body of an answer that the server itself gives (400, 408, 413, 414, 431, 503 …).
    // `code` is a stable short name ("header_too_large"), `message` a sentence. The answer's status
    // and headers are set; type and bytes are to be.
    void (*refuse)(HttpAnswer *answer, const char *code, const char *message, const char *hint,
                   void *context);
    void (*log)(const HttpLogLine *line, void *context); // NULL: no log
    void *context;
} HttpOptions;

// ERROR_SYSTEM when an address is taken or not ours, a certificate cannot be read or does not fit
// its key. Strings are copied.
MUST_CHECK bool http_server_start(uv_loop_t *loop, const HttpOptions *options, HttpServer **out,
                                  Error *error);
int http_server_port(const HttpServer *server); // the one that was got; 0 without TCP
// The certificate that new connections are shown; false without TLS.
bool http_server_certificate(const HttpServer *server, HttpCertificate *out);
// Reads the certificate's files again, for connections to come; on failure the old ones stay. So
// they do, with ERROR_CONFLICT, where the new certificate is not good now and the old one is.
MUST_CHECK bool http_server_reload_tls(HttpServer *server, Error *error);
// Takes no new connection, answers what has begun, closes streams, then calls `drained`; after
// `within_ms` what is left is cut off.
void http_server_drain(HttpServer *server, int64_t within_ms, void (*drained)(void *context),
                       void *context);
// Not from within a callback: runs the loop until its handles are closed. A handler may still
// answer what it holds, and nobody hears of it.
void http_server_free(HttpServer *server);

typedef struct HttpStatistics {
    uint64_t refused, overloaded, bytes_received, bytes_sent;
    uint64_t turned_away;        // connections, for their address had as many as it may
    uint64_t handshakes_alone;   // TLS connections that ended without a request
    uint64_t cut_at_drain;       // requests that were not over when a drain ended
    uint64_t by_status_class[6]; // requests that are over. [2]: 2xx …; [0]: their client left
    // Of the time from a request's line to its answer: counts up to 1, 2, 5, 10 … ms (see
    // http_latency_bounds_us), the last for all above.
    uint64_t latency[16];
    int64_t latency_sum_us;
    int connections, requests_open, streams;
    size_t body_bytes, answer_bytes; // that are held, as far as they count
} HttpStatistics;
extern const int64_t http_latency_bounds_us[15];
HttpStatistics http_server_statistics(const HttpServer *server);
