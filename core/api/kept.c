// Bodies kept while the board stays as it is: see api.h.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/api/api_inside.h"

// A pack or two, a few kinds, two languages: more are written anew.
enum { MOST_KEPT = 32, KEY_SIZE = 160 };

typedef struct KeptBody {
    char key[KEY_SIZE];
    const char *type;
    HttpBody *body;
} KeptBody;

struct KeptBodies {
    uint64_t revision; // of the board they were written from
    KeptBody items[MOST_KEPT];
    size_t count;
};

KeptBodies *kept_bodies_new(void) {
    return memory_new(1, sizeof(KeptBodies));
}

static void forget(KeptBodies *kept) {
    for (size_t i = 0; i < kept->count; i++)
        http_body_release(kept->items[i].body);
    kept->count = 0;
}

void kept_bodies_free(KeptBodies *kept) {
    forget(kept);
    free(kept);
}

// What is kept of the board as it is now.
static KeptBodies *of_now(const ApiCall *call) {
    KeptBodies *kept = call->api->kept;
    uint64_t revision = service_board(api_service(call))->revision;
    if (kept->revision != revision) forget(kept);
    kept->revision = revision;
    return kept;
}

// False when it is too long to be kept.
static bool make_key(const ApiCall *call, const char *name, char key[KEY_SIZE]) {
    return snprintf(key, KEY_SIZE, "%s %s %s", T("en", "zh"), name, api_parameter(call, "pack")) <
           KEY_SIZE;
}

bool api_answer_kept(ApiCall *call, const char *name) {
    const KeptBodies *kept = of_now(call);
    char key[KEY_SIZE];
    if (!make_key(call, name, key)) return false;
    for (size_t i = 0; i < kept->count; i++) {
        if (strcmp(kept->items[i].key, key) != 0) continue;
        api_answer_shared(call, kept->items[i].type, http_body_share(kept->items[i].body));
        return true;
    }
    return false;
}

void api_answer_keeping(ApiCall *call, const char *name, const char *type, Buffer *bytes) {
    KeptBodies *kept = of_now(call);
    HttpBody *body = http_body_new(bytes);
    KeptBody *place = &kept->items[kept->count];
    if (kept->count < MOST_KEPT && make_key(call, name, place->key)) {
        place->type = type;
        place->body = http_body_share(body);
        kept->count++;
    }
    api_answer_shared(call, type, body);
}
