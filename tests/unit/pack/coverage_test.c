// Which figures of a clause count as carried: numbers by value, texts as they are, and nothing that
// is only a name or a place.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/pack/coverage.h"

typedef struct Trial {
    json_t *json;
    PackNodes nodes;
    Coverage coverage;
} Trial;

// A pack with one clause that states `figure` and one node of `matters` with `fields` that names
// it.
static Trial trial(const char *figure, const char *fields) {
    Trial made;
    Buffer text = {0};
    buffer_printf(
        &text,
        "{\"pack\":{\"id\":\"p\",\"title\":\"P\"},\"documents\":[{\"id\":\"d\",\"clauses\":["
        "{\"kind\":\"clause\",\"id\":\"c\",\"title\":\"C\",\"states\":[\"%s\"]}]}],"
        "\"matters\":[{\"kind\":\"event\",\"id\":\"e97\",\"file\":\"f98.lua\",\"line\":99,"
        "\"source\":[\"c\"],%s}]}",
        figure, fields);
    made.json = json_loads(text.data, 0, NULL);
    assert_non_null(made.json);
    buffer_free(&text);
    pack_nodes_read(made.json, &made.nodes);
    coverage_read(&made.nodes, &made.coverage);
    return made;
}

static void trial_free(Trial *made) {
    coverage_free(&made->coverage);
    pack_nodes_free(&made->nodes);
    json_decref(made->json);
}

static bool carried(const char *figure, const char *fields) {
    Trial made = trial(figure, fields);
    assert_int_equal(made.coverage.count, 1);
    assert_int_equal(made.coverage.wanted, 1);
    assert_int_equal(made.coverage.clauses[0].carrier_count, 1);
    bool whole = made.coverage.carried == 1;
    assert_int_equal(made.coverage.clauses[0].missing_count, whole ? 0 : 1);
    trial_free(&made);
    return whole;
}

static void numbers_are_found_by_value(void **state) {
    (void)state;
    assert_true(carried("93%", "\"target\":{\"kind\":\"at_least\",\"value\":93}"));
    assert_true(carried("93%", "\"note\":\"不低于93.0%\""));
    assert_false(carried("93%", "\"target\":{\"kind\":\"at_least\",\"value\":9.3}"));
    assert_true(carried("12/10万", "\"target\":{\"value\":12},\"unit\":\"1/10万\""));
    assert_false(carried("12/10万", "\"target\":{\"value\":12},\"unit\":\"%\""));
    assert_true(carried("6万人", "\"target\":{\"value\":60000}"));
    assert_true(carried("6万人", "\"target\":{\"value\":6}"));
    assert_true(carried("5月19日", "\"due\":\"05-19\""));
    assert_false(carried("5月19日", "\"due\":\"05-20\""));
    assert_true(carried("1-2次", "\"times\":[1,2]"));
    assert_false(carried("1-2次", "\"times\":[2]"));
}

static void texts_are_found_as_they_are(void **state) {
    (void)state;
    assert_true(carried("三分之一", "\"note\":\"达到三分之一以上\""));
    assert_true(carried("三分之一", "\"title\":\"三分之一以上\""));
    assert_false(carried("三分之一", "\"note\":\"三分之二\""));
}

static void names_and_places_are_no_figures(void **state) {
    (void)state;
    assert_false(carried("97", "\"note\":\"x\"")); // the id
    assert_false(carried("98", "\"note\":\"x\"")); // the file
    assert_false(carried("99", "\"note\":\"x\"")); // the line
    assert_false(carried("5", "\"lead\":\"under5\",\"indicators\":[\"under5\"]"));
    assert_false(carried("7", "\"score\":7")); // a rule's number
    assert_false(carried("5", "\"target\":{\"kind\":\"not_below\",\"indicator\":\"under5\"}"));
    assert_false(carried("5", "\"counts\":\"deaths_5\",\"among\":\"births_5\""));
    assert_false(carried("11", "\"forecast\":\"gm11\""));
    assert_false(carried("410402", "\"applies_to\":[\"410402\"]"));
    assert_false(carried("1个", "\"digits\":1"));
}

// "2%" was once held by "92%", "三个" by "十三个".
static void a_part_of_a_number_is_no_figure(void **state) {
    (void)state;
    assert_false(carried("2%", "\"note\":\"达到92%\""));
    assert_false(carried("1所", "\"note\":\"至少11所\""));
    assert_false(carried("5%", "\"note\":\"0.5%\""));
    assert_false(carried("2015", "\"note\":\"20151231\""));
    assert_false(carried("第12", "\"note\":\"第120\""));
    assert_false(carried("三个", "\"note\":\"十三个\""));
    assert_true(carried("三个", "\"note\":\"十三个中的三个\""));
    assert_true(carried("第12", "\"note\":\"第12。\""));
    assert_false(carried("", "\"note\":\"x\""));
}

// The month was once taken from one declaration and the day from another.
static void a_figure_is_held_by_one_declaration(void **state) {
    (void)state;
    json_t *json =
        json_loads("{\"pack\":{\"id\":\"p\"},\"documents\":[{\"id\":\"d\",\"clauses\":["
                   "{\"id\":\"c\",\"title\":\"C\",\"states\":[\"5月19日\"]}]}],\"matters\":["
                   "{\"kind\":\"form\",\"id\":\"a\",\"source\":[\"c\"],\"due\":\"05-20\"},"
                   "{\"kind\":\"form\",\"id\":\"b\",\"source\":[\"c\"],\"due\":\"06-19\"}]}",
                   0, NULL);
    PackNodes nodes;
    Coverage coverage;
    pack_nodes_read(json, &nodes);
    coverage_read(&nodes, &coverage);
    assert_int_equal(coverage.clauses[0].missing_count, 1);
    coverage_free(&coverage);
    pack_nodes_free(&nodes);
    json_decref(json);
}

static void a_clause_named_twice_has_one_carrier(void **state) {
    (void)state;
    Trial made = trial("9", "\"note\":\"9\",\"source\":[\"c\",\"c\",\"other\",7]");
    assert_int_equal(made.coverage.clauses[0].carrier_count, 1);
    assert_int_equal(made.coverage.carried, 1);
    trial_free(&made);
}

static void a_clause_nobody_names_is_missing(void **state) {
    (void)state;
    json_t *json = json_loads("{\"pack\":{\"id\":\"p\"},\"documents\":[{\"id\":\"d\",\"clauses\":["
                              "{\"id\":\"a\",\"title\":\"A\"},"
                              "{\"id\":\"b\",\"title\":\"B\",\"background\":\"回顾\"}]}]}",
                              0, NULL);
    PackNodes nodes;
    Coverage coverage;
    pack_nodes_read(json, &nodes);
    coverage_read(&nodes, &coverage);
    assert_int_equal(coverage.count, 2);
    assert_int_equal(coverage.wanted, 1); // what is background needs no carrier
    assert_int_equal(coverage.carried, 0);
    assert_true(coverage.clauses[1].background);
    assert_string_equal(coverage.clauses[0].document, "d");
    coverage_free(&coverage);
    pack_nodes_free(&nodes);
    json_decref(json);
}

static void nodes_are_listed_with_their_holders(void **state) {
    (void)state;
    json_t *json = json_loads(
        "{\"pack\":{\"id\":\"p\"},\"plans\":[{\"id\":\"w\",\"domains\":[{\"id\":\"h\",\"indicators\":"
        "[{\"kind\":\"task\",\"id\":\"t\",\"indicators\":[\"x\"]}]}]}],\"assessments\":[{\"id\":\"a\","
        "\"items\":[{\"id\":\"i\",\"items\":[{\"id\":\"j\"}]}],\"vetoes\":[{\"id\":\"v\"}]}],"
        "\"series\":3,\"units\":[7,{\"id\":\"u\"}]}",
        0, NULL);
    PackNodes nodes;
    pack_nodes_read(json, &nodes);
    static const char *const wanted[] = {"pack p",     "unit u",   "plan w",
                                         "domain w.h", "task t",   "assessment a",
                                         "item a.i",   "item a.j", "veto a.v"};
    assert_int_equal(nodes.count, sizeof wanted / sizeof *wanted);
    for (size_t i = 0; i < nodes.count; i++) {
        char got[64];
        snprintf(got, sizeof got, "%s %s", nodes.items[i].kind, nodes.items[i].id);
        assert_string_equal(got, wanted[i]);
    }
    pack_nodes_free(&nodes);
    json_decref(json);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_found_by_value),
        cmocka_unit_test(texts_are_found_as_they_are),
        cmocka_unit_test(names_and_places_are_no_figures),
        cmocka_unit_test(a_part_of_a_number_is_no_figure),
        cmocka_unit_test(a_figure_is_held_by_one_declaration),
        cmocka_unit_test(a_clause_named_twice_has_one_carrier),
        cmocka_unit_test(a_clause_nobody_names_is_missing),
        cmocka_unit_test(nodes_are_listed_with_their_holders),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
