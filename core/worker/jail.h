// Takes everything from the process that a worker does not need.
//
// jail_prepare comes first: limits on resources, no new privileges, no descriptors but those of
// core/eval/protocol.h. jail_close comes before any byte of a pack is run: from then on only the
// system calls for memory, the worker's socket and its timer are left; any other kills the process.
#pragma once

#include <stdbool.h>

#include "core/base/error.h"

MUST_CHECK bool jail_prepare(Error *error);
MUST_CHECK bool jail_close(Error *error);
