// Work queues: threads that work off jobs which would hold up the loop.
//
// A queue has an end: what does not fit is refused at once, so that somebody can be told to come
// back later. Jobs begin in the order in which they were posted; a queue of one thread also ends
// them in that order. Each thread has a uv loop of its own, for work that runs one
// (workers, engines). What a job has to say comes back to the home loop in the order in which it
// was said.
//
// work_queue_start, both functions that post and work_queue_stop are for the home loop's thread,
// work_queue_tell for the thread of the job that says it; how many are waiting and working any
// thread may ask.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <uv.h>

#include "core/base/error.h"

typedef struct WorkQueue WorkQueue;

// Runs on one of the queue's threads, in the language of who posted it; may block and run `loop`.
typedef void (*WorkQueueTask)(WorkQueue *queue, uv_loop_t *loop, void *context);
// Runs on the home loop.
typedef void (*WorkQueueDone)(void *context);

// `most_waiting` jobs may wait beside those at work. ERROR_SYSTEM when a thread cannot be started.
MUST_CHECK bool work_queue_start(uv_loop_t *home, int threads, size_t most_waiting, WorkQueue **out,
                                 Error *error);
// False when the queue is full or stopping: nothing happens then. `done` may be NULL.
MUST_CHECK bool work_queue_post(WorkQueue *queue, WorkQueueTask work, WorkQueueDone done,
                                void *context);
// As work_queue_post, but never refused for a full queue: for what the program itself must do.
void work_queue_post_always(WorkQueue *queue, WorkQueueTask work, WorkQueueDone done,
                            void *context);
// From within a job: has the home loop call `done`, before the job's own.
void work_queue_tell(WorkQueue *queue, WorkQueueDone done, void *context);
size_t work_queue_waiting(WorkQueue *queue); // jobs posted and not begun
size_t work_queue_working(WorkQueue *queue); // jobs begun and not ended
// Ends what was posted, then the threads; `stopped` (may be NULL) is called on the home loop when
// all `done` were, and the queue is gone after it.
void work_queue_stop(WorkQueue *queue, WorkQueueDone stopped, void *context);
