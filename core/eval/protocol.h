// What host and worker say to each other, as frames (core/run/frame.h).
//
// The host sends SETTINGS, then STD_FILE and PACK_FILE frames, then LOAD; after that EVALUATE or
// SPEC. The worker answers LOAD with DESCRIPTION or FAILED, EVALUATE with any number of TRACE and
// REGION frames and DONE, SPEC with SPEC_REPORT or FAILED. Everything from the worker is checked.
#pragma once

typedef enum FrameType {
    // host → worker
    FRAME_SETTINGS =
        1, // JSON { "chinese", "memory_bytes", "load_cpu_ms", "call_cpu_ms", "spec_cpu_ms" }
    FRAME_STD_FILE = 2,  // name, NUL, bytes
    FRAME_PACK_FILE = 3, // path, NUL, bytes
    FRAME_LOAD = 4,      // empty
    FRAME_EVALUATE = 5,  // JSON { "year", "from", "to", "trace", "skipped": [rules] }
    FRAME_SPEC = 6,      // path of the spec file
    // worker → host
    FRAME_DESCRIPTION = 101, // JSON, see core/pack/description.h
    FRAME_FAILED = 102,      // JSON { "outcome", "file", "line", "message" }
    FRAME_REGION = 103,      // u32 index of the region, then the canonical bytes of its results
    FRAME_TRACE = 104,       // JSON, see core/eval/trace_json.h
    FRAME_DONE = 105,        // empty
    FRAME_SPEC_REPORT = 106, // JSON array of { "name", "file", "line", "passed", "message" }
} FrameType;

enum {
    WORKER_SOCKET = 3, // descriptors in the worker
    WORKER_STATUS_PAGE = 4,
    WORKER_DATASET = 5,
    LARGEST_FRAME = 32 * 1024 * 1024,
};
