// What the files of core/lua share; included nowhere else.
//
// MAY_RAISE marks functions that leave by longjmp when Lua raises: they must not own memory that
// only C would free, and are called only under lua_pcall.
#pragma once

#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>
#include <signal.h>
#include <time.h>

#include "core/base/memory.h"
#include "core/lua/sandbox.h"

#define MAY_RAISE

// A place in the pack; line 0 unknown.
typedef struct Place {
    char file[LUA_IDSIZE];
    int line;
} Place;

struct Sandbox {
    lua_State *lua;
    SandboxLimits limits;
    StatusPage *page;     // what is being done, for whoever watches
    StatusPage unwatched; // stands in for the page when nobody does
    const SandboxFile *std;
    size_t std_count;
    const SandboxFile *files;
    size_t file_count;

    // Budget; written by the signal handler too.
    timer_t timer;
    bool has_timer;
    volatile sig_atomic_t in_call, stop;
    volatile sig_atomic_t ticks;          // of CPU time used in calls so far
    volatile sig_atomic_t deadline_ticks; // of the call under way
    int budget_ticks;                     // of each call
    size_t used_bytes, reserve_bytes;
    size_t refused_bytes; // what the allocation refused last wanted; 0 once one was granted

    Place place;        // of the pack's code when the call began to fail
    size_t place_bytes; // of the message that say the same
    Place refused_at;   // where an allocation was refused last

    int rule_count;
    bool in_rule; // a rule is being called
    SandboxEvaluate evaluate;
    void *evaluate_context;
};

// ---- budget.c: memory cap, CPU budget, sticky stop ---------------------------------------------
void *budget_allocate(void *sandbox, void *memory, size_t old_size, size_t new_size);
bool budget_start(Sandbox *sandbox, Error *error);
void budget_end(Sandbox *sandbox);
// Calls the function under `arguments` on the stack within a CPU budget; like lua_pcall, but an
// error is turned into an Error with file and line and the stack is left at its old height, with
// the results on top when CALL_OK.
CallOutcome budget_call(Sandbox *sandbox, int arguments, int results, int cpu_ms, int rule,
                        Error *error);

// Ends one lane's budget and begins the next one's. False when the call must end here: what stopped
// it belongs to the lane that ended, since a new budget is not used up at once.
static inline bool budget_renew(Sandbox *sandbox) {
    sandbox->deadline_ticks = sandbox->ticks + sandbox->budget_ticks;
    return sandbox->stop == STOP_NONE && !sandbox->refused_bytes;
}

// ---- marshal.c: values across the border --------------------------------------------------------
// The value at `index` as JSON, or NULL: over the limits of depth, count and text length, cyclic,
// a function, NaN, a table that is neither array nor record, text that is no UTF-8.
json_t *marshal_to_json(lua_State *lua, int index, Error *error);
MAY_RAISE void marshal_push_json(lua_State *lua, const json_t *value);

// ---- host_functions.c: what std is given by the host --------------------------------------------
extern const char sandbox_rules_key; // its address is the registry key of the array of rules
MAY_RAISE void host_functions_push(lua_State *lua, Sandbox *sandbox);
// Whether the value at `index` is the function that compiles the pack's files.
bool host_functions_is_compile(lua_State *lua, int index);

// ---- bytecode.c: what compiled functions do -----------------------------------------------------
// Puts the code of the function on top of the stack in the place of what `out` holds.
void bytecode_dump(lua_State *lua, Buffer *out);
// `upvalue` as lua_getupvalue counts.
typedef void (*AssignmentFound)(void *context, int upvalue, int line);
// Reports every place in which the function dumped, or one written inside it, assigns
// a variable from outside it. False when the bytes are not of a form known here.
bool bytecode_assignments(const void *bytes, size_t length, AssignmentFound found, void *context);
// Appends what the function does: instructions and constants, its own and those of functions
// written inside it, without lines and names of variables. False as above.
bool bytecode_without_places(const void *bytes, size_t length, Buffer *out);

// ---- rule_code.c: which rules are the same ------------------------------------------------------
// Notes in the description what tells a rule from another one: of each of its rules `code`, a
// digest of what its function does and is given, and `uses`, by name one of each outer variable's
// value. They do not depend on where the rule stands. To be called before the pack is sealed.
CallOutcome rule_code_note(Sandbox *sandbox, json_t *description, Error *error);

// ---- seal.c: rules keep nothing -----------------------------------------------------------------
// Makes everything that rules hold read-only, and adds to the description's problems where that
// cannot be done. To be called when the pack has been loaded and described: of a sealed table the
// contents are in its metatable's __index.
CallOutcome seal_pack(Sandbox *sandbox, json_t *description, Error *error);

// ---- environment.c: the walk -------------------------------------------------------------------
// Walks everything reachable from the table on top of the stack.
bool environment_walk(lua_State *lua, Error *error);
