// Requests over a connection that is kept: see talk.h.
#include "tests/bench/serve/talk.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { ROOM = 65536 };

void give_up(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    fputs("serve_bench: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    exit(1);
}

double now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

void pause_ms(double milliseconds) {
    struct timespec time = {.tv_sec = (time_t)(milliseconds / 1e3)};
    time.tv_nsec = (long)((milliseconds - (double)time.tv_sec * 1e3) * 1e6);
    nanosleep(&time, NULL);
}

static struct sockaddr_in address_of(const char *host, int port) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    inet_pton(AF_INET, host, &address.sin_addr);
    return address;
}

void talk_open(Talk *talk, const Target *target, const char *source) {
    const struct sockaddr_in from = address_of(source, 0);
    const struct sockaddr_in to = address_of("127.0.0.1", target->port);
    const int yes = 1;
    *talk = (Talk){.socket = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), .target = target};
    if (talk->socket < 0 || bind(talk->socket, (const struct sockaddr *)&from, sizeof from) != 0 ||
        connect(talk->socket, (const struct sockaddr *)&to, sizeof to) != 0)
        give_up("cannot reach port %d", target->port);
    setsockopt(talk->socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
}

void talk_close(Talk *talk) {
    if (talk->socket >= 0) close(talk->socket);
    buffer_free(&talk->bytes);
    *talk = (Talk){.socket = -1};
}

void talk_write_request(Buffer *out, const Target *target, const char *method, const char *path,
                        const char *body) {
    buffer_printf(out, "%s %s HTTP/1.1\r\nHost: localhost\r\nAccept-Language: en\r\n", method,
                  path);
    buffer_printf(out, "Authorization: Bearer %s\r\n", target->token);
    if (body)
        buffer_printf(out, "Content-Type: application/json\r\nContent-Length: %zu\r\n\r\n%s",
                      strlen(body), body);
    else
        buffer_text(out, "\r\n");
}

bool talk_is_whole(Talk *talk) {
    static const char field[] = "\r\nContent-Length: ";
    const char *bytes = talk->bytes.data;
    const char *end = bytes ? strstr(bytes, "\r\n\r\n") : NULL;
    if (!end) return false;
    const char *length = strstr(bytes, field);
    if (strncmp(bytes, "HTTP/1.1 ", 9) != 0 || !length || length > end)
        give_up("an answer without a length:\n%.400s", bytes);
    talk->status = atoi(bytes + 9);
    talk->body = end + 4;
    talk->body_length = strtoul(length + sizeof field - 1, NULL, 10);
    return talk->bytes.length - (size_t)(talk->body - bytes) >= talk->body_length;
}

static bool send_all(Talk *talk, const Buffer *request) {
    size_t sent = 0;
    while (sent < request->length) {
        ssize_t more =
            send(talk->socket, request->data + sent, request->length - sent, MSG_NOSIGNAL);
        if (more <= 0) return false;
        sent += (size_t)more;
    }
    return true;
}

bool talk_ask(Talk *talk, const char *method, const char *path, const char *body) {
    Buffer request = {0};
    char room[ROOM];
    talk_write_request(&request, talk->target, method, path, body);
    talk->bytes.length = 0;
    if (talk->bytes.data) talk->bytes.data[0] = '\0';
    bool good = send_all(talk, &request);
    buffer_free(&request);
    while (good && !talk_is_whole(talk)) {
        ssize_t length = recv(talk->socket, room, sizeof room, 0);
        good = length > 0;
        if (good) buffer_append(&talk->bytes, room, (size_t)length);
    }
    return good;
}

void talk_insist(Talk *talk, const char *method, const char *path, const char *body) {
    if (!talk_ask(talk, method, path, body)) give_up("%s %s: no answer", method, path);
    if (talk->status != 200) give_up("%s %s: %d\n%.600s", method, path, talk->status, talk->body);
}
