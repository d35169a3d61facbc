// The writer thread and its queue: see writer.h.
#include "db/writer.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>

#include "core/base/language.h"
#include "core/base/memory.h"
#include "db/store_actor.h"

enum { QUIET_AFTER_MS = 300 };

typedef struct Job Job;
struct Job {
    Job *next;
    StoreWriteFunction write;
    void *context;
    StoreDoneFunction done;
    void *done_context;
    Language language; // of who asks
    StoreActor *actor; // owned: who asks; NULL for nobody
};

struct Writer {
    WriterExecute execute;
    WriterTidy tidy;
    void *subject;
    pthread_t thread;
    pthread_mutex_t mutex; // guards what follows
    pthread_cond_t changed;
    Job *first, **end; // waiting, in order
    bool stopping;
};

static struct timespec quiet_time(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    time.tv_nsec += QUIET_AFTER_MS * 1000000L;
    time.tv_sec += time.tv_nsec / 1000000000L;
    time.tv_nsec %= 1000000000L;
    return time;
}

// Waits until there is a job or none will come, or only so long until the moment is a quiet one.
static bool wait_quietly(Writer *writer) {
    const struct timespec until = quiet_time();
    int outcome = 0;
    pthread_mutex_lock(&writer->mutex);
    while (!writer->first && !writer->stopping && outcome == 0)
        outcome = pthread_cond_timedwait(&writer->changed, &writer->mutex, &until);
    bool quiet = !writer->first && !writer->stopping;
    pthread_mutex_unlock(&writer->mutex);
    return quiet;
}

// The oldest job, or NULL when there is none and none will come.
static Job *next_job(Writer *writer) {
    pthread_mutex_lock(&writer->mutex);
    while (!writer->first && !writer->stopping)
        pthread_cond_wait(&writer->changed, &writer->mutex);
    Job *job = writer->first;
    if (job) {
        writer->first = job->next;
        if (!writer->first) writer->end = &writer->first;
    }
    pthread_mutex_unlock(&writer->mutex);
    return job;
}

static void job_free(Job *job) {
    free(job->actor);
    free(job);
}

static void *run_jobs(void *argument) {
    Writer *writer = argument;
    for (Job *job; (job = next_job(writer)); job_free(job)) {
        Error error = {0};
        language_use(job->language);
        bool committed =
            writer->execute(writer->subject, job->actor, job->write, job->context, &error);
        if (job->done) job->done(committed, committed ? NULL : &error, job->done_context);
        writer->tidy(writer->subject, false);
        if (wait_quietly(writer)) writer->tidy(writer->subject, true);
    }
    return NULL;
}

// Signals are for the thread that runs the program, not for this one.
static int start_thread(Writer *writer) {
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int number = pthread_create(&writer->thread, NULL, run_jobs, writer);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return number;
}

static void writer_free(Writer *writer) {
    pthread_cond_destroy(&writer->changed);
    pthread_mutex_destroy(&writer->mutex);
    free(writer);
}

static void init_condition(pthread_cond_t *condition) {
    pthread_condattr_t attributes;
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(condition, &attributes);
    pthread_condattr_destroy(&attributes);
}

bool writer_start(WriterExecute execute, WriterTidy tidy, void *subject, Writer **out,
                  Error *error) {
    Writer *writer = memory_new(1, sizeof *writer);
    writer->execute = execute;
    writer->tidy = tidy;
    writer->subject = subject;
    writer->end = &writer->first;
    pthread_mutex_init(&writer->mutex, NULL);
    init_condition(&writer->changed);
    int number = start_thread(writer);
    if (number != 0) {
        writer_free(writer);
        return error_set_errno(
            error, number,
            T("The database's writer thread cannot be started", "无法启动数据库的写入线程"));
    }
    *out = writer;
    return true;
}

void writer_stop(Writer *writer) {
    if (!writer) return;
    pthread_mutex_lock(&writer->mutex);
    writer->stopping = true;
    pthread_cond_signal(&writer->changed);
    pthread_mutex_unlock(&writer->mutex);
    pthread_join(writer->thread, NULL);
    writer_free(writer);
}

void writer_queue(Writer *writer, StoreWriteFunction write, void *context, StoreDoneFunction done,
                  void *done_context) {
    Job *job = memory_new(1, sizeof *job);
    *job = (Job){.write = write,
                 .context = context,
                 .done = done,
                 .done_context = done_context,
                 .language = language_now(),
                 .actor = store_acting()};
    pthread_mutex_lock(&writer->mutex);
    *writer->end = job;
    writer->end = &job->next;
    pthread_cond_signal(&writer->changed);
    pthread_mutex_unlock(&writer->mutex);
}

typedef struct Waiting {
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    bool finished, committed;
    Error *error;
} Waiting;

static void wake(bool committed, const Error *error, void *context) {
    Waiting *waiting = context;
    pthread_mutex_lock(&waiting->mutex);
    waiting->finished = true;
    waiting->committed = committed;
    if (error && waiting->error) *waiting->error = *error;
    pthread_cond_signal(&waiting->changed);
    pthread_mutex_unlock(&waiting->mutex);
}

bool writer_run(Writer *writer, StoreWriteFunction write, void *context, Error *error) {
    if (pthread_equal(pthread_self(), writer->thread))
        return error_set(
            error, ERROR_USAGE,
            T("store_write was called on the writer thread", "在写入线程上调用了 store_write"));
    Waiting waiting = {
        .mutex = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER, .error = error};
    writer_queue(writer, write, context, wake, &waiting);
    pthread_mutex_lock(&waiting.mutex);
    while (!waiting.finished)
        pthread_cond_wait(&waiting.changed, &waiting.mutex);
    pthread_mutex_unlock(&waiting.mutex);
    pthread_cond_destroy(&waiting.changed);
    pthread_mutex_destroy(&waiting.mutex);
    return waiting.committed;
}
