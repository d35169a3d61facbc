// Who acts, for a thread and for what it hands in: see actor.h and store.h.
#include "db/actor.h"

#include <stdlib.h>

static _Thread_local StoreActor thread_actor;

static char *copy_text(const char *text) {
    return text && *text ? memory_copy_string(text) : NULL;
}

Actor actor_copy(const StoreActor *actor) {
    if (!actor) return (Actor){0};
    return (Actor){copy_text(actor->who), copy_text(actor->means), copy_text(actor->address)};
}

void actor_free(Actor *actor) {
    free(actor->who);
    free(actor->means);
    free(actor->address);
    *actor = (Actor){0};
}

void store_act_as(const StoreActor *actor) {
    thread_actor = actor ? *actor : (StoreActor){0};
}

StoreActor actor_of_thread(void) {
    return thread_actor;
}
