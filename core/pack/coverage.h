// Which declarations carry which clause of the documents a pack declares (条款落实对照), and which
// figures a clause states that none of its carriers holds.
//
// A declaration carries the clauses its `source` names. A figure such as "93%" or "12/10万" is held
// when each of its numbers is the value of a field, or stands in a text, of one and the same
// carrier; so is a text that stands in one as it is, and not as part of a longer number. Numbers
// are compared by value: "6万" is 60000 as well as 6 where the unit is 万. Names of other nodes,
// codes of regions and methods hold no figures.
#pragma once

#include "core/pack/nodes.h"

typedef struct ClauseCoverage {
    const PackNode *clause;
    const char *document; // id
    bool background;      // nothing follows from it, says the pack
    const PackNode **carriers;
    size_t carrier_count;
    const char **missing; // figures stated that no carrier holds
    size_t missing_count;
} ClauseCoverage;

typedef struct Coverage {
    ClauseCoverage *clauses;
    size_t count;
    size_t wanted, carried; // of those that are not background
    Arena arena;
} Coverage;

// Of the documents that the pack itself declares, not of those it inherits. The nodes must outlive
// the coverage. Free with coverage_free.
void coverage_read(const PackNodes *nodes, Coverage *coverage);
void coverage_free(Coverage *coverage);
