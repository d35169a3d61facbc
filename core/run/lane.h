// Lanes: threads that work off jobs which would hold up the loop.
//
// A lane has a queue with an end: what does not fit is refused at once, so that somebody can be
// told to come back later. Jobs begin in the order in which they were posted; a lane of one thread
// also ends them in that order. Each thread has a uv loop of its own, for work that runs one
// (workers, engines). What a job has to say comes back to the home loop in the order in which it
// was said.
//
// lane_start, lane_post and lane_stop are for the home loop's thread, lane_tell for the thread of
// the job that says it.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <uv.h>

#include "core/base/error.h"

typedef struct Lane Lane;

// Runs on one of the lane's threads, in the language of who posted it; may block and run `loop`.
typedef void (*LaneWork)(Lane *lane, uv_loop_t *loop, void *context);
// Runs on the home loop.
typedef void (*LaneDone)(void *context);

// `most_waiting` jobs may wait beside those at work. ERROR_SYSTEM when a thread cannot be started.
MUST_CHECK bool lane_start(uv_loop_t *home, int threads, size_t most_waiting, Lane **out,
                           Error *error);
// False when the queue is full or the lane is stopping: nothing happens then. `done` may be NULL.
MUST_CHECK bool lane_post(Lane *lane, LaneWork work, LaneDone done, void *context);
// As lane_post, but never refused for a full queue: for what the program itself must do.
void lane_post_always(Lane *lane, LaneWork work, LaneDone done, void *context);
// From within a job: has the home loop call `done`, before the job's own.
void lane_tell(Lane *lane, LaneDone done, void *context);
size_t lane_waiting(Lane *lane); // jobs posted and not begun
size_t lane_working(Lane *lane); // jobs begun and not ended
// Ends what was posted, then the threads; `stopped` (may be NULL) is called on the home loop when
// all `done` were, and the lane is gone after it.
void lane_stop(Lane *lane, LaneDone stopped, void *context);
