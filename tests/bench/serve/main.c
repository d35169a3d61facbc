// serve_bench MEASUREMENT NAME=VALUE…: the client's side of ./dev bench-serve, started by run.lua.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/bench/serve/measure.h"

static const struct {
    const char *name;
    json_t *(*measure)(const Measure *measure);
} measurements[] = {{"reload", measure_reload},
                    {"storm", measure_storm},
                    {"change", measure_change},
                    {"memory", measure_memory}};

// The value of an argument NAME=VALUE; ends the program when a needed one is not there.
static const char *value_of(char **arguments, const char *name) {
    size_t length = strlen(name);
    for (; *arguments; arguments++)
        if (strncmp(*arguments, name, length) == 0 && (*arguments)[length] == '=')
            return *arguments + length + 1;
    give_up("%s= is missing", name);
}

int main(int count, char **arguments) {
    if (count < 2) give_up("which measurement?");
    char **values = arguments + 2;
    const Measure measure = {
        .target = {.port = atoi(value_of(values, "port")), .token = value_of(values, "token")},
        .pack_file = value_of(values, "pack"),
        .watched = value_of(values, "packs"),
        .first = atoi(value_of(values, "first")),
        .count = atoi(value_of(values, "count")),
        .upload = strcmp(value_of(values, "way"), "upload") == 0,
        .process = atoi(value_of(values, "process"))};
    for (size_t i = 0; i < sizeof measurements / sizeof *measurements; i++) {
        if (strcmp(measurements[i].name, arguments[1]) != 0) continue;
        json_t *found = measurements[i].measure(&measure);
        json_dumpf(found, stdout, JSON_COMPACT | JSON_REAL_PRECISION(9));
        putchar('\n');
        json_decref(found);
        return 0;
    }
    give_up("there is no measurement %s", arguments[1]);
}
