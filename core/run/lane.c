// Threads that work off jobs: see lane.h.
#include "core/run/lane.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "core/base/language.h"
#include "core/base/memory.h"

typedef struct LaneJob LaneJob;
struct LaneJob {
    LaneJob *next;
    LaneWork work; // NULL in what is said to the home loop
    LaneDone done;
    void *context;
    Language language; // of who posted it
};

typedef struct JobQueue {
    LaneJob *first, **end;
    size_t count;
} JobQueue;

typedef struct LaneThread {
    Lane *lane;
    pthread_t thread;
    uv_loop_t loop;
} LaneThread;

struct Lane {
    uv_async_t bell; // rung when `said` has something
    LaneThread *threads;
    int thread_count;
    size_t most_waiting;
    pthread_mutex_t mutex; // guards what follows
    pthread_cond_t changed;
    JobQueue posted, said;
    size_t working;
    int threads_left;
    atomic_bool stopping;
    LaneDone stopped;
    void *stopped_context;
};

// ---- queues -------------------------------------------------------------------------------------

static void queue_init(JobQueue *queue) {
    *queue = (JobQueue){.end = &queue->first};
}

static void queue_put(JobQueue *queue, LaneJob *job) {
    job->next = NULL;
    *queue->end = job;
    queue->end = &job->next;
    queue->count++;
}

static LaneJob *queue_take(JobQueue *queue) {
    LaneJob *job = queue->first;
    if (!job) return NULL;
    queue->first = job->next;
    if (!queue->first) queue->end = &queue->first;
    queue->count--;
    return job;
}

static LaneJob *job_new(LaneWork work, LaneDone done, void *context) {
    LaneJob *job = memory_new(1, sizeof *job);
    *job = (LaneJob){.work = work, .done = done, .context = context, .language = language_now()};
    return job;
}

// ---- on a lane's thread -------------------------------------------------------------------------

static void say(Lane *lane, LaneJob *job) {
    pthread_mutex_lock(&lane->mutex);
    queue_put(&lane->said, job);
    pthread_mutex_unlock(&lane->mutex);
    uv_async_send(&lane->bell);
}

void lane_tell(Lane *lane, LaneDone done, void *context) {
    say(lane, job_new(NULL, done, context));
}

// NULL when the lane stops and nothing is left.
static LaneJob *next_job(Lane *lane) {
    pthread_mutex_lock(&lane->mutex);
    while (!lane->posted.first && !lane->stopping)
        pthread_cond_wait(&lane->changed, &lane->mutex);
    LaneJob *job = queue_take(&lane->posted);
    if (job) lane->working++;
    pthread_mutex_unlock(&lane->mutex);
    return job;
}

static void end_thread(LaneThread *thread) {
    Lane *lane = thread->lane;
    uv_run(&thread->loop, UV_RUN_DEFAULT);
    uv_loop_close(&thread->loop);
    pthread_mutex_lock(&lane->mutex);
    lane->threads_left--;
    pthread_mutex_unlock(&lane->mutex);
    uv_async_send(&lane->bell);
}

static void *run_jobs(void *argument) {
    LaneThread *thread = argument;
    Lane *lane = thread->lane;
    for (LaneJob *job; (job = next_job(lane));) {
        language_use(job->language);
        job->work(lane, &thread->loop, job->context);
        pthread_mutex_lock(&lane->mutex);
        lane->working--;
        pthread_mutex_unlock(&lane->mutex);
        say(lane, job);
    }
    end_thread(thread);
    return NULL;
}

// ---- on the home loop ---------------------------------------------------------------------------

static void free_lane(uv_handle_t *handle) {
    Lane *lane = handle->data;
    LaneDone stopped = lane->stopped;
    void *context = lane->stopped_context;
    pthread_cond_destroy(&lane->changed);
    pthread_mutex_destroy(&lane->mutex);
    free(lane->threads);
    free(lane);
    if (stopped) stopped(context);
}

static LaneJob *take_said(Lane *lane, bool *over) {
    pthread_mutex_lock(&lane->mutex);
    LaneJob *job = queue_take(&lane->said);
    *over = !job && lane->threads_left == 0;
    pthread_mutex_unlock(&lane->mutex);
    return job;
}

static void hear_bell(uv_async_t *bell) {
    Lane *lane = bell->data;
    bool over;
    for (LaneJob *job; (job = take_said(lane, &over));) {
        Language before = language_now();
        language_use(job->language);
        if (job->done) job->done(job->context);
        language_use(before);
        free(job);
    }
    if (!over || uv_is_closing((uv_handle_t *)bell)) return;
    for (int i = 0; i < lane->thread_count; i++)
        pthread_join(lane->threads[i].thread, NULL);
    uv_close((uv_handle_t *)bell, free_lane);
}

// Signals are for the loop's thread, not for a lane's.
static int start_thread(LaneThread *thread) {
    sigset_t all, before;
    if (uv_loop_init(&thread->loop) != 0) return EAGAIN;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int number = pthread_create(&thread->thread, NULL, run_jobs, thread);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (number != 0) uv_loop_close(&thread->loop);
    return number;
}

bool lane_start(uv_loop_t *home, int threads, size_t most_waiting, Lane **out, Error *error) {
    Lane *lane = memory_new(1, sizeof *lane);
    lane->threads = memory_new((size_t)threads, sizeof *lane->threads);
    lane->most_waiting = most_waiting;
    pthread_mutex_init(&lane->mutex, NULL);
    pthread_cond_init(&lane->changed, NULL);
    queue_init(&lane->posted);
    queue_init(&lane->said);
    lane->bell.data = lane;
    uv_async_init(home, &lane->bell, hear_bell);
    int number = 0;
    for (int i = 0; i < threads && number == 0; i++) {
        lane->threads[i].lane = lane;
        pthread_mutex_lock(&lane->mutex);
        number = start_thread(&lane->threads[i]);
        lane->thread_count += number == 0;
        lane->threads_left += number == 0;
        pthread_mutex_unlock(&lane->mutex);
    }
    if (number == 0) {
        *out = lane;
        return true;
    }
    lane_stop(lane, NULL, NULL);
    return error_set_errno(error, number, "%s", T("a thread cannot be started", "无法启动线程"));
}

static void post(Lane *lane, LaneJob *job) {
    queue_put(&lane->posted, job);
    pthread_cond_signal(&lane->changed);
}

bool lane_post(Lane *lane, LaneWork work, LaneDone done, void *context) {
    pthread_mutex_lock(&lane->mutex);
    size_t room = lane->most_waiting + (size_t)lane->thread_count;
    bool fits = !lane->stopping && lane->posted.count + lane->working < room;
    if (fits) post(lane, job_new(work, done, context));
    pthread_mutex_unlock(&lane->mutex);
    return fits;
}

void lane_post_always(Lane *lane, LaneWork work, LaneDone done, void *context) {
    pthread_mutex_lock(&lane->mutex);
    post(lane, job_new(work, done, context));
    pthread_mutex_unlock(&lane->mutex);
}

size_t lane_waiting(Lane *lane) {
    pthread_mutex_lock(&lane->mutex);
    size_t count = lane->posted.count;
    pthread_mutex_unlock(&lane->mutex);
    return count;
}

size_t lane_working(Lane *lane) {
    pthread_mutex_lock(&lane->mutex);
    size_t count = lane->working;
    pthread_mutex_unlock(&lane->mutex);
    return count;
}

void lane_stop(Lane *lane, LaneDone stopped, void *context) {
    pthread_mutex_lock(&lane->mutex);
    lane->stopping = true;
    lane->stopped = stopped;
    lane->stopped_context = context;
    pthread_cond_broadcast(&lane->changed);
    pthread_mutex_unlock(&lane->mutex);
    uv_async_send(&lane->bell);
}
