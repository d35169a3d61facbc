// Names of roles and their separation: see roles.h.
#include "core/auth/roles.h"

#include <string.h>

#include "core/base/language.h"
#include "core/base/nearest.h"

static const struct {
    const char *name, *english, *chinese;
} facts[ROLE_COUNT] = {
    [ROLE_REPORTER] = {"reporter", "reporter", "填报员"},
    [ROLE_OFFICE] = {"office", "office", "妇儿工委办"},
    [ROLE_ANALYST] = {"analyst", "analyst", "分析人员"},
    [ROLE_LEADER] = {"leader", "leader", "领导"},
    [ROLE_EVALUATOR] = {"evaluator", "outside evaluator", "第三方评估人员"},
    [ROLE_ADMINISTRATOR] = {"administrator", "administrator", "系统管理员"},
    [ROLE_SECURITY_ADMINISTRATOR] = {"security_administrator", "security administrator",
                                     "安全管理员"},
    [ROLE_AUDITOR] = {"auditor", "auditor", "审计管理员"},
};

// Roles that stand alone in their account.
static const RoleSet alone =
    ROLE_BIT(ROLE_SECURITY_ADMINISTRATOR) | ROLE_BIT(ROLE_AUDITOR) | ROLE_BIT(ROLE_EVALUATOR);

const char *role_name(Role role) {
    return facts[role].name;
}

const char *role_title(Role role) {
    return T(facts[role].english, facts[role].chinese);
}

bool role_from_name(const char *name, Role *role) {
    for (int i = 0; i < ROLE_COUNT; i++) {
        if (strcmp(facts[i].name, name) != 0) continue;
        *role = (Role)i;
        return true;
    }
    return false;
}

bool role_parse(const char *name, Role *role, Error *error) {
    if (role_from_name(name, role)) return true;
    const char *names[ROLE_COUNT];
    for (int i = 0; i < ROLE_COUNT; i++)
        names[i] = facts[i].name;
    error_set(error, ERROR_INPUT, T("there is no role \"%s\"", "没有角色“%s”"), name);
    const char *near = nearest_name(name, names, ROLE_COUNT);
    if (near) return error_hint(error, T("did you mean %s?", "是否应为 %s？"), near);
    return error_hint(error, "%s",
                      T("roles are reporter, office, analyst, leader, evaluator, administrator, "
                        "security_administrator, auditor",
                        "角色有 reporter、office、analyst、leader、evaluator、administrator、"
                        "security_administrator、auditor"));
}

static Role first_of(RoleSet roles) {
    int role = 0;
    while (!(roles & ROLE_BIT(role)))
        role++;
    return (Role)role;
}

static const char *why_alone(Role role) {
    if (role == ROLE_EVALUATOR)
        return T("an outside evaluator has no hand in what is evaluated; use another account",
                 "第三方评估人员不得参与被评估的工作；请另用账号");
    return T("administrators, security administrators and auditors are different people, and the "
             "latter two do no other work (separation of the three administrators); use another "
             "account",
             "系统管理员、安全管理员、审计管理员须由不同人员担任，后两者不得兼任业务角色"
             "（三员分立）；请另用账号");
}

bool roles_may_meet(RoleSet roles, Error *error) {
    RoleSet lonely = roles & alone;
    bool single = (roles & (roles - 1)) == 0;
    if (single || !lonely) return true;
    Role one = first_of(lonely), other = first_of(roles & ~ROLE_BIT(one));
    error_set(error, ERROR_CONFLICT,
              T("the roles %s and %s must not meet in one account", "同一账号不得兼任%s与%s"),
              role_title(one), role_title(other));
    return error_hint(error, "%s", why_alone(one));
}
