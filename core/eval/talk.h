// What job.c and engine.c both say to workers, and how they read what comes back.
//
// Nothing a worker sends is believed before it was checked here or by whoever asked.
#pragma once

#include <jansson.h>

#include "core/eval/job.h"
#include "core/eval/protocol.h"
#include "core/run/worker_process.h"

enum {
    TALK_MAX_LINE = 10000000,
    TALK_MAX_ANSWER_BYTES = 64 * 1024 * 1024, // of all frames that answer one question
};

// Appends the frames that make a worker load a pack. `chinese`: its messages' language.
void talk_append_load(Buffer *out, const PackCode *pack, bool chinese);
// Takes the reference.
void talk_append_json(Buffer *out, FrameType type, json_t *json);

// JSON of bounded size: a new reference, or NULL.
json_t *talk_read_json(const char *bytes, size_t length);
bool talk_is_plain(const json_t *value);
// Whether an object names a file and a line of the pack.
bool talk_has_place(const json_t *object);
// Adds what FRAME_FAILED says to the problems; false when it is malformed.
MUST_CHECK bool talk_take_failed(const char *bytes, size_t length, ProblemList *problems,
                                 Error *error);
// Adds what a worker ended in, at the place it was in; `description` NULL when not known.
void talk_blame(const WorkerEnd *end, const Description *description, ProblemList *problems);
