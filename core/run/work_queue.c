// Threads that work off jobs: see work_queue.h.
#include "core/run/work_queue.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "core/base/language.h"
#include "core/base/memory.h"

typedef struct QueuedJob QueuedJob;
struct QueuedJob {
    QueuedJob *next;
    WorkQueueTask work; // NULL in what is said to the home loop
    WorkQueueDone done;
    void *context;
    Language language; // of who posted it
};

typedef struct JobList {
    QueuedJob *first, **end;
    size_t count;
} JobList;

typedef struct QueueThread {
    WorkQueue *queue;
    pthread_t thread;
    uv_loop_t loop;
} QueueThread;

struct WorkQueue {
    uv_async_t bell; // rung when `said` has something
    QueueThread *threads;
    int thread_count;
    size_t most_waiting;
    pthread_mutex_t mutex; // guards what follows
    pthread_cond_t changed;
    JobList posted, said;
    size_t working;
    int threads_left;
    atomic_bool stopping;
    WorkQueueDone stopped;
    void *stopped_context;
};

// ---- queues -------------------------------------------------------------------------------------

static void queue_init(JobList *queue) {
    *queue = (JobList){.end = &queue->first};
}

static void queue_put(JobList *queue, QueuedJob *job) {
    job->next = NULL;
    *queue->end = job;
    queue->end = &job->next;
    queue->count++;
}

static QueuedJob *queue_take(JobList *queue) {
    QueuedJob *job = queue->first;
    if (!job) return NULL;
    queue->first = job->next;
    if (!queue->first) queue->end = &queue->first;
    queue->count--;
    return job;
}

static QueuedJob *job_new(WorkQueueTask work, WorkQueueDone done, void *context) {
    QueuedJob *job = memory_new(1, sizeof *job);
    *job = (QueuedJob){.work = work, .done = done, .context = context, .language = language_now()};
    return job;
}

// ---- on a queue's thread -----------------------------------------------------------------------

static void say(WorkQueue *queue, QueuedJob *job) {
    pthread_mutex_lock(&queue->mutex);
    queue_put(&queue->said, job);
    pthread_mutex_unlock(&queue->mutex);
    uv_async_send(&queue->bell);
}

void work_queue_tell(WorkQueue *queue, WorkQueueDone done, void *context) {
    say(queue, job_new(NULL, done, context));
}

// NULL when the queue stops and nothing is left.
static QueuedJob *next_job(WorkQueue *queue) {
    pthread_mutex_lock(&queue->mutex);
    while (!queue->posted.first && !queue->stopping)
        pthread_cond_wait(&queue->changed, &queue->mutex);
    QueuedJob *job = queue_take(&queue->posted);
    if (job) queue->working++;
    pthread_mutex_unlock(&queue->mutex);
    return job;
}

static void end_thread(QueueThread *thread) {
    WorkQueue *queue = thread->queue;
    uv_run(&thread->loop, UV_RUN_DEFAULT);
    uv_loop_close(&thread->loop);
    pthread_mutex_lock(&queue->mutex);
    queue->threads_left--;
    pthread_mutex_unlock(&queue->mutex);
    uv_async_send(&queue->bell);
}

static void *run_jobs(void *argument) {
    QueueThread *thread = argument;
    WorkQueue *queue = thread->queue;
    for (QueuedJob *job; (job = next_job(queue));) {
        language_use(job->language);
        job->work(queue, &thread->loop, job->context);
        pthread_mutex_lock(&queue->mutex);
        queue->working--;
        pthread_mutex_unlock(&queue->mutex);
        say(queue, job);
    }
    end_thread(thread);
    return NULL;
}

// ---- on the home loop ---------------------------------------------------------------------------

static void destroy_queue(WorkQueue *queue) {
    pthread_cond_destroy(&queue->changed);
    pthread_mutex_destroy(&queue->mutex);
    free(queue->threads);
    free(queue);
}

static void free_queue(uv_handle_t *handle) {
    WorkQueue *queue = handle->data;
    WorkQueueDone stopped = queue->stopped;
    void *context = queue->stopped_context;
    destroy_queue(queue);
    if (stopped) stopped(context);
}

static QueuedJob *take_said(WorkQueue *queue, bool *over) {
    pthread_mutex_lock(&queue->mutex);
    QueuedJob *job = queue_take(&queue->said);
    *over = !job && queue->threads_left == 0;
    pthread_mutex_unlock(&queue->mutex);
    return job;
}

static void hear_bell(uv_async_t *bell) {
    WorkQueue *queue = bell->data;
    bool over;
    for (QueuedJob *job; (job = take_said(queue, &over));) {
        Language before = language_now();
        language_use(job->language);
        if (job->done) job->done(job->context);
        language_use(before);
        free(job);
    }
    if (!over || uv_is_closing((uv_handle_t *)bell)) return;
    for (int i = 0; i < queue->thread_count; i++)
        pthread_join(queue->threads[i].thread, NULL);
    uv_close((uv_handle_t *)bell, free_queue);
}

// Signals are for the loop's thread, not for a queue's.
static int start_thread(QueueThread *thread) {
    sigset_t all, before;
    int failed = uv_loop_init(&thread->loop);
    if (failed) return -failed;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int number = pthread_create(&thread->thread, NULL, run_jobs, thread);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (number != 0) uv_loop_close(&thread->loop);
    return number;
}

static bool fail(int number, Error *error) {
    return error_set_errno(error, number, "%s", T("a thread cannot be started", "无法启动线程"));
}

bool work_queue_start(uv_loop_t *home, int threads, size_t most_waiting, WorkQueue **out,
                      Error *error) {
    WorkQueue *queue = memory_new(1, sizeof *queue);
    queue->threads = memory_new((size_t)threads, sizeof *queue->threads);
    queue->most_waiting = most_waiting;
    pthread_mutex_init(&queue->mutex, NULL);
    pthread_cond_init(&queue->changed, NULL);
    queue_init(&queue->posted);
    queue_init(&queue->said);
    queue->bell.data = queue;
    int number = -uv_async_init(home, &queue->bell, hear_bell);
    if (number != 0) {
        destroy_queue(queue);
        return fail(number, error);
    }
    for (int i = 0; i < threads && number == 0; i++) {
        queue->threads[i].queue = queue;
        pthread_mutex_lock(&queue->mutex);
        number = start_thread(&queue->threads[i]);
        queue->thread_count += number == 0;
        queue->threads_left += number == 0;
        pthread_mutex_unlock(&queue->mutex);
    }
    if (number == 0) {
        *out = queue;
        return true;
    }
    work_queue_stop(queue, NULL, NULL);
    return fail(number, error);
}

static void post(WorkQueue *queue, QueuedJob *job) {
    queue_put(&queue->posted, job);
    pthread_cond_signal(&queue->changed);
}

bool work_queue_post(WorkQueue *queue, WorkQueueTask work, WorkQueueDone done, void *context) {
    pthread_mutex_lock(&queue->mutex);
    size_t room = queue->most_waiting + (size_t)queue->thread_count;
    bool fits = !queue->stopping && queue->posted.count + queue->working < room;
    if (fits) post(queue, job_new(work, done, context));
    pthread_mutex_unlock(&queue->mutex);
    return fits;
}

void work_queue_post_always(WorkQueue *queue, WorkQueueTask work, WorkQueueDone done,
                            void *context) {
    pthread_mutex_lock(&queue->mutex);
    post(queue, job_new(work, done, context));
    pthread_mutex_unlock(&queue->mutex);
}

size_t work_queue_waiting(WorkQueue *queue) {
    pthread_mutex_lock(&queue->mutex);
    size_t count = queue->posted.count;
    pthread_mutex_unlock(&queue->mutex);
    return count;
}

size_t work_queue_working(WorkQueue *queue) {
    pthread_mutex_lock(&queue->mutex);
    size_t count = queue->working;
    pthread_mutex_unlock(&queue->mutex);
    return count;
}

void work_queue_stop(WorkQueue *queue, WorkQueueDone stopped, void *context) {
    pthread_mutex_lock(&queue->mutex);
    queue->stopping = true;
    queue->stopped = stopped;
    queue->stopped_context = context;
    pthread_cond_broadcast(&queue->changed);
    pthread_mutex_unlock(&queue->mutex);
    uv_async_send(&queue->bell);
}
