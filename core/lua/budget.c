// Memory cap, CPU budget and the sticky stop: see sandbox.h for what they promise.
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/language.h"
#include "core/base/utf8.h"
#include "core/lua/state.h"

enum { TICK_MS = 10, MEMORY_RESERVE_BYTES = 256 * 1024 };

// The signal handler needs to find the one sandbox of the process.
static Sandbox *volatile active;

// Notes where the innermost Lua function is. Reads the call chain only; it is called where Lua
// itself has come to rest: inside an allocation, or inside a C function that has run for a while.
static void note_place(Sandbox *sandbox) {
    if (!sandbox->page) return;
    lua_Debug at;
    for (int level = 0; level < 8 && lua_getstack(sandbox->lua, level, &at); level++) {
        lua_getinfo(sandbox->lua, "Sl", &at);
        if (at.currentline <= 0 || strncmp(at.short_src, "std/", 4) == 0) continue;
        snprintf(sandbox->page->file, sizeof sandbox->page->file, "%s", at.short_src);
        atomic_store(&sandbox->page->line, at.currentline);
        return;
    }
}

MAY_RAISE static void stop_hook(lua_State *lua, lua_Debug *at) {
    (void)at;
    if (active && active->stop == STOP_MEMORY)
        luaL_error(lua, "%s", T("the memory limit was reached", "内存超出上限"));
    luaL_error(lua, "%s", T("the time limit was reached", "运行时间超出上限"));
}

static void ask_to_stop(Sandbox *sandbox, StopReason reason) {
    sandbox->stop = reason;
    lua_sethook(sandbox->lua, stop_hook, LUA_MASKCALL | LUA_MASKRET | LUA_MASKLINE | LUA_MASKCOUNT,
                1);
}

static void tick(int signal_number) {
    (void)signal_number;
    Sandbox *sandbox = active;
    if (!sandbox || !sandbox->in_call) return;
    sandbox->ticks = sandbox->ticks + 1;
    if (sandbox->stop == STOP_NONE) {
        if (sandbox->ticks >= sandbox->budget_ticks) ask_to_stop(sandbox, STOP_CPU);
        return;
    }
    // One tick after the stop was asked for the code still runs: it sits in a C function.
    if (sandbox->page && atomic_load(&sandbox->page->stop) == STOP_NONE) {
        note_place(sandbox);
        atomic_store(&sandbox->page->stop, (uint32_t)sandbox->stop);
    }
}

void *budget_allocate(void *context, void *memory, size_t old_size, size_t new_size) {
    Sandbox *sandbox = context;
    if (!memory) old_size = 0; // otherwise it is a type tag
    if (new_size == 0) {
        free(memory);
        sandbox->used_bytes -= old_size;
        return NULL;
    }
    size_t cap = sandbox->limits.memory_bytes + sandbox->reserve_bytes;
    if (new_size > old_size && sandbox->used_bytes - old_size + new_size > cap) {
        // The first refusal stops the call for good: code that catches the error and goes on
        // allocating would otherwise keep the collector busy for ever.
        if (sandbox->in_call && sandbox->stop == STOP_NONE) {
            sandbox->reserve_bytes = MEMORY_RESERVE_BYTES;
            note_place(sandbox);
            ask_to_stop(sandbox, STOP_MEMORY);
        }
        return NULL;
    }
    void *moved = realloc(memory, new_size);
    if (moved) sandbox->used_bytes += new_size - old_size;
    return moved;
}

bool budget_start(Sandbox *sandbox, Error *error) {
    struct sigaction action = {.sa_handler = tick, .sa_flags = SA_RESTART};
    sigemptyset(&action.sa_mask);
    if (sigaction(SIGPROF, &action, NULL) != 0)
        return error_set_errno(error, errno, "sigaction");
    struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGPROF};
    if (timer_create(CLOCK_PROCESS_CPUTIME_ID, &event, &sandbox->timer) != 0)
        return error_set_errno(error, errno, "timer_create");
    sandbox->has_timer = true;
    active = sandbox;
    struct itimerspec interval = {.it_value.tv_nsec = TICK_MS * 1000000,
                                  .it_interval.tv_nsec = TICK_MS * 1000000};
    if (timer_settime(sandbox->timer, 0, &interval, NULL) != 0)
        return error_set_errno(error, errno, "timer_settime");
    return true;
}

void budget_end(Sandbox *sandbox) {
    active = NULL;
    if (sandbox->has_timer) timer_delete(sandbox->timer);
}

// The message on top of the stack, with the place in front of it taken apart: "pack.lua:12: text".
static void read_message(lua_State *lua, Error *error) {
    size_t length = 0;
    const char *message = lua_type(lua, -1) == LUA_TSTRING ? lua_tolstring(lua, -1, &length) : NULL;
    char text[sizeof error->message];
    if (!message) {
        snprintf(text, sizeof text, T("the error value is a %s, not a text", "错误值是 %s，不是文本"),
                 luaL_typename(lua, -1));
    } else if (!utf8_valid(message, length < sizeof text ? length : 0, NULL) ||
               memchr(message, 0, length)) {
        snprintf(text, sizeof text, "%s", T("the error text is not valid UTF-8", "错误文本不是合法的 UTF-8"));
    } else if (length >= sizeof text) {
        snprintf(text, sizeof text, T("(an error text of %zu bytes)", "（错误文本长达 %zu 字节）"),
                 length);
    } else {
        memcpy(text, message, length + 1);
    }
    char file[128];
    int line = 0, taken = 0;
    if (sscanf(text, "%127[^:\n]:%d: %n", file, &line, &taken) == 2 && taken > 0) {
        error_set(error, ERROR_PACK, "%s", text + taken);
        error_at(error, file, line, 0);
    } else {
        error_set(error, ERROR_PACK, "%s", text);
    }
}

// Runs where the error was raised, so that an error value that is no text can be placed too.
static int handle_message(lua_State *lua) {
    if (lua_type(lua, 1) == LUA_TSTRING) return 1;
    const char *type = luaL_typename(lua, 1);
    luaL_where(lua, 1);
    lua_pushfstring(lua, T("%sthe error value is a %s, not a text", "%s错误值是 %s，不是文本"),
                    lua_tostring(lua, -1), type);
    return 1;
}

static CallOutcome outcome_of(Sandbox *sandbox, int status) {
    if (status == LUA_OK && sandbox->stop == STOP_NONE) return CALL_OK;
    if (sandbox->stop == STOP_CPU) return CALL_OVER_TIME;
    if (sandbox->stop == STOP_MEMORY || status == LUA_ERRMEM) return CALL_OVER_MEMORY;
    return CALL_RAISED;
}

static void describe_failure(Sandbox *sandbox, CallOutcome outcome, int cpu_ms, Error *error) {
    Error raised = {0};
    read_message(sandbox->lua, &raised);
    if (outcome == CALL_OVER_TIME)
        error_set(error, ERROR_LIMIT, T("used more than %d ms of CPU time", "占用 CPU 超过 %d 毫秒"),
                  cpu_ms);
    else if (outcome == CALL_OVER_MEMORY)
        error_set(error, ERROR_LIMIT, T("needs more than %zu MiB of memory", "内存需求超过 %zu MiB"),
                  sandbox->limits.memory_bytes >> 20);
    else
        *error = raised;
    if (raised.line > 0)
        error_at(error, raised.file, raised.line, 0);
    else if (sandbox->page && atomic_load(&sandbox->page->line) > 0)
        error_at(error, sandbox->page->file, atomic_load(&sandbox->page->line), 0);
}

CallOutcome budget_call(Sandbox *sandbox, int arguments, int results, int cpu_ms, int rule,
                        Error *error) {
    lua_State *lua = sandbox->lua;
    int base = lua_gettop(lua) - arguments;
    lua_pushcfunction(lua, handle_message);
    lua_insert(lua, base);
    if (sandbox->page) {
        atomic_store(&sandbox->page->line, 0);
        atomic_store(&sandbox->page->rule, rule);
        atomic_fetch_add(&sandbox->page->calls, 1);
    }
    // A spec's evaluate calls rules inside the call of the spec: what the outer call has used is
    // kept and goes on counting.
    int outer_call = sandbox->in_call, outer_ticks = sandbox->ticks;
    int outer_budget = sandbox->budget_ticks;
    sandbox->ticks = 0;
    sandbox->budget_ticks = (cpu_ms + TICK_MS - 1) / TICK_MS;
    sandbox->stop = STOP_NONE;
    sandbox->in_call = 1;
    int status = lua_pcall(lua, arguments, results, base);
    sandbox->in_call = outer_call;
    lua_sethook(lua, NULL, 0, 0);

    CallOutcome outcome = outcome_of(sandbox, status);
    if (outcome != CALL_OK) {
        describe_failure(sandbox, outcome, cpu_ms, error);
        lua_settop(lua, base - 1);
        lua_gc(lua, LUA_GCCOLLECT);
    } else {
        lua_remove(lua, base);
    }
    sandbox->ticks += outer_ticks;
    sandbox->budget_ticks = outer_budget;
    sandbox->stop = STOP_NONE;
    sandbox->reserve_bytes = 0;
    if (sandbox->page) atomic_store(&sandbox->page->stop, STOP_NONE);
    return outcome;
}
