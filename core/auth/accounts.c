// Changes of accounts by those who manage them: see accounts.h.
#include "core/auth/accounts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/auth/change.h"
#include "core/base/language.h"
#include "core/base/nearest.h"
#include "core/base/plain_text.h"
#include "db/store_accounts.h"

static bool title_is_good(const char *title, Error *error) {
    size_t length = title ? strlen(title) : 0;
    bool good = length < ACCOUNT_TITLE_SIZE && (!title || (plain_text_line(title, length)));
    return good || error_set(error, ERROR_INPUT,
                             T("the title must be plain text of at most %d bytes",
                               "姓名须为不超过 %d 字节的普通文本"),
                             ACCOUNT_TITLE_SIZE - 1);
}

// ---- grants ------------------------------------------------------------------------------------

static bool unit_fits(const Grant *grant, Error *error) {
    bool reporter = grant->role == ROLE_REPORTER;
    if (reporter && !grant->unit[0]) {
        error_set(error, ERROR_INPUT, "%s",
                  T("a reporter's unit is missing", "缺少填报员所属的成员单位"));
        return error_hint(
            error, "%s",
            T("a reporter enters the figures of one unit", "填报员只填报一个成员单位的数据"));
    }
    return reporter || !grant->unit[0] ||
           error_set(error, ERROR_INPUT, T("the role %s has no unit", "角色%s不带成员单位"),
                     role_title(grant->role));
}

typedef struct UnitSearch {
    const char *wanted;
    const char **ids; // in the arena
    size_t count, capacity;
    Arena arena;
    bool found;
} UnitSearch;

static bool look_at_unit(const StoreUnit *unit, void *context, Error *error) {
    (void)error;
    UnitSearch *search = context;
    search->found = search->found || strcmp(unit->id, search->wanted) == 0;
    ARRAY_RESERVE(search->ids, search->count, search->capacity);
    search->ids[search->count++] = arena_string(&search->arena, unit->id);
    return true;
}

static bool refuse_unit(const UnitSearch *search, Error *error) {
    const char *near = nearest_name(search->wanted, search->ids, search->count);
    error_set(error, ERROR_NOT_FOUND, T("there is no unit \"%s\"", "没有成员单位“%s”"),
              search->wanted);
    if (near) return error_hint(error, T("did you mean %s?", "是否应为 %s？"), near);
    return error_hint(error, "%s",
                      T("units are declared by packs: activate the pack first",
                        "成员单位由评估包声明，请先激活评估包"));
}

// A unit is known by the packs that were active; which regions it works in is theirs to say.
static bool unit_is_there(Store *store, const Grant *grant, Error *error) {
    UnitSearch search = {.wanted = grant->unit};
    if (!grant->unit[0]) return true;
    bool good = store_read_units(store, look_at_unit, &search, error) &&
                (search.found || refuse_unit(&search, error));
    free(search.ids);
    arena_free(&search.arena);
    return good;
}

static bool region_fits(const Grant *grant, const RegionTree *tree, Error *error) {
    bool everywhere = strcmp(grant->region, REGION_EVERYWHERE) == 0;
    if (everywhere && grant->role == ROLE_REPORTER)
        return error_set(error, ERROR_INPUT, "%s",
                         T("a reporter's region is missing", "缺少填报员所属的行政区划"));
    if (!everywhere && grant->role == ROLE_AUDITOR) {
        error_set(error, ERROR_INPUT, "%s",
                  T("an auditor's role holds in the whole workspace, not in one region",
                    "审计管理员须授予全工作区，不得限于某一行政区划"));
        return error_hint(error, "%s",
                          T("there is one audit log, of all regions; leave the region out",
                            "审计日志不分区划，请勿指定行政区划"));
    }
    if (everywhere || region_tree_has(tree, grant->region)) return true;
    error_set(error, ERROR_NOT_FOUND, T("there is no region %s", "没有行政区划 %s"), grant->region);
    return error_hint(error, "%s",
                      T("import the regions first, or grant the role for the whole workspace",
                        "请先导入行政区划，或授予全工作区的角色"));
}

static bool same_grant(const Grant *one, const Grant *other) {
    return one->role == other->role && strcmp(one->region, other->region) == 0 &&
           strcmp(one->unit, other->unit) == 0;
}

static StoreGrant stored_grant(const Change *change, const Grant *grant) {
    return (StoreGrant){.account = change->name,
                        .role = role_name(grant->role),
                        .region = grant->region,
                        .unit = grant->unit[0] ? grant->unit : REGION_EVERYWHERE,
                        .granted_at_us = change->call->now_us,
                        .granted_by = change->call->caller->name};
}

// Checks the grant beside those of `change->before`, adds it there and stores it.
static bool add_grant(StoreTransaction *transaction, Change *change, const Grant *grant,
                      bool *changed, Error *error) {
    Account *account = &change->before;
    const StoreGrant stored = stored_grant(change, grant);
    if (!unit_fits(grant, error) || !region_fits(grant, change->tree, error) ||
        !unit_is_there(change->call->store, grant, error) ||
        !rights_require(change->call->caller, ACTION_ACCOUNTS_WRITE, grant->region, change->tree,
                        error) ||
        !roles_may_meet(account_roles(account) | ROLE_BIT(grant->role), error) ||
        !store_add_grant(transaction, &stored, changed, error))
        return false;
    if (!*changed) return true;
    if (account->grant_count == ACCOUNT_MOST_GRANTS)
        return error_set(error, ERROR_LIMIT,
                         T("account %s has %d grants already, which is the most",
                           "账号 %s 已有 %d 项授权，达到上限"),
                         change->name, ACCOUNT_MOST_GRANTS);
    account->grants[account->grant_count++] = *grant;
    return true;
}

// ---- somebody is left --------------------------------------------------------------------------

static bool manages(const Account *account, const Grant *except, const char *region,
                    const RegionTree *tree) {
    for (size_t i = 0; i < account->grant_count; i++) {
        const Grant *grant = &account->grants[i];
        if (grant->role == ROLE_SECURITY_ADMINISTRATOR && !(except && same_grant(grant, except)) &&
            region_tree_within(tree, region, grant->region))
            return true;
    }
    return false;
}

static bool refuse_last(const Change *change, const char *region, Error *error) {
    if (strcmp(region, REGION_EVERYWHERE) == 0)
        error_set(error, ERROR_CONFLICT,
                  T("%s is the last security administrator of the whole workspace",
                    "%s 是最后一名全工作区的安全管理员"),
                  change->name);
    else
        error_set(error, ERROR_CONFLICT,
                  T("%s is the last security administrator of region %s",
                    "%s 是行政区划 %s 的最后一名安全管理员"),
                  change->name, region);
    return error_hint(error, "%s", T("make another one first", "请先设置另一名安全管理员"));
}

// Whether the region has a security administrator in use when this account loses `lost`, or, where
// that is NULL, is disabled.
static bool require_manager_of(const Change *change, const char *region, const Grant *lost,
                               Error *error) {
    AccountList list;
    bool found = lost && manages(&change->before, lost, region, change->tree);
    if (found) return true;
    if (!account_list_read(change->call->store, &list, error)) return false;
    for (size_t i = 0; i < list.count; i++)
        found = found || (list.items[i].disabled_at_us == 0 &&
                          strcmp(list.items[i].name, change->name) != 0 &&
                          manages(&list.items[i], NULL, region, change->tree));
    account_list_free(&list);
    return found || refuse_last(change, region, error);
}

// Wherever the account manages accounts, somebody does without it too. `lost` as above.
static bool require_managers(const Change *change, const Grant *lost, Error *error) {
    const Account *account = &change->before;
    if (account->disabled_at_us != 0) return true;
    for (size_t i = 0; i < account->grant_count; i++) {
        const Grant *grant = &account->grants[i];
        if (grant->role != ROLE_SECURITY_ADMINISTRATOR || (lost && !same_grant(grant, lost)))
            continue;
        bool there = strcmp(grant->region, REGION_EVERYWHERE) == 0 ||
                     region_tree_has(change->tree, grant->region);
        if (there && !require_manager_of(change, grant->region, lost, error)) return false;
    }
    return true;
}

// ---- giving and taking -------------------------------------------------------------------------

static bool act_grant(StoreTransaction *transaction, Change *change, Error *error) {
    bool changed;
    if (!add_grant(transaction, change, change->details, &changed, error)) return false;
    return !changed || store_end_sessions(transaction, change->name, 0, error);
}

bool accounts_grant(const AuthCall *call, const char *name, const Grant *grant, Account *out,
                    Error *error) {
    Grant copy = *grant;
    Change change = {.call = call, .name = name, .act = act_grant, .details = &copy};
    return change_run(&change, out, error);
}

// Where the account has the role: "150802 with the unit health, the whole workspace".
static void write_places(const Account *account, Role role, Buffer *out) {
    for (size_t i = 0; i < account->grant_count; i++) {
        const Grant *grant = &account->grants[i];
        if (grant->role != role) continue;
        bool everywhere = strcmp(grant->region, REGION_EVERYWHERE) == 0;
        buffer_text(out, out->length ? T(", ", "、") : "");
        buffer_text(out, everywhere ? T("the whole workspace", "全工作区") : grant->region);
        if (grant->unit[0])
            buffer_printf(out, T(" with the unit %s", "（成员单位 %s）"), grant->unit);
    }
}

static bool has_for_a_unit(const Account *account, const Grant *grant) {
    for (size_t i = 0; i < account->grant_count; i++)
        if (account->grants[i].role == grant->role && account->grants[i].unit[0] &&
            !grant->unit[0] && strcmp(account->grants[i].region, grant->region) == 0)
            return true;
    return false;
}

static bool refuse_revoking(const Account *account, const Grant *grant, Error *error) {
    const char *role = role_title(grant->role);
    Buffer places = {0};
    if (has_for_a_unit(account, grant))
        error_set(error, ERROR_NOT_FOUND,
                  T("%s has the role %s in region %s for a unit",
                    "%s 的%s角色（行政区划 %s）限于成员单位"),
                  account->name, role, grant->region);
    else if (strcmp(grant->region, REGION_EVERYWHERE) == 0)
        error_set(
            error, ERROR_NOT_FOUND,
            T("%s does not have the role %s in the whole workspace", "%s 没有全工作区的%s角色"),
            account->name, role);
    else if (grant->unit[0])
        error_set(error, ERROR_NOT_FOUND,
                  T("%s does not have the role %s in region %s for the unit %s",
                    "%s 没有%s角色（行政区划 %s，成员单位 %s）"),
                  account->name, role, grant->region, grant->unit);
    else
        error_set(error, ERROR_NOT_FOUND,
                  T("%s does not have the role %s in region %s", "%s 没有%s角色（行政区划 %s）"),
                  account->name, role, grant->region);
    write_places(account, grant->role, &places);
    if (places.length)
        error_hint(error, T("name it: %s", "请指明：%s"), places.data);
    else
        error_hint(error, "%s",
                   T("what is shown of the account lists its grants", "账号信息中列有其授权"));
    buffer_free(&places);
    return false;
}

static bool act_revoke(StoreTransaction *transaction, Change *change, Error *error) {
    const Grant *grant = change->details;
    const Account *account = &change->before;
    const StoreGrant stored = stored_grant(change, grant);
    bool changed, has = false;
    for (size_t i = 0; i < account->grant_count; i++)
        has = has || same_grant(&account->grants[i], grant);
    if (!has) return refuse_revoking(account, grant, error);
    return require_managers(change, grant, error) &&
           store_remove_grant(transaction, &stored, &changed, error) &&
           store_end_sessions(transaction, change->name, 0, error);
}

bool accounts_revoke(const AuthCall *call, const char *name, const Grant *grant, Account *out,
                     Error *error) {
    Grant copy = *grant;
    Change change = {.call = call, .name = name, .act = act_revoke, .details = &copy};
    return change_run(&change, out, error);
}

// ---- adding ------------------------------------------------------------------------------------

typedef struct Adding {
    const NewAccount *account;
    const char *hash;
    Change change; // as of an account without grants yet
} Adding;

static bool add(StoreTransaction *transaction, void *context, Error *error) {
    Adding *adding = context;
    Change *change = &adding->change;
    const AuthCall *call = change->call;
    const NewAccount *account = adding->account;
    const StoreAccount row = {.name = account->name,
                              .title = account->title,
                              .created_at_us = call->now_us,
                              .created_by = call->caller->name};
    bool changed;
    if (!change_begin(transaction, change, error) ||
        !region_tree_read(call->store, &change->tree, error) ||
        !rights_require(call->caller, ACTION_ACCOUNTS_WRITE, NULL, change->tree, error) ||
        !store_add_account(transaction, &row, error) ||
        !store_put_password(transaction, account->name, adding->hash, call->now_us, true, error))
        return false;
    for (size_t i = 0; i < account->grant_count; i++)
        if (!add_grant(transaction, change, &account->grants[i], &changed, error)) return false;
    return true;
}

bool accounts_add(const AuthCall *call, const NewAccount *account, Account *out, Error *error) {
    char hash[PASSWORD_HASH_SIZE];
    Adding adding = {
        .account = account, .hash = hash, .change = {.call = call, .name = account->name}};
    *out = (Account){0};
    if (!account_name_is_good(account->name, error) || !title_is_good(account->title, error))
        return false;
    if (account->grant_count == 0)
        return error_set(error, ERROR_INPUT, "%s",
                         T("an account needs a role", "账号须至少有一个角色"));
    bool good = password_is_good(account->password, account->name, error) &&
                password_hash(account->password, call->settings->password_cost, hash, error) &&
                store_write(call->store, add, &adding, error) &&
                change_read(&adding.change, out, error);
    region_tree_free(adding.change.tree);
    return good;
}

// ---- the account itself ------------------------------------------------------------------------

static bool act_title(StoreTransaction *transaction, Change *change, Error *error) {
    bool changed;
    return store_set_account_title(transaction, change->name, change->details, &changed, error);
}

bool accounts_set_title(const AuthCall *call, const char *name, const char *title, Account *out,
                        Error *error) {
    char copy[ACCOUNT_TITLE_SIZE];
    Change change = {.call = call, .name = name, .act = act_title, .details = copy};
    *out = (Account){0};
    if (!title_is_good(title, error)) return false;
    snprintf(copy, sizeof copy, "%s", title ? title : "");
    return change_run(&change, out, error);
}

// Wrong passwords, and the lock they brought about.
static bool forget_failures(StoreTransaction *transaction, const Change *change, Error *error) {
    const Account *before = &change->before;
    const StoreAccount unlocked = {.name = change->name,
                                   .logged_in_at_us = before->logged_in_at_us,
                                   .logged_in_from = before->logged_in_from};
    const StoreAuditEntry entry = {.action = "account.unlock", .subject = change->name};
    if (before->failures == 0 && before->lockouts == 0 && before->locked_until_us == 0) return true;
    return store_put_sign_in(transaction, &unlocked, error) &&
           store_put_audit(transaction, &entry, error);
}

static bool act_reset(StoreTransaction *transaction, Change *change, Error *error) {
    return store_put_password(transaction, change->name, change->details, change->call->now_us,
                              true, error) &&
           forget_failures(transaction, change, error) &&
           store_end_sessions(transaction, change->name, 0, error);
}

bool accounts_reset_password(const AuthCall *call, const char *name, const char *password,
                             Account *out, Error *error) {
    char hash[PASSWORD_HASH_SIZE];
    Change change = {.call = call, .name = name, .act = act_reset, .details = hash};
    *out = (Account){0};
    return change_hash_password(call, name, password, hash, error) &&
           change_run(&change, out, error);
}

static bool act_disable(StoreTransaction *transaction, Change *change, Error *error) {
    bool changed;
    return require_managers(change, NULL, error) &&
           store_set_account_disabled(transaction, change->name, change->call->now_us, &changed,
                                      error) &&
           store_end_sessions(transaction, change->name, 0, error);
}

bool accounts_disable(const AuthCall *call, const char *name, Account *out, Error *error) {
    Change change = {.call = call, .name = name, .act = act_disable};
    return change_run(&change, out, error);
}

static bool act_enable(StoreTransaction *transaction, Change *change, Error *error) {
    bool changed;
    return store_set_account_disabled(transaction, change->name, 0, &changed, error);
}

bool accounts_enable(const AuthCall *call, const char *name, Account *out, Error *error) {
    Change change = {.call = call, .name = name, .act = act_enable};
    return change_run(&change, out, error);
}

static bool act_unlock(StoreTransaction *transaction, Change *change, Error *error) {
    return forget_failures(transaction, change, error);
}

bool accounts_unlock(const AuthCall *call, const char *name, Account *out, Error *error) {
    Change change = {.call = call, .name = name, .act = act_unlock};
    return change_run(&change, out, error);
}

static bool act_end(StoreTransaction *transaction, Change *change, Error *error) {
    const int64_t *session = change->details;
    bool ended;
    if (*session == 0) return store_end_sessions(transaction, change->name, 0, error);
    if (!store_end_session(transaction, change->name, *session, &ended, error)) return false;
    return ended ||
           error_set(error, ERROR_NOT_FOUND, T("%s has no session %lld", "%s 没有会话 %lld"),
                     change->name, (long long)*session);
}

bool accounts_end_session(const AuthCall *call, const char *name, int64_t session, Account *out,
                          Error *error) {
    Change change = {
        .call = call, .name = name, .right = CHANGE_BY_EITHER, .act = act_end, .details = &session};
    return change_run(&change, out, error);
}
