// The functions std is built on. Packs never see these; scripts/std/main.lua says what each is for.
#include <string.h>

#include "core/base/decimal.h"
#include "core/base/language.h"
#include "core/base/nearest.h"
#include "core/base/plain_text.h"
#include "core/lua/state.h"
#include "core/pack/bundle.h"

enum { MAX_RULES = 20000, MAX_PARAMETERS = 64, MAX_NAMES = 4096, MAX_PLAIN_BYTES = 4096 };

const char sandbox_rules_key = 0;

static Sandbox *sandbox_of(lua_State *lua) {
    return lua_touserdata(lua, lua_upvalueindex(1));
}

static const SandboxFile *find_file(const SandboxFile *files, size_t count, const char *path) {
    for (size_t i = 0; i < count; i++)
        if (strcmp(files[i].path, path) == 0) return &files[i];
    return NULL;
}

MAY_RAISE static int host_std(lua_State *lua) {
    Sandbox *sandbox = sandbox_of(lua);
    const char *name = luaL_checkstring(lua, 1);
    const SandboxFile *file = find_file(sandbox->std, sandbox->std_count, name);
    if (!file) return luaL_error(lua, "std has no module '%s'", name);
    const char *chunk = lua_pushfstring(lua, "@std/%s", name);
    if (luaL_loadbufferx(lua, file->bytes, file->length, chunk, "t") != LUA_OK)
        return lua_error(lua);
    return 1;
}

MAY_RAISE static int host_source(lua_State *lua) {
    Sandbox *sandbox = sandbox_of(lua);
    const char *path = luaL_checkstring(lua, 1);
    lua_pushboolean(lua, find_file(sandbox->files, sandbox->file_count, path) != NULL);
    return 1;
}

// sources(prefix): the files below it, as include names them ("health" for health.lua).
MAY_RAISE static int host_sources(lua_State *lua) {
    Sandbox *sandbox = sandbox_of(lua);
    size_t length;
    const char *prefix = luaL_checklstring(lua, 1, &length);
    lua_newtable(lua);
    int count = 0;
    for (size_t i = 0; i < sandbox->file_count; i++) {
        const char *path = sandbox->files[i].path;
        if (strncmp(path, prefix, length) != 0 || path[length] == '@') continue;
        size_t rest = strlen(path + length), end = strlen(".lua");
        if (rest <= end) continue;
        lua_pushlstring(lua, path + length, rest - end);
        lua_rawseti(lua, -2, ++count);
    }
    return 1;
}

// Source text handed to the compiler line by line, so that the line it stopped in is known even
// where its message does not say (text nested too deeply).
typedef struct SourceReader {
    const char *at, *end;
    int line;
} SourceReader;

static const char *read_line(lua_State *lua, void *context, size_t *size) {
    (void)lua;
    SourceReader *reader = context;
    const char *begin = reader->at, *feed = memchr(begin, '\n', (size_t)(reader->end - begin));
    reader->at = feed ? feed + 1 : reader->end;
    *size = (size_t)(reader->at - begin);
    if (*size) reader->line++;
    return begin;
}

// Leaves the chunk on the stack, or raises "path:line: message".
MAY_RAISE static void compile_source(lua_State *lua, const SandboxFile *file) {
    // Windows editors put a byte order mark before the text.
    bool marked = file->length >= 3 && memcmp(file->bytes, "\xEF\xBB\xBF", 3) == 0;
    SourceReader reader = {file->bytes + (marked ? 3 : 0), file->bytes + file->length, 0};
    const char *shown = bundle_shown_path(file->path);
    const char *chunk = lua_pushfstring(lua, "@%s", shown);
    if (lua_load(lua, read_line, &reader, chunk, "t") == LUA_OK) return;
    const char *message = lua_tostring(lua, -1);
    size_t length = strlen(shown);
    if (strncmp(message, shown, length) != 0 || message[length] != ':')
        lua_pushfstring(lua, "%s:%d: %s", shown, reader.line, message);
    lua_error(lua);
}

// compile(path, environment): the chunk of one of the pack's files, source text only.
MAY_RAISE static int host_compile(lua_State *lua) {
    Sandbox *sandbox = sandbox_of(lua);
    const char *path = luaL_checkstring(lua, 1);
    luaL_checktype(lua, 2, LUA_TTABLE);
    const SandboxFile *file = find_file(sandbox->files, sandbox->file_count, path);
    if (!file)
        return luaL_error(lua, T("there is no file %s in the pack", "包内没有文件 %s"), path);
    if (file->length > 0 && file->bytes[0] == LUA_SIGNATURE[0]) {
        lua_pushfstring(lua,
                        T("%s:1: compiled code is not accepted, only source text",
                          "%s:1: 只接受源代码文本，不接受编译后的代码"),
                        bundle_shown_path(path));
        return lua_error(lua);
    }
    compile_source(lua, file);
    lua_pushvalue(lua, 2);
    lua_setupvalue(lua, -2, 1);
    return 1;
}

bool host_functions_is_compile(lua_State *lua, int index) {
    return lua_tocfunction(lua, index) == host_compile;
}

// register(function): keeps it as the next rule and gives { file, line, parameters, vararg }, or
// { native = true } for a C function, which is not kept.
MAY_RAISE static int host_register(lua_State *lua) {
    Sandbox *sandbox = sandbox_of(lua);
    luaL_checktype(lua, 1, LUA_TFUNCTION);
    lua_settop(lua, 1);
    lua_newtable(lua);
    lua_Debug about;
    lua_pushvalue(lua, 1);
    lua_getinfo(lua, ">Su", &about);
    if (lua_iscfunction(lua, 1) || strncmp(about.short_src, "std/", 4) == 0) {
        lua_pushboolean(lua, 1);
        lua_setfield(lua, 2, "native");
        return 1;
    }
    if (sandbox->rule_count >= MAX_RULES || about.nparams > MAX_PARAMETERS)
        return luaL_error(
            lua, T("too many rules, or a rule with too many inputs", "规则过多，或规则的输入过多"));
    lua_pushstring(lua, about.short_src);
    lua_setfield(lua, 2, "file");
    lua_pushinteger(lua, about.linedefined);
    lua_setfield(lua, 2, "line");
    lua_pushboolean(lua, about.isvararg);
    lua_setfield(lua, 2, "vararg");
    lua_newtable(lua);
    for (int i = 1; i <= about.nparams; i++) {
        lua_pushvalue(lua, 1);
        const char *name = lua_getlocal(lua, NULL, i);
        lua_pushstring(lua, name ? name : "?");
        lua_rawseti(lua, 3, i);
        lua_settop(lua, 3);
    }
    lua_setfield(lua, 2, "parameters");
    lua_rawgetp(lua, LUA_REGISTRYINDEX, &sandbox_rules_key);
    lua_pushvalue(lua, 1);
    lua_rawseti(lua, -2, ++sandbox->rule_count);
    lua_settop(lua, 2);
    return 1;
}

MAY_RAISE static int host_in_rule(lua_State *lua) {
    lua_pushboolean(lua, sandbox_of(lua)->in_rule);
    return 1;
}

// where(level): { file, line } of a caller; of the one behind it where that is a C function
// (pcall).
MAY_RAISE static int host_where(lua_State *lua) {
    lua_Debug at = {.currentline = -1};
    const char *file = "?";
    int line = 0;
    for (int level = (int)luaL_checkinteger(lua, 1);
         at.currentline <= 0 && lua_getstack(lua, level, &at); level++)
        lua_getinfo(lua, "Sl", &at);
    if (at.currentline > 0) {
        file = at.short_src;
        line = at.currentline;
    }
    lua_createtable(lua, 0, 2);
    lua_pushstring(lua, file);
    lua_setfield(lua, -2, "file");
    lua_pushinteger(lua, line);
    lua_setfield(lua, -2, "line");
    return 1;
}

MAY_RAISE static int host_nearest(lua_State *lua) {
    const char *wanted = luaL_checkstring(lua, 1);
    luaL_checktype(lua, 2, LUA_TTABLE);
    lua_Integer count = (lua_Integer)lua_rawlen(lua, 2);
    if (count > MAX_NAMES) count = MAX_NAMES;
    const char **names = lua_newuserdatauv(lua, ((size_t)count + 1) * sizeof *names, 0);
    size_t found = 0;
    luaL_checkstack(lua, 4, NULL);
    for (lua_Integer i = 1; i <= count; i++) {
        // The table keeps the text alive after it is popped.
        if (lua_rawgeti(lua, 2, i) == LUA_TSTRING) names[found++] = lua_tostring(lua, -1);
        lua_pop(lua, 1);
    }
    const char *near = nearest_name(wanted, names, found);
    if (near)
        lua_pushstring(lua, near);
    else
        lua_pushnil(lua);
    return 1;
}

MAY_RAISE static int host_decimal(lua_State *lua) {
    lua_Number value = luaL_checknumber(lua, 1);
    lua_Integer digits = luaL_checkinteger(lua, 2);
    const char *mode = luaL_checkstring(lua, 3);
    luaL_argcheck(lua, digits >= 0 && digits <= DECIMAL_MAX_DIGITS, 2, "0 … 12");
    Rounding rounding = strcmp(mode, "truncate") == 0    ? ROUNDING_TRUNCATE
                        : strcmp(mode, "half_even") == 0 ? ROUNDING_HALF_EVEN
                                                         : ROUNDING_HALF_UP;
    lua_pushnumber(lua, decimal_round(value, (int)digits, rounding));
    return 1;
}

MAY_RAISE static int host_text(lua_State *lua) {
    luaL_checkstring(lua, 1);
    luaL_checkstring(lua, 2);
    lua_pushvalue(lua, language_is_chinese() ? 2 : 1);
    return 1;
}

// plain(text): the same fit to be shown, at most MAX_PLAIN_BYTES of it.
MAY_RAISE static int host_plain(lua_State *lua) {
    size_t length;
    const char *text = luaL_checklstring(lua, 1, &length);
    char copy[MAX_PLAIN_BYTES + 1];
    if (length > MAX_PLAIN_BYTES) length = MAX_PLAIN_BYTES;
    for (size_t i = 0; i < length; i++)
        copy[i] = text[i] ? text[i] : ' ';
    copy[length] = '\0';
    plain_text_clean(copy);
    lua_pushstring(lua, copy);
    return 1;
}

MAY_RAISE void host_functions_push(lua_State *lua, Sandbox *sandbox) {
    static const luaL_Reg functions[] = {
        {"std", host_std},         {"source", host_source},     {"sources", host_sources},
        {"compile", host_compile}, {"register", host_register}, {"in_rule", host_in_rule},
        {"where", host_where},     {"nearest", host_nearest},   {"decimal", host_decimal},
        {"text", host_text},       {"plain", host_plain},       {NULL, NULL},
    };
    lua_newtable(lua);
    lua_rawsetp(lua, LUA_REGISTRYINDEX, &sandbox_rules_key);
    lua_newtable(lua);
    lua_pushlightuserdata(lua, sandbox);
    luaL_setfuncs(lua, functions, 1);
}
