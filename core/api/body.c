// Bodies of requests that are JSON: see api.h.
#include <string.h>
#include <strings.h>

#include "core/api/api_inside.h"
#include "core/base/json_count.h"

// ---- what kind it is ----------------------------------------------------------------------------

// What says nothing of the kind is taken for JSON, and so is what curl says of any body.
static bool may_be_json(const char *type) {
    static const char *const kinds[] = {"application/json", "application/x-www-form-urlencoded"};
    if (!type) return true;
    size_t length = strcspn(type, "; \t");
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strlen(kinds[i]) == length && strncasecmp(type, kinds[i], length) == 0) return true;
    return false;
}

static bool check_type(const ApiCall *call, Error *error) {
    const char *type = http_request_header(call->request, "Content-Type");
    return may_be_json(type) ||
           error_set(error, ERROR_MEDIA_TYPE,
                     T("the body must be JSON (Content-Type: application/json), not %.80s",
                       "请求体应为 JSON（Content-Type: application/json），而不是 %.80s"),
                     type);
}

// ---- what it says -------------------------------------------------------------------------------

// What the parser calls it is English; NULL for what is said by the place alone.
static const char *fault_of(const json_error_t *fault) {
    switch (json_error_code(fault)) {
        case json_error_premature_end_of_input: return T("it ends too early", "内容不完整");
        case json_error_end_of_input_expected:
            return T("something follows its end", "结尾之后还有多余内容");
        case json_error_duplicate_key: return T("a member is there twice", "有重复的成员");
        case json_error_invalid_utf8: return T("it is not UTF-8", "不是 UTF-8 文本");
        case json_error_numeric_overflow: return T("a number is too large", "数值过大");
        case json_error_stack_overflow: return T("it is nested too deeply", "嵌套过深");
        default: return T("something is out of place", "有不合语法之处");
    }
}

static bool is_missing(const ApiCall *call) {
    size_t length;
    (void)http_request_body(call->request, &length);
    return length == 0;
}

bool api_body_parse(const ApiCall *call, json_t **body, Error *error) {
    enum { MOST_VALUES = 250000 }; // twice what the longest list of observations has
    size_t length;
    const char *bytes = http_request_body(call->request, &length);
    json_error_t fault;
    *body = NULL;
    if (length == 0)
        return error_set(error, ERROR_USAGE, "%s", T("the body is missing", "缺少请求体"));
    if (!check_type(call, error)) return false;
    if (json_count_values(bytes, length) > MOST_VALUES)
        return error_set(error, ERROR_USAGE,
                         T("the body has more than %d values", "请求体中的值超过 %d 个"),
                         MOST_VALUES);
    *body = json_loadb(bytes, length, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &fault);
    if (*body) return true;
    error_set(error, ERROR_USAGE,
              T("the body is no JSON: %s (line %d, column %d)",
                "请求体不是 JSON：%s（第 %d 行第 %d 列）"),
              fault_of(&fault), fault.line, fault.column);
    return error_at(error, "", fault.line, fault.column);
}

// ---- members ------------------------------------------------------------------------------------

static bool is_one_of(const char *const *names, const char *name) {
    while (*names && strcmp(*names, name) != 0)
        names++;
    return *names != NULL;
}

static bool refuse_member(const char *const *members, const char *name, Error *error) {
    Buffer list = {0};
    for (size_t i = 0; members[i]; i++)
        buffer_printf(&list, "%s%s", i ? T(", ", "、") : "", members[i]);
    error_set(error, ERROR_USAGE,
              T("unknown member \"%.80s\" in the body; its members are %s",
                "请求体中有未知的成员“%.80s”；可用的成员：%s"),
              name, list.data);
    buffer_free(&list);
    return false;
}

static bool check_members(const char *const *members, json_t *body, Error *error) {
    const char *name;
    json_t *ignored;
    if (!json_is_object(body))
        return error_set(error, ERROR_USAGE, "%s",
                         T("the body must be a JSON object", "请求体应为 JSON 对象"));
    json_object_foreach(body, name, ignored) {
        if (!is_one_of(members, name)) return refuse_member(members, name, error);
    }
    return true;
}

bool api_body_parse_object(const ApiCall *call, const char *const *members, json_t **body,
                           Error *error) {
    if (!api_body_parse(call, body, error)) return false;
    if (check_members(members, *body, error)) return true;
    json_decref(*body);
    *body = NULL;
    return false;
}

bool api_body_object(ApiCall *call, const char *const *members, json_t **body) {
    Error error = {0};
    if (api_body_parse_object(call, members, body, &error)) return true;
    api_fail(call, &error);
    return false;
}

bool api_body_optional(ApiCall *call, const char *const *members, json_t **body) {
    if (!is_missing(call)) return api_body_object(call, members, body);
    *body = json_object();
    return true;
}

bool api_member_refuse(const json_t *body, const char *name, const char *should, Error *error) {
    if (!json_object_get(body, name))
        return error_set(error, ERROR_USAGE, T("\"%s\" is missing", "缺少“%s”"), name);
    return error_set(error, ERROR_USAGE, T("\"%s\" %s", "“%s”%s"), name, should);
}

bool api_member_text(const json_t *body, const char *name, bool needed, const char **text,
                     Error *error) {
    const json_t *member = json_object_get(body, name);
    *text = json_string_value(member);
    // A text with a NUL in it would be cut there.
    if (*text && strlen(*text) == json_string_length(member)) return true;
    if (!needed && (!member || json_is_null(member))) return true;
    return api_member_refuse(body, name, T("must be a text", "应为文本"), error);
}
