// Compares paths as the systems do that tell the fewest apart: see path_clash.h.
#include "core/base/path_clash.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

// A '/' comes before all else, so that what lies in a folder stands right behind it.
static int folded(char letter) {
    return letter == '/' ? 1 : tolower((unsigned char)letter);
}

static size_t common_length(const char *left, const char *right) {
    size_t length = 0;
    while (left[length] && folded(left[length]) == folded(right[length]))
        length++;
    return length;
}

static int by_path(const void *left, const void *right) {
    const ListedPath *a = left, *b = right;
    size_t length = common_length(a->path, b->path);
    int difference = folded(a->path[length]) - folded(b->path[length]);
    if (difference == 0) difference = strcmp(a->path, b->path);
    return difference ? difference : a->is_folder - b->is_folder;
}

void path_clash_sort(ListedPath *paths, size_t count) {
    if (count) qsort(paths, count, sizeof *paths, by_path);
}

PathClash path_clash(const ListedPath *first, const ListedPath *second) {
    size_t length = common_length(first->path, second->path);
    bool is_all = !first->path[length], is_same = is_all && !second->path[length];
    bool is_folder_of = is_all && second->path[length] == '/';
    if ((is_same && first->is_folder != second->is_folder) || (is_folder_of && !first->is_folder))
        return PATHS_FILE_AND_FOLDER;
    if (is_same && strcmp(first->path, second->path) == 0) return PATHS_TWICE;
    if (!is_same && !is_folder_of)
        while (length > 0 && first->path[length - 1] != '/')
            length--;
    return memcmp(first->path, second->path, length) == 0 ? PATHS_FIT : PATHS_DIFFER_IN_CASE;
}
