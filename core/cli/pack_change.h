// What `pack activate` and `pack rollback` changed, for programs: one object, or one row of CSV.
// People are told on standard error instead, where each of the two says what matters. One thread.
#pragma once

#include <jansson.h>

#include "core/cli/command.h"

typedef struct PackChange {
    const char *pack, *hash; // of the version that is active now
    const char *version;     // NULL: it is not told
    bool changed;            // it was another before
    bool by_server;          // which answers with it already
    json_t *followers;       // owned: ids of packs that extend it and went along
    json_t *kept;            // owned: of those that keep what they carry
} PackChange;

// Prints it with --format json and csv, nothing with table; releases the lists. Gives EXIT_DONE.
int pack_change_print(const Cli *cli, PackChange *change);
