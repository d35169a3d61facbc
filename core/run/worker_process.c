// Spawning and watching a worker: see worker_process.h.
#include "core/run/worker_process.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "core/base/clock.h"
#include "core/base/language.h"
#include "core/base/memory.h"
#include "core/run/frame.h"

typedef enum WorkerState {
    STATE_STARTING, // there is no process yet: within worker_start alone
    STATE_TALKING,  // the process runs and its frames are read
    STATE_ENDING,   // killed or let go; waiting for the process and the handles
    STATE_OVER,     // `ended` was called
} WorkerState;

enum { WATCH_INTERVAL_MS = 20, DEFAULT_GRACE_MS = 300, MOST_DEADLINES = 10 };

struct WorkerProcess {
    WorkerState state;
    WorkerOptions options;
    WorkerCallbacks callbacks;
    WorkerEnd end;
    uv_process_t process;
    uv_pipe_t channel;
    uv_timer_t watch;
    int open_handles;  // handles whose close callback has not come yet
    bool running;      // the process has not been reaped
    bool channel_over; // it has closed its side: nothing more will come
    FrameReader reader;
    StatusPage *page;
    int64_t asked_ms;                // when the owner began to wait; 0: nothing is waited for
    int64_t moved_ms;                // when it was last seen to go on: the deadline runs from here
    int32_t rule, region;            // what its status page said then
    int64_t stop_seen_ms, exited_ms; // stop_seen_ms 0: no stop seen
    char read_buffer[64 * 1024];
};

typedef struct SendRequest {
    uv_write_t write; // first, so that the callback's pointer is this struct's
    char bytes[];
} SendRequest;

static void read_status(WorkerProcess *worker) {
    StatusPage *page = worker->page;
    WorkerEnd *end = &worker->end;
    end->rule = end->region = -1;
    if (!page) return;
    uint32_t stop = atomic_load(&page->stop);
    end->stop = stop == STOP_CPU || stop == STOP_MEMORY ? (StopReason)stop : STOP_NONE;
    end->rule = atomic_load(&page->rule);
    end->region = atomic_load(&page->region);
    end->line = atomic_load(&page->line);
    memcpy(end->file, page->file, sizeof end->file);
    end->file[sizeof end->file - 1] = '\0';
    for (char *at = end->file; *at; at++)
        if ((unsigned char)*at < 0x20 || (unsigned char)*at > 0x7e) *at = '?';
}

static void finish_when_closed(WorkerProcess *worker) {
    if (worker->open_handles > 0 || worker->running || worker->state != STATE_ENDING) return;
    worker->state = STATE_OVER;
    if (worker->page) munmap(worker->page, STATUS_PAGE_BYTES);
    frame_reader_free(&worker->reader);
    worker->callbacks.ended(&worker->end, worker->callbacks.context);
    free(worker);
}

static void handle_closed(uv_handle_t *handle) {
    WorkerProcess *worker = handle->data;
    worker->open_handles--;
    finish_when_closed(worker);
}

static void close_handle(uv_handle_t *handle) {
    if (!uv_is_closing(handle)) uv_close(handle, handle_closed);
}

// Loops of several threads have workers, and whoever runs the server wants to know of them all.
static struct {
    pthread_mutex_t lock;
    WorkerLosses losses;
} lost = {.lock = PTHREAD_MUTEX_INITIALIZER};

static void note_loss(const WorkerEnd *end) {
    pthread_mutex_lock(&lost.lock);
    lost.losses.count++;
    lost.losses.by_outcome[end->outcome]++;
    snprintf(lost.losses.last, sizeof lost.losses.last, "%s", end->error.message);
    pthread_mutex_unlock(&lost.lock);
}

WorkerLosses worker_losses(void) {
    pthread_mutex_lock(&lost.lock);
    WorkerLosses losses = lost.losses;
    pthread_mutex_unlock(&lost.lock);
    return losses;
}

// The one way out of STATE_TALKING: keeps the first outcome, kills, and closes everything.
static void end_with(WorkerProcess *worker, WorkerOutcome outcome) {
    if (worker->state == STATE_ENDING || worker->state == STATE_OVER) return;
    worker->state = STATE_ENDING;
    worker->end.outcome = outcome;
    if (outcome != WORKER_FINISHED) note_loss(&worker->end);
    read_status(worker);
    if (worker->running) uv_process_kill(&worker->process, SIGKILL);
    close_handle((uv_handle_t *)&worker->channel);
    close_handle((uv_handle_t *)&worker->watch);
}

static void end_as_died(WorkerProcess *worker) {
    const WorkerEnd *end = &worker->end;
    if (end->signal)
        error_set(&worker->end.error, ERROR_WORKER,
                  T("the worker process was ended by signal %d (%s)", "工作进程被信号 %d(%s)终止"),
                  end->signal, strsignal(end->signal));
    else
        error_set(&worker->end.error, ERROR_WORKER,
                  T("the worker process exited early with code %d", "工作进程提前退出，退出码 %d"),
                  end->exit_code);
    end_with(worker, WORKER_DIED);
}

// What it wrote before it went may still be under way: the end of the channel decides.
static void process_exited(uv_process_t *process, int64_t exit_code, int signal) {
    WorkerProcess *worker = process->data;
    worker->running = false;
    if (worker->state != STATE_ENDING) {
        worker->end.exit_code = (int)exit_code;
        worker->end.signal = signal;
        worker->exited_ms = clock_monotonic_ms();
        if (worker->channel_over) end_as_died(worker);
    }
    close_handle((uv_handle_t *)process);
}

// A question may be many calls long; a worker that goes from one to the next is not overdue, up to
// a point.
static void note_movement(WorkerProcess *worker, int64_t now) {
    int32_t rule = atomic_load(&worker->page->rule), region = atomic_load(&worker->page->region);
    if (rule == worker->rule && region == worker->region) return;
    worker->rule = rule;
    worker->region = region;
    worker->moved_ms = now;
}

static bool is_overdue(const WorkerProcess *worker, int64_t now) {
    int64_t deadline_ms = worker->options.deadline_ms;
    return worker->asked_ms && (now - worker->moved_ms > deadline_ms ||
                                now - worker->asked_ms > MOST_DEADLINES * deadline_ms);
}

static void watch_tick(uv_timer_t *timer) {
    WorkerProcess *worker = timer->data;
    int64_t now = clock_monotonic_ms();
    note_movement(worker, now);
    if (is_overdue(worker, now)) {
        error_set(&worker->end.error, ERROR_WORKER,
                  T("killed at its deadline of %lld ms", "到达 %lld 毫秒期限，已强制结束"),
                  (long long)worker->options.deadline_ms);
        end_with(worker, WORKER_OVERDUE);
        return;
    }
    if (!worker->running) {
        // Something it left behind keeps the channel open.
        if (now - worker->exited_ms > worker->options.grace_ms) end_as_died(worker);
        return;
    }
    if (atomic_load(&worker->page->stop) == STOP_NONE) {
        worker->stop_seen_ms = 0;
        return;
    }
    if (worker->stop_seen_ms == 0) {
        worker->stop_seen_ms = now;
    } else if (now - worker->stop_seen_ms > worker->options.grace_ms) {
        error_set(&worker->end.error, ERROR_WORKER,
                  T("used up its budget and did not stop within %lld ms: killed",
                    "用尽限额后 %lld 毫秒内仍未停止，已强制结束"),
                  (long long)worker->options.grace_ms);
        end_with(worker, WORKER_STUCK);
    }
}

static bool forward_frame(uint32_t type, const char *bytes, size_t length, void *context,
                          Error *error) {
    WorkerProcess *worker = context;
    if (worker->state != STATE_TALKING) return true;
    return worker->callbacks.frame(type, bytes, length, worker->callbacks.context, error);
}

static void provide_buffer(uv_handle_t *handle, size_t suggested, uv_buf_t *buffer) {
    (void)suggested;
    WorkerProcess *worker = handle->data;
    *buffer = uv_buf_init(worker->read_buffer, sizeof worker->read_buffer);
}

static void bytes_came(uv_stream_t *stream, ssize_t count, const uv_buf_t *buffer) {
    WorkerProcess *worker = stream->data;
    if (count < 0) {
        // The process, when it still runs, is waited for: its exit says how it ended.
        uv_read_stop(stream);
        worker->channel_over = true;
        if (!worker->running && worker->state == STATE_TALKING) end_as_died(worker);
        return;
    }
    if (worker->state != STATE_TALKING) return;
    if (!frame_feed(&worker->reader, buffer->base, (size_t)count, forward_frame, worker,
                    &worker->end.error))
        end_with(worker, WORKER_GARBAGE);
}

static StatusPage *make_page(int *descriptor, Error *error) {
    *descriptor = memfd_create("biaochi-status", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (*descriptor < 0) {
        error_set_errno(error, errno, "memfd_create");
        return NULL;
    }
    void *memory = MAP_FAILED;
    // A page that a worker cut off would end the host when it looks at it.
    if (ftruncate(*descriptor, STATUS_PAGE_BYTES) == 0 &&
        fcntl(*descriptor, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) == 0)
        memory = mmap(NULL, STATUS_PAGE_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED, *descriptor, 0);
    if (memory == MAP_FAILED) {
        error_set_errno(error, errno,
                        T("cannot share memory with a worker", "无法与工作进程共享内存"));
        close(*descriptor);
        return NULL;
    }
    StatusPage *page = memory;
    atomic_store(&page->rule, -1);
    atomic_store(&page->region, -1);
    return page;
}

static int spawn(uv_loop_t *loop, WorkerProcess *worker, int page_descriptor) {
    static char *environment[] = {NULL};
    char name[] = "biaochi", mode[] = "worker";
    char *arguments[] = {name, mode, NULL};
    const int *shared = worker->options.shared;
    uv_stdio_container_t stdio[7] = {
        {.flags = UV_IGNORE},
        {.flags = UV_IGNORE},
        {.flags = UV_INHERIT_FD, .data.fd = STDERR_FILENO},
        {.flags = UV_CREATE_PIPE | UV_READABLE_PIPE | UV_WRITABLE_PIPE,
         .data.stream = (uv_stream_t *)&worker->channel},
        {.flags = UV_INHERIT_FD, .data.fd = page_descriptor},
        {.flags = shared[0] >= 0 ? UV_INHERIT_FD : UV_IGNORE, .data.fd = shared[0]},
        {.flags = shared[1] >= 0 ? UV_INHERIT_FD : UV_IGNORE, .data.fd = shared[1]},
    };
    uv_process_options_t options = {
        .exit_cb = process_exited,
        .file = worker->options.program ? worker->options.program : "/proc/self/exe",
        .args = arguments,
        .env = environment,
        .stdio = stdio,
        .stdio_count = shared[1] >= 0   ? 7
                       : shared[0] >= 0 ? 6
                                        : 5,
    };
    // Descriptors that a shell left open in the host would be taken for the worker's own.
    close_range(STDERR_FILENO + 1, ~0u, CLOSE_RANGE_CLOEXEC);
    return uv_spawn(loop, &worker->process, &options);
}

WorkerProcess *worker_start(uv_loop_t *loop, const WorkerOptions *options,
                            const WorkerCallbacks *callbacks) {
    WorkerProcess *worker = memory_new(1, sizeof *worker);
    worker->options = *options;
    if (worker->options.grace_ms <= 0) worker->options.grace_ms = DEFAULT_GRACE_MS;
    worker->callbacks = *callbacks;
    worker->reader.largest = options->largest_frame;
    worker->asked_ms = worker->moved_ms = clock_monotonic_ms();
    worker->process.data = worker->channel.data = worker->watch.data = worker;
    uv_pipe_init(loop, &worker->channel, 0);
    uv_timer_init(loop, &worker->watch);
    worker->open_handles = 2;

    int page_descriptor = -1;
    worker->page = make_page(&page_descriptor, &worker->end.error);
    if (!worker->page) {
        end_with(worker, WORKER_ABSENT);
        return worker;
    }
    int failure = spawn(loop, worker, page_descriptor);
    close(page_descriptor);
    worker->open_handles++; // uv_spawn initialises the handle even when it fails
    if (failure) {
        error_set(&worker->end.error, ERROR_WORKER,
                  T("cannot start a worker process: %s", "无法启动工作进程：%s"),
                  uv_strerror(failure));
        end_with(worker, WORKER_ABSENT);
        close_handle((uv_handle_t *)&worker->process);
        return worker;
    }
    worker->running = true;
    worker->state = STATE_TALKING;
    uv_read_start((uv_stream_t *)&worker->channel, provide_buffer, bytes_came);
    uv_timer_start(&worker->watch, watch_tick, WATCH_INTERVAL_MS, WATCH_INTERVAL_MS);
    return worker;
}

static void sent(uv_write_t *request, int status) {
    (void)status; // a worker that does not read is found by its exit or its deadline
    free(request);
}

void worker_send(WorkerProcess *worker, const void *frames, size_t length) {
    if (worker->state != STATE_TALKING) return;
    SendRequest *request = memory_new(1, sizeof *request + length);
    memcpy(request->bytes, frames, length);
    const uv_buf_t buffer = {.base = request->bytes, .len = length};
    if (uv_write(&request->write, (uv_stream_t *)&worker->channel, &buffer, 1, sent) != 0)
        free(request);
}

void worker_expect(WorkerProcess *worker) {
    worker->asked_ms = worker->moved_ms = clock_monotonic_ms();
}

void worker_content(WorkerProcess *worker) {
    worker->asked_ms = 0;
}

void worker_finish(WorkerProcess *worker) {
    end_with(worker, WORKER_FINISHED);
}
