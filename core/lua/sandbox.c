// Opening a sandbox, loading a pack into it, calling its rules and specs: see sandbox.h.
#include "core/lua/sandbox.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/language.h"
#include "core/base/memory.h"
#include "core/base/utf8.h"
#include "core/lua/state.h"

const SandboxLimits sandbox_default_limits = {
    .memory_bytes = 64u << 20, .load_cpu_ms = 2000, .call_cpu_ms = 200, .spec_cpu_ms = 10000};

enum { STD_CPU_MS = 5000, RESULT_TEXT_BYTES = 4096 };
static const double LARGEST_RESULT = 1e15;

static const char std_key = 0; // its address is the registry key of what std/main gave

MAY_RAISE static int open_std(lua_State *lua) {
    Sandbox *sandbox = lua_touserdata(lua, 1);
    static const luaL_Reg libraries[] = {{LUA_GNAME, luaopen_base},
                                         {LUA_STRLIBNAME, luaopen_string},
                                         {LUA_TABLIBNAME, luaopen_table},
                                         {LUA_MATHLIBNAME, luaopen_math},
                                         {LUA_UTF8LIBNAME, luaopen_utf8}};
    for (size_t i = 0; i < sizeof libraries / sizeof libraries[0]; i++) {
        luaL_requiref(lua, libraries[i].name, libraries[i].func, 1);
        lua_pop(lua, 1);
    }
    host_functions_push(lua, sandbox);
    lua_getfield(lua, -1, "std");
    lua_pushliteral(lua, "main");
    lua_call(lua, 1, 1);
    lua_insert(lua, -2);
    lua_call(lua, 1, 1);
    lua_rawsetp(lua, LUA_REGISTRYINDEX, &std_key);
    return 0;
}

static void push_std_function(Sandbox *sandbox, const char *name) {
    lua_rawgetp(sandbox->lua, LUA_REGISTRYINDEX, &std_key);
    lua_pushstring(sandbox->lua, name);
    lua_rawget(sandbox->lua, -2);
    lua_remove(sandbox->lua, -2);
}

MAY_RAISE static int walk_environment(lua_State *lua) {
    Error *error = lua_touserdata(lua, 1);
    lua_rawgetp(lua, LUA_REGISTRYINDEX, &std_key);
    lua_getfield(lua, -1, "environment");
    lua_pushboolean(lua, environment_walk(lua, error));
    return 1;
}

static bool check_environment(Sandbox *sandbox, Error *error) {
    lua_pushcfunction(sandbox->lua, walk_environment);
    lua_pushlightuserdata(sandbox->lua, error);
    if (budget_call(sandbox, 1, 1, STD_CPU_MS, -1, error) != CALL_OK) return false;
    bool good = lua_toboolean(sandbox->lua, -1);
    lua_settop(sandbox->lua, 0);
    return good;
}

Sandbox *sandbox_open(const SandboxLimits *limits, StatusPage *page, const SandboxFile *std,
                      size_t std_count, Error *error) {
    Sandbox *sandbox = memory_new(1, sizeof *sandbox);
    sandbox->limits = *limits;
    sandbox->page = page;
    sandbox->std = std;
    sandbox->std_count = std_count;
    sandbox->lua = lua_newstate(budget_allocate, sandbox);
    if (!sandbox->lua) {
        error_set(error, ERROR_SYSTEM, T("cannot make a Lua state", "无法创建 Lua 状态"));
        free(sandbox);
        return NULL;
    }
    // Little garbage is kept, so that the memory cap measures what a pack holds.
    lua_gc(sandbox->lua, LUA_GCINC, 120, 200, 0);
    if (!budget_start(sandbox, error)) goto failed;
    lua_pushcfunction(sandbox->lua, open_std);
    lua_pushlightuserdata(sandbox->lua, sandbox);
    if (budget_call(sandbox, 1, 0, STD_CPU_MS, -1, error) != CALL_OK) goto failed;
    if (!check_environment(sandbox, error)) goto failed;
    return sandbox;
failed:
    sandbox_free(sandbox);
    return NULL;
}

void sandbox_free(Sandbox *sandbox) {
    if (!sandbox) return;
    budget_end(sandbox);
    lua_close(sandbox->lua);
    free(sandbox);
}

json_t *sandbox_load_pack(Sandbox *sandbox, const SandboxFile *files, size_t count,
                          CallOutcome *outcome, Error *error) {
    sandbox->files = files;
    sandbox->file_count = count;
    push_std_function(sandbox, "run");
    *outcome = budget_call(sandbox, 0, 0, sandbox->limits.load_cpu_ms, -1, error);
    if (*outcome != CALL_OK) return NULL;
    push_std_function(sandbox, "finish");
    *outcome = budget_call(sandbox, 0, 1, sandbox->limits.load_cpu_ms, -1, error);
    if (*outcome != CALL_OK) return NULL;
    json_t *description = marshal_to_json(sandbox->lua, -1, error);
    lua_settop(sandbox->lua, 0);
    if (!description) *outcome = CALL_BAD_RESULT;
    return description;
}

static void push_series(lua_State *lua, const RuleValue *value) {
    lua_createtable(lua, (int)value->count, 0);
    for (size_t i = 0; i < value->count; i++) {
        lua_createtable(lua, 0, 2);
        lua_pushinteger(lua, value->years[i]);
        lua_setfield(lua, -2, "year");
        lua_pushnumber(lua, value->values[i]);
        lua_setfield(lua, -2, "value");
        lua_rawseti(lua, -2, (lua_Integer)i + 1);
    }
}

static void push_argument(lua_State *lua, const RuleValue *value) {
    switch (value->kind) {
        case RULE_NIL: lua_pushnil(lua); break;
        case RULE_NUMBER: lua_pushnumber(lua, value->number); break;
        case RULE_BOOLEAN: lua_pushboolean(lua, value->number != 0); break;
        case RULE_TEXT: lua_pushstring(lua, value->text); break;
        case RULE_SERIES: push_series(lua, value); break;
    }
}

typedef struct RuleCall {
    Sandbox *sandbox;
    const RuleValue *arguments;
    size_t count;
    int rule;
} RuleCall;

// Arguments are pushed inside the protected call, because pushing may run out of memory.
MAY_RAISE static int call_rule(lua_State *lua) {
    const RuleCall *call = lua_touserdata(lua, 1);
    lua_settop(lua, 0);
    luaL_checkstack(lua, (int)call->count + 4, NULL);
    lua_rawgetp(lua, LUA_REGISTRYINDEX, &sandbox_rules_key);
    lua_rawgeti(lua, 1, call->rule + 1);
    for (size_t i = 0; i < call->count; i++)
        push_argument(lua, &call->arguments[i]);
    lua_call(lua, (int)call->count, 1);
    return 1;
}

static const char *bad_number(double number) {
    if (isnan(number))
        return T("gave a number that is not a number (0/0?)", "返回了非数值（是否 0/0？）");
    if (isinf(number))
        return T("gave an infinite number (division by 0?)", "返回了无穷大（是否除以 0？）");
    if (fabs(number) > LARGEST_RESULT) return T("gave a number beyond ±1e15", "返回的数超出 ±1e15");
    return NULL;
}

// What a rule gave, on top of the stack; NULL when it may be used, else what is wrong with it.
static const char *read_result(lua_State *lua, RuleValue *result) {
    *result = (RuleValue){0};
    size_t length;
    switch (lua_type(lua, -1)) {
        case LUA_TNIL: return NULL;
        case LUA_TBOOLEAN:
            result->kind = RULE_BOOLEAN;
            result->number = lua_toboolean(lua, -1);
            return NULL;
        case LUA_TNUMBER:
            result->kind = RULE_NUMBER;
            result->number = lua_tonumber(lua, -1);
            if (result->number == 0) result->number = 0; // never −0
            return bad_number(result->number);
        case LUA_TSTRING:
            result->kind = RULE_TEXT;
            result->text = lua_tolstring(lua, -1, &length);
            if (length > RESULT_TEXT_BYTES)
                return T("gave a text over 4096 bytes", "返回的文本超过 4096 字节");
            if (memchr(result->text, 0, length) || !utf8_valid(result->text, length, NULL))
                return T("gave a text that is not valid UTF-8", "返回的文本不是合法的 UTF-8");
            return NULL;
        default:
            return T(
                "gave a table or a function; a rule gives a number, a text, true, false or nil",
                "返回了表或函数；规则应返回数值、文本、true、false 或 nil");
    }
}

static void place_at_rule(Sandbox *sandbox, int rule, Error *error) {
    lua_State *lua = sandbox->lua;
    lua_Debug about;
    lua_rawgetp(lua, LUA_REGISTRYINDEX, &sandbox_rules_key);
    lua_rawgeti(lua, -1, rule + 1);
    lua_getinfo(lua, ">S", &about);
    lua_pop(lua, 1);
    error_at(error, about.short_src, about.linedefined, 0);
}

CallOutcome sandbox_call_rule(Sandbox *sandbox, int rule, const RuleValue *arguments, size_t count,
                              RuleValue *result, Error *error) {
    lua_State *lua = sandbox->lua;
    if (rule < 0 || rule >= sandbox->rule_count) {
        error_set(error, ERROR_PACK, T("there is no rule %d", "没有第 %d 条规则"), rule);
        return CALL_RAISED;
    }
    lua_settop(lua, 0); // the text of the call before lived until now
    RuleCall call = {sandbox, arguments, count, rule};
    lua_pushcfunction(lua, call_rule);
    lua_pushlightuserdata(lua, &call);
    CallOutcome outcome = budget_call(sandbox, 1, 1, sandbox->limits.call_cpu_ms, rule, error);
    if (outcome != CALL_OK) {
        if (error->line == 0) place_at_rule(sandbox, rule, error);
        return outcome;
    }
    const char *wrong = read_result(lua, result);
    if (!wrong) return CALL_OK;
    error_set(error, ERROR_PACK, "%s", wrong);
    place_at_rule(sandbox, rule, error);
    return CALL_BAD_RESULT;
}

// After a call that failed all garbage is gone, so what is used is held.
bool sandbox_is_full(const Sandbox *sandbox) {
    return sandbox->used_bytes > sandbox->limits.memory_bytes / 2;
}

static CallOutcome caller_call(void *context, int rule, const RuleValue *arguments, size_t count,
                               RuleValue *result, Error *error) {
    return sandbox_call_rule(context, rule, arguments, count, result, error);
}

static void caller_enter_region(void *context, int region) {
    Sandbox *sandbox = context;
    if (sandbox->page) atomic_store(&sandbox->page->region, region);
}

RuleCaller sandbox_rule_caller(Sandbox *sandbox) {
    return (RuleCaller){caller_call, caller_enter_region, sandbox};
}

// What `evaluate` is in a spec. The request and the result pass as JSON, which Lua's errors must
// not jump over: the work between is done in functions that do not raise.
MAY_RAISE static int spec_evaluate(lua_State *lua) {
    Sandbox *sandbox = lua_touserdata(lua, lua_upvalueindex(1));
    luaL_checktype(lua, 1, LUA_TTABLE);
    lua_settop(lua, 1);
    Error error = {0};
    json_t *request = marshal_to_json(lua, 1, &error);
    json_t *result = request ? sandbox->evaluate(sandbox->evaluate_context, request, &error) : NULL;
    json_decref(request);
    if (!result) return luaL_error(lua, "%s", error.message);
    // The result is a small tree made by the host; should memory run out while it is pushed, it is
    // lost with the process.
    marshal_push_json(lua, result);
    json_decref(result);
    return 1;
}

json_t *sandbox_run_spec(Sandbox *sandbox, const char *path, SandboxEvaluate evaluate,
                         void *context, CallOutcome *outcome, Error *error) {
    lua_State *lua = sandbox->lua;
    lua_settop(lua, 0);
    sandbox->evaluate = evaluate;
    sandbox->evaluate_context = context;
    push_std_function(sandbox, "specs");
    lua_pushstring(lua, path);
    lua_pushlightuserdata(lua, sandbox);
    lua_pushcclosure(lua, spec_evaluate, 1);
    *outcome = budget_call(sandbox, 2, 1, sandbox->limits.spec_cpu_ms, -1, error);
    if (*outcome != CALL_OK) return NULL;
    json_t *report = marshal_to_json(lua, -1, error);
    lua_settop(lua, 0);
    if (!report) *outcome = CALL_BAD_RESULT;
    return report;
}
