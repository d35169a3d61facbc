// What processes hold in memory, as /proc tells it.
//
// Memory that a process shares with its children counts once, as the process's own; of a child only
// what nobody else has. Figures are those of the moment, so whoever wants the most looks often. Any
// thread may ask.
#pragma once

#include <sys/types.h>

typedef struct MemoryUse {
    double peak_mb;     // what the process held at most since it began; shared memory in it
    double resident_mb; // what it holds now
    double children_mb; // what its children hold now, each without what is shared
} MemoryUse;

// Figures are NaN when they cannot be told: the process is gone, or /proc is closed. The children
// are those that the process's first thread has started.
MemoryUse memory_use_of(pid_t process);
