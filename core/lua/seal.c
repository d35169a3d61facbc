// Sealing a loaded pack, so that its rules keep nothing from one call to the next: see state.h.
//
// A result may depend on a rule's inputs and on nothing else: not on which regions were evaluated
// before, in which worker, or in which batch. So everything that rules hold is walked. A function
// that assigns a variable which outlives its call is a problem of the pack. A table is made
// read-only: its contents move to another one that only its metatable knows, so that every write
// finds the table empty and goes to the metatable too. Packs have no function that would pass a
// metatable by.
#include <string.h>

#include "core/base/language.h"
#include "core/base/memory.h"
#include "core/lua/state.h"

enum { MOST_PROBLEMS = 200 };

// Stack indexes of the walk. A table of what was seen, with the function of the pack it was reached
// from; what is still to be done; the one at hand.
enum { SEEN = 2, QUEUE, HOLDER, OBJECT };

typedef struct Sealing {
    lua_State *lua;
    json_t *problems; // of the description
    Buffer dump;      // of the function at hand
    lua_Integer queued, done;
    Place place; // of the holder
} Sealing;

// ---- functions that assign ---------------------------------------------------------------------

static bool is_told(const Sealing *sealing, int line) {
    size_t index;
    const json_t *told;
    json_array_foreach(sealing->problems, index, told) {
        const char *file = json_string_value(json_object_get(told, "file"));
        bool same_line = json_integer_value(json_object_get(told, "line")) == line;
        if (same_line && file && strcmp(file, sealing->place.file) == 0) return true;
    }
    return false;
}

static void add_problem(Sealing *sealing, int line, const char *message, const char *hint) {
    if (json_array_size(sealing->problems) >= MOST_PROBLEMS || is_told(sealing, line)) return;
    json_array_append_new(sealing->problems,
                          json_pack("{s:s, s:i, s:s, s:s}", "file", sealing->place.file, "line",
                                    line, "message", message, "hint", hint));
}

static void found_assignment(void *context, int upvalue, int line) {
    Sealing *sealing = context;
    const char *name = lua_getupvalue(sealing->lua, OBJECT, upvalue);
    if (name) lua_pop(sealing->lua, 1);
    char message[512];
    snprintf(message, sizeof message,
             T("a rule keeps nothing from one call to the next, but '%s', which is assigned here, "
               "outlives the call",
               "规则不得把内容带到下一次调用，而此处赋值的 '%s' 在调用结束后仍然存在"),
             name ? name : "?");
    add_problem(sealing, line, message,
                T("declare it inside the function with `local`, or give it its value where the "
                  "file is loaded",
                  "请在函数内用 local 声明，或在加载文件时就赋好值"));
}

// The only function of std that packs are given and that assigns is an iterator of pairs.
static void found_iterator(void *context, int upvalue, int line) {
    (void)upvalue, (void)line;
    Sealing *sealing = context;
    add_problem(sealing, sealing->place.line,
                T("a rule keeps nothing from one call to the next, but this function holds what "
                  "`pairs` gave when the file was loaded",
                  "规则不得把内容带到下一次调用，而此函数持有加载文件时 pairs 的返回值"),
                T("call `pairs` inside the function", "请在函数内调用 pairs"));
}

// Reads the code of the function on top of the stack.
MAY_RAISE static void read_code(Sealing *sealing, AssignmentFound found) {
    bytecode_dump(sealing->lua, &sealing->dump);
    if (!bytecode_assignments(sealing->dump.data, sealing->dump.length, found, sealing))
        luaL_error(sealing->lua, "the code of this version of Lua cannot be read");
}

// ---- tables ------------------------------------------------------------------------------------

MAY_RAISE static int refuse_change(lua_State *lua) {
    return luaL_error(lua, "%s",
                      T("a table made when the pack was loaded cannot be changed by a rule: make a "
                        "new one in the rule",
                        "规则不能改动加载评估包时建立的表：请在规则内新建一个"));
}

MAY_RAISE static int sealed_length(lua_State *lua) {
    lua_getmetatable(lua, 1);
    lua_getfield(lua, -1, "__index");
    lua_pushinteger(lua, (lua_Integer)lua_rawlen(lua, -1));
    return 1;
}

MAY_RAISE static void enqueue(Sealing *sealing);

// Moves the contents of the table at OBJECT into the table on top of the stack.
MAY_RAISE static void move_contents(Sealing *sealing) {
    lua_State *lua = sealing->lua;
    int contents = lua_gettop(lua);
    lua_pushnil(lua);
    while (lua_next(lua, OBJECT)) {
        lua_pushvalue(lua, -2);
        enqueue(sealing);
        lua_pushvalue(lua, -1);
        enqueue(sealing);
        lua_pushvalue(lua, -2);
        lua_insert(lua, -2);
        lua_rawset(lua, contents);
        lua_pushvalue(lua, -1);
        lua_pushnil(lua);
        lua_rawset(lua, OBJECT);
    }
}

// Tables that have a metatable already are std's own, and read-only.
MAY_RAISE static void seal_table(Sealing *sealing) {
    lua_State *lua = sealing->lua;
    if (lua_getmetatable(lua, OBJECT)) return;
    lua_createtable(lua, 0, 3);
    lua_newtable(lua);
    move_contents(sealing);
    lua_setfield(lua, -2, "__index");
    lua_pushcfunction(lua, refuse_change);
    lua_setfield(lua, -2, "__newindex");
    lua_pushcfunction(lua, sealed_length);
    lua_setfield(lua, -2, "__len");
    lua_setmetatable(lua, OBJECT);
}

// ---- the walk ----------------------------------------------------------------------------------

// Takes the value on top of the stack: it is looked at later unless it was seen, or is neither a
// table nor a function written in Lua.
MAY_RAISE static void enqueue(Sealing *sealing) {
    lua_State *lua = sealing->lua;
    bool holds = lua_istable(lua, -1) || (lua_isfunction(lua, -1) && !lua_iscfunction(lua, -1));
    if (holds) {
        lua_pushvalue(lua, -1);
        holds = lua_rawget(lua, SEEN) == LUA_TNIL;
        lua_pop(lua, 1);
    }
    if (!holds) {
        lua_pop(lua, 1);
        return;
    }
    lua_pushvalue(lua, -1);
    lua_pushvalue(lua, HOLDER);
    lua_rawset(lua, SEEN);
    lua_rawseti(lua, QUEUE, ++sealing->queued);
}

// Where the function at `index` is defined.
static Place place_of_function(lua_State *lua, int index) {
    lua_Debug about;
    Place place;
    lua_pushvalue(lua, index);
    lua_getinfo(lua, ">S", &about);
    snprintf(place.file, sizeof place.file, "%s", about.short_src);
    place.line = about.linedefined;
    return place;
}

// What functions of std hold is their own affair.
MAY_RAISE static void look_at_function(Sealing *sealing) {
    lua_State *lua = sealing->lua;
    Place place = place_of_function(lua, OBJECT);
    if (strncmp(place.file, "std/", 4) == 0) {
        sealing->place = place_of_function(lua, HOLDER);
        read_code(sealing, found_iterator);
        return;
    }
    sealing->place = place;
    read_code(sealing, found_assignment);
    lua_copy(lua, OBJECT, HOLDER);
    for (int i = 1; lua_getupvalue(lua, OBJECT, i); i++)
        enqueue(sealing);
}

MAY_RAISE static void enqueue_rules(Sealing *sealing) {
    lua_State *lua = sealing->lua;
    lua_rawgetp(lua, LUA_REGISTRYINDEX, &sandbox_rules_key);
    lua_Integer count = (lua_Integer)lua_rawlen(lua, OBJECT);
    for (lua_Integer i = 1; i <= count; i++) {
        lua_rawgeti(lua, OBJECT, i);
        lua_copy(lua, -1, HOLDER);
        enqueue(sealing);
    }
    lua_settop(lua, HOLDER);
}

MAY_RAISE static int seal_rules(lua_State *lua) {
    Sealing *sealing = lua_touserdata(lua, 1);
    luaL_checkstack(lua, LUA_MINSTACK, NULL);
    lua_newtable(lua);
    lua_newtable(lua);
    lua_pushnil(lua);
    enqueue_rules(sealing);
    while (sealing->done < sealing->queued) {
        lua_rawgeti(lua, QUEUE, ++sealing->done);
        lua_pushvalue(lua, OBJECT);
        lua_rawget(lua, SEEN);
        lua_replace(lua, HOLDER);
        if (lua_istable(lua, OBJECT))
            seal_table(sealing);
        else
            look_at_function(sealing);
        lua_settop(lua, HOLDER);
    }
    return 0;
}

CallOutcome seal_pack(Sandbox *sandbox, json_t *description, Error *error) {
    Sealing sealing = {.lua = sandbox->lua, .problems = json_object_get(description, "problems")};
    lua_pushcfunction(sandbox->lua, seal_rules);
    lua_pushlightuserdata(sandbox->lua, &sealing);
    CallOutcome outcome = budget_call(sandbox, 1, 0, sandbox->limits.load_cpu_ms, -1, error);
    buffer_free(&sealing.dump);
    return outcome;
}
