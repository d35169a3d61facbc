// The fits behind forecast.h, one per method. Called by forecast.c alone; formulas stand in its
// header. Keeps no state: any thread may call.
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "core/stats/forecast.h"

// Fits one method (not FORECAST_LEAST_ERROR) to `count` observed values, none missing, years
// ascending without repeats. Fills all of the model but backtest_error, which becomes NaN.
// False, with the model left alone, when the values are too few or not what the method needs.
bool forecast_curve_fit(ForecastMethod method, const int *years, const double *values, size_t count,
                        ForecastModel *model);
