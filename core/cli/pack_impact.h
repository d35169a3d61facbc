// biaochi pack diff --impact: what another version of a pack would change in the results. One
// thread.
#pragma once

#include "core/analysis/impact.h"
#include "core/cli/command.h"

typedef struct PackDiffValues {
    bool impact;
    long year;          // 0: the newest with data
    long regions;       // shown; 0: as many as usual
    const char *region; // shown in full; NULL for none
} PackDiffValues;

// `arguments` are a folder, or the id of a pack and the hash of a stored version. Gives the exit
// code.
int cli_pack_impact(Cli *cli, const PackDiffValues *values, char **arguments, int count);

// What is printed of a comparison.
typedef struct ImpactPrint {
    const ImpactReport *report;
    const RegionNames *names;
    const char *region; // in full; NULL: the most changed ones in short
    size_t most_regions;
} ImpactPrint;
// For people: a summary in words, then tables.
void impact_print(const ImpactPrint *print);
// The row of a cause in its table, from 1: those that change most regions come first.
int impact_cause_number(const ImpactReport *report, size_t cause);
// Its parts: scores of regions (indexes in the report's), and everything of the one named.
void impact_print_scores(const ImpactPrint *print, const size_t *regions, size_t count);
void impact_print_region(const ImpactPrint *print);
// For spreadsheets: one row a change, of all regions or the one named.
void impact_rows_begin(OutputTable *rows);
void impact_rows_add(OutputTable *rows, const ImpactPrint *print);
// Appends in words what differs: "points 60 → 50".
void impact_say_cause(const ImpactCause *cause, Buffer *out);
