// Figures and targets as people read them in tables. Pure functions; one thread.
#pragma once

#include "core/base/memory.h"
#include "core/eval/result.h"

// "≥90", "≤12", "45±5", "逐年提高": the target in force, short enough for a column.
void target_text(const Target *target, const Description *description, Buffer *out);
const char *status_title(Status status);      // in the language of messages
const char *level_title(WarningLevel level);  // likewise
const char *item_state_title(ItemState state); // likewise
// The value at `digits` places, "" when missing. Texts live in the arena.
const char *figure_text(double value, int digits, Rounding rounding, Arena *arena);
