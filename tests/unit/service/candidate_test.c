// The list of packs on their way.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/base/memory.h"
#include "core/service/candidate.h"

// The impacts of two hundred activations of a pack with many children were kept, whatever their
// size.
static void impacts_of_long_ago_are_forgotten(void **state) {
    enum { COUNT = 20, BYTES = 4 * 1024 * 1024 };
    Candidates candidates = {0};
    char *impact = memory_new(1, BYTES + 1);
    (void)state;
    memset(impact, 'x', BYTES);
    for (int i = 0; i < COUNT; i++) {
        Candidate *candidate = candidates_add(&candidates, FROM_UPLOAD, "", "test");
        candidates_put_impact(&candidates, candidate, impact);
        candidate_end(candidate, true);
    }
    for (size_t i = 0; i < COUNT; i++)
        assert_int_equal(candidates.items[i]->impact != NULL,
                         i >= COUNT - IMPACT_BYTES_KEPT / BYTES);
    free(impact);
    candidates_free(&candidates);
}

// Sixty packs with a thousand each took over a hundred megabytes.
static void problems_beyond_some_are_counted_and_not_kept(void **state) {
    enum { MORE = 17 };
    Candidates candidates = {0};
    (void)state;
    Candidate *candidate = candidates_add(&candidates, FROM_FOLDER, "folder", "test");
    for (int i = 0; i < CANDIDATE_PROBLEMS_KEPT + MORE; i++)
        problems_addf(&candidate->problems, ERROR_PACK, "pack.lua", i + 1, 0, "problem %d", i);
    assert_int_equal(candidate->problems.count, CANDIDATE_PROBLEMS_KEPT);
    assert_int_equal(candidate->problems.dropped, MORE);
    candidates_free(&candidates);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(impacts_of_long_ago_are_forgotten),
        cmocka_unit_test(problems_beyond_some_are_counted_and_not_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
