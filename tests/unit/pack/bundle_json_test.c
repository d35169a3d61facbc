// A pack's files as JSON: made into a bundle with the checks of a folder, and given back.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "core/base/language.h"
#include "core/pack/bundle_json.h"

static bool make(const char *text, Bundle *bundle, ProblemList *problems) {
    json_t *json = json_loads(text, JSON_ALLOW_NUL | JSON_DECODE_ANY, NULL);
    assert_non_null(json);
    bool good = bundle_from_json(json, bundle, problems);
    json_decref(json);
    return good;
}

static void refuse(const char *text, const char *file, const char *wanted) {
    Bundle bundle;
    ProblemList problems = {0};
    bool found = false;
    if (make(text, &bundle, &problems)) fail_msg("taken: %s", text);
    assert_int_equal(bundle.count, 0);
    for (size_t i = 0; i < problems.count; i++)
        found = found || (strcmp(problems.items[i].file, file) == 0 &&
                          strstr(problems.items[i].message, wanted));
    if (!found) fail_msg("%s: %s", problems.items[0].file, problems.items[0].message);
    problems_free(&problems);
}

static void it_is_read_and_given_back(void **state) {
    (void)state;
    Bundle bundle, again;
    ProblemList problems = {0};
    assert_true(make("{\"files\":{\"spec/a_spec.lua\":\"it\",\"pack.lua\":\"-- 标尺\\n\"}}",
                     &bundle, &problems));
    assert_int_equal(bundle.count, 2);
    assert_string_equal(bundle.files[0].path, "pack.lua");
    assert_string_equal(bundle.files[0].bytes, "-- 标尺\n");
    json_t *json = bundle_to_json(&bundle);
    assert_true(bundle_from_json(json, &again, &problems));
    assert_string_equal(again.hash, bundle.hash);
    json_decref(json);
    bundle_free(&bundle);
    bundle_free(&again);
}

static void packs_that_are_carried_are_not_given(void **state) {
    (void)state;
    Bundle bundle, parent;
    ProblemList problems = {0};
    assert_true(make("{\"files\":{\"pack.lua\":\"child\"}}", &bundle, &problems));
    assert_true(make("{\"files\":{\"pack.lua\":\"parent\"}}", &parent, &problems));
    assert_true(bundle_extend(&bundle, "nation", &parent, &problems));
    json_t *json = bundle_to_json(&bundle);
    assert_int_equal(json_object_size(json_object_get(json, "files")), 1);
    json_decref(json);
    bundle_free(&bundle);
    bundle_free(&parent);
}

static void what_is_no_pack_is_refused(void **state) {
    (void)state;
    refuse("[]", "files", "must be an object");
    refuse("\"text\"", "files", "must be an object");
    refuse("{}", "files", "must be an object");
    refuse("{\"files\":[]}", "files", "must be an object");
    refuse("{\"files\":{}}", "files", "has no file pack.lua");
    refuse("{\"files\":{\"pack.lua\":\"\"},\"note\":1}", "note", "unknown member");
    refuse("{\"files\":{\"pack.lua\":1}}", "pack.lua", "the file must be a text");
}

static void names_and_contents_are_checked_as_in_a_folder(void **state) {
    (void)state;
    static const char *const names[] = {
        "../x.lua",   "/x.lua",    "a//x.lua", "a\\\\x.lua",       "C:x.lua",   ".x.lua",
        ".git/x.lua", "a/./x.lua", "a b.lua",  "@nation/pack.lua", "std/x.lua", "女.lua",
        "a\\nb.lua",  "",          "x.lua/",   "a..lua",           "a../x.lua", "a./x.lua"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char text[200], shown[100];
        snprintf(text, sizeof text, "{\"files\":{\"pack.lua\":\"\",\"%s\":\"\"}}", names[i]);
        snprintf(shown, sizeof shown, "%s",
                 names[i][0] == '\0' ? "\"\""
                 : i == 3            ? "a\\x.lua"
                 : i == 12           ? "a b.lua"
                                     : names[i]);
        refuse(text, shown, "has a name a pack's file must not have");
    }
    refuse("{\"files\":{\"pack.lua\":\"a\\u0000b\"}}", "pack.lua", "NUL");
    refuse("{\"files\":{\"pack.lua\":\"\",\"a.lua\":\"\",\"A.lua\":\"\"}}", "a.lua",
           "upper and lower case alone");
    refuse("{\"files\":{\"pack.lua\":\"\",\"a.lua\":\"\",\"a.lua/b.lua\":\"\"}}", "a.lua",
           "a file and a folder at once");
    refuse("{\"files\":{\"pack.lua\":\"\",\"Spec/a.lua\":\"\",\"spec/b.lua\":\"\"}}", "spec/b.lua",
           "upper and lower case alone");
}

static void files_that_no_pack_has_were_told_that_their_names_are_bad(void **state) {
    (void)state;
    static const char *const names[] = {"README.md", "data/x.lua", "1/2/3/4/5/x.lua"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char text[200];
        snprintf(text, sizeof text, "{\"files\":{\"pack.lua\":\"\",\"%s\":\"\"}}", names[i]);
        refuse(text, names[i], "does not belong to a pack: only .lua files do, outside data/");
        language_set(LANGUAGE_CHINESE);
        refuse(text, names[i], "只收 .lua 文件，不能在 data 文件夹内");
        language_set(LANGUAGE_ENGLISH);
    }
}

static void a_path_posed_as_several_problems(void **state) {
    (void)state;
    refuse("{\"files\":{\"pack.lua\":\"\",\"a\\nready\\n\\tFAKE\":\"\"}}", "a ready  FAKE",
           "has a name a pack's file must not have");
    refuse("{\"files\":{\"pack.lua\":\"\"},\"b\\nready\":1}", "b ready", "unknown member");
}

int main(void) {
    language_set(LANGUAGE_ENGLISH);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_is_read_and_given_back),
        cmocka_unit_test(packs_that_are_carried_are_not_given),
        cmocka_unit_test(what_is_no_pack_is_refused),
        cmocka_unit_test(names_and_contents_are_checked_as_in_a_folder),
        cmocka_unit_test(files_that_no_pack_has_were_told_that_their_names_are_bad),
        cmocka_unit_test(a_path_posed_as_several_problems),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
