// The roles an account can have, and which of them may not meet in one account.
//
// An account has grants: a role in a region, which holds in all that lies in it. The three
// administrators are separate people (三员分立): one runs the system, one says who may do what, one
// looks at what both did. Pure functions, any thread.
#pragma once

#include <stdbool.h>

#include "core/base/error.h"

typedef enum Role {
    ROLE_REPORTER,               // 填报员: enters a unit's figures
    ROLE_OFFICE,                 // 妇儿工委办: does the work of monitoring and assessment
    ROLE_ANALYST,                // 分析人员: looks into data, results and rules
    ROLE_LEADER,                 // 领导: reads, and takes note of warnings
    ROLE_EVALUATOR,              // 第三方评估: from outside, reads only
    ROLE_ADMINISTRATOR,          // 系统管理员: packs, regions, the running of the system
    ROLE_SECURITY_ADMINISTRATOR, // 安全管理员: accounts and their rights
    ROLE_AUDITOR,                // 审计管理员: the audit log
    ROLE_COUNT,
} Role;

// A set of roles: bit 1 << role.
typedef unsigned RoleSet;
#define ROLE_BIT(role) (1U << (role))

// The stable name ("security_administrator") and what people call it.
const char *role_name(Role role);
const char *role_title(Role role);
// False when nothing is called so.
MUST_CHECK bool role_from_name(const char *name, Role *role);
// ERROR_INPUT when nothing is called so, with the nearest name or all of them as advice.
MUST_CHECK bool role_parse(const char *name, Role *role, Error *error);

// Whether one account may have all these roles at once. ERROR_CONFLICT says which two may not meet,
// and why: administrators of different kinds; a security administrator or an auditor with any
// other role; an outside evaluator with any other role.
MUST_CHECK bool roles_may_meet(RoleSet roles, Error *error);
