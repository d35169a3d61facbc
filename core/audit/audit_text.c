// Details in words: see audit_json.h.
#include <inttypes.h>
#include <jansson.h>
#include <string.h>

#include "core/audit/audit_json.h"
#include "core/base/language.h"

enum { SHORT_HASH = 12 };

typedef struct Word {
    const char *key, *english, *chinese;
} Word;

// Keys that are not here stand for themselves.
static const Word words[] = {
    {"data_version", "data version", "数据版本"},
    {"what", "from", "事由"},
    {"added", "added", "新增"},
    {"revised", "revised", "修订"},
    {"count", "count", "项数"},
    {"version", "version", "版本"},
    {"hash", "hash", "哈希值"},
    {"hash_before", "before", "此前"},
    {"run", "run", "运行"},
    {"base", "base", "基础运行"},
    {"year", "year", "年份"},
    {"round", "round", "轮次"},
    {"regions", "regions", "区划数"},
    {"result_hash", "result", "结果"},
    {"activation", "activation", "启用序号"},
    {"observations", "observations", "监测值"},
    {"pack_versions", "pack versions", "评估包版本数"},
    {"schema", "schema", "结构版本"},
    {"schema_before", "schema before", "此前结构版本"},
    {"title", "title", "名称"},
    {"region", "region", "行政区划"},
    {"rows", "rows", "行数"},
    {"file", "file", "文件"},
    {"sessions", "sessions ended", "结束的会话数"},
    {"head_id", "last row", "末行"},
    {"head_hash", "its hash", "末行哈希值"},
    {"reason", "reason", "原因"},
    {"removed", "removed", "移除"},
    {"restored", "restored", "恢复"},
};

static const char *word_of(const char *key) {
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i].key, key) == 0) return T(words[i].english, words[i].chinese);
    return key;
}

// What a hash is a person does not read, only which.
static bool is_hash(const char *text) {
    const size_t digits = HASH_TEXT_SIZE - 1;
    return strlen(text) == digits && strspn(text, "0123456789abcdef") == digits;
}

static void append_member(const char *key, const json_t *value, Buffer *out) {
    const char *text = json_string_value(value);
    if (strcmp(key, "digest") == 0) return;
    if (!text && !json_is_integer(value) && !json_is_boolean(value)) return;
    buffer_text(out, out->length > 0 ? T(", ", "，") : "");
    buffer_printf(out, "%s ", word_of(key));
    if (text)
        buffer_append(out, text, is_hash(text) ? SHORT_HASH : strlen(text));
    else if (json_is_boolean(value))
        buffer_text(out, json_is_true(value) ? T("yes", "是") : T("no", "否"));
    else
        buffer_printf(out, "%" PRId64, (int64_t)json_integer_value(value));
}

static void append_members(json_t *object, Buffer *out) {
    const char *key;
    json_t *value;
    json_object_foreach(object, key, value) {
        append_member(key, value, out);
    }
}

void audit_detail_text(const char *detail, Buffer *out) {
    if (!detail) return;
    json_t *json = json_loads(detail, 0, NULL);
    json_t *rows = json_object_get(json, "rows");
    if (json_is_array(rows) && json_array_size(rows) == 1)
        append_members(json_array_get(rows, 0), out);
    else
        append_members(json, out);
    json_decref(json);
}
