// Packs that a call offers (service.h), and the candidates that they become: what candidates.c and
// activate.c share. For the home loop's thread.
#pragma once

#include "core/api/api.h"

typedef struct OfferWishes {
    bool activate, keep_children;
    bool wait; // false: the call is answered before anything is done
} OfferWishes;

// Reads what the query says of keep_children and wait. False: the call is answered.
MUST_CHECK bool api_offer_wishes(ApiCall *call, OfferWishes *wishes);
// Offers a pack on the caller's behalf, and answers the call, now or when it is over. Activating
// asks for the right to in the region that the pack turns out to be of. Takes the files over, or
// leaves them to be freed.
void api_offer(ApiCall *call, Bundle *bundle, const OfferWishes *wishes);
// The candidate of the path, or NULL and the call is answered. One that is not for the caller is
// told of as one that is not there.
const Candidate *api_candidate(ApiCall *call);
