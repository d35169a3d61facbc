// The table of rights and what is decided from it: see rights.h.
#include "core/auth/rights.h"

#include <stdio.h>
#include <string.h>

#include "core/base/language.h"
#include "core/base/nearest.h"
#include "core/base/text.h"

typedef struct ActionFacts {
    const char *name, *english, *chinese;
    Scope scope;
    bool is_change;
} ActionFacts;

static const ActionFacts actions[ACTION_COUNT] = {
    [ACTION_NONE] = {"none", "do nothing", "无操作", SCOPE_COUNT, false},
    [ACTION_OWN_ACCOUNT] = {"account.own", "use one's own account", "使用本人账号", SCOPE_COUNT,
                            false},
    [ACTION_OWN_TOKENS] = {"tokens.own", "manage one's own API tokens", "管理本人的访问令牌",
                           SCOPE_COUNT, false},
    [ACTION_REGIONS_READ] = {"regions.read", "read regions", "查看行政区划", SCOPE_READ, false},
    [ACTION_REGIONS_WRITE] = {"regions.write", "import regions", "导入行政区划", SCOPE_PACKS, true},
    [ACTION_DATA_READ] = {"data.read", "read data", "查看监测数据", SCOPE_READ, false},
    [ACTION_DATA_WRITE] = {"data.write", "enter data", "填报监测数据", SCOPE_DATA, true},
    [ACTION_DATA_IMPORT] = {"data.import", "import data", "导入监测数据", SCOPE_DATA, true},
    [ACTION_SAMPLES_REMOVE] = {"samples.remove", "remove sample data", "移除样例数据", SCOPE_DATA,
                               true},
    [ACTION_RESULTS_READ] = {"results.read", "read results", "查看评估结果", SCOPE_READ, false},
    [ACTION_EVALUATE] = {"evaluate", "evaluate", "运行评估", SCOPE_EVALUATE, true},
    [ACTION_EXPLAIN] = {"explain", "have results explained", "查看结果依据", SCOPE_READ, false},
    [ACTION_REPLAY] = {"replay", "replay runs", "重算运行", SCOPE_READ, false},
    [ACTION_ANALYSE] = {"analyse", "analyse results", "分析结果", SCOPE_READ, false},
    [ACTION_WARNINGS_READ] = {"warnings.read", "read warnings", "查看预警", SCOPE_READ, false},
    [ACTION_WARNINGS_ACKNOWLEDGE] = {"warnings.acknowledge", "acknowledge warnings", "确认预警",
                                     SCOPE_DATA, true},
    [ACTION_ROUNDS_READ] = {"rounds.read", "read assessment rounds", "查看考核轮次", SCOPE_READ,
                            false},
    [ACTION_ROUNDS_CHANGE] = {"rounds.change", "open and advance assessment rounds",
                              "开启和推进考核轮次", SCOPE_EVALUATE, true},
    [ACTION_PACKS_READ] = {"packs.read", "read packs", "查看评估包", SCOPE_READ, false},
    [ACTION_PACKS_CHECK] = {"packs.check", "check packs", "检查评估包", SCOPE_PACKS, false},
    [ACTION_PACKS_ACTIVATE] = {"packs.activate", "activate packs", "激活评估包", SCOPE_PACKS, true},
    [ACTION_PACKS_YEAR] = {"packs.year", "fix the year a pack shows", "设定评估包的监测年度",
                           SCOPE_EVALUATE, true},
    [ACTION_PACKS_ROLL_BACK] = {"packs.roll_back", "roll packs back", "回退评估包", SCOPE_PACKS,
                                true},
    [ACTION_PACKS_RETIRE] = {"packs.retire", "take packs out of service", "停用评估包", SCOPE_PACKS,
                             true},
    [ACTION_ACCOUNTS_READ] = {"accounts.read", "read accounts", "查看账号", SCOPE_COUNT, false},
    [ACTION_ACCOUNTS_WRITE] = {"accounts.write", "change accounts", "管理账号", SCOPE_COUNT, true},
    [ACTION_AUDIT_READ] = {"audit.read", "read the audit log", "查看审计日志", SCOPE_AUDIT, false},
    [ACTION_AUDIT_EXPORT] = {"audit.export", "export the audit log", "导出审计日志", SCOPE_AUDIT,
                             false},
    [ACTION_METRICS_READ] = {"metrics.read", "read the server's metrics", "查看运行指标",
                             SCOPE_METRICS, false},
};

static const char *const scopes_by_name[SCOPE_COUNT] = {
    [SCOPE_READ] = "read",   [SCOPE_DATA] = "data",   [SCOPE_EVALUATE] = "evaluate",
    [SCOPE_PACKS] = "packs", [SCOPE_AUDIT] = "audit", [SCOPE_METRICS] = "metrics",
};

typedef uint64_t ActionSet; // bit 1 << action
_Static_assert(ACTION_COUNT <= 64, "an ActionSet holds all actions");
#define MAY(action) (UINT64_C(1) << ACTION_##action)

#define READS_WORK                                                                                 \
    (MAY(OWN_TOKENS) | MAY(REGIONS_READ) | MAY(DATA_READ) | MAY(RESULTS_READ) | MAY(EXPLAIN) |     \
     MAY(WARNINGS_READ) | MAY(ROUNDS_READ) | MAY(PACKS_READ))

// Without one's own account, which is everybody's.
static const ActionSet rights[ROLE_COUNT] = {
    [ROLE_REPORTER] = READS_WORK | MAY(DATA_WRITE),
    [ROLE_OFFICE] = READS_WORK | MAY(DATA_WRITE) | MAY(DATA_IMPORT) | MAY(SAMPLES_REMOVE) |
                    MAY(EVALUATE) | MAY(REPLAY) | MAY(ANALYSE) | MAY(WARNINGS_ACKNOWLEDGE) |
                    MAY(ROUNDS_CHANGE) | MAY(PACKS_CHECK) | MAY(PACKS_YEAR),
    [ROLE_ANALYST] = READS_WORK | MAY(EVALUATE) | MAY(REPLAY) | MAY(ANALYSE) | MAY(PACKS_CHECK),
    [ROLE_LEADER] = READS_WORK | MAY(ANALYSE) | MAY(WARNINGS_ACKNOWLEDGE),
    [ROLE_EVALUATOR] = READS_WORK | MAY(REPLAY) | MAY(ANALYSE),
    // Sees results, because new rules are judged by what they do to them, but no data.
    [ROLE_ADMINISTRATOR] = MAY(OWN_TOKENS) | MAY(REGIONS_READ) | MAY(REGIONS_WRITE) |
                           MAY(RESULTS_READ) | MAY(WARNINGS_READ) | MAY(ROUNDS_READ) |
                           MAY(PACKS_READ) | MAY(PACKS_CHECK) | MAY(PACKS_ACTIVATE) |
                           MAY(PACKS_ROLL_BACK) | MAY(PACKS_RETIRE) | MAY(METRICS_READ),
    // Nothing that a token could do.
    [ROLE_SECURITY_ADMINISTRATOR] = MAY(REGIONS_READ) | MAY(ACCOUNTS_READ) | MAY(ACCOUNTS_WRITE),
    // Tokens, because a site's log collector fetches the audit log with one.
    [ROLE_AUDITOR] = MAY(OWN_TOKENS) | MAY(AUDIT_READ) | MAY(AUDIT_EXPORT),
};

// ---- names -------------------------------------------------------------------------------------

const char *action_name(Action action) {
    return actions[action].name;
}

const char *action_title(Action action) {
    return T(actions[action].english, actions[action].chinese);
}

bool action_is_change(Action action) {
    return actions[action].is_change;
}

Scope action_scope(Action action) {
    return actions[action].scope;
}

const char *scope_name(Scope scope) {
    return scopes_by_name[scope];
}

static bool scope_named(const char *name, size_t length, ScopeSet *scopes) {
    for (int i = 0; i < SCOPE_COUNT; i++) {
        if (strlen(scopes_by_name[i]) != length || strncmp(scopes_by_name[i], name, length) != 0)
            continue;
        *scopes |= SCOPE_BIT(i);
        return true;
    }
    return false;
}

bool scopes_parse(const char *text, ScopeSet *scopes, Error *error) {
    *scopes = 0;
    for (const char *at = text;; at++) {
        size_t length = strcspn(at, ",");
        if (!scope_named(at, length, scopes)) {
            error_set(error, ERROR_INPUT, T("there is no scope \"%.*s\"", "没有权限范围“%.*s”"),
                      (int)(length > 40 ? 40 : length), at);
            return error_hint(error,
                              T("scopes are %s, separated by commas", "权限范围有 %s，以逗号分隔"),
                              "read, data, evaluate, packs, audit, metrics");
        }
        at += length;
        if (*at == '\0') return true;
    }
}

void scopes_text(ScopeSet scopes, char out[SCOPES_TEXT_SIZE]) {
    size_t used = 0;
    out[0] = '\0';
    for (int i = 0; i < SCOPE_COUNT; i++)
        if (scopes & SCOPE_BIT(i))
            used += (size_t)snprintf(out + used, SCOPES_TEXT_SIZE - used, "%s%s", used ? "," : "",
                                     scopes_by_name[i]);
}

// ---- deciding ----------------------------------------------------------------------------------

Caller caller_local(const char *login) {
    Caller caller = {.kind = CALLER_LOCAL, .means = "cli"};
    text_format(caller.name, sizeof caller.name, "local:%s", login);
    return caller;
}

StoreActor caller_actor(const Caller *caller) {
    return (StoreActor){.who = caller->name, .means = caller->means, .address = caller->address};
}

// Who looks on from outside changes nothing, whatever the table says.
bool role_may(Role role, Action action) {
    if (action == ACTION_OWN_ACCOUNT) return true;
    if (role == ROLE_EVALUATOR && actions[action].is_change) return false;
    return (rights[role] >> action & 1) != 0;
}

// How a region that is asked for stands to one where there is a right.
typedef bool (*Covers)(const RegionTree *tree, const char *asked, const char *right);

static bool covers_part(const RegionTree *tree, const char *asked, const char *right) {
    return region_tree_within(tree, asked, right) || region_tree_within(tree, right, asked);
}

static bool grant_covers(const Caller *caller, const Grant *grant, const char *region,
                         const RegionTree *tree, Covers covers) {
    if (caller->kind == CALLER_TOKEN && !covers_part(tree, grant->region, caller->token_region))
        return false; // its owner has lost the region
    return !region ||
           (covers(tree, region, grant->region) &&
            (caller->kind != CALLER_TOKEN || covers(tree, region, caller->token_region)));
}

static bool in_scope(const Caller *caller, Action action) {
    Scope scope = actions[action].scope;
    return caller->kind != CALLER_TOKEN ||
           (scope != SCOPE_COUNT && (caller->scopes & SCOPE_BIT(scope)));
}

static bool allow(const Caller *caller, Action action, const char *region, const RegionTree *tree,
                  Covers covers) {
    if (caller->kind == CALLER_NOBODY || action == ACTION_NONE) return false;
    if (caller->kind == CALLER_LOCAL) return true;
    // Whoever has logged in, also without any role.
    if (action == ACTION_OWN_ACCOUNT) return caller->kind == CALLER_SESSION;
    if (caller->must_change_password) return false;
    if (!in_scope(caller, action)) return false;
    for (size_t i = 0; i < caller->grant_count; i++)
        if (role_may(caller->grants[i].role, action) &&
            grant_covers(caller, &caller->grants[i], region, tree, covers))
            return true;
    return false;
}

bool rights_allow(const Caller *caller, Action action, const char *region, const RegionTree *tree) {
    return allow(caller, action, region, tree, region_tree_within);
}

bool rights_allow_part(const Caller *caller, Action action, const char *region,
                       const RegionTree *tree) {
    return allow(caller, action, region, tree, covers_part);
}

// FNV-1a, by G. Fowler, L. Noll and P. Vo.
static uint64_t mark_text(uint64_t mark, const char *text) {
    do
        mark = (mark ^ (unsigned char)*text) * UINT64_C(1099511628211);
    while (*text++);
    return mark;
}

uint64_t rights_mark(const Caller *caller) {
    const char kind[] = {(char)('0' + caller->kind), (char)('0' + caller->must_change_password),
                         (char)('0' + caller->scopes), '\0'};
    uint64_t mark = mark_text(UINT64_C(14695981039346656037), kind);
    mark = mark_text(mark, caller->token_region);
    for (size_t i = 0; i < caller->grant_count; i++) {
        mark = mark_text(mark, role_name(caller->grants[i].role));
        mark = mark_text(mark, caller->grants[i].region);
        mark = mark_text(mark, caller->grants[i].unit);
    }
    return mark;
}

static bool refuse_nobody(Error *error) {
    error_set(error, ERROR_UNIDENTIFIED, "%s", T("nobody is logged in", "尚未登录"));
    return error_hint(error, "%s",
                      T("log in, or send an API token as \"Authorization: Bearer …\"",
                        "请先登录，或以“Authorization: Bearer …”发送访问令牌"));
}

static bool refuse_before_change(Error *error) {
    error_set(error, ERROR_FORBIDDEN, "%s",
              T("the password must be changed first", "须先修改密码"));
    return error_hint(error, "%s",
                      T("it is a first or a reset password, or has expired; POST "
                        "/api/v1/session/password with \"old\" and \"new\" changes it",
                        "当前密码为初始密码、重置密码或已过期；"
                        "请以 POST /api/v1/session/password 提交“old”和“new”修改"));
}

// What would be in scope: another token, no token at all, or nothing that its owner has.
static bool hint_scope(const Caller *caller, Action action, Error *error) {
    const Scope scope = actions[action].scope;
    bool owner_may = false;
    for (size_t i = 0; i < caller->grant_count; i++)
        owner_may |= role_may(caller->grants[i].role, action);
    if (scope == SCOPE_COUNT)
        return error_hint(error, "%s",
                          T("no token may: log in with name and password",
                            "访问令牌均无此权限，请以用户名和密码登录"));
    if (!owner_may)
        return error_hint(error, "%s",
                          T("its owner has no role for it either: a security administrator grants "
                            "roles",
                            "令牌所有者的角色也无此权限：角色由安全管理员授予"));
    return error_hint(error, T("use a token with the scope \"%s\"", "请使用权限范围含“%s”的令牌"),
                      scope_name(scope));
}

bool rights_require(const Caller *caller, Action action, const char *region, const RegionTree *tree,
                    Error *error) {
    if (rights_allow(caller, action, region, tree)) return true;
    if (caller->kind == CALLER_NOBODY) return refuse_nobody(error);
    if (caller->must_change_password) return refuse_before_change(error);
    const char *title = action_title(action);
    if (!in_scope(caller, action)) {
        error_set(error, ERROR_FORBIDDEN, T("this token may not: %s", "该令牌无权%s"), title);
        return hint_scope(caller, action, error);
    }
    bool elsewhere = region && rights_allow(caller, action, NULL, tree);
    if (elsewhere && strcmp(region, REGION_EVERYWHERE) == 0)
        error_set(error, ERROR_FORBIDDEN,
                  T("%s has no right for the whole workspace: %s", "%s 无权在全工作区%s"),
                  caller->name, title);
    else if (elsewhere)
        error_set(error, ERROR_FORBIDDEN,
                  T("%s has no right in region %s: %s", "%s 在行政区划 %s 无权%s"), caller->name,
                  region, title);
    else
        error_set(error, ERROR_FORBIDDEN, T("%s has no right: %s", "%s 无权%s"), caller->name,
                  title);
    return error_hint(error, "%s",
                      T("a security administrator grants roles", "角色由安全管理员授予"));
}
