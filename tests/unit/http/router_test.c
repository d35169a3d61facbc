// Which route a method and a path are for.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "core/http/router.h"

static const HttpRoute routes[] = {
    {.method = "GET", .pattern = "/"},
    {.method = "GET", .pattern = "/api/v1/packs"},
    {.method = "POST", .pattern = "/api/v1/packs"},
    {.method = "GET", .pattern = "/api/v1/packs/{pack}"},
    {.method = "GET", .pattern = "/api/v1/packs/here"},
    {.method = "DELETE", .pattern = "/api/v1/packs/{pack}"},
    {.method = "GET", .pattern = "/api/v1/packs/{pack}/versions/{hash}"},
    {.method = "GET", .pattern = "/api/v1/packs/here/files"},
    {.method = "GET", .pattern = "/api/v1/{what}/here/{which}"},
};
enum { ROUTES = sizeof routes / sizeof *routes };

typedef struct Found {
    HttpParameters parameters;
    char allowed[64];
    const char *pattern;
} Found;

static Found find(const char *method, const char *path) {
    const HttpRoute *list[ROUTES];
    for (size_t i = 0; i < ROUTES; i++)
        list[i] = &routes[i];
    HttpRouter *router = http_router_new(list, ROUTES);
    Found found = {.pattern = NULL};
    const HttpRoute *route =
        http_router_find(router, method, path, &found.parameters, found.allowed);
    http_router_free(router);
    if (route) found.pattern = route->pattern;
    if (route) assert_string_equal(route->method, method);
    return found;
}

static void assert_route(const char *method, const char *path, const char *pattern) {
    Found found = find(method, path);
    assert_non_null(found.pattern);
    assert_string_equal(found.pattern, pattern);
}

static void a_literal_segment_goes_before_a_name(void **state) {
    (void)state;
    assert_route("GET", "/", "/");
    assert_route("GET", "/api/v1/packs", "/api/v1/packs");
    assert_route("GET", "/api/v1/packs/here", "/api/v1/packs/here");
    assert_route("GET", "/api/v1/packs/there", "/api/v1/packs/{pack}");
    // Where the literal leads nowhere the name is taken.
    assert_route("DELETE", "/api/v1/packs/here", "/api/v1/packs/{pack}");
    assert_route("GET", "/api/v1/packs/here/versions/1", "/api/v1/packs/{pack}/versions/{hash}");
    assert_route("GET", "/api/v1/packs/here/files", "/api/v1/packs/here/files");
    assert_route("GET", "/api/v1/packs/here/other", "/api/v1/{what}/here/{which}");
}

static void parameters_are_what_stands_in_their_place(void **state) {
    (void)state;
    HttpParameters parameters;
    char allowed[64];
    const HttpRoute *list[] = {&routes[6]};
    HttpRouter *router = http_router_new(list, 1);
    assert_ptr_equal(
        http_router_find(router, "GET", "/api/v1/packs/临河/versions/a b", &parameters, allowed),
        &routes[6]);
    assert_string_equal(http_parameter(&parameters, "pack"), "临河");
    assert_string_equal(http_parameter(&parameters, "hash"), "a b");
    assert_null(http_parameter(&parameters, "other"));
    http_router_free(router);
}

static void what_a_path_would_take_is_told(void **state) {
    (void)state;
    Found found = find("PUT", "/api/v1/packs");
    assert_null(found.pattern);
    assert_string_equal(found.allowed, "GET, POST");
    found = find("PUT", "/api/v1/packs/here"); // of two patterns, each method once
    assert_null(found.pattern);
    assert_string_equal(found.allowed, "GET, DELETE");
}

static void what_is_no_path_of_ours_allows_nothing(void **state) {
    (void)state;
    static const char *const paths[] = {"/api",
                                        "/api/v1/packs/",
                                        "/api/v1/packs/a/versions",
                                        "/api/v1/packs/a/versions/",
                                        "/api/v1/packs/a/versions/b/c",
                                        "//",
                                        "/API/v1/packs",
                                        "/api/v1/packsx",
                                        "",
                                        "api/v1/packs"};
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        Found found = find("GET", paths[i]);
        assert_null(found.pattern);
        assert_string_equal(found.allowed, "");
    }
}

static void a_value_too_long_has_no_route(void **state) {
    (void)state;
    char path[700] = "/api/v1/packs/";
    size_t length = strlen(path);
    memset(path + length, 'a', 500);
    assert_route("GET", path, "/api/v1/packs/{pack}");
    memset(path + length, 'a', 600);
    Found found = find("GET", path);
    assert_null(found.pattern);
    assert_string_equal(found.allowed, "");
}

static void a_route_takes_the_parameters_behind_its_question_mark(void **state) {
    static const HttpRoute route = {.method = "GET", .pattern = "/runs/{run}?limit&after"};
    const HttpRoute *const list[] = {&route};
    HttpParameters parameters;
    char allowed[64];
    (void)state;
    HttpRouter *router = http_router_new(list, 1);
    assert_ptr_equal(http_router_find(router, "GET", "/runs/12", &parameters, allowed), &route);
    assert_int_equal(parameters.count, 1);
    assert_string_equal(http_parameter(&parameters, "run"), "12");
    http_router_free(router);
    assert_true(http_route_takes(&route, "limit"));
    assert_true(http_route_takes(&route, "after"));
    static const char *const others[] = {"", "run", "limi", "limits", "aft", "limit&after", "&"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_false(http_route_takes(&route, others[i]));
    assert_false(http_route_takes(&routes[0], "limit"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_literal_segment_goes_before_a_name),
        cmocka_unit_test(parameters_are_what_stands_in_their_place),
        cmocka_unit_test(what_a_path_would_take_is_told),
        cmocka_unit_test(what_is_no_path_of_ours_allows_nothing),
        cmocka_unit_test(a_value_too_long_has_no_route),
        cmocka_unit_test(a_route_takes_the_parameters_behind_its_question_mark),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
