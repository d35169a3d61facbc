// Targets as people read them, in the language of messages. Pure functions; any thread.
#pragma once

#include "core/base/memory.h"
#include "core/pack/description.h"

// "≥90", "≥1:3", "≤12", "45±5", "逐年提高": the target in force, short enough for a column.
void target_text(const Target *target, const Description *description, Buffer *out);
// "nation", "国家" for the target sets whose names are known here; else the name itself.
const char *target_set_title(const char *id);
