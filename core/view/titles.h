// Statuses, levels and states as people read them, in the language of messages. Any thread.
#pragma once

#include "core/eval/result.h"

const char *status_title(Status status);
const char *level_title(WarningLevel level); // "" for none
const char *item_state_title(ItemState state);
