// Targets, cookies and lists in headers: see parse.h.
#include "core/http/parse.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/base/plain_text.h"

static int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

// Decodes `length` bytes to `out` and puts a NUL behind them; returns the NUL's place, or NULL when
// an escape is broken.
static char *decode(const char *bytes, size_t length, bool plus_is_blank, char *out) {
    for (size_t i = 0; i < length; i++) {
        char c = bytes[i];
        if (c == '+' && plus_is_blank) c = ' ';
        if (c == '%') {
            int high = length - i > 2 ? hex_digit(bytes[i + 1]) : -1;
            int low = length - i > 2 ? hex_digit(bytes[i + 2]) : -1;
            if (high < 0 || low < 0) return NULL;
            c = (char)(high * 16 + low);
            i += 2;
        }
        *out++ = c;
    }
    *out = '\0';
    return out;
}

static bool has_escaped_slash(const char *bytes, size_t length) {
    for (size_t i = 0; i + 2 < length; i++)
        if (bytes[i] == '%' && hex_digit(bytes[i + 1]) == 2 && hex_digit(bytes[i + 2]) == 15)
            return true;
    return false;
}

static bool segments_are_good(const char *path) {
    for (const char *segment = path + 1; *segment;) {
        size_t length = strcspn(segment, "/");
        if (length == 0 || strncmp(segment, "..", length) == 0) return false; // "." begins ".."
        segment += length;
        if (*segment == '/') segment++;
    }
    return true;
}

static HttpTargetProblem read_path(const char *bytes, size_t length, char **room, HttpTarget *out) {
    if (has_escaped_slash(bytes, length)) return HTTP_TARGET_SEGMENT;
    char *path = *room, *end = decode(bytes, length, false, path);
    if (!end) return HTTP_TARGET_ESCAPE;
    size_t decoded = (size_t)(end - path);
    if (!plain_text_line(path, decoded)) return HTTP_TARGET_TEXT;
    if (!segments_are_good(path)) return HTTP_TARGET_SEGMENT;
    out->path = path;
    *room = end + 1;
    return HTTP_TARGET_GOOD;
}

static bool is_repeated(const HttpTarget *target, const char *name) {
    for (size_t i = 0; i < target->query_count; i++)
        if (strcmp(target->queries[i].name, name) == 0) return true;
    return false;
}

static HttpTargetProblem read_query(const char *bytes, size_t length, char **room,
                                    HttpTarget *out) {
    const char *equals = memchr(bytes, '=', length);
    size_t name_length = equals ? (size_t)(equals - bytes) : length;
    size_t value_length = equals ? length - name_length - 1 : 0;
    char *name = *room, *name_end = decode(bytes, name_length, true, name);
    if (!name_end) return HTTP_TARGET_ESCAPE;
    // Without a "=" the value is the empty text at the name's end.
    char *value = equals ? name_end + 1 : name_end;
    char *value_end = equals ? decode(equals + 1, value_length, true, value) : name_end;
    if (!value_end) return HTTP_TARGET_ESCAPE;
    if (!plain_text(name, (size_t)(name_end - name)) ||
        !plain_text(value, (size_t)(value_end - value)))
        return HTTP_TARGET_TEXT;
    if (is_repeated(out, name)) return HTTP_TARGET_REPEATED;
    if (out->query_count == HTTP_MOST_QUERIES) return HTTP_TARGET_MANY;
    out->queries[out->query_count++] = (HttpPair){name, value};
    *room = value_end + 1;
    return HTTP_TARGET_GOOD;
}

// Where the path of "http://host/path" begins; the target itself when it is a path already.
static const char *skip_authority(const char *target) {
    static const char *const schemes[] = {"http://", "https://"};
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
        size_t length = strlen(schemes[i]);
        if (strncasecmp(target, schemes[i], length) != 0) continue;
        target += length;
        size_t host = strcspn(target, "/?#");
        return host ? target + host : "";
    }
    return target;
}

HttpTargetProblem http_target_read(const char *target, char *room, HttpTarget *out) {
    *out = (HttpTarget){.path = "/"};
    target = skip_authority(target);
    if (*target != '/' || strchr(target, '#')) return HTTP_TARGET_FORM;
    size_t length = strcspn(target, "?");
    HttpTargetProblem problem = read_path(target, length, &room, out);
    const char *query = target + length;
    while (problem == HTTP_TARGET_GOOD && *query) {
        query++; // the "?" or "&"
        length = strcspn(query, "&");
        if (length) problem = read_query(query, length, &room, out);
        query += length;
    }
    return problem;
}

static bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

static const char *skip_blanks(const char *text) {
    while (is_blank(*text))
        text++;
    return text;
}

static size_t without_blanks(const char *text, size_t length) {
    while (length && is_blank(text[length - 1]))
        length--;
    return length;
}

size_t http_cookies_read(char *header, HttpPair *out, size_t most) {
    size_t count = 0;
    for (char *pair = header, *next; pair && count < most; pair = next) {
        next = strchr(pair, ';');
        if (next) *next++ = '\0';
        char *equals = strchr(pair, '=');
        if (!equals) continue;
        char *name = pair + strspn(pair, " \t"), *value = equals + 1 + strspn(equals + 1, " \t");
        if (name >= equals) continue;
        name[without_blanks(name, (size_t)(equals - name))] = '\0';
        size_t length = without_blanks(value, strlen(value));
        if (length >= 2 && value[0] == '"' && value[length - 1] == '"') {
            value++;
            length -= 2;
        }
        value[length] = '\0';
        out[count++] = (HttpPair){name, value};
    }
    return count;
}

// What the parameters of a list's element (";q=0.5 …" up to a comma) weigh it: from 0 to 1.
static double weight_of(const char *parameters, size_t length) {
    const char *end = parameters + length;
    while (parameters < end && *parameters == ';') {
        const char *parameter = skip_blanks(parameters + 1);
        if (strncasecmp(parameter, "q=", 2) == 0) {
            double weight = strtod(parameter + 2, NULL);
            return weight > 0 && weight <= 1 ? weight : 0;
        }
        parameters = parameter + strcspn(parameter, ";,");
    }
    return 1;
}

static bool is_named(const char *text, size_t length, const char *name) {
    return length == strlen(name) && strncasecmp(text, name, length) == 0;
}

bool http_accepts_gzip(const char *header) {
    bool by_star = false;
    while (header && *header) {
        const char *element = skip_blanks(header);
        size_t whole = strcspn(element, ","), coding = strcspn(element, ",;");
        bool wanted = weight_of(element + coding, whole - coding) > 0;
        coding = without_blanks(element, coding);
        if (is_named(element, coding, "gzip") || is_named(element, coding, "x-gzip")) return wanted;
        if (is_named(element, coding, "*")) by_star = wanted;
        header = element + whole + (element[whole] == ',');
    }
    return by_star;
}

double http_language_weight(const char *header, const char *language) {
    double found = 0, earlier = 1e-3; // less than the least difference of two weights
    while (header && *header) {
        const char *element = skip_blanks(header);
        size_t whole = strcspn(element, ","), tag = strcspn(element, ",;");
        double weight = weight_of(element + tag, whole - tag);
        size_t primary = without_blanks(element, strcspn(element, "-,; \t"));
        bool is_it = is_named(element, primary, language);
        if (is_it && weight > 0 && weight + earlier > found) found = weight + earlier;
        earlier /= 2;
        header = element + whole + (element[whole] == ',');
    }
    return found;
}

bool http_etag_listed(const char *header, const char *etag) {
    size_t wanted = strlen(etag);
    if (!header || !wanted) return false;
    if (strcmp(skip_blanks(header), "*") == 0) return true;
    while ((header = strchr(header, '"'))) {
        size_t length = strcspn(++header, "\"");
        if (length == wanted && strncmp(header, etag, wanted) == 0 && header[length]) return true;
        header += length + (header[length] == '"');
    }
    return false;
}

bool http_is_token(const char *text) {
    static const char marks[] = "!#$%&'*+-.^_`|~0123456789"
                                "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    return *text && text[strspn(text, marks)] == '\0';
}

bool http_is_field_value(const char *text) {
    for (; *text; text++)
        if (((unsigned char)*text < 32 && *text != '\t') || *text == 127) return false;
    return true;
}

bool http_is_host(const char *text) {
    static const char marks[] = "-._~:[]0123456789"
                                "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    return *text && text[strspn(text, marks)] == '\0';
}
