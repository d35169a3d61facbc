// What failures say to who reads them.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/base/language.h"
#include "core/eval/failure_text.h"

static void says(CallOutcome outcome, const char *stored, const char *wanted) {
    Buffer said = {0};
    failure_say(outcome, stored, &said);
    assert_string_equal(said.data, wanted);
    buffer_free(&said);
}

// Of a rule that ran over its budget only the place was told.
static void an_outcome_is_said_in_words(void **state) {
    (void)state;
    language_use(LANGUAGE_ENGLISH);
    says(CALL_OVER_TIME, "pack.lua:96", "pack.lua:96: used more than its time (200 ms)");
    says(CALL_OVER_MEMORY, "pack.lua:96", "pack.lua:96: used more than its memory (64 MiB)");
    says(CALL_STUCK, "", "did not stop at its budget");
    says(CALL_BAD_RESULT, "pack.lua:3", "pack.lua:3: gave a result it must not give");
    language_use(LANGUAGE_CHINESE);
    says(CALL_OVER_TIME, "pack.lua:96", "pack.lua:96：用时超过限额（200 毫秒）");
    language_use_usual();
}

static void what_the_code_raised_is_said_as_it_is(void **state) {
    (void)state;
    says(CALL_RAISED, "pack.lua:9: 出错", "pack.lua:9: 出错");
    says(CALL_RAISED, "", "");
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(an_outcome_is_said_in_words),
                                       cmocka_unit_test(what_the_code_raised_is_said_as_it_is)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
