// Memory cap, CPU budget and the sticky stop: see sandbox.h for what they promise.
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/language.h"
#include "core/base/plain_text.h"
#include "core/base/utf8.h"
#include "core/lua/state.h"

enum { TICK_MS = 10, MEMORY_RESERVE_BYTES = 256 * 1024, INNERMOST_FRAMES = 12 };

// The signal handler needs to find the one sandbox of the process.
static Sandbox *volatile active;

// Where the innermost function of the pack is; false when none of the nearest frames is the pack's.
static bool find_place(lua_State *lua, lua_Debug *at) {
    for (int level = 0; level < INNERMOST_FRAMES && lua_getstack(lua, level, at); level++) {
        lua_getinfo(lua, "Sl", at);
        if (at->currentline > 0 && strncmp(at->short_src, "std/", 4) != 0) return true;
    }
    return false;
}

static void set_place(Place *place, const char *file, int line) {
    snprintf(place->file, sizeof place->file, "%s", file);
    place->line = line;
}

// Reads the call chain only; it is called where Lua itself has come to rest: inside an allocation,
// or inside a C function that has run for a while.
static void note_place(Sandbox *sandbox, Place *place) {
    lua_Debug at;
    if (find_place(sandbox->lua, &at)) set_place(place, at.short_src, at.currentline);
}

// For the host, should it have to kill this process.
static void show_place(StatusPage *page, const Place *place) {
    snprintf(page->file, sizeof page->file, "%s", place->file);
    atomic_store_explicit(&page->line, place->line, memory_order_relaxed);
}

MAY_RAISE static void stop_hook(lua_State *lua, lua_Debug *at) {
    (void)at;
    // Where it was first: the pack may catch this error and be stopped again elsewhere.
    if (active && active->place.line == 0) note_place(active, &active->place);
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
        if (sandbox->ticks >= sandbox->deadline_ticks) ask_to_stop(sandbox, STOP_CPU);
        return;
    }
    // One tick after the stop was asked for the code still runs: it sits in a C function.
    if (atomic_load(&sandbox->page->stop) == STOP_NONE) {
        if (sandbox->place.line == 0) note_place(sandbox, &sandbox->place);
        show_place(sandbox->page, &sandbox->place);
        atomic_store(&sandbox->page->stop, (uint32_t)sandbox->stop);
    }
}

static bool is_running(const Sandbox *sandbox) {
    return sandbox->in_call && sandbox->stop == STOP_NONE;
}

static void stop_for_memory(Sandbox *sandbox) {
    if (!is_running(sandbox)) return;
    sandbox->reserve_bytes = MEMORY_RESERVE_BYTES;
    ask_to_stop(sandbox, STOP_MEMORY);
}

// Refused once, Lua collects its garbage and asks again. The second refusal stops the call for
// good: code that catches the error and goes on allocating would otherwise keep the collector busy
// for ever.
static void *refuse(Sandbox *sandbox, size_t size) {
    bool again = sandbox->refused_bytes == size;
    sandbox->refused_bytes = size;
    if (is_running(sandbox)) note_place(sandbox, &sandbox->refused_at);
    if (again) stop_for_memory(sandbox);
    return NULL;
}

// Where something else is asked for than what was refused last, the refusal stood: the buffers of
// string functions do not ask again. A call that catches such an error must not go on, because with
// less garbage about it would not have seen one.
static void grant(Sandbox *sandbox, size_t size) {
    if (sandbox->refused_bytes && sandbox->refused_bytes != size) stop_for_memory(sandbox);
    sandbox->refused_bytes = 0;
}

void *budget_allocate(void *context, void *memory, size_t old_size, size_t new_size) {
    Sandbox *sandbox = context;
    if (!memory) old_size = 0; // otherwise it is a type tag
    if (new_size == 0) {
        free(memory);
        sandbox->used_bytes -= old_size;
        return NULL;
    }
    // Outside a call nobody could catch the error; what is needed there is little.
    size_t reserve = sandbox->in_call ? sandbox->reserve_bytes : MEMORY_RESERVE_BYTES;
    size_t cap = sandbox->limits.memory_bytes + reserve;
    bool grows = new_size > old_size;
    if (grows && sandbox->used_bytes - old_size + new_size > cap) return refuse(sandbox, new_size);
    void *moved = realloc(memory, new_size);
    if (!moved) return NULL;
    sandbox->used_bytes += new_size - old_size;
    if (grows) grant(sandbox, new_size);
    return moved;
}

bool budget_start(Sandbox *sandbox, Error *error) {
    struct sigaction action = {.sa_handler = tick, .sa_flags = SA_RESTART};
    sigemptyset(&action.sa_mask);
    if (sigaction(SIGPROF, &action, NULL) != 0) return error_set_errno(error, errno, "sigaction");
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

// The message on top of the stack, fit to be shown.
static void read_message(Sandbox *sandbox, char *text, size_t size) {
    size_t length = 0;
    const char *message = lua_tolstring(sandbox->lua, -1, &length);
    if (sandbox->place_bytes <= length) {
        message += sandbox->place_bytes;
        length -= sandbox->place_bytes;
    }
    if (length >= size) {
        snprintf(text, size, T("(an error text of %zu bytes)", "（错误文本长达 %zu 字节）"),
                 length);
    } else if (!utf8_valid(message, length, NULL) || memchr(message, 0, length)) {
        snprintf(text, size, "%s",
                 T("the error text is not valid UTF-8", "错误文本不是合法的 UTF-8"));
    } else {
        memcpy(text, message, length + 1);
        plain_text_clean(text);
    }
}

// Takes "pack.lua:12: text" apart; gives the length of the place, 0 when there is none.
static size_t split_place(const char *message, char file[LUA_IDSIZE], int *line) {
    int taken = 0;
    if (sscanf(message, "%59[^:\n]:%9d: %n", file, line, &taken) != 2 || *line <= 0) return 0;
    return (size_t)taken;
}

// Anybody can write "pack.lua:12:" into a message. It is believed where a function at that very
// place is being called (error's level argument), and from the compiler, whose errors name a file
// that does not run yet.
static bool place_is_true(lua_State *lua, const char *file, int line) {
    lua_Debug at;
    for (int level = 1; level < INNERMOST_FRAMES && lua_getstack(lua, level, &at); level++) {
        lua_getinfo(lua, "Slf", &at);
        bool compiling = level == 1 && host_functions_is_compile(lua, -1);
        lua_pop(lua, 1);
        if (compiling || (at.currentline == line && strcmp(at.short_src, file) == 0)) return true;
    }
    return false;
}

// Runs where the error was raised: notes the place, and turns an error value that is no text into
// one.
static int handle_message(lua_State *lua) {
    Sandbox *sandbox = active;
    char file[LUA_IDSIZE];
    int line = 0;
    bool is_text = lua_type(lua, 1) == LUA_TSTRING;
    size_t prefix = is_text ? split_place(lua_tostring(lua, 1), file, &line) : 0;
    if (prefix && place_is_true(lua, file, line)) {
        sandbox->place_bytes = prefix;
        bool is_std = strncmp(file, "std/", 4) == 0;
        if (!is_std && sandbox->stop == STOP_NONE) set_place(&sandbox->place, file, line);
    }
    if (sandbox->place.line == 0) note_place(sandbox, &sandbox->place);
    if (is_text) return 1;
    lua_pushfstring(lua, T("the error value is a %s, not a text", "错误值是 %s，不是文本"),
                    luaL_typename(lua, 1));
    return 1;
}

static CallOutcome outcome_of(Sandbox *sandbox, int status) {
    if (sandbox->stop == STOP_CPU) return CALL_OVER_TIME;
    if (sandbox->stop == STOP_MEMORY || sandbox->refused_bytes || status == LUA_ERRMEM)
        return CALL_OVER_MEMORY;
    return status == LUA_OK ? CALL_OK : CALL_RAISED;
}

static void describe_failure(Sandbox *sandbox, CallOutcome outcome, int cpu_ms, Error *error) {
    char text[sizeof error->message];
    switch (outcome) {
        case CALL_OVER_TIME:
            error_set(error, ERROR_LIMIT,
                      T("used more than %d ms of CPU time", "占用 CPU 超过 %d 毫秒"), cpu_ms);
            break;
        case CALL_OVER_MEMORY:
            error_set(error, ERROR_LIMIT,
                      T("needs more than %zu MiB of memory", "内存需求超过 %zu MiB"),
                      sandbox->limits.memory_bytes >> 20);
            break;
        default: read_message(sandbox, text, sizeof text); error_set(error, ERROR_PACK, "%s", text);
    }
    bool refused = outcome == CALL_OVER_MEMORY && sandbox->refused_at.line > 0;
    const Place *place = refused ? &sandbox->refused_at : &sandbox->place;
    if (place->line > 0) error_at(error, place->file, place->line, 0);
}

CallOutcome budget_call(Sandbox *sandbox, int arguments, int results, int cpu_ms, int rule,
                        Error *error) {
    lua_State *lua = sandbox->lua;
    int base = lua_gettop(lua) - arguments;
    lua_pushcfunction(lua, handle_message);
    lua_insert(lua, base);
    sandbox->place.line = sandbox->refused_at.line = 0;
    sandbox->place_bytes = 0;
    atomic_store_explicit(&sandbox->page->line, 0, memory_order_relaxed);
    atomic_store_explicit(&sandbox->page->rule, rule, memory_order_relaxed);
    // A spec's evaluate calls rules inside the call of the spec, whose time goes on meanwhile.
    int outer_call = sandbox->in_call, outer_budget = sandbox->budget_ticks;
    int outer_deadline = sandbox->deadline_ticks;
    // One more, because the first tick comes before a whole one has passed.
    sandbox->budget_ticks = (cpu_ms + TICK_MS - 1) / TICK_MS + 1;
    sandbox->deadline_ticks = sandbox->ticks + sandbox->budget_ticks;
    sandbox->stop = STOP_NONE;
    sandbox->refused_bytes = 0;
    sandbox->in_call = 1;
    int status = lua_pcall(lua, arguments, results, base);
    sandbox->in_call = outer_call;
    lua_sethook(lua, NULL, 0, 0);

    CallOutcome outcome = outcome_of(sandbox, status);
    if (outcome != CALL_OK) {
        describe_failure(sandbox, outcome, cpu_ms, error);
        lua_settop(lua, base - 1);
    } else {
        lua_remove(lua, base);
    }
    sandbox->budget_ticks = outer_budget;
    sandbox->deadline_ticks = outer_deadline;
    sandbox->stop = STOP_NONE;
    sandbox->reserve_bytes = 0;
    atomic_store(&sandbox->page->stop, STOP_NONE);
    return outcome;
}
