// On whose behalf a thread acts: see store_actor.h, and store_act_as in store.h.
#include "db/store_actor.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"
#include "core/base/plain_text.h"

static _Thread_local StoreActor acting;

void store_act_as(const StoreActor *actor) {
    acting = actor ? *actor : (StoreActor){0};
}

static size_t room_of(const char *text) {
    return text ? strlen(text) + 1 : 0;
}

// Moves `*at` behind the copy, which is plain text: it is shown, and hashed as it is shown.
static const char *copy_to(char **at, const char *text) {
    if (!text) return NULL;
    char *copy = memcpy(*at, text, room_of(text));
    plain_text_clean(copy);
    *at += room_of(text);
    return copy;
}

StoreActor *store_actor_copy(const StoreActor *actor) {
    if (!actor || !actor->who) return NULL;
    StoreActor *copy = memory_new(1, sizeof *copy + room_of(actor->who) + room_of(actor->means) +
                                         room_of(actor->address));
    char *texts = (char *)(copy + 1);
    copy->who = copy_to(&texts, actor->who);
    copy->means = copy_to(&texts, actor->means);
    copy->address = copy_to(&texts, actor->address);
    return copy;
}

StoreActor *store_acting(void) {
    return store_actor_copy(&acting);
}
