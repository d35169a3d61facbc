// What a declaration's field says, as people wrote or would write it.
#pragma once

#include <jansson.h>

#include "core/base/memory.h"

// Appends it: texts and numbers as they are, targets as at_least(90), lists with semicolons.
void node_text_value(Buffer *out, const json_t *value);
