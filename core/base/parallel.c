// Threads for one piece of work: see parallel.h.
#include "core/base/parallel.h"

#include <pthread.h>
#include <stdlib.h>

#include "core/base/language.h"
#include "core/base/memory.h"

typedef struct Part {
    int part, parts;
    ParallelFunction work;
    void *context;
    Language language; // of who waits
    pthread_t thread;
    bool has_thread, good;
    Error error;
} Part;

static void run_part(Part *part) {
    part->good = part->work(part->part, part->parts, part->context, &part->error);
}

static void *run_thread(void *argument) {
    Part *part = argument;
    language_use(part->language);
    run_part(part);
    return NULL;
}

bool parallel_run(int parts, ParallelFunction work, void *context, Error *error) {
    Part *list = memory_new((size_t)parts, sizeof *list);
    for (int i = parts - 1; i >= 0; i--) {
        list[i] = (Part){.part = i,
                         .parts = parts,
                         .work = work,
                         .context = context,
                         .language = language_now()};
        list[i].has_thread =
            i > 0 && pthread_create(&list[i].thread, NULL, run_thread, &list[i]) == 0;
        if (!list[i].has_thread) run_part(&list[i]);
    }
    bool good = true;
    for (int i = 0; i < parts; i++) {
        if (list[i].has_thread) pthread_join(list[i].thread, NULL);
        if (good && !list[i].good && error) *error = list[i].error;
        good = good && list[i].good;
    }
    free(list);
    return good;
}
