// Answers that go on: a queue of bytes that MHD is given as their reader takes them.
//
// While the queue is empty the connection is suspended, and MHD does not look at its socket; that
// the client has left is then seen by a poll of the stream's own.
#include <stdlib.h>
#include <string.h>

#include "core/http/inside.h"

struct HttpStream {
    uv_poll_t poll; // sees the client leave; first, so that the handle's pointer is the stream's
    HttpRequest *request; // NULL once it ended
    Buffer queue;
    size_t given; // of the queue's bytes
    bool is_closing, is_suspended;
    void (*closed)(HttpStream *stream, void *context);
    void *context;
};

static void wake(HttpStream *stream) {
    if (!stream->is_suspended) return;
    stream->is_suspended = false;
    connection_resume(stream->request->connection);
}

// Bytes that were given are dropped once they are the larger part.
static void forget_given(HttpStream *stream) {
    if (stream->given < stream->queue.length / 2) return;
    size_t left = stream->queue.length - stream->given;
    memmove(stream->queue.data, stream->queue.data + stream->given, left);
    stream->queue.length = left;
    stream->given = 0;
}

static ssize_t give_queued(void *context, uint64_t position, char *out, size_t most) {
    (void)position;
    HttpStream *stream = context;
    size_t waiting = stream->queue.length - stream->given;
    connection_enter(stream->request->connection, CONNECTION_STREAMING);
    if (waiting == 0 && stream->is_closing) return MHD_CONTENT_READER_END_OF_STREAM;
    if (waiting == 0) {
        MHD_suspend_connection(stream->request->connection->handle);
        stream->is_suspended = true;
        return 0;
    }
    size_t length = waiting < most ? waiting : most;
    memcpy(out, stream->queue.data + stream->given, length);
    stream->given += length;
    stream->request->sent += length;
    forget_given(stream);
    return (ssize_t)length;
}

static void client_left(uv_poll_t *poll, int status, int events) {
    (void)events, (void)status;
    HttpStream *stream = (HttpStream *)poll;
    uv_poll_stop(poll);
    stream->is_closing = true;
    connection_cut(stream->request->connection);
    wake(stream);
}

HttpStream *stream_begin(HttpRequest *request, HttpAnswer *answer,
                         void (*closed)(HttpStream *stream, void *context), void *context) {
    HttpStream *stream = memory_new(1, sizeof *stream);
    stream->request = request;
    stream->closed = closed;
    stream->context = context;
    request->stream = stream;
    request->server->statistics.streams++;
    request->server->open_handles++;
    uv_poll_init(request->server->loop, &stream->poll, connection_socket(request->connection));
    uv_poll_start(&stream->poll, UV_DISCONNECT, client_left);
    struct MHD_Response *response =
        MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, 4096, give_queued, stream, NULL);
    if (answer->type) http_answer_header(answer, "Content-Type", answer->type);
    answer_queue_response(request, answer, response);
    answer_release(answer);
    if (request->server->is_draining) http_stream_close(stream);
    return stream;
}

bool stream_is_waiting(const HttpStream *stream) {
    return !stream->is_suspended;
}

bool http_stream_send(HttpStream *stream, const void *bytes, size_t length) {
    if (stream->is_closing) return false;
    size_t waiting = stream->queue.length - stream->given;
    if (waiting + length > stream->request->server->options.largest_stream) {
        // What waits is worth nothing to a reader that will miss what follows.
        stream->is_closing = true;
        connection_cut(stream->request->connection);
        wake(stream);
        return false;
    }
    buffer_append(&stream->queue, bytes, length);
    wake(stream);
    return true;
}

void http_stream_close(HttpStream *stream) {
    if (stream->is_closing) return;
    stream->is_closing = true;
    wake(stream);
}

static void stream_free(uv_handle_t *handle) {
    HttpStream *stream = (HttpStream *)handle;
    server_handle_closed(handle);
    buffer_free(&stream->queue);
    free(stream);
}

void stream_ended(HttpStream *stream) {
    if (!stream) return;
    HttpServer *server = stream->request->server;
    server->statistics.streams--;
    stream->is_closing = true;
    stream->request = NULL;
    stream->poll.data = server;
    uv_close((uv_handle_t *)&stream->poll, stream_free);
    if (stream->closed) stream->closed(stream, stream->context);
}
