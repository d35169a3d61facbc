// What host and worker say to each other, as frames (core/run/frame.h).
//
// The host sends SETTINGS, then STD_FILE and PACK_FILE frames, then LOAD, which the worker answers
// with DESCRIPTION or FAILED. After that come SPEC, answered with SPEC_REPORT or FAILED, or BEGIN
// and any number of DERIVE, EVALUATE and CHANGE frames, each answered with FAILURE and TRACE frames
// and DONE; what they compute stands in the shared area. Everything from the worker is checked.
#pragma once

typedef enum FrameType {
    // host → worker
    FRAME_SETTINGS =
        1, // JSON { "chinese", "memory_bytes", "load_cpu_ms", "call_cpu_ms", "spec_cpu_ms" }
    FRAME_STD_FILE = 2,  // name, NUL, bytes
    FRAME_PACK_FILE = 3, // path, NUL, bytes
    FRAME_LOAD = 4,      // empty
    FRAME_SPEC = 6,      // path of the spec file
    // JSON { "year", "own", "trace": region or -1, "kernels", "simd_below": levels below the best,
    // "skipped": [[rule, region, outcome]…], "roles": one letter a region from 'a' on: RegionRole }
    FRAME_BEGIN = 7,
    FRAME_DERIVE = 8,   // u32 first region, u32 the one behind the last
    FRAME_EVALUATE = 9, // likewise
    // JSON { "region", "values": [[series, breakdown, year]…], "peers": [indicators] }
    FRAME_CHANGE = 10,
    // worker → host
    FRAME_DESCRIPTION = 101, // JSON, see core/pack/description.h
    FRAME_FAILED = 102,      // JSON { "outcome", "file", "line", "message" }
    FRAME_FAILURE = 103,     // u32 region, u32 rule, u32 subject, u32 outcome, text
    FRAME_TRACE = 104,       // JSON, see core/eval/trace_json.h
    FRAME_DONE = 105,        // u32 rule calls made, then µs by EvaluationPhase, as u32
    FRAME_SPEC_REPORT = 106, // JSON array of { "name", "file", "line", "passed", "message" }
} FrameType;

enum {
    WORKER_SOCKET = 3, // descriptors in the worker
    WORKER_STATUS_PAGE = 4,
    WORKER_DATASET = 5,
    WORKER_AREA = 6,
    LARGEST_FRAME = 32 * 1024 * 1024,
};
