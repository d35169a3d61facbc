// The walk: nothing a pack can reach may be a function that is not on the allow-list.
//
// Reachable means: through tables (keys and values), their metatables, the metatable that all texts
// share, and what the functions of std hold on to is not reachable, since packs have no debug
// library. A function written in Lua must come from std; a C function must be one of those below.
#include <string.h>

#include "core/base/language.h"
#include "core/lua/state.h"

// Lua's own functions by library and name; they are looked up in the untouched libraries, so that
// the list holds no pointer that the linker could fold.
static const struct {
    const char *library; // "" for the globals
    const char *names;   // separated and ended by blanks
} allowed[] = {
    {"", " assert error ipairs pcall select tonumber type "},
    {"math", " abs ceil exp floor fmod log max min modf sqrt tointeger type ult "},
    {"string", " byte char find gsub len lower match rep reverse sub upper "},
    {"table", " concat insert move pack remove unpack "},
    {"utf8", " char codepoint codes len offset "},
};

static bool named_in_list(const char *names, const char *name) {
    const char *at = names;
    size_t length = strlen(name);
    while ((at = strstr(at, name))) {
        if (at > names && at[-1] == ' ' && at[length] == ' ') return true;
        at++;
    }
    return false;
}

// Fills the table on top with [function] = true for every allowed C function.
MAY_RAISE static void collect_allowed(lua_State *lua) {
    int set = lua_gettop(lua);
    for (size_t i = 0; i < sizeof allowed / sizeof allowed[0]; i++) {
        lua_pushglobaltable(lua);
        if (*allowed[i].library) {
            lua_getfield(lua, -1, allowed[i].library);
            lua_remove(lua, -2);
        }
        int library = lua_gettop(lua);
        lua_pushnil(lua);
        while (lua_next(lua, library)) {
            if (lua_type(lua, -2) == LUA_TSTRING && lua_iscfunction(lua, -1) &&
                named_in_list(allowed[i].names, lua_tostring(lua, -2))) {
                lua_pushvalue(lua, -1);
                lua_pushboolean(lua, 1);
                lua_rawset(lua, set);
            }
            lua_pop(lua, 1);
        }
        lua_settop(lua, set);
    }
}

typedef struct Walk {
    lua_State *lua;
    int allowed, seen; // stack indexes of the two sets
    Error *error;
} Walk;

static bool walk_value(Walk *walk, int index, const char *name);

static bool walk_function(Walk *walk, int index, const char *name) {
    lua_State *lua = walk->lua;
    lua_pushvalue(lua, index);
    if (lua_iscfunction(lua, index)) {
        bool good = lua_rawget(lua, walk->allowed) != LUA_TNIL;
        lua_pop(lua, 1);
        if (!good)
            error_set(walk->error, ERROR_SYSTEM,
                      T("'%s' is a C function that packs must not reach",
                        "'%s' 是评估包不得触及的 C 函数"),
                      name);
        return good;
    }
    lua_Debug about;
    lua_getinfo(lua, ">S", &about);
    if (strncmp(about.short_src, "std/", 4) == 0) return true;
    return error_set(
        walk->error, ERROR_SYSTEM,
        T("'%s' is a function that does not come from std", "'%s' 不是 std 提供的函数"), name);
}

static bool walk_table(Walk *walk, int index, const char *name) {
    lua_State *lua = walk->lua;
    int top = lua_gettop(lua);
    luaL_checkstack(lua, 8, NULL);
    lua_pushvalue(lua, index);
    if (lua_rawget(lua, walk->seen) != LUA_TNIL) {
        lua_settop(lua, top);
        return true;
    }
    lua_settop(lua, top);
    lua_pushvalue(lua, index);
    lua_pushboolean(lua, 1);
    lua_rawset(lua, walk->seen);
    bool good = true;
    if (lua_getmetatable(lua, index)) good = walk_value(walk, lua_gettop(lua), "metatable");
    lua_pushnil(lua);
    while (good && lua_next(lua, index)) {
        int key = lua_gettop(lua) - 1;
        const char *field = lua_type(lua, key) == LUA_TSTRING ? lua_tostring(lua, key) : name;
        good = walk_value(walk, key, field) && walk_value(walk, key + 1, field);
        if (good) lua_settop(lua, key);
    }
    lua_settop(lua, top);
    return good;
}

static bool walk_value(Walk *walk, int index, const char *name) {
    switch (lua_type(walk->lua, index)) {
        case LUA_TFUNCTION: return walk_function(walk, index, name);
        case LUA_TTABLE: return walk_table(walk, index, name);
        case LUA_TUSERDATA:
        case LUA_TLIGHTUSERDATA:
        case LUA_TTHREAD:
            return error_set(
                walk->error, ERROR_SYSTEM,
                T("'%s' is neither data nor an allowed function", "'%s' 既非数据也非允许的函数"),
                name);
        default: return true;
    }
}

bool environment_walk(lua_State *lua, Error *error) {
    int environment = lua_gettop(lua);
    lua_newtable(lua);
    collect_allowed(lua);
    lua_newtable(lua);
    Walk walk = {lua, environment + 1, environment + 2, error};
    bool good = walk_value(&walk, environment, "environment");
    lua_pushliteral(lua, "");
    if (good && lua_getmetatable(lua, -1)) good = walk_value(&walk, lua_gettop(lua), "text");
    lua_settop(lua, environment);
    return good;
}
