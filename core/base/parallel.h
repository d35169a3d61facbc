// The same work in several threads at once, each with a part of it.
#pragma once

#include <stdbool.h>

#include "core/base/error.h"

// Does part 0 … parts − 1 of the work; `context` is shared.
typedef bool (*ParallelFunction)(int part, int parts, void *context, Error *error);

// Calls `work` once for every part, each in a thread of its own (the caller's among them), and
// waits for all. False with the error of the lowest part that failed. Where a thread cannot be
// made its part is done in turn.
MUST_CHECK bool parallel_run(int parts, ParallelFunction work, void *context, Error *error);
