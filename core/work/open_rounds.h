// Open assessment rounds and versions of their packs: a round outlives versions by its assessment's
// id, so a version that does not declare that id cannot become active while the round is open, and
// the pack cannot be taken out of service. Asked in the transaction that does it, whoever does.
#pragma once

#include "core/pack/description.h"
#include "db/store.h"

// ERROR_CONFLICT when `next` does not declare the assessment of an open round: it names the rounds,
// says where the active version declares the assessment, and what to do.
MUST_CHECK bool open_rounds_allow(Store *store, const Description *next, Error *error);
// ERROR_CONFLICT when any round of the pack is open: without an active version it would have no
// figures.
MUST_CHECK bool open_rounds_allow_retirement(Store *store, const char *pack, Error *error);
