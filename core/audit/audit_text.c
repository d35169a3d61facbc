// Details in words: see audit_json.h.
#include <inttypes.h>
#include <jansson.h>
#include <string.h>

#include "core/audit/audit_json.h"
#include "core/base/clock.h"
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
    {"why", "why", "原因"},
    {"until", "until", "至"},
    {"role", "role", "角色"},
    {"unit", "unit", "成员单位"},
    {"token", "token", "令牌"},
    {"name", "name", "名称"},
    {"scopes", "scopes", "权限范围"},
    {"expires_at_us", "expires", "失效时间"},
    {"session", "session", "会话"},
    {"tries", "tries", "尝试次数"},
    {"more_addresses", "more addresses", "其余地址数"},
    {"level", "level", "等级"},
    {"indicator", "indicator", "指标"},
    {"warning", "warning", "预警"},
    {"assessment", "assessment", "考核"},
    {"kind", "kind", "类型"},
    {"note", "note", "备注"},
    {"bytes", "bytes", "字节数"},
};

// Values that are words of ours.
static const Word values[] = {
    {"locked", "locked", "账号已锁定"},
    {"disabled", "disabled", "账号已停用"},
    {"password", "wrong password", "密码有误"},
    {"unknown account", "unknown account", "账号不存在"},
    {"one-time password over", "one-time password no longer valid", "一次性密码已失效"},
};

// English readers have the action itself.
static const Word actions[] = {
    {"log.begin", "", "日志开始"},
    {"observations.put", "", "写入监测值"},
    {"regions.put", "", "写入行政区划"},
    {"units.put", "", "写入成员单位"},
    {"plans.put", "", "写入规划"},
    {"results.put", "", "写入结果"},
    {"run.put", "", "保存运行"},
    {"blobs.put", "", "存入文件"},
    {"pack.store", "", "评估包入库"},
    {"pack.activate", "", "激活评估包"},
    {"pack.rollback", "", "回退评估包"},
    {"pack.retire", "", "停用评估包"},
    {"pack.year", "", "设定评估包年度"},
    {"database.backup", "", "备份数据库"},
    {"database.restore", "", "恢复数据库"},
    {"columns.rebuild", "", "重建数据列"},
    {"samples.remove", "", "移除样例数据"},
    {"warning.raised", "", "发出预警"},
    {"warning.level", "", "预警等级变化"},
    {"warning.acknowledged", "", "确认预警"},
    {"warning.cleared", "", "解除预警"},
    {"round.self_assessment", "", "考核自评"},
    {"round.verification", "", "考核核验"},
    {"round.review", "", "考核审核"},
    {"round.published", "", "考核公布"},
    {"round.withdrawn", "", "考核撤回"},
    {"login", "", "登录"},
    {"login.failed", "", "登录失败"},
    {"login.refused", "", "拒绝登录"},
    {"login.throttled", "", "登录过频"},
    {"logout", "", "退出登录"},
    {"session.end", "", "结束会话"},
    {"account.add", "", "添加账号"},
    {"account.title", "", "修改姓名"},
    {"account.disable", "", "停用账号"},
    {"account.enable", "", "启用账号"},
    {"account.lock", "", "锁定账号"},
    {"account.unlock", "", "解锁账号"},
    {"grant.add", "", "授予角色"},
    {"grant.remove", "", "收回角色"},
    {"password.change", "", "修改密码"},
    {"password.reset", "", "设置一次性密码"},
    {"password.refused", "", "拒绝修改密码"},
    {"token.add", "", "生成令牌"},
    {"token.revoke", "", "撤销令牌"},
    {"audit.read", "", "读取审计日志"},
    {"audit.export", "", "导出审计日志"},
};

// NULL when it is not there.
static const char *find(const Word *list, size_t count, const char *key) {
    for (size_t i = 0; i < count; i++)
        if (strcmp(list[i].key, key) == 0) return T(list[i].english, list[i].chinese);
    return NULL;
}

#define FIND(list, key) find(list, sizeof(list) / sizeof *(list), key)

static const char *word_of(const char *key) {
    const char *word = FIND(words, key);
    return word ? word : key;
}

static const char *value_of(const char *key, const char *text) {
    const char *value = strcmp(key, "why") == 0 ? FIND(values, text) : NULL;
    return value ? value : text;
}

static bool is_time(const char *key) {
    size_t length = strlen(key);
    return length > 3 && strcmp(key + length - 3, "_us") == 0;
}

static void append_time(int64_t at_us, Buffer *out) {
    char when[32];
    clock_format(at_us, when, sizeof when);
    buffer_text(out, when);
}

// What a hash is a person does not read, only which.
static bool is_hash(const char *text) {
    const size_t digits = HASH_TEXT_SIZE - 1;
    return strlen(text) == digits && strspn(text, "0123456789abcdef") == digits;
}

static void append_member(const char *key, const json_t *value, Buffer *out) {
    const char *text = json_string_value(value);
    if (strcmp(key, "digest") == 0) return;
    if (text && strcmp(key, "unit") == 0 && strcmp(text, "*") == 0) return; // of no unit
    if (!text && !json_is_integer(value) && !json_is_boolean(value)) return;
    buffer_text(out, out->length > 0 ? T(", ", "，") : "");
    buffer_printf(out, "%s ", word_of(key));
    if (text)
        buffer_append(out, value_of(key, text),
                      is_hash(text) ? SHORT_HASH : strlen(value_of(key, text)));
    else if (json_is_boolean(value))
        buffer_text(out, json_is_true(value) ? T("yes", "是") : T("no", "否"));
    else if (is_time(key))
        append_time(json_integer_value(value), out);
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

void audit_action_text(const char *action, Buffer *out) {
    const char *title = FIND(actions, action);
    if (title && *title)
        buffer_printf(out, "%s（%s）", title, action);
    else
        buffer_text(out, action);
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
