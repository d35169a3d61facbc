// Paths that cannot lie side by side in a folder.
//
// Windows and macOS do not tell "Spec/a.lua" from "spec/a.lua", and nowhere can a name be a file
// and a folder at once: a reader that unpacks such files would lose some, or take one for another.
// As there, ASCII letters of either case are one; a path has '/' between its parts and none at its
// end. Put paths in order with path_clash_sort, then ask about neighbours: if any two clash, two
// neighbours do. Pure functions, any thread.
#pragma once

#include <stdbool.h>
#include <stddef.h>

typedef struct ListedPath {
    const char *path; // the caller's
    bool is_folder;
} ListedPath;

typedef enum PathClash {
    PATHS_FIT,
    PATHS_TWICE,           // the very same path
    PATHS_DIFFER_IN_CASE,  // they, or the folders they lie in, in nothing else
    PATHS_FILE_AND_FOLDER, // the first is a folder too: listed as one, or one the second lies in
} PathClash;

void path_clash_sort(ListedPath *paths, size_t count);
// Of neighbours in that order.
PathClash path_clash(const ListedPath *first, const ListedPath *second);
