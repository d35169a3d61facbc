// What the server holds in memory, at rest and with many connections open.
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/bench/serve/measure.h"

// Addresses to come from, so that no one has more connections than an address may.
enum { SOURCES = 8 };

// A line of /proc/PID/status, as a number; 0 when the process has gone.
static long status_of(int process, const char *name) {
    char path[64], line[256];
    long number = 0;
    snprintf(path, sizeof path, "/proc/%d/status", process);
    FILE *file = fopen(path, "r");
    while (file && fgets(line, sizeof line, file))
        if (strncmp(line, name, strlen(name)) == 0) number = atol(line + strlen(name));
    if (file) fclose(file);
    return number;
}

static long of_children(int parent, const char *name, int *count) {
    long sum = 0;
    *count = 0;
    DIR *processes = opendir("/proc");
    const struct dirent *entry;
    while (processes && (entry = readdir(processes))) {
        int process = atoi(entry->d_name);
        if (!process || status_of(process, "PPid:") != parent) continue;
        sum += status_of(process, name);
        ++*count;
    }
    if (processes) closedir(processes);
    return sum;
}

static json_t *look(int process) {
    int workers;
    long own = of_children(process, "RssAnon:", &workers);
    return json_pack("{s:I, s:I, s:i, s:I}", "host_kb", (json_int_t)status_of(process, "VmRSS:"),
                     "host_own_kb", (json_int_t)status_of(process, "RssAnon:"), "workers", workers,
                     "workers_own_kb", (json_int_t)own);
}

json_t *measure_memory(const Measure *measure) {
    json_t *rest = look(measure->process);
    Talk *talks = memory_new((size_t)measure->count, sizeof *talks);
    for (int i = 0; i < measure->count; i++) {
        char source[32];
        snprintf(source, sizeof source, "127.0.0.%d", 2 + i % SOURCES);
        talk_open(&talks[i], &measure->target, source);
        talk_insist(&talks[i], "GET", "/api/v1/packs", NULL);
    }
    json_t *open = look(measure->process);
    for (int i = 0; i < measure->count; i++) {
        talk_insist(&talks[i], "GET", "/api/v1/packs", NULL); // it was kept all the while
        talk_close(&talks[i]);
    }
    free(talks);
    return json_pack("{s:i, s:o, s:o}", "connections", measure->count, "at_rest", rest, "open",
                     open);
}
