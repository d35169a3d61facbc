// Ids and names that an import may use.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/io/import_vocabulary.h"

static void finds_by_id_and_by_name(void **state) {
    (void)state;
    NameIndex index = {0};
    assert_int_equal(name_index_add(&index, "maternal_mortality", "孕产妇死亡率"), 0);
    assert_int_equal(name_index_add(&index, "births", NULL), 1);
    assert_int_equal(name_index_add(&index, "maternal_mortality", "另一个名称"), 0);
    size_t place = 99;
    assert_int_equal(name_index_find(&index, "孕产妇死亡率", &place), NAME_FOUND);
    assert_int_equal(place, 0);
    assert_int_equal(name_index_find(&index, "births", &place), NAME_FOUND);
    assert_int_equal(place, 1);
    assert_int_equal(name_index_find(&index, "另一个名称", &place), NAME_UNKNOWN);
    assert_string_equal(name_index_nearest(&index, "孕产妇死忘率"), "孕产妇死亡率");
    assert_string_equal(name_index_nearest(&index, "brths"), "births");
    assert_null(name_index_nearest(&index, "人均收入"));
    name_index_free(&index);
}

static void a_shared_name_is_ambiguous(void **state) {
    (void)state;
    NameIndex index = {0};
    name_index_add(&index, "110105", "朝阳区");
    name_index_add(&index, "220104", "朝阳区");
    name_index_add(&index, "220105", "二道区");
    size_t place = 99;
    assert_int_equal(name_index_find(&index, "朝阳区", &place), NAME_AMBIGUOUS);
    assert_string_equal(index.ids[place], "110105");
    assert_int_equal(name_index_find(&index, "220104", &place), NAME_FOUND);
    assert_int_equal(name_index_find(&index, "二道区", &place), NAME_FOUND);
    name_index_free(&index);
}

// "a" is the id of one and the name of another: the id is meant.
static void an_id_goes_before_a_name(void **state) {
    (void)state;
    NameIndex index = {0};
    name_index_add(&index, "b", "a");
    name_index_add(&index, "a", "c");
    size_t place = 99;
    assert_int_equal(name_index_find(&index, "a", &place), NAME_FOUND);
    assert_string_equal(index.ids[place], "a");
    name_index_free(&index);
}

static void a_vocabulary_begins_with_the_total(void **state) {
    (void)state;
    ImportVocabulary vocabulary;
    import_vocabulary_init(&vocabulary, 2010, 2030);
    assert_string_equal(vocabulary.breakdowns.ids[0], "total");
    import_vocabulary_add_breakdown(&vocabulary, "female", "女");
    import_vocabulary_add_indicator(&vocabulary, "births", "活产数");
    assert_int_equal(vocabulary.breakdowns.count, 2);
    assert_int_equal(vocabulary.indicators.count, 1);
    import_vocabulary_free(&vocabulary);
}

static void regions_keep_their_parents(void **state) {
    (void)state;
    ImportVocabulary vocabulary;
    import_vocabulary_init(&vocabulary, 2010, 2030);
    char code[16];
    import_vocabulary_add_region(&vocabulary, "000000", "全国", NULL);
    for (int i = 1; i <= 100; i++) {
        snprintf(code, sizeof code, "%06d", i);
        import_vocabulary_add_region(&vocabulary, code, "某地", i % 2 ? "000000" : "000001");
    }
    import_vocabulary_add_region(&vocabulary, "000002", "某地", "000099"); // known already
    assert_int_equal(vocabulary.regions.count, 101);
    assert_null(vocabulary.region_parents[0]);
    assert_string_equal(vocabulary.region_parents[1], "000000");
    assert_string_equal(vocabulary.region_parents[2], "000001");
    assert_string_equal(vocabulary.region_parents[100], "000001");
    import_vocabulary_free(&vocabulary);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_by_id_and_by_name),
        cmocka_unit_test(a_shared_name_is_ambiguous),
        cmocka_unit_test(an_id_goes_before_a_name),
        cmocka_unit_test(a_vocabulary_begins_with_the_total),
        cmocka_unit_test(regions_keep_their_parents),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
