// What is wrong with a pack's source although it runs: mistakes Lua itself makes of it.
//
// Lua 5.4.4, as Debian ships it, miscompiles a comparison used as an index (`t[a < b]`): the wrong
// element is read, without an error. Such an index is refused, with file and line. Pure; any
// thread.
#pragma once

#include "core/pack/bundle.h"

// Looks through all files; false when a problem was added.
MUST_CHECK bool source_lint(const Bundle *bundle, ProblemList *problems);
