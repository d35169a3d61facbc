// What differs between two descriptions, kind by kind.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "core/pack/difference.h"

typedef struct Trial {
    json_t *parent, *child;
    DifferenceList list;
} Trial;

static json_t *read_json(const char *text) {
    char copy[4000];
    size_t length = strlen(text);
    assert_true(length < sizeof copy);
    for (size_t i = 0; i <= length; i++)
        copy[i] = text[i] == '\'' ? '"' : text[i] == '"' ? '\'' : text[i];
    json_t *json = json_loads(copy, 0, NULL);
    assert_non_null(json);
    return json;
}

static Trial compare(const char *parent, const char *child) {
    Trial trial = {read_json(parent), read_json(child), {0}};
    difference_read(trial.parent, trial.child, &trial.list);
    return trial;
}

static void trial_free(Trial *trial) {
    difference_free(&trial->list);
    json_decref(trial->parent);
    json_decref(trial->child);
}

static const Difference *find(const Trial *trial, const char *kind, const char *id,
                              const char *field) {
    for (size_t i = 0; i < trial->list.count; i++) {
        const Difference *row = &trial->list.items[i];
        bool same = field ? row->field && strcmp(row->field, field) == 0 : !row->field;
        if (same && strcmp(row->kind, kind) == 0 && strcmp(row->id, id) == 0) return row;
    }
    fail_msg("no difference of %s %s %s", kind, id, field ? field : "");
    return NULL;
}

static const char PARENT[] =
    "{'pack':{'id':'land','title':'L','version':'1','region':'000000','covers':'self'},"
    "'rules':[{'file':'pack.lua','line':4},{'file':'pack.lua','line':5}],"
    "'units':[{'id':'u','title':'U','file':'pack.lua','line':1}],"
    "'plans':[{'id':'w','title':'W','file':'pack.lua','line':2,'domains':[{'id':'h','title':'H',"
    "'file':'pack.lua','line':3,'indicators':[{'id':'i','kind':'indicator','title':'I','digits':1,"
    "'file':'pack.lua','line':4,'formula':0},{'id':'j','kind':'indicator','title':'J',"
    "'file':'pack.lua','line':5,'formula':1}]},{'id':'e','title':'E','file':'pack.lua',"
    "'line':6,'indicators':{}}]}]}";

static const char CHILD[] =
    "{'pack':{'id':'town','title':'T','version':'2','region':'150802','covers':'children',"
    "'extends':'land'},'parents':[{'id':'land'}],"
    "'removed':[{'kind':'unit','id':'u','file':'more.lua','line':9}],"
    "'rules':[{'file':'land/pack.lua','line':4},{'file':'land/pack.lua','line':5},"
    "{'file':'pack.lua','line':7}],"
    "'facts':[],'series':[{'id':'f','kind':'fact','title':'F','file':'pack.lua','line':3}],"
    "'plans':[{'id':'w','title':'W','file':'land/pack.lua','line':2,'domains':[{'id':'h',"
    "'title':'H','file':'land/pack.lua','line':3,'indicators':[{'id':'i','kind':'indicator',"
    "'title':'I','digits':2,'file':'pack.lua','line':4,'formula':2}]},{'id':'e','title':'E',"
    "'file':'land/pack.lua','line':6,'indicators':[{'id':'j','kind':'indicator','title':'J',"
    "'file':'pack.lua','line':8,'formula':1}]}]}]}";

static void fields_rules_and_places_are_compared(void **state) {
    (void)state;
    Trial trial = compare(PARENT, CHILD);
    assert_int_equal(trial.list.added, 1);
    assert_int_equal(trial.list.removed, 1);
    assert_int_equal(trial.list.changed, 3);
    assert_int_equal(trial.list.count, 6);

    const Difference *digits = find(&trial, "indicator", "i", "digits");
    assert_int_equal(json_integer_value(digits->before), 1);
    assert_int_equal(json_integer_value(digits->after), 2);
    assert_string_equal(digits->where, "town/pack.lua:4");
    const Difference *formula = find(&trial, "indicator", "i", "formula");
    assert_string_equal(formula->place_before, "land/pack.lua:4");
    assert_string_equal(formula->place_after, "town/pack.lua:7");
    const Difference *domain = find(&trial, "indicator", "j", "domain");
    assert_string_equal(domain->place_before, "w.h");
    assert_string_equal(domain->place_after, "w.e");
    assert_string_equal(find(&trial, "unit", "u", NULL)->where, "town/more.lua:9");
    assert_int_equal(find(&trial, "fact", "f", NULL)->change, NODE_ADDED);
    // Who a pack is differs always; what it covers is a choice.
    assert_string_equal(json_string_value(find(&trial, "pack", "town", "covers")->before), "self");
    trial_free(&trial);
}

static void kinds_stand_together(void **state) {
    (void)state;
    Trial trial = compare(PARENT, CHILD);
    static const char *const kinds[] = {"pack",      "unit",      "indicator",
                                        "indicator", "indicator", "fact"};
    for (size_t i = 0; i < 6; i++)
        assert_string_equal(trial.list.items[i].kind, kinds[i]);
    trial_free(&trial);
}

static void a_pack_differs_in_nothing_from_itself(void **state) {
    (void)state;
    Trial trial = compare(PARENT, PARENT);
    assert_int_equal(trial.list.count, 0);
    trial_free(&trial);
}

// Rules by their code, with the same place or another one.
static json_t *coded(const char *version, const char *rule) {
    json_t *json = read_json("{'pack':{'id':'land','title':'L','version':'1','region':'000000',"
                             "'covers':'self'},'warnings':[{'id':'w','title':'W','file':'pack.lua',"
                             "'line':3,'level':0}]}");
    json_object_set_new(json, "rule_code", json_string(version));
    json_object_set_new(json, "rules", json_pack("[o]", read_json(rule)));
    return json;
}

static Trial compare_coded(const char *versions[2], const char *before, const char *after) {
    Trial trial = {coded(versions[0], before), coded(versions[1], after), {0}};
    difference_read(trial.parent, trial.child, &trial.list);
    return trial;
}

static const char *same_lua[] = {"Lua 5.4.4", "Lua 5.4.4"};

static void rules_are_the_same_wherever_they_stand(void **state) {
    (void)state;
    Trial trial = compare_coded(same_lua, "{'file':'pack.lua','line':4,'code':'a'}",
                                "{'file':'more.lua','line':9,'code':'a'}");
    assert_int_equal(trial.list.count, 0);
    trial_free(&trial);
}

static void rules_at_the_same_place_differ_by_their_code(void **state) {
    (void)state;
    Trial trial = compare_coded(same_lua, "{'file':'pack.lua','line':4,'code':'a'}",
                                "{'file':'pack.lua','line':4,'code':'b'}");
    const Difference *row = find(&trial, "warning", "w", "level");
    assert_string_equal(row->place_before, "land/pack.lua:4");
    assert_string_equal(row->place_after, "land/pack.lua:4");
    assert_null(row->uses);
    trial_free(&trial);
}

// What is called otherwise but is the same is no difference; names that are none are not shown.
static void what_rules_use_is_named(void **state) {
    (void)state;
    Trial trial = compare_coded(
        same_lua,
        "{'file':'pack.lua','line':4,'code':'a','uses':{'low':'1','high':'2','old':'3','x y':'4'}}",
        "{'file':'pack.lua','line':4,'code':'a','uses':{'low':'1','high':'5','new':'3','x y':'6'}}");
    assert_string_equal(find(&trial, "warning", "w", "level")->uses, "high");
    trial_free(&trial);
    trial = compare_coded(same_lua, "{'file':'pack.lua','line':4,'code':'a','uses':{'old':'3'}}",
                          "{'file':'pack.lua','line':4,'code':'a','uses':{'new':'3'}}");
    assert_int_equal(trial.list.count, 0);
    trial_free(&trial);
}

static void code_of_another_lua_says_nothing(void **state) {
    (void)state;
    const char *versions[] = {"Lua 5.4.4", "Lua 5.4.6"};
    Trial trial = compare_coded(versions, "{'file':'pack.lua','line':4,'code':'a'}",
                                "{'file':'pack.lua','line':4,'code':'b'}");
    assert_int_equal(trial.list.count, 0);
    trial_free(&trial);
    trial = compare_coded(versions, "{'file':'pack.lua','line':4,'code':'a'}",
                          "{'file':'pack.lua','line':5,'code':'a'}");
    assert_int_equal(trial.list.count, 1);
    trial_free(&trial);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fields_rules_and_places_are_compared),
        cmocka_unit_test(kinds_stand_together),
        cmocka_unit_test(a_pack_differs_in_nothing_from_itself),
        cmocka_unit_test(rules_are_the_same_wherever_they_stand),
        cmocka_unit_test(rules_at_the_same_place_differ_by_their_code),
        cmocka_unit_test(what_rules_use_is_named),
        cmocka_unit_test(code_of_another_lua_says_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
