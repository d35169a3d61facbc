// The year whose results a pack shows (监测年度).
//
// It is the newest for which anything of the pack is reported, so that figures are seen as they
// come in; or it is fixed, so that the first figures of a new year do not take everybody's results
// there. Evaluations that name no year, live results and explanations go by it; runs of other years
// stay what they are. Any thread.
#pragma once

#include "core/pack/description.h"
#include "db/store.h"

enum { PACK_FIRST_YEAR = 1900, PACK_LAST_YEAR = 2200 }; // what a person may ask for

// The newest year for which any region the pack evaluates had something in a data version;
// ERROR_NOT_FOUND when none had.
MUST_CHECK bool pack_year_find(Store *store, const Description *description, int64_t data_version,
                               int *year, Error *error);
// The year it is fixed to, else the newest of the data as they are.
MUST_CHECK bool pack_year_read(Store *store, const Description *description, int *year,
                               Error *error);
// Fixes it, or follows the newest again (0), in a transaction of its own.
MUST_CHECK bool pack_year_set(Store *store, const char *pack, int year, const char *who,
                              Error *error);
