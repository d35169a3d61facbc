// Digests of rules, by which versions of a pack are told apart: see state.h.
//
// Two rules of the same digests give the same for the same inputs. What a rule does is its compiled
// code without places; what it uses is everything its outer variables hold, followed to the end:
// tables whatever the order of their members, functions by what they do and hold in turn. A
// function of std is known by its code alone, since what it holds is the whole program.
#include <stdlib.h>
#include <string.h>

#include "core/base/hash.h"
#include "core/lua/state.h"

enum { DIGEST_DIGITS = 32, DEEPEST = 120, NOWHERE = DEEPEST + 1, MOST_FOLLOWED = 20000 };

// Stack indexes: names of Lua's own functions, digests of objects that were followed, and the depth
// of those that are being followed.
enum { NAMES = 2, KNOWN, PATH };

typedef struct Digest {
    char text[HASH_TEXT_SIZE];
} Digest;

typedef struct Coding {
    lua_State *lua;
    json_t *rules;              // of the description
    Buffer dump, kept, scratch; // the caller frees them
    int depth;                  // of the object that is being followed
    int followed;               // for the rule at hand
} Coding;

// Adds bytes to what a digest says; `tag` tells kinds of things apart.
static void fold(Coding *coding, Digest *digest, char tag, const void *bytes, size_t length) {
    Buffer *scratch = &coding->scratch;
    buffer_clear(scratch);
    buffer_append(scratch, digest->text, sizeof digest->text);
    buffer_append(scratch, &tag, 1);
    buffer_append(scratch, bytes, length);
    hash_bytes(scratch->data, scratch->length, digest->text);
}

static void fold_digest(Coding *coding, Digest *digest, char tag, const Digest *other) {
    fold(coding, digest, tag, other->text, sizeof other->text);
}

static int least(int left, int right) {
    return left < right ? left : right;
}

// Folds the value at `index` in. Gives the least depth of those that are being followed to which it
// leads back, NOWHERE when to none.
MAY_RAISE static int fold_value(Coding *coding, Digest *digest, int index);

// ---- functions ---------------------------------------------------------------------------------

// Puts "math.floor" by its function for what Lua comes with.
MAY_RAISE static void collect_names(lua_State *lua) {
    static const char *const libraries[] = {LUA_GNAME, LUA_MATHLIBNAME, LUA_STRLIBNAME,
                                            LUA_TABLIBNAME, LUA_UTF8LIBNAME};
    lua_pushglobaltable(lua);
    int globals = lua_gettop(lua);
    for (size_t i = 0; i < sizeof libraries / sizeof *libraries; i++) {
        lua_getfield(lua, globals, libraries[i]);
        lua_pushnil(lua);
        for (; lua_next(lua, globals + 1); lua_pop(lua, 1)) {
            if (!lua_iscfunction(lua, -1) || lua_type(lua, -2) != LUA_TSTRING) continue;
            lua_pushvalue(lua, -1);
            lua_pushfstring(lua, "%s.%s", libraries[i], lua_tostring(lua, -3));
            lua_rawset(lua, NAMES);
        }
        lua_settop(lua, globals);
    }
    lua_settop(lua, globals - 1);
}

// What the function on top of the stack does.
MAY_RAISE static void fold_code(Coding *coding, Digest *digest) {
    bytecode_dump(coding->lua, &coding->dump);
    buffer_clear(&coding->kept);
    if (!bytecode_without_places(coding->dump.data, coding->dump.length, &coding->kept))
        luaL_error(coding->lua, "the code of this version of Lua cannot be read");
    fold(coding, digest, 'f', coding->kept.data, coding->kept.length);
}

static bool is_of_std(lua_State *lua, int index) {
    lua_Debug about;
    lua_pushvalue(lua, index);
    lua_getinfo(lua, ">S", &about);
    return strncmp(about.short_src, "std/", 4) == 0;
}

MAY_RAISE static int fold_function(Coding *coding, Digest *digest, int index) {
    lua_State *lua = coding->lua;
    lua_pushvalue(lua, index);
    if (lua_iscfunction(lua, index)) {
        lua_rawget(lua, NAMES);
        const char *name = lua_tostring(lua, -1);
        fold(coding, digest, 'c', name ? name : "", name ? strlen(name) : 0);
        lua_pop(lua, 1);
        return NOWHERE;
    }
    fold_code(coding, digest);
    lua_pop(lua, 1);
    int back = NOWHERE;
    for (int i = 1; !is_of_std(lua, index) && lua_getupvalue(lua, index, i); i++) {
        back = least(back, fold_value(coding, digest, lua_gettop(lua)));
        lua_pop(lua, 1);
    }
    return back;
}

// ---- tables and the rest -----------------------------------------------------------------------

// Members are summed, so that their order plays no part. What is read-only of std holds its
// functions behind a metatable, and is empty here.
MAY_RAISE static int fold_table(Coding *coding, Digest *digest, int index) {
    lua_State *lua = coding->lua;
    uint32_t sums[HASH_TEXT_SIZE] = {0};
    int back = NOWHERE;
    for (lua_pushnil(lua); lua_next(lua, index); lua_pop(lua, 1)) {
        Digest member = {""};
        int value = lua_gettop(lua);
        back = least(back, fold_value(coding, &member, value - 1));
        back = least(back, fold_value(coding, &member, value));
        for (size_t i = 0; i < sizeof member.text; i++)
            sums[i] += (unsigned char)member.text[i];
    }
    fold(coding, digest, 't', sums, sizeof sums);
    return back;
}

MAY_RAISE static void remember(lua_State *lua, int into, int index) {
    lua_pushvalue(lua, index);
    lua_insert(lua, -2);
    lua_rawset(lua, into);
}

// What belongs to a ring looks otherwise from each of its members, and is followed anew from each.
MAY_RAISE static int follow(Coding *coding, Digest *digest, int index) {
    lua_State *lua = coding->lua;
    Digest own = {""};
    int depth = ++coding->depth;
    lua_pushinteger(lua, depth);
    remember(lua, PATH, index);
    int back = lua_istable(lua, index) ? fold_table(coding, &own, index)
                                       : fold_function(coding, &own, index);
    lua_pushnil(lua);
    remember(lua, PATH, index);
    coding->depth--;
    fold_digest(coding, digest, 'o', &own);
    if (back <= depth) return back < depth ? back : NOWHERE;
    lua_pushstring(lua, own.text);
    remember(lua, KNOWN, index);
    return NOWHERE;
}

MAY_RAISE static int fold_object(Coding *coding, Digest *digest, int index) {
    lua_State *lua = coding->lua;
    luaL_checkstack(lua, LUA_MINSTACK, NULL);
    lua_pushvalue(lua, index);
    if (lua_rawget(lua, KNOWN) == LUA_TSTRING) {
        Digest known;
        snprintf(known.text, sizeof known.text, "%s", lua_tostring(lua, -1));
        lua_pop(lua, 1);
        fold_digest(coding, digest, 'o', &known);
        return NOWHERE;
    }
    lua_pushvalue(lua, index);
    bool leads_back = lua_rawget(lua, PATH) == LUA_TNUMBER;
    int depth = (int)lua_tointeger(lua, -1);
    lua_pop(lua, 2);
    bool ends = coding->depth >= DEEPEST || ++coding->followed > MOST_FOLLOWED;
    if (!leads_back && !ends) return follow(coding, digest, index);
    int distance = leads_back ? coding->depth - depth : -1;
    fold(coding, digest, 'b', &distance, sizeof distance);
    return leads_back ? depth : NOWHERE;
}

MAY_RAISE static int fold_value(Coding *coding, Digest *digest, int index) {
    lua_State *lua = coding->lua;
    int type = lua_type(lua, index);
    if (type == LUA_TTABLE || type == LUA_TFUNCTION) return fold_object(coding, digest, index);
    if (type == LUA_TSTRING) {
        size_t length;
        const char *text = lua_tolstring(lua, index, &length);
        fold(coding, digest, 's', text, length);
    } else if (lua_isinteger(lua, index)) {
        lua_Integer whole = lua_tointeger(lua, index);
        fold(coding, digest, 'i', &whole, sizeof whole);
    } else if (type == LUA_TNUMBER) {
        lua_Number number = lua_tonumber(lua, index);
        fold(coding, digest, 'n', &number, sizeof number);
    } else {
        int truth = lua_toboolean(lua, index);
        fold(coding, digest, type == LUA_TBOOLEAN ? 'l' : '0', &truth, sizeof truth);
    }
    return NOWHERE;
}

// ---- rules -------------------------------------------------------------------------------------

static json_t *digest_json(const Digest *digest) {
    return json_stringn(digest->text, DIGEST_DIGITS);
}

// Two outer variables of one name count as one.
static void note_use(Coding *coding, json_t *uses, const char *name, Digest *digest) {
    const char *before = json_string_value(json_object_get(uses, name));
    if (before) fold(coding, digest, 'u', before, strlen(before));
    json_object_set_new(uses, name, digest_json(digest));
}

// The rule on top of the stack.
MAY_RAISE static void note_rule(Coding *coding, json_t *rule) {
    lua_State *lua = coding->lua;
    int index = lua_gettop(lua);
    coding->followed = 0;
    Digest code = {""};
    fold_code(coding, &code);
    char *parameters = json_dumps(json_object_get(rule, "parameters"), JSON_COMPACT);
    if (parameters) fold(coding, &code, 'p', parameters, strlen(parameters));
    free(parameters);
    json_object_set_new(rule, "code", digest_json(&code));
    json_t *uses = json_object();
    json_object_set_new(rule, "uses", uses);
    const char *name;
    for (int i = 1; (name = lua_getupvalue(lua, index, i)); i++) {
        Digest value = {""};
        fold_value(coding, &value, lua_gettop(lua));
        if (strcmp(name, "_ENV") != 0) note_use(coding, uses, name, &value);
        lua_pop(lua, 1);
    }
    if (json_object_size(uses) == 0) json_object_del(rule, "uses");
}

MAY_RAISE static int note_rules(lua_State *lua) {
    Coding *coding = lua_touserdata(lua, 1);
    luaL_checkstack(lua, LUA_MINSTACK, NULL);
    for (int i = NAMES; i <= PATH; i++)
        lua_newtable(lua);
    collect_names(lua);
    lua_rawgetp(lua, LUA_REGISTRYINDEX, &sandbox_rules_key);
    size_t index;
    json_t *rule;
    json_array_foreach(coding->rules, index, rule) {
        lua_rawgeti(lua, PATH + 1, (lua_Integer)index + 1);
        if (lua_isfunction(lua, -1)) note_rule(coding, rule);
        lua_settop(lua, PATH + 1);
    }
    return 0;
}

CallOutcome rule_code_note(Sandbox *sandbox, json_t *description, Error *error) {
    Coding coding = {.lua = sandbox->lua, .rules = json_object_get(description, "rules")};
    json_object_set_new(description, "rule_code", json_string(LUA_RELEASE));
    lua_pushcfunction(sandbox->lua, note_rules);
    lua_pushlightuserdata(sandbox->lua, &coding);
    CallOutcome outcome = budget_call(sandbox, 1, 0, sandbox->limits.load_cpu_ms, -1, error);
    buffer_free(&coding.dump);
    buffer_free(&coding.kept);
    buffer_free(&coding.scratch);
    return outcome;
}
