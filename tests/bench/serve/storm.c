// The readers' loop: see storm.h.
#include "tests/bench/serve/storm.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#include "tests/bench/serve/versions.h"

typedef struct Reader {
    Talk talk;
    Buffer request;
    double asked_ms, due_ms;
    bool waits;      // for an answer
    int last_number; // of the versions it was answered by
} Reader;

struct Storm {
    Reader *readers;
    int count, epoll;
    double pause_ms;
    char (*hashes)[65]; // by number of version; "" until it was seen
    StormFindings found;
    pthread_t thread;
    atomic_bool over;
};

static void check_answer(Storm *storm, Reader *reader) {
    StormFindings *found = &storm->found;
    int number;
    char hash[65];
    found->answers++;
    if (reader->talk.status != 200) {
        found->not_200++;
    } else if (!versions_read_answer(reader->talk.body, reader->talk.body_length, &number, hash)) {
        found->mixed++;
    } else {
        found->went_back += number < reader->last_number;
        reader->last_number = number;
        char *known = storm->hashes[number % MOST_VERSIONS];
        found->hash_differs += *known && strcmp(known, hash) != 0;
        snprintf(known, 65, "%s", hash);
    }
}

static void drop(Storm *storm, Reader *reader) {
    storm->found.dropped++;
    talk_close(&reader->talk);
    reader->waits = false;
}

static void take_bytes(Storm *storm, Reader *reader) {
    char room[16384];
    ssize_t length = recv(reader->talk.socket, room, sizeof room, MSG_DONTWAIT);
    if (length < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (length <= 0) {
        drop(storm, reader);
        return;
    }
    buffer_append(&reader->talk.bytes, room, (size_t)length);
    if (!talk_is_whole(&reader->talk)) return;
    double now = now_ms();
    sample_add(&storm->found.latency_ms, now - reader->asked_ms);
    check_answer(storm, reader);
    reader->waits = false;
    reader->due_ms = now + storm->pause_ms;
}

// A request is far smaller than what a socket takes at once.
static void ask(Storm *storm, Reader *reader) {
    const Buffer *request = &reader->request;
    buffer_clear(&reader->talk.bytes);
    reader->asked_ms = now_ms();
    reader->waits = true;
    if (send(reader->talk.socket, request->data, request->length, MSG_NOSIGNAL) !=
        (ssize_t)request->length)
        drop(storm, reader);
}

static void *run(void *context) {
    Storm *storm = context;
    struct epoll_event events[64];
    while (!atomic_load(&storm->over)) {
        int count = epoll_wait(storm->epoll, events, 64, 1);
        for (int i = 0; i < count; i++)
            take_bytes(storm, events[i].data.ptr);
        double now = now_ms();
        for (int i = 0; i < storm->count; i++) {
            Reader *reader = &storm->readers[i];
            if (reader->talk.socket >= 0 && !reader->waits && reader->due_ms <= now)
                ask(storm, reader);
        }
    }
    return NULL;
}

Storm *storm_begin(const Target *target, int count, double between_ms, char *const *regions,
                   size_t region_count) {
    Storm *storm = memory_new(1, sizeof *storm);
    storm->readers = memory_new((size_t)count, sizeof *storm->readers);
    storm->hashes = memory_new(MOST_VERSIONS, sizeof *storm->hashes);
    storm->count = count;
    storm->pause_ms = between_ms;
    storm->epoll = epoll_create1(EPOLL_CLOEXEC);
    for (int i = 0; i < count; i++) {
        Reader *reader = &storm->readers[i];
        char path[128];
        snprintf(path, sizeof path, "/api/v1/results/bench/scores/%s",
                 regions[(size_t)i % region_count]);
        talk_open(&reader->talk, target, "127.0.0.1");
        talk_write_request(&reader->request, target, "GET", path, NULL);
        struct epoll_event event = {.events = EPOLLIN, .data.ptr = reader};
        epoll_ctl(storm->epoll, EPOLL_CTL_ADD, reader->talk.socket, &event);
    }
    if (pthread_create(&storm->thread, NULL, run, storm) != 0) give_up("cannot start a thread");
    return storm;
}

StormFindings storm_end(Storm *storm) {
    atomic_store(&storm->over, true);
    pthread_join(storm->thread, NULL);
    for (int i = 0; i < storm->count; i++) {
        talk_close(&storm->readers[i].talk);
        buffer_free(&storm->readers[i].request);
    }
    StormFindings found = storm->found;
    free(storm->readers);
    free(storm->hashes);
    free(storm);
    return found;
}
