// A workspace kept live: see service.h.
#include "core/service/service.h"

#include <malloc.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/clock.h"
#include "core/service/service_inside.h"

enum {
    USUAL_LOOK_MS = 500,
    SHARES = 3
}; // of the side queue's room, of which an actor may have one

void service_tell(Service *service, const ServiceEvent *event) {
    if (service->options.event) service->options.event(event, service->options.context);
}

void service_report(Service *service, const ProblemList *problems) {
    for (size_t i = 0; i < problems->count && service->options.problem; i++)
        service->options.problem(&problems->items[i], service->options.context);
}

void service_notice(Service *service, const char *format, ...) {
    char line[2000];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    if (service->options.notice) service->options.notice(line, service->options.context);
}

// ---- what the desk says -------------------------------------------------------------------------

static void put_pack(BoardPack *pack, void *context) {
    Service *service = context;
    const BoardPack *before = board_find(&service->board, pack->description->id);
    const char *hash = pinned_pack(pack->version)->bundle.hash;
    bool is_other = before && strcmp(pinned_pack(before->version)->bundle.hash, hash) != 0;
    PinnedPack *retired = is_other ? pinned_pack_share(before->version) : NULL;
    ServiceEvent event = {.kind = EVENT_PACK, .pack = pack};
    board_put(&service->board, pack);
    if (retired) {
        event.retired = pinned_pack(retired)->bundle.hash;
        event.retired_version = pinned_pack(retired)->description->version;
    }
    service_tell(service, &event);
    service_tell_failures(service, pack, NULL);
    if (retired) pinned_pack_release(retired);
    service_try_children(service, pack->description->id);
    service_tell_standing(service);
}

static void apply_change(BoardChange *change, void *context) {
    Service *service = context;
    if (board_apply(&service->board, change)) {
        const BoardPack *pack = board_find(&service->board, change->pack);
        service_tell(service,
                     &(ServiceEvent){.kind = EVENT_RESULTS, .pack = pack, .change = change});
        service_tell_failures(service, pack, change);
    }
    board_change_free(change);
}

static void put_places(BoardPlaces *places, void *context) {
    Service *service = context;
    board_put_places(&service->board, places);
    service_tell(service, &(ServiceEvent){.kind = EVENT_PLACES});
}

static void take_warnings(DeskWarnings *warnings, void *context) {
    service_tell(context, &(ServiceEvent){.kind = EVENT_WARNINGS, .warnings = warnings});
    desk_warnings_free(warnings);
}

static void take_round(AssessmentRound *round, void *context) {
    service_tell(context, &(ServiceEvent){.kind = EVENT_ROUND, .round = round});
    free(round);
}

static void take_retired(BoardRetired *retired, void *context) {
    Service *service = context;
    board_retire(&service->board, retired);
    service_tell(service, &(ServiceEvent){.kind = EVENT_RETIRED, .gone = retired});
    service_tell_standing(service);
}

// ---- jobs ---------------------------------------------------------------------------------------

typedef struct ServiceJob {
    Service *service;
    DeskWork at_desk; // one of the three
    AsideWork aside;
    DoorWork at_door;
    WorkQueueDone done;
    void *context;
    StoreActor *actor;                 // owned; NULL: the program itself
    struct ServiceJob *before, *after; // in the service's list, where it is aside
} ServiceJob;

void acting_begin(const StoreActor *actor) {
    static const StoreActor program = {.who = "serve", .means = "system"};
    store_act_as(actor ? actor : &program);
}

static ServiceJob *job_new(Service *service, const StoreActor *actor, WorkQueueDone done,
                           void *context) {
    ServiceJob *job = memory_new(1, sizeof *job);
    *job = (ServiceJob){
        .service = service, .done = done, .context = context, .actor = store_actor_copy(actor)};
    return job;
}

static void drop_job(ServiceJob *job) {
    free(job->actor);
    free(job);
}

static void end_job(void *context) {
    ServiceJob *job = context;
    if (job->done) job->done(job->context);
    drop_job(job);
}

static void list_aside(ServiceJob *job) {
    Service *service = job->service;
    job->after = service->side_jobs;
    if (job->after) job->after->before = job;
    service->side_jobs = job;
}

static void end_aside(void *context) {
    ServiceJob *job = context;
    if (job->after) job->after->before = job->before;
    if (job->before)
        job->before->after = job->after;
    else
        job->service->side_jobs = job->after;
    end_job(job);
}

// Whoever asks for much at once is not to have others sent away.
static bool has_had_his_share(const Service *service, const StoreActor *actor) {
    size_t own = 0, room = service->options.most_waiting + (size_t)service->options.workers;
    for (const ServiceJob *job = service->side_jobs; job && actor; job = job->after)
        own += job->actor && strcmp(job->actor->who, actor->who) == 0;
    return own > 0 && own >= room / SHARES;
}

static void work_at_desk(WorkQueue *queue, uv_loop_t *loop, void *context) {
    const ServiceJob *job = context;
    (void)queue, (void)loop;
    acting_begin(job->actor);
    job->at_desk(job->service->desk, job->context);
    store_act_as(NULL);
}

static bool goes_on(size_t done, size_t total, void *service) {
    (void)done, (void)total;
    return !service_is_closing(service);
}

static void work_aside(WorkQueue *queue, uv_loop_t *loop, void *context) {
    const ServiceJob *job = context;
    const ServiceOptions *options = &job->service->options;
    (void)queue;
    const JobHost host = {.loop = loop,
                          .worker_program = options->worker_program,
                          .parallel = options->workers,
                          .deadline_ms = options->deadline_ms,
                          .progress = goes_on,
                          .progress_context = job->service};
    acting_begin(job->actor);
    job->aside(&host, job->service->store, job->context);
    store_act_as(NULL);
}

static void work_at_door(WorkQueue *queue, uv_loop_t *loop, void *context) {
    const ServiceJob *job = context;
    (void)queue, (void)loop;
    acting_begin(job->actor);
    job->at_door(job->service->store, job->context);
    store_act_as(NULL);
}

static bool post(WorkQueue *queue, WorkQueueTask work, WorkQueueDone done, ServiceJob *job) {
    if (work_queue_post(queue, work, done, job)) return true;
    drop_job(job);
    return false;
}

bool service_at_desk(Service *service, const StoreActor *actor, DeskWork work, WorkQueueDone done,
                     void *context) {
    if (service->closing) return false;
    ServiceJob *job = job_new(service, actor, done, context);
    job->at_desk = work;
    return post(service->desk_queue, work_at_desk, end_job, job);
}

bool service_aside(Service *service, const StoreActor *actor, AsideWork work, WorkQueueDone done,
                   void *context) {
    if (service->closing || has_had_his_share(service, actor)) return false;
    ServiceJob *job = job_new(service, actor, done, context);
    job->aside = work;
    if (!post(service->side_queue, work_aside, end_aside, job)) return false;
    list_aside(job);
    return true;
}

void service_tell_home(Service *service, WorkQueueDone done, void *context) {
    work_queue_tell(service->side_queue, done, context);
}

bool service_at_door(Service *service, const StoreActor *actor, DoorWork work, WorkQueueDone done,
                     void *context) {
    if (service->closing) return false;
    ServiceJob *job = job_new(service, actor, done, context);
    job->at_door = work;
    if (actor) return post(service->door_queue, work_at_door, end_job, job);
    work_queue_post_always(service->door_queue, work_at_door, end_job, job);
    return true;
}

ServiceLoad service_load(const Service *service) {
    if (service->closing) return (ServiceLoad){0};
    return (ServiceLoad){work_queue_waiting(service->desk_queue),
                         work_queue_waiting(service->side_queue),
                         work_queue_working(service->side_queue)};
}

// ---- beginning, and looking what others stored --------------------------------------------------

typedef struct Looking {
    Service *service;
    ProblemList problems;
    bool first, good;
    bool wants_mark, has_mark; // of the workspace, for packs that were refused
    WorkspaceMark mark;
} Looking;

static void look(WorkQueue *queue, uv_loop_t *loop, void *context) {
    Looking *looking = context;
    Desk *desk = looking->service->desk;
    (void)queue;
    store_act_as(&(StoreActor){.who = "serve", .means = "system"});
    looking->good = looking->first ? desk_begin(desk, loop, &looking->problems)
                                   : desk_look(desk, NULL, &looking->problems);
    Error later = {0}; // it is read again with the next look
    if (looking->wants_mark)
        looking->has_mark = workspace_mark_read(looking->service->store, &looking->mark, &later);
    store_act_as(NULL);
    // The first look at a nation's warnings takes more room than anything after it.
    if (looking->first && looking->good) malloc_trim(0);
}

static void end_look(void *context) {
    Looking *looking = context;
    Service *service = looking->service;
    service_report(service, &looking->problems);
    service->looking = false;
    if (looking->has_mark) service_try_obstructed(service, &looking->mark);
    if (looking->first && looking->good) {
        service->ready = true;
        service_tell(service, &(ServiceEvent){.kind = EVENT_READY});
        service_tell_standing(service);
    }
    problems_free(&looking->problems);
    free(looking);
}

static void post_look(Service *service) {
    Looking *looking = memory_new(1, sizeof *looking);
    *looking = (Looking){
        .service = service, .first = !service->ready, .wants_mark = service_has_obstacles(service)};
    service->looking = true;
    work_queue_post_always(service->desk_queue, look, end_look, looking);
}

static void look_again(uv_timer_t *timer) {
    Service *service = timer->data;
    if (!service->looking) post_look(service);
    service_watch_if_failed(service);
    service_scan_if_wanted(service);
}

// ---- opening and closing ------------------------------------------------------------------------

static void start_desk(Service *service) {
    const ServiceOptions *options = &service->options;
    DeskOptions desk = {.queue = service->desk_queue,
                        .store = service->store,
                        .worker_program = options->worker_program,
                        .workers = options->workers,
                        .deadline_ms = options->deadline_ms,
                        .listener = {.pack = put_pack,
                                     .change = apply_change,
                                     .places = put_places,
                                     .warnings = take_warnings,
                                     .round = take_round,
                                     .retired = take_retired,
                                     .context = service}};
    int64_t look_ms = options->look_ms ? options->look_ms : USUAL_LOOK_MS;
    service->desk = desk_new(&desk);
    uv_timer_init(service->home, &service->look);
    service->look.data = service;
    uv_timer_start(&service->look, look_again, (uint64_t)look_ms, (uint64_t)look_ms);
    post_look(service);
}

static void copy_options(ServiceOptions *options) {
    const char **texts[] = {&options->database, &options->packs_folder, &options->worker_program};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (*texts[i]) *texts[i] = memory_copy_string(*texts[i]);
}

static void free_service(Service *service) {
    board_free(&service->board);
    candidates_free(&service->candidates);
    service_forget_watched(service);
    store_close(service->store);
    free((char *)service->options.database);
    free((char *)service->options.packs_folder);
    free((char *)service->options.worker_program);
    free(service);
}

static void note_over(void *context) {
    *(bool *)context = true;
}

// The home loop may have other things to do that never end.
static void run_until(uv_loop_t *home, const bool *over) {
    while (!*over)
        uv_run(home, UV_RUN_ONCE);
}

static bool start_queues(Service *service, Error *error) {
    const ServiceOptions *options = &service->options;
    const struct {
        WorkQueue **queue;
        int threads;
    } queues[] = {{&service->desk_queue, 1},
                  {&service->side_queue, options->workers},
                  {&service->door_queue, 1}};
    for (size_t i = 0; i < sizeof queues / sizeof *queues; i++) {
        if (work_queue_start(service->home, queues[i].threads, options->most_waiting,
                             queues[i].queue, error))
            continue;
        while (i-- > 0) {
            bool stopped = false;
            work_queue_stop(*queues[i].queue, note_over, &stopped);
            run_until(service->home, &stopped);
        }
        return false;
    }
    return true;
}

bool service_open(uv_loop_t *home, const ServiceOptions *options, Service **out, Error *error) {
    Service *service = memory_new(1, sizeof *service);
    service->home = home;
    service->options = *options;
    copy_options(&service->options);
    // Whoever waits for a candidate of the server before this one is not given another: there are
    // fewer of them than seconds.
    service->candidates.last_id = (uint64_t)(clock_now_us() / 1000000);
    if (!store_open(options->database, STORE_OPEN, &service->store, error) ||
        !start_queues(service, error)) {
        free_service(service);
        return false;
    }
    start_desk(service);
    service_watch(service);
    *out = service;
    return true;
}

static void end_desk(WorkQueue *queue, uv_loop_t *loop, void *context) {
    (void)queue, (void)loop;
    desk_end(((Service *)context)->desk);
}

static void handle_closed(Service *service) {
    if (--service->handles_left > 0) return;
    WorkQueueDone closed = service->closed;
    void *context = service->closed_context;
    free_service(service);
    if (closed) closed(context);
}

static void timer_closed(uv_handle_t *timer) {
    handle_closed(timer->data);
}

static void desk_stopped(void *context) {
    handle_closed(context);
}

// What was worked out beside the desk may still have something for it: the desk stops last.
static void side_stopped(void *context) {
    Service *service = context;
    work_queue_post_always(service->desk_queue, end_desk, NULL, service);
    work_queue_stop(service->desk_queue, desk_stopped, service);
}

static void door_stopped(void *context) {
    Service *service = context;
    work_queue_stop(service->side_queue, side_stopped, service);
}

void service_close(Service *service, WorkQueueDone closed, void *context) {
    service->closing = true;
    service->closed = closed;
    service->closed_context = context;
    service->handles_left = 2;
    service_unwatch(service);
    uv_close((uv_handle_t *)&service->look, timer_closed);
    work_queue_stop(service->door_queue, door_stopped, service);
}

bool service_is_ready(const Service *service) {
    return service->ready;
}

bool service_is_closing(const Service *service) {
    return service->closing;
}

const Board *service_board(const Service *service) {
    return &service->board;
}

Store *service_store(const Service *service) {
    return service->store;
}

const Candidates *service_candidates(const Service *service) {
    return &service->candidates;
}
