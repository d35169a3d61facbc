// What calls are answered: bodies, errors in their one shape, tags. See api.h.
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/api/access.h"
#include "core/api/api_inside.h"
#include "core/base/text.h"
#include "core/http/parse.h"
#include "core/view/json_text.h"
#include "core/view/problems_json.h"

static const char json_content[] = "application/json; charset=utf-8";

static const struct {
    ErrorCode code;
    int status;
} statuses[] = {
    {ERROR_USAGE, 400},     {ERROR_INPUT, 422},        {ERROR_PACK, 422},
    {ERROR_STORE, 500},     {ERROR_WORKER, 500},       {ERROR_LIMIT, 422},
    {ERROR_NOT_FOUND, 404}, {ERROR_CONFLICT, 409},     {ERROR_CANCELLED, 409},
    {ERROR_SYSTEM, 500},    {ERROR_UNIDENTIFIED, 401}, {ERROR_FORBIDDEN, 403},
    {ERROR_BUSY, 503},      {ERROR_MEDIA_TYPE, 415},
};

static int status_of(ErrorCode code) {
    for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++)
        if (statuses[i].code == code) return statuses[i].status;
    return 500;
}

static void add_usual_headers(HttpAnswer *answer) {
    http_answer_header(answer, "Cache-Control", *answer->etag ? "private, no-cache" : "no-store");
    http_answer_header(answer, "Content-Language", T("en", "zh-CN"));
    http_answer_header(answer, "X-Content-Type-Options", "nosniff");
}

static void give(ApiCall *call, HttpAnswer *answer) {
    memcpy(answer->etag, call->etag, sizeof answer->etag);
    add_usual_headers(answer);
    if (call->challenge) http_answer_header(answer, "WWW-Authenticate", "Bearer");
    access_add_headers(call, answer);
    http_answer(call->request, answer);
}

void api_answer_bytes(ApiCall *call, int status, const char *type, Buffer *bytes) {
    HttpAnswer answer = {.status = status, .type = type, .bytes = *bytes};
    *bytes = (Buffer){0};
    if (status == 503) http_answer_header(&answer, "Retry-After", "2");
    give(call, &answer);
}

void api_answer_shared(ApiCall *call, const char *type, HttpBody *body) {
    HttpAnswer answer = {.status = 200, .type = type, .body = body};
    give(call, &answer);
}

HttpBody *api_make_body(const ApiCall *call, Buffer *bytes) {
    HttpBody *body = http_body_new(bytes);
    if (http_request_takes_gzip(call->request)) http_body_pack(body);
    return body;
}

void api_answer_file(ApiCall *call, const char *type, const char *name, HttpBody *body) {
    HttpAnswer answer = {.status = 200, .type = type, .body = body};
    char disposition[128];
    snprintf(disposition, sizeof disposition, "attachment; filename=\"%s\"", name);
    http_answer_header(&answer, "Content-Disposition", disposition);
    give(call, &answer);
}

static void append_json(Buffer *out, json_t *body) {
    view_json_append(out, body);
    json_decref(body);
}

void api_answer_json(ApiCall *call, int status, json_t *body) {
    Buffer bytes = {0};
    append_json(&bytes, body);
    buffer_text(&bytes, "\n");
    api_answer_bytes(call, status, json_content, &bytes);
}

// ---- errors -------------------------------------------------------------------------------------

json_t *api_error_to_json(const Error *error) {
    return view_error_json(error);
}

json_t *api_problems_to_json(const ProblemList *problems) {
    return view_problems_json(problems);
}

static void give_problems(ApiCall *call, const ProblemList *problems, const char *name,
                          json_t *more) {
    json_t *body =
        json_pack("{s:o, s:o, s:I}", "error", api_error_to_json(&problems->items[0]), "problems",
                  api_problems_to_json(problems), "more_problems", (json_int_t)problems->dropped);
    if (name) json_object_set_new(body, name, more);
    *call->etag = '\0';
    api_answer_json(call, status_of(problems->items[0].code), body);
}

// What is no caller's doing is told to whoever runs the server.
static bool is_fault(ApiCall *call, const Error *error) {
    if (status_of(error->code) != 500) return false;
    call->api->counts.faults[error->code]++;
    api_note_fault(call->api, error);
    return true;
}

void api_fail_with(ApiCall *call, const ProblemList *problems, const char *name, json_t *more) {
    (void)is_fault(call, &problems->items[0]);
    give_problems(call, problems, name, more);
}

void api_fail_all(ApiCall *call, const ProblemList *problems) {
    api_fail_with(call, problems, NULL, NULL);
}

void api_fail(ApiCall *call, const Error *error) {
    ProblemList one = {0};
    bool is_hidden = is_fault(call, error) && call->caller.kind == CALLER_NOBODY;
    Error told = is_hidden ? api_fault_for_strangers(error) : *error;
    problems_add(&one, &told);
    give_problems(call, &one, NULL, NULL);
    problems_free(&one);
}

void api_failf(ApiCall *call, ErrorCode code, const char *format, ...) {
    Error error = {.code = code};
    va_list arguments;
    va_start(arguments, format);
    text_format_list(error.message, sizeof error.message, format, arguments);
    va_end(arguments);
    api_fail(call, &error);
}

static void write_refusal(HttpAnswer *answer, const char *code, const char *message,
                          const char *hint) {
    json_t *error = json_pack("{s:s, s:o, s:n, s:o}", "code", code, "message",
                              view_text_to_json(message), "where", "hint", view_text_or_null(hint));
    answer->type = json_content;
    append_json(&answer->bytes, json_pack("{s:O, s:[o], s:i}", "error", error, "problems", error,
                                          "more_problems", 0));
    buffer_text(&answer->bytes, "\n");
}

void api_refuse(HttpAnswer *answer, const char *code, const char *message, const char *hint,
                void *context) {
    (void)context;
    write_refusal(answer, code, message, hint);
    add_usual_headers(answer);
}

void api_fail_busy(ApiCall *call) {
    HttpAnswer answer = {.status = 503};
    http_answer_header(&answer, "Retry-After", "2");
    write_refusal(&answer, "busy", T("too much is waiting to be worked on", "等待处理的请求过多"),
                  T("try again in a few seconds; nothing was changed", "请稍候重试；未作任何更改"));
    *call->etag = '\0';
    give(call, &answer);
}

void api_fail_later(ApiCall *call, int64_t retry_us) {
    HttpAnswer answer = {.status = 429};
    char seconds[24];
    snprintf(seconds, sizeof seconds, "%lld", (long long)(retry_us / 1000000 + 1));
    http_answer_header(&answer, "Retry-After", seconds);
    write_refusal(&answer, "too_many_tries",
                  T("too many tries from this address", "该地址尝试次数过多"),
                  T("wait a moment and try again", "请稍候再试"));
    *call->etag = '\0';
    give(call, &answer);
}

void api_fail_streams(ApiCall *call, int most) {
    HttpAnswer answer = {.status = 429};
    char message[128];
    snprintf(message, sizeof message,
             T("this account has %d event streams open", "该账号已打开 %d 个事件流"), most);
    http_answer_header(&answer, "Retry-After", "30");
    write_refusal(&answer, "too_many_streams", message, T("close one", "请先关闭一个"));
    *call->etag = '\0';
    give(call, &answer);
}

// ---- tags ---------------------------------------------------------------------------------------

bool api_is_fresh(ApiCall *call, const char *tag) {
    // Whoever has other rights may be shown less of the same.
    snprintf(call->etag, sizeof call->etag, "%s.%s.%s.%llx", call->api->boot, tag, T("en", "zh"),
             (unsigned long long)rights_mark(&call->caller));
    const char *known = http_request_header(call->request, "If-None-Match");
    if (!http_etag_listed(known, call->etag)) return false;
    HttpAnswer answer = {.status = 304};
    give(call, &answer);
    return true;
}

bool api_pack_is_fresh(ApiCall *call, const BoardPack *pack) {
    char tag[24];
    snprintf(tag, sizeof tag, "%llx", (unsigned long long)pack->revision);
    return api_is_fresh(call, tag);
}
