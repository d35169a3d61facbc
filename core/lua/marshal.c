// Lua values to JSON and back, bounded: see state.h.
#include <math.h>
#include <string.h>

#include "core/base/language.h"
#include "core/base/utf8.h"
#include "core/lua/state.h"

enum {
    MARSHAL_DEPTH = 24,
    MARSHAL_VALUES = 400000,
    MARSHAL_TEXT_BYTES = 64 * 1024,
    MARSHAL_TOTAL_BYTES = 4 * 1024 * 1024, // six times as much when all of it must be escaped
};

typedef struct Marshal {
    lua_State *lua;
    int values;
    size_t bytes;
    Error *error;
} Marshal;

static json_t *refuse(Marshal *marshal, const char *what) {
    error_set(marshal->error, ERROR_PACK, "%s", what);
    return NULL;
}

static json_t *text_to_json(Marshal *marshal, int index) {
    size_t length;
    const char *text = lua_tolstring(marshal->lua, index, &length);
    marshal->bytes += length;
    if (length > MARSHAL_TEXT_BYTES || marshal->bytes > MARSHAL_TOTAL_BYTES)
        return refuse(marshal, T("a text is too long", "文本过长"));
    if (memchr(text, 0, length) || !utf8_valid(text, length, NULL))
        return refuse(marshal, T("a text is not valid UTF-8", "文本不是合法的 UTF-8"));
    return json_stringn_nocheck(text, length);
}

static json_t *to_json(Marshal *marshal, int index, int depth);

static json_t *array_to_json(Marshal *marshal, int index, lua_Integer length, int depth) {
    json_t *array = json_array();
    for (lua_Integer i = 1; i <= length; i++) {
        lua_rawgeti(marshal->lua, index, i);
        json_t *item = to_json(marshal, lua_gettop(marshal->lua), depth + 1);
        lua_pop(marshal->lua, 1);
        if (!item) {
            json_decref(array);
            return NULL;
        }
        json_array_append_new(array, item);
    }
    return array;
}

// The key below the top of the stack as text; whole numbers, such as years, are written out.
static json_t *key_to_json(Marshal *marshal) {
    lua_State *lua = marshal->lua;
    if (lua_type(lua, -2) == LUA_TSTRING) return text_to_json(marshal, lua_gettop(lua) - 1);
    if (lua_isinteger(lua, -2))
        return json_sprintf("%" JSON_INTEGER_FORMAT, (json_int_t)lua_tointeger(lua, -2));
    return refuse(marshal, T("a table has keys that are neither texts nor whole numbers",
                             "表的键既不是文本也不是整数"));
}

static json_t *record_to_json(Marshal *marshal, int index, int depth) {
    lua_State *lua = marshal->lua;
    json_t *record = json_object();
    lua_pushnil(lua);
    while (lua_next(lua, index)) {
        json_t *item = NULL, *key = NULL;
        if ((key = key_to_json(marshal))) item = to_json(marshal, lua_gettop(lua), depth + 1);
        if (!item) {
            json_decref(key);
            json_decref(record);
            return NULL;
        }
        json_object_set_new_nocheck(record, json_string_value(key), item);
        json_decref(key);
        lua_pop(lua, 1);
    }
    return record;
}

static json_t *table_to_json(Marshal *marshal, int index, int depth) {
    if (depth > MARSHAL_DEPTH || !lua_checkstack(marshal->lua, 8))
        return refuse(marshal, T("tables are nested too deeply or contain themselves",
                                 "表嵌套过深或包含自身"));
    lua_Integer length = (lua_Integer)lua_rawlen(marshal->lua, index);
    if (length > 0) {
        if (length > MARSHAL_VALUES) return refuse(marshal, T("a table is too long", "表过长"));
        return array_to_json(marshal, index, length, depth);
    }
    lua_pushnil(marshal->lua);
    if (!lua_next(marshal->lua, index)) return json_array();
    lua_pop(marshal->lua, 2);
    return record_to_json(marshal, index, depth);
}

static json_t *to_json(Marshal *marshal, int index, int depth) {
    lua_State *lua = marshal->lua;
    if (++marshal->values > MARSHAL_VALUES)
        return refuse(marshal, T("there are too many values", "值过多"));
    switch (lua_type(lua, index)) {
        case LUA_TNIL: return json_null();
        case LUA_TBOOLEAN: return json_boolean(lua_toboolean(lua, index));
        case LUA_TSTRING: return text_to_json(marshal, index);
        case LUA_TTABLE: return table_to_json(marshal, index, depth);
        case LUA_TNUMBER:
            if (lua_isinteger(lua, index)) return json_integer(lua_tointeger(lua, index));
            if (!isfinite(lua_tonumber(lua, index)))
                return refuse(marshal, T("a number is not finite", "数值不是有限数"));
            return json_real(lua_tonumber(lua, index));
        default:
            return refuse(marshal,
                          T("a function stands where data belongs", "应为数据处出现了函数"));
    }
}

json_t *marshal_to_json(lua_State *lua, int index, Error *error) {
    Marshal marshal = {.lua = lua, .error = error};
    int top = lua_gettop(lua);
    json_t *value = to_json(&marshal, lua_absindex(lua, index), 0);
    lua_settop(lua, top);
    return value;
}

MAY_RAISE void marshal_push_json(lua_State *lua, const json_t *value) {
    luaL_checkstack(lua, 4, NULL);
    switch (json_typeof(value)) {
        case JSON_STRING:
            lua_pushlstring(lua, json_string_value(value), json_string_length(value));
            break;
        case JSON_INTEGER: lua_pushinteger(lua, json_integer_value(value)); break;
        case JSON_REAL: lua_pushnumber(lua, json_real_value(value)); break;
        case JSON_TRUE: lua_pushboolean(lua, 1); break;
        case JSON_FALSE: lua_pushboolean(lua, 0); break;
        case JSON_NULL: lua_pushnil(lua); break;
        case JSON_ARRAY: {
            lua_createtable(lua, (int)json_array_size(value), 0);
            for (size_t i = 0; i < json_array_size(value); i++) {
                marshal_push_json(lua, json_array_get(value, i));
                lua_rawseti(lua, -2, (lua_Integer)i + 1);
            }
            break;
        }
        case JSON_OBJECT: {
            lua_createtable(lua, 0, (int)json_object_size(value));
            const char *key;
            json_t *item;
            json_object_foreach((json_t *)value, key, item) {
                lua_pushstring(lua, key);
                marshal_push_json(lua, item);
                lua_rawset(lua, -3);
            }
            break;
        }
    }
}
