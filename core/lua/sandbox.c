// Opening a sandbox, loading a pack into it, running its specs: see sandbox.h.
#include "core/lua/sandbox.h"

#include <stdlib.h>

#include "core/base/language.h"
#include "core/base/memory.h"
#include "core/lua/state.h"
#include "core/pack/rule.h"

const SandboxLimits sandbox_default_limits = {.memory_bytes = (size_t)SANDBOX_MEMORY_MIB << 20,
                                              .load_cpu_ms = 2000,
                                              .call_cpu_ms = RULE_CALL_CPU_MS,
                                              .spec_cpu_ms = 10000};

enum { STD_CPU_MS = 5000 };

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
    sandbox->page = page ? page : &sandbox->unwatched;
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

// { wants = … } when loading ended because the files of a pack that this one extends are not there;
// NULL when it ended for another reason.
static json_t *ask_wanted(Sandbox *sandbox) {
    Error error = {0};
    push_std_function(sandbox, "wanted");
    if (budget_call(sandbox, 0, 1, sandbox->limits.load_cpu_ms, -1, &error) != CALL_OK) return NULL;
    json_t *wanted =
        lua_istable(sandbox->lua, -1) ? marshal_to_json(sandbox->lua, -1, &error) : NULL;
    lua_settop(sandbox->lua, 0);
    return wanted;
}

json_t *sandbox_load_pack(Sandbox *sandbox, const SandboxFile *files, size_t count,
                          CallOutcome *outcome, Error *error) {
    sandbox->files = files;
    sandbox->file_count = count;
    json_t *description;
    push_std_function(sandbox, "run");
    *outcome = budget_call(sandbox, 0, 0, sandbox->limits.load_cpu_ms, -1, error);
    if (*outcome == CALL_RAISED && (description = ask_wanted(sandbox))) {
        *outcome = CALL_OK;
        return description;
    }
    if (*outcome != CALL_OK) return NULL;
    push_std_function(sandbox, "finish");
    *outcome = budget_call(sandbox, 0, 1, sandbox->limits.load_cpu_ms, -1, error);
    if (*outcome != CALL_OK) return NULL;
    description = marshal_to_json(sandbox->lua, -1, error);
    lua_settop(sandbox->lua, 0);
    if (json_object_get(description, "wants")) return description;
    *outcome = description ? rule_code_note(sandbox, description, error) : CALL_BAD_RESULT;
    if (*outcome == CALL_OK) *outcome = seal_pack(sandbox, description, error);
    if (*outcome == CALL_OK) return description;
    json_decref(description);
    return NULL;
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
