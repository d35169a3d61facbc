// Paths that cannot lie side by side.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "core/base/path_clash.h"

enum { MOST_PATHS = 6 };

// A path that ends with '/' is a folder's, as a test writes it.
typedef struct Case {
    const char *paths[MOST_PATHS];
    PathClash clash;   // the first one
    const char *first; // of the neighbours that clash
} Case;

static size_t list(const Case *tried, char copies[][32], ListedPath *paths) {
    size_t count = 0;
    for (; count < MOST_PATHS && tried->paths[count]; count++) {
        size_t length = strlen(tried->paths[count]);
        bool is_folder = tried->paths[count][length - 1] == '/';
        memcpy(copies[count], tried->paths[count], length + 1);
        if (is_folder) copies[count][length - 1] = '\0';
        paths[count] = (ListedPath){copies[count], is_folder};
    }
    return count;
}

static void expect(const Case *tried) {
    char copies[MOST_PATHS][32];
    ListedPath paths[MOST_PATHS];
    size_t count = list(tried, copies, paths), i = 1;
    path_clash_sort(paths, count);
    while (i < count && path_clash(&paths[i - 1], &paths[i]) == PATHS_FIT)
        i++;
    PathClash clash = i < count ? path_clash(&paths[i - 1], &paths[i]) : PATHS_FIT;
    if (clash != tried->clash) fail_msg("%d, not %d: %s", clash, tried->clash, tried->paths[0]);
    if (clash != PATHS_FIT) assert_string_equal(paths[i - 1].path, tried->first);
}

static void paths_that_fit(void **state) {
    (void)state;
    static const Case cases[] = {
        {.paths = {"a.lua"}},
        {.paths = {"spec/", "spec/a.lua", "spec/b.lua", "spec-b/a.lua", "spec.lua"}},
        {.paths = {"a/b/c", "a/b/", "a/", "ab", "a.b", "a-b/c"}},
        {.paths = {"a/Case.lua", "b/case.lua", "Cased/a", "case/a"}},
        {.paths = {"说明.txt", "说明/附件.txt"}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect(&cases[i]);
}

static void paths_that_clash(void **state) {
    (void)state;
    static const Case cases[] = {
        {{"b", "a/x", "a/x"}, PATHS_TWICE, "a/x"},
        {{"a/", "b", "a/"}, PATHS_TWICE, "a"},
        {{"a.lua", "b.lua", "A.lua"}, PATHS_DIFFER_IN_CASE, "A.lua"},
        {{"Spec/", "spec/"}, PATHS_DIFFER_IN_CASE, "Spec"},
        {{"Spec/a.txt", "x", "spec/b.txt"}, PATHS_DIFFER_IN_CASE, "Spec/a.txt"},
        {{"Spec/", "x", "spec/b.txt"}, PATHS_DIFFER_IN_CASE, "Spec"},
        {{"x/Y/a/b", "x/y/c/d"}, PATHS_DIFFER_IN_CASE, "x/Y/a/b"},
        {{"a", "b", "a/"}, PATHS_FILE_AND_FOLDER, "a"},
        {{"pack.lua/readme.txt", "pack.lua"}, PATHS_FILE_AND_FOLDER, "pack.lua"},
        {{"a/b/c/d", "a-c", "A/b"}, PATHS_FILE_AND_FOLDER, "A/b"},
        {{"a", "a b", "a-b", "a/b"}, PATHS_FILE_AND_FOLDER, "a"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect(&cases[i]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(paths_that_fit),
        cmocka_unit_test(paths_that_clash),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
