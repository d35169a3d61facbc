// Open assessment rounds and versions of their packs: a round outlives versions by its assessment's
// id, so a version that does not declare that id cannot become active while the round is open.
// Asked in the transaction that activates a version or goes back to one, whoever does it.
#pragma once

#include "core/pack/description.h"
#include "db/store.h"

// ERROR_CONFLICT when `next` does not declare the assessment of an open round: it names the rounds,
// says where the active version declares the assessment, and what to do.
MUST_CHECK bool open_rounds_allow(Store *store, const Description *next, Error *error);
