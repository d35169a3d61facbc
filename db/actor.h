// On whose behalf something is done: a copy of a StoreActor that can be kept.
//
// Plain data; the actor of a thread is that of the calling one.
#pragma once

#include "db/store.h"

typedef struct Actor {
    char *who, *means, *address; // owned; NULL where nobody said
} Actor;

// NULL gives an actor of whom nothing is known.
Actor actor_copy(const StoreActor *actor);
void actor_free(Actor *actor);
// As store_act_as said on this thread; the texts live until its next call.
StoreActor actor_of_thread(void);
