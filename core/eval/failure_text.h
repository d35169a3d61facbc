// What a rule's failure says to who reads it.
//
// Stored is only the place and what the pack's own code said, so that the bytes are the same in
// every language; what its outcome means is said when it is read, in the reader's language. Any
// thread.
#pragma once

#include "core/base/memory.h"
#include "core/pack/rule.h"

// "pack.lua:96: used more than its time (200 ms)", appended. `stored` is the message as it is kept
// with the outcome: the place, and after it what the code raised.
void failure_say(CallOutcome outcome, const char *stored, Buffer *out);
