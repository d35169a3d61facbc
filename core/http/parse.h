// Reading what stands in a request's line and headers: targets, cookies, lists of encodings and of
// entity tags, and what a header may consist of.
//
// Only for the server's own files. Pure functions over texts of a stranger: any bytes are taken,
// nothing is allocated, what is not well-formed is said to be so or passed over. Any thread.
#pragma once

#include <stdbool.h>
#include <stddef.h>

enum { HTTP_MOST_QUERIES = 64 };

typedef struct HttpPair {
    const char *name, *value;
} HttpPair;

typedef struct HttpTarget {
    const char *path;                    // in the room given
    HttpPair queries[HTTP_MOST_QUERIES]; // in the order of the request
    size_t query_count;
} HttpTarget;

typedef enum HttpTargetProblem {
    HTTP_TARGET_GOOD,
    HTTP_TARGET_FORM,     // neither a path nor http://host/path
    HTTP_TARGET_ESCAPE,   // a % without two hexadecimal digits
    HTTP_TARGET_TEXT,     // not UTF-8, or a control character
    HTTP_TARGET_SEGMENT,  // an empty segment, ".", ".." or an escaped slash
    HTTP_TARGET_REPEATED, // a query parameter twice
    HTTP_TARGET_MANY,     // more query parameters than HTTP_MOST_QUERIES
} HttpTargetProblem;

// Decodes a target into `room`, which has HTTP_TARGET_ROOM(strlen(target)) bytes. A path may end
// in a slash; "+" is a blank in a query and nowhere else.
#define HTTP_TARGET_ROOM(length) ((length) + 1)
HttpTargetProblem http_target_read(const char *target, char *room, HttpTarget *out);

// Takes a Cookie header apart in place, quotes taken off, and gives at most `most` pairs; returns
// how many.
size_t http_cookies_read(char *header, HttpPair *out, size_t most);
// Whether an Accept-Encoding header (NULL: none) allows gzip.
bool http_accepts_gzip(const char *header);
// How much an Accept-Language header (NULL: none) wants a language, given by its two letters: from
// 0 to 1, and a little more for what is named before its equals.
double http_language_weight(const char *header, const char *language);
// Whether an If-None-Match header (NULL: none) names the entity tag, weakly compared, or is "*".
bool http_etag_listed(const char *header, const char *etag);

bool http_is_token(const char *text);       // a method's or a header's name
bool http_is_field_value(const char *text); // no control character but the tab
bool http_is_host(const char *text);        // a name or an address, perhaps with a port
