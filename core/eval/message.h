// The words of a raised warning: its message with the figures filled in.
//
// Told from the region's results alone, so that a warning never names another figure than its rule
// was given, and a run's messages can be read wherever its results can.
#pragma once

#include "core/eval/result.h"

// How an indicator's progress stands to the plan's time: 1 when it keeps up, 0 when not, −1 when
// either is missing.
int result_on_track(const IndicatorResult *result);

// "" when the warning has no message. The text is in the result's arena.
const char *message_text(RegionResult *result, const RaisedWarning *raised);
