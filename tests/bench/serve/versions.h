// Versions of the measured pack, each marked by its number in everything that it answers.
//
// Version N is called "1.0.N" and its rule gives every region N points in the assessment "marker":
// an answer whose name and points differ mixes two versions.
#pragma once

#include "core/base/memory.h"

typedef enum VersionKind {
    VERSION_GOOD,
    VERSION_BROKEN_TEXT,  // no Lua
    VERSION_BROKEN_RULES, // found by a lint: points that do not add up
    VERSION_BROKEN_SPEC,  // its own test finds a rule that gives something else
    VERSION_KINDS
} VersionKind;

enum { MOST_VERSIONS = 100000 };

typedef struct Versions {
    char *base;   // the pack's text, as the nation's generator wrote it
    char *folder; // of the pack, below the watched one
} Versions;

void versions_open(Versions *versions, const char *pack_file, const char *watched);
void versions_free(Versions *versions);
// Saves as an editor does: a new file that takes the place of the old one.
void versions_save(const Versions *versions, int number, VersionKind kind);
// The body of POST /api/v1/candidates.
void versions_upload(const Versions *versions, int number, VersionKind kind, Buffer *out);

// What an answer to GET …/scores/{region} says of itself. False when it is none, or mixes versions.
bool versions_read_answer(const char *body, size_t length, int *number, char hash[65]);
