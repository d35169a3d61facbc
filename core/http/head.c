// The census of a request's line and headers: what MHD lets through and this server does not.
//
// MHD tells of headers one by one, without what stood between them: a line that went on in the next
// one, ended without a carriage return or was cut short by a NUL looks like any other, and another
// server in front may have read it otherwise. But it parses them where they arrived, so that the
// places of names and values say what stood between: in a well-formed head each begins exactly
// where the one before has ended. A MHD that copied them would have every request refused.
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/base/language.h"
#include "core/http/inside.h"

enum { LINE_END = 2, VERSION_LENGTH = 8 }; // "HTTP/1.1"

typedef struct Head {
    HttpRequest *request;
    const char *expected; // where the next name must begin
    bool is_contiguous;
    size_t found;
    const char *names[HTTP_MOST_REQUEST_HEADERS], *values[HTTP_MOST_REQUEST_HEADERS];
    size_t bytes; // of names and values with a NUL each
} Head;

static enum MHD_Result see_header(void *context, enum MHD_ValueKind kind, const char *name,
                                  size_t name_length, const char *value, size_t value_length) {
    (void)kind;
    Head *head = context;
    if (name != head->expected || !value || value < name + name_length + 1)
        head->is_contiguous = false;
    head->expected = value + value_length + LINE_END;
    if (head->found++ >= HTTP_MOST_REQUEST_HEADERS) return MHD_YES;
    head->names[head->found - 1] = name;
    head->values[head->found - 1] = value ? value : "";
    head->bytes += name_length + value_length + 2;
    return MHD_YES;
}

static char *put(char **room, const char *text) {
    size_t size = strlen(text) + 1;
    char *copy = memcpy(*room, text, size);
    *room += size;
    return copy;
}

static size_t count_of(const HttpRequest *request, const char *name) {
    size_t count = 0;
    for (size_t i = 0; i < request->header_count; i++)
        count += strcasecmp(request->headers[i].name, name) == 0;
    return count;
}

static void refuse_malformed(HttpRequest *request) {
    request_refuse_and_close(
        request, 400, "bad_request",
        T("the request's line or headers are malformed", "请求行或请求头格式不正确"), "");
}

// Two servers that read these differently would see different requests in the same bytes.
static void check_framing(HttpRequest *request, bool is_old) {
    size_t lengths = count_of(request, "Content-Length");
    size_t encodings = count_of(request, "Transfer-Encoding");
    const char *encoding = http_request_header(request, "Transfer-Encoding");
    if (lengths + encodings > 1 || (encoding && (is_old || strcasecmp(encoding, "chunked") != 0)))
        request_refuse_and_close(
            request, 400, "bad_framing",
            T("the request does not say unambiguously how long its body is",
              "请求没有明确说明请求体的长度"),
            T("give either one Content-Length or Transfer-Encoding: chunked",
              "请只给出一个 Content-Length，或者使用 Transfer-Encoding: chunked"));
}

static void check_host(HttpRequest *request, bool is_old) {
    size_t hosts = count_of(request, "Host");
    const char *host = http_request_header(request, "Host");
    if ((is_old && hosts == 0) || (hosts == 1 && http_is_host(host))) return;
    request_refuse_and_close(request, 400, "bad_host",
                             T("the request does not name one host", "请求没有指明唯一的主机"),
                             T("give one Host header", "请给出一个 Host 请求头"));
}

// Headers of which the first could be believed by one reader and the last by another.
static void check_single(HttpRequest *request) {
    static const char *const single[] = {"Authorization", "Content-Type", "Content-Encoding",
                                         "Cookie",        "Expect",       "Origin",
                                         "If-None-Match"};
    for (size_t i = 0; i < sizeof single / sizeof *single; i++)
        if (count_of(request, single[i]) > 1)
            request_refuse_and_close(request, 400, "repeated_header",
                                     T("a header that may be given once is there twice",
                                       "只能出现一次的请求头出现了两次"),
                                     single[i]);
}

static void check_expectation(HttpRequest *request, bool is_old) {
    const char *expectation = http_request_header(request, "Expect");
    if (expectation && !is_old && strcasecmp(expectation, "100-continue") != 0)
        request_refuse_and_close(
            request, 417, "unknown_expectation",
            T("the request expects something that is not known here", "请求中的 Expect 不受支持"),
            T("leave the Expect header out", "请去掉 Expect 请求头"));
}

static void check_names_and_values(HttpRequest *request) {
    for (size_t i = 0; i < request->header_count; i++)
        if (!http_is_token(request->headers[i].name) ||
            !http_is_field_value(request->headers[i].value))
            refuse_malformed(request);
}

static void check_target(HttpRequest *request, char *room) {
    const char *hint = "";
    switch (http_target_read(request->target, room, &request->parsed)) {
        case HTTP_TARGET_GOOD: return;
        case HTTP_TARGET_FORM: hint = T("it is to begin with a slash", "地址应以斜杠开头"); break;
        case HTTP_TARGET_ESCAPE:
            hint = T("a percent sign is to be followed by two hexadecimal digits",
                     "百分号之后应为两位十六进制数字");
            break;
        case HTTP_TARGET_TEXT:
            hint = T("it is to be UTF-8 without control characters",
                     "地址应为不含控制字符的 UTF-8 文本");
            break;
        case HTTP_TARGET_SEGMENT:
            hint = T("its segments may not be empty, \".\" or \"..\", nor contain a slash",
                     "各段不能为空，不能是“.”或“..”，也不能含有斜杠");
            break;
        case HTTP_TARGET_REPEATED:
            hint = T("a query parameter is given twice", "有查询参数重复出现");
            break;
        case HTTP_TARGET_MANY: hint = T("it has too many query parameters", "查询参数过多"); break;
    }
    request->parsed.path = "-";
    request_refuse(request, 400, "bad_target",
                   T("the request's address is malformed", "请求的地址格式不正确"), hint);
}

static bool is_method(const char *text) {
    return *text && text[strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")] == '\0' && strlen(text) <= 16;
}

// Returns where there is room for the target.
static char *copy_texts(HttpRequest *request, const Head *head, const char *method) {
    const char *cookies = NULL;
    char *room = memory_new(
        HTTP_TARGET_ROOM(strlen(request->target)) + strlen(method) + 1 + 2 * head->bytes, 1);
    request->room = room;
    if (is_method(method)) request->method = put(&room, method);
    for (size_t i = 0; i < head->found && i < HTTP_MOST_REQUEST_HEADERS; i++) {
        HttpPair *header = &request->headers[request->header_count++];
        header->name = put(&room, head->names[i]);
        header->value = put(&room, head->values[i]);
        if (strcasecmp(header->name, "Cookie") == 0) cookies = header->value;
    }
    if (cookies)
        request->cookie_count =
            http_cookies_read(put(&room, cookies), request->cookies, HTTP_MOST_COOKIES);
    return room;
}

static void check_sizes(HttpRequest *request, size_t head_size, size_t headers) {
    size_t most = request->server->options.largest_headers;
    if (strlen(request->target) > most / 2)
        request_refuse_and_close(request, 414, "address_too_long",
                                 T("the request's address is too long", "请求的地址过长"), "");
    if (head_size > most || headers > HTTP_MOST_REQUEST_HEADERS)
        request_refuse_and_close(
            request, 431, "headers_too_large",
            T("the request's headers are too large or too many", "请求头过大或过多"),
            T("cookies of other programs at the same address may be the cause",
              "可能是同一地址下其他程序的 Cookie 过多"));
}

static bool says_close(const HttpRequest *request) {
    const char *connection = http_request_header(request, "Connection");
    return connection && strcasestr(connection, "close");
}

void request_read_head(HttpRequest *request, const char *method, const char *version) {
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(
        request->connection->handle, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
    size_t head_size = info ? info->header_size : 0;
    bool is_old = strcmp(version, "HTTP/1.0") == 0;
    Head head = {.request = request, .expected = version + VERSION_LENGTH + LINE_END};
    head.is_contiguous = request->target_place == method + strlen(method) + 1 &&
                         version == request->target_place + strlen(request->target) + 1;
    MHD_get_connection_values_n(request->connection->handle, MHD_HEADER_KIND, see_header, &head);
    if (head.expected + LINE_END != method + head_size) head.is_contiguous = false;

    char *room = copy_texts(request, &head, method);
    language_use(http_request_language(request)); // until this part of the request is dealt with
    check_target(request, room);
    request->is_last = is_old || says_close(request);
    request->is_head = strcmp(method, "HEAD") == 0;
    if (request->is_head) request->method = "GET";
    check_sizes(request, head_size, head.found);
    if (!head.is_contiguous || !is_method(method) || strchr(request->target, ' '))
        refuse_malformed(request);
    check_names_and_values(request);
    check_framing(request, is_old);
    check_host(request, is_old);
    check_single(request);
    check_expectation(request, is_old);
}
