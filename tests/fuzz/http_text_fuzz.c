// Any text as a request's target, cookies, lists of encodings, entity tags and languages, a host.
//
// Built by clang with -fsanitize=fuzzer,address,undefined from this file and what it reaches.
// Besides memory errors it aborts when a promise of parse.h does not hold. Texts stand in memory of
// exactly their size, so that a byte too far is seen.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/plain_text.h"
#include "core/http/parse.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void require(bool holds, const char *promise) {
    if (holds) return;
    fprintf(stderr, "promise broken: %s\n", promise);
    abort();
}

static void check_path(const char *path) {
    require(path[0] == '/', "a path begins with a slash");
    require(plain_text(path, strlen(path)) && !strpbrk(path, "\n\t"), "a path is plain");
    require(!strstr(path, "//") && !strstr(path, "/../") && !strstr(path, "/./"),
            "a path's segments are names");
    const char *last = strrchr(path, '/');
    require(strcmp(last, "/..") != 0 && strcmp(last, "/.") != 0, "so is the last one");
}

static void check_target(const char *text) {
    static HttpTarget target;
    size_t size = HTTP_TARGET_ROOM(strlen(text));
    char *room = malloc(size);
    if (http_target_read(text, room, &target) == HTTP_TARGET_GOOD) {
        check_path(target.path);
        require(target.query_count <= HTTP_MOST_QUERIES, "query parameters are counted");
        for (size_t i = 0; i < target.query_count; i++) {
            const HttpPair *pair = &target.queries[i];
            require(plain_text(pair->name, strlen(pair->name)), "names are plain");
            require(plain_text(pair->value, strlen(pair->value)), "values are plain");
            require(pair->value >= room && pair->value + strlen(pair->value) < room + size,
                    "values are in the room");
            for (size_t j = 0; j < i; j++)
                require(strcmp(pair->name, target.queries[j].name) != 0, "each is there once");
        }
    }
    free(room);
}

static void check_cookies(const char *text) {
    HttpPair pairs[4];
    size_t size = strlen(text) + 1;
    char *header = malloc(size);
    memcpy(header, text, size);
    size_t count = http_cookies_read(header, pairs, 4);
    require(count <= 4, "cookies are counted");
    for (size_t i = 0; i < count; i++) {
        require(pairs[i].name[0] != '\0', "a cookie has a name");
        require(pairs[i].value + strlen(pairs[i].value) < header + size, "values are in the text");
        require(!strpbrk(pairs[i].name, "=;") && !strchr(pairs[i].value, ';'), "they are apart");
    }
    free(header);
}

static void check_weight(const char *text) {
    double weight = http_language_weight(text, "zh");
    require(weight >= 0 && weight < 1.01, "a weight is from 0 to 1 and a little");
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    char *text = malloc(length + 1);
    memcpy(text, bytes, length);
    text[length] = '\0';
    check_target(text);
    check_cookies(text);
    check_weight(text);
    http_accepts_gzip(text);
    http_etag_listed(text, "v1");
    require(!http_is_token(text) || http_is_field_value(text), "a token is plain");
    require(!http_is_host(text) || !strpbrk(text, " \t\r\n,/"), "a host is one word");
    free(text);
    return 0;
}
