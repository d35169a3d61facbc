// What the files of the server share: sockets served, requests under way, and who sees to what.
//
// A connection is one open socket that libmicrohttpd (MHD) serves; a request lives on it from its
// line until its answer has left. While daemon.c runs MHD, it calls connection.c when sockets open
// and close and exchange.c with what arrives. Only for core/http; the loop's thread.
#pragma once

#include <microhttpd.h>
#include <stdatomic.h>
#include <uv.h>

#include "core/base/network.h"
#include "core/http/parse.h"
#include "core/http/server.h"
#include "core/http/tls.h"

typedef struct HttpConnection HttpConnection;
typedef struct HttpDaemon HttpDaemon;

// Connections beside those that there may be, so that they can be told that there are too many; and
// sockets that outlive theirs.
enum { SPARE_CONNECTIONS = 64, MOST_LINGERING = 128 };

// ---- a daemon: one listening socket and what came through it (daemon.c) ------------------------

struct HttpDaemon {
    HttpServer *server;
    struct MHD_Daemon *handle; // NULL: not started, or stopped
    int listener;              // -1 once no more are taken
    bool is_local, speaks_tls;
    uv_poll_t poll;  // MHD's epoll descriptor
    uv_idle_t again; // MHD has more to do at once
    uv_timer_t rest; // it says so, and is not believed
    bool has_handles;
    int unasked; // connections that have had no request yet
};

// Takes the listening socket over, also on failure. With `files` it speaks TLS.
MUST_CHECK bool daemon_start(HttpServer *server, HttpDaemon *daemon, int listener,
                             const TlsFiles *files, Error *error);
// Has MHD run soon: it does not learn by itself that a connection was resumed.
void daemon_wake(HttpDaemon *daemon);
void daemon_quiesce(HttpDaemon *daemon); // takes no new connection
void daemon_stop(HttpDaemon *daemon);    // its handles are closing afterwards

// ---- listening sockets (listen.c) --------------------------------------------------------------

MUST_CHECK bool listen_tcp(const char *address, int port, int *listener, int *got_port,
                           Error *error);
// A socket that refuses connections was left behind, and is replaced. `*lock` is to be closed when
// the socket's file has been removed: no other server takes its place before.
MUST_CHECK bool listen_local(const char *path, int *listener, int *lock, Error *error);

// ---- connections (connection.c) ----------------------------------------------------------------

typedef enum ConnectionPhase {
    CONNECTION_IDLE,      // before a request's line has come whole
    CONNECTION_READING,   // the rest of a request is awaited
    CONNECTION_WORKING,   // its request is with the handler
    CONNECTION_SENDING,   // its answer is on the way
    CONNECTION_STREAMING, // its answer is a stream
} ConnectionPhase;

struct HttpConnection {
    HttpDaemon *daemon;
    struct MHD_Connection *handle;
    HttpConnection *before, *after; // in the server's list
    TlsCredentials *credentials;    // NULL without TLS
    HttpPeer peer;
    char network[NETWORK_SIZE]; // of its address
    ConnectionPhase phase;
    int64_t entered_ms;   // when the phase began
    int64_t since_ms;     // likewise, or when bytes of the answer were last taken
    int64_t taken;        // socket_taken at that time
    int64_t taken_before; // socket_taken when the answer began
    bool has_asked;       // a request came
    bool is_last;         // that request was its last
    bool is_cut;          // shut down: whatever MHD still does is of no use
    bool is_surplus;      // one more than there may be
    bool lingers;         // its client may still be sending when MHD closes it
    bool was_probed;      // in this phase, for a client that has left (deadline.c)
    HttpRequest *request;
};

// Whether one more from that address is taken.
enum MHD_Result connection_may_open(void *context, const struct sockaddr *address, socklen_t size);
void connection_notify(void *context, struct MHD_Connection *handle, void **socket_context,
                       enum MHD_ConnectionNotificationCode code);
HttpConnection *connection_of(struct MHD_Connection *handle);
void connection_enter(HttpConnection *connection, ConnectionPhase phase);
// Ends the connection's suspension.
void connection_resume(HttpConnection *connection);
int connection_socket(const HttpConnection *connection);
void connection_cut(HttpConnection *connection); // at once, whatever it is at
// Writes a whole answer past MHD, which must not have begun one, for a request that MHD takes no
// answer for any more. Best effort; takes the answer over.
void connection_last_words(HttpConnection *connection, HttpAnswer *answer);
// Cuts connections that are over their time.
void connection_sweep(HttpServer *server);
// Has it go once it has nothing more to do: now without a request, else with its answer.
void connection_let_go(HttpConnection *connection);

// MHD closes a connection: whether it could not read what came on it (unread.c).
void unread_closing(HttpConnection *connection);

// ---- sockets that outlive their connection (linger.c) ------------------------------------------

typedef struct HttpLinger HttpLinger;

// Keeps a copy of the socket open and reads it until its client stops, or for two seconds.
void linger_begin(HttpServer *server, int socket);
void linger_sweep(HttpServer *server, bool all);

// ---- bodies of answers (message.c) -------------------------------------------------------------

enum { SMALLEST_PACKED = 1024 }; // below, compressing gains less than it costs

struct HttpBody {
    size_t references;
    bool is_shared;  // other answers may come that have it too
    bool was_packed; // it was tried; `packed` is empty when nothing was gained
    Buffer bytes, packed;
    HttpRequest *holders; // requests that hold it (budget.c); it is counted as the first one's
};

// The body's bytes compressed, or NULL when they would not be shorter.
const Buffer *body_packed(HttpBody *body);
size_t body_size(const HttpBody *body); // of all it holds

// ---- memory that all share (budget.c) ----------------------------------------------------------

typedef enum HeldKind { HELD_BODY, HELD_ANSWER, HELD_KINDS } HeldKind;

// Has the request hold `bytes` of that kind, more or less than it did. False, and nothing changes,
// when that would be more than there may be of them, or than is his who asks.
MUST_CHECK bool budget_hold(HttpRequest *request, HeldKind kind, size_t bytes);
void budget_let_go(HttpRequest *request, HeldKind kind);
// The same of an answer's body, which is counted once however many answers hold it.
MUST_CHECK bool budget_hold_answer(HttpRequest *request, HttpBody *body);
void budget_recount_answer(const HttpBody *body); // it has become larger
void budget_let_go_answer(HttpRequest *request);  // which may hold none

// ---- requests (request.c) ----------------------------------------------------------------------

enum { HTTP_MOST_REQUEST_HEADERS = 100, HTTP_MOST_COOKIES = 32 };

typedef enum RequestStage {
    REQUEST_LINE,     // its line came
    REQUEST_BODY,     // its headers came; its body, if any, is on the way
    REQUEST_HANDED,   // the handler has it
    REQUEST_ANSWERED, // what it is answered is known
} RequestStage;

typedef struct Refusal {
    int status;       // 0: none
    const char *code; // literal
    char message[256], hint[256];
    bool closes; // what comes next on the connection cannot be told apart from this request
} Refusal;

struct HttpRequest {
    HttpServer *server;         // NULL once the server was freed
    HttpConnection *connection; // likewise
    RequestStage stage;
    bool is_head, is_suspended;
    bool is_last; // the connection is to end with it
    atomic_bool is_abandoned;
    uint64_t id;
    int64_t began_us, began_ns; // time of day and steady time
    HttpPeer peer;
    char client[sizeof((HttpPeer){0}.address)]; // the peer's, or what a proxy says it is
    char network[NETWORK_SIZE];                 // of that
    char *target;                               // as it came
    const char *target_place;                   // where MHD holds it (head.c compares places)
    char *room;                                 // what the texts below point into
    const char *method;
    HttpTarget parsed;
    HttpPair headers[HTTP_MOST_REQUEST_HEADERS];
    size_t header_count;
    HttpPair cookies[HTTP_MOST_COOKIES];
    size_t cookie_count;
    Buffer body;
    size_t largest_body, received, sent;
    size_t held[HELD_KINDS];
    HttpBody *held_body; // of its answer, with a reference; NULL: none that counts
    HttpRequest *holder_before, *holder_after; // others that hold it
    Refusal refusal;
    int status; // of the answer; 0 before
    bool was_cut;
    HttpStream *stream;
    char *user;
    void *data;
    void (*release_data)(void *data);
};

void request_drop_body(HttpRequest *request);
Refusal refusal_of(int status, const char *code, const char *message, const char *hint);
HttpRequest *request_new(HttpConnection *connection, const char *target);
void request_free(HttpRequest *request);
// What is wrong with it; the first refusal stays.
void request_refuse(HttpRequest *request, int status, const char *code, const char *message,
                    const char *hint);
// As request_refuse, for what makes the bytes that follow doubtful.
void request_refuse_and_close(HttpRequest *request, int status, const char *code,
                              const char *message, const char *hint);
// Copies the line and the headers out of MHD's memory and checks them (head.c). What is wrong
// becomes the request's refusal.
void request_read_head(HttpRequest *request, const char *method, const char *version);

// ---- what MHD calls with requests (exchange.c) -------------------------------------------------

void *exchange_line_came(void *context, const char *target, struct MHD_Connection *handle);
enum MHD_Result exchange_part_came(void *context, struct MHD_Connection *handle, const char *url,
                                   const char *method, const char *version, const char *bytes,
                                   size_t *length, void **request);
void exchange_ended(void *context, struct MHD_Connection *handle, void **request,
                    enum MHD_RequestTerminationCode code);

// ---- answers (answer.c, stream.c) --------------------------------------------------------------

// Gives MHD the answer to a request; takes it over.
void answer_queue(HttpRequest *request, HttpAnswer *answer);
// Queues a response that was made, with the headers of `answer` and the server's own.
void answer_queue_response(HttpRequest *request, const HttpAnswer *answer,
                           struct MHD_Response *response);
void answer_release(HttpAnswer *answer);
// The answer that the server itself gives to a request that it does not hand over.
HttpAnswer answer_of_refusal(HttpServer *server, const Refusal *refusal);
const char *answer_reason(int status); // "Not Found"

HttpStream *stream_begin(HttpRequest *request, HttpAnswer *answer,
                         void (*closed)(HttpStream *stream, void *context), void *context);
bool stream_is_waiting(const HttpStream *stream); // for its reader, with bytes in the queue
// The request ended: the stream is to tell its owner and go. NULL is allowed.
void stream_ended(HttpStream *stream);

// ---- the server (server.c) ---------------------------------------------------------------------

struct HttpServer {
    uv_loop_t *loop;
    HttpOptions options; // its texts are the server's own copies
    HttpDaemon daemons[2];
    TlsCredentials *credentials; // for connections to come; NULL without TLS
    int port;
    int socket_lock; // held while the Unix socket's file is ours; else -1
    HttpConnection *connections;
    HttpLinger *lingers;
    size_t linger_count;
    uv_timer_t sweep;
    HttpStatistics statistics;
    uint64_t last_id;
    bool is_draining, is_drained, is_ending;
    int64_t drain_until_ms;
    void (*drained)(void *context);
    void *drained_context;
    int open_handles; // of the loop
};

// After MHD was run: whether a drain has come to its end.
void server_look_for_end(HttpServer *server);
// For uv_close of the server's handles.
void server_handle_closed(uv_handle_t *handle);
