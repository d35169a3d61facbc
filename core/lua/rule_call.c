// Calling a pack's rules in batches: see sandbox.h and core/pack/rule.h.
//
// A batch runs inside one protected call until a lane fails; behind that lane it goes on in a new
// one. Inside, a lane costs the pushing of its arguments, the call and the reading of its result:
// the rule and all words lie on the stack below, and nothing is allocated that the rule itself does
// not allocate.
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/language.h"
#include "core/base/memory.h"
#include "core/base/utf8.h"
#include "core/lua/state.h"

enum { RESULT_TEXT_BYTES = 4096, SPARE_SLOTS = 8 };
static const double LARGEST_RESULT = 1e15;

// ---- arguments ---------------------------------------------------------------------------------

MAY_RAISE static void push_series(lua_State *lua, const int *years, const double *values,
                                  size_t count) {
    lua_createtable(lua, (int)count, 0);
    for (size_t i = 0; i < count; i++) {
        lua_createtable(lua, 0, 2);
        lua_pushinteger(lua, years[i]);
        lua_setfield(lua, -2, "year");
        lua_pushnumber(lua, values[i]);
        lua_setfield(lua, -2, "value");
        lua_rawseti(lua, -2, (lua_Integer)i + 1);
    }
}

MAY_RAISE static bool push_fetched_series(lua_State *lua, const RuleColumn *column, size_t lane) {
    int years[RULE_SERIES_MOST];
    double values[RULE_SERIES_MOST];
    size_t count = column->series(column->series_context, lane, years, values);
    push_series(lua, years, values, count);
    return true;
}

static bool push_nil(lua_State *lua) {
    lua_pushnil(lua);
    return false;
}

static bool push_number(lua_State *lua, double number) {
    if (isnan(number)) return push_nil(lua);
    lua_pushnumber(lua, number);
    return true;
}

// Pushes a column's value for a lane; false when that is nil. `words` is where the column's words
// begin on the stack.
MAY_RAISE static bool push_cell(lua_State *lua, const RuleColumn *column, uint32_t lane,
                                int words) {
    switch (column->kind) {
        case RULE_COLUMN_NUMBERS: return push_number(lua, column->numbers[lane]);
        case RULE_COLUMN_NUMBER: return push_number(lua, column->number);
        case RULE_COLUMN_WORDS:
            if (column->codes[lane] >= column->word_count) return push_nil(lua);
            lua_pushvalue(lua, words + column->codes[lane]);
            return true;
        case RULE_COLUMN_BOOLEANS:
            if (column->codes[lane] > 1) return push_nil(lua);
            lua_pushboolean(lua, column->codes[lane]);
            return true;
        case RULE_COLUMN_SERIES: return push_fetched_series(lua, column, lane);
    }
    return push_nil(lua);
}

static size_t column_words(const RuleColumn *column) {
    return column->kind == RULE_COLUMN_WORDS ? column->word_count : 0;
}

// Pushes a lane's arguments; false as soon as one is nil where the batch needs them all.
MAY_RAISE static bool push_arguments(lua_State *lua, const RuleBatch *batch, uint32_t lane,
                                     int words) {
    for (size_t i = 0; i < batch->column_count; i++) {
        const RuleColumn *column = &batch->columns[i];
        if (!push_cell(lua, column, lane, words) && batch->needs_all) return false;
        words += (int)column_words(column);
    }
    return true;
}

// ---- results -----------------------------------------------------------------------------------

// These say what is wrong with a result, or NULL when it may be used.
static const char *bad_number(double number) {
    if (fabs(number) <= LARGEST_RESULT) return NULL;
    if (isnan(number))
        return T("gave a number that is not a number (0/0?)", "返回了非数值（是否 0/0？）");
    if (isinf(number))
        return T("gave an infinite number (division by 0?)", "返回了无穷大（是否除以 0？）");
    return T("gave a number beyond ±1e15", "返回的数超出 ±1e15");
}

static const char *bad_text(const char *text, size_t length) {
    if (length > RESULT_TEXT_BYTES)
        return T("gave a text over 4096 bytes", "返回的文本超过 4096 字节");
    if (memchr(text, 0, length) || !utf8_valid(text, length, NULL))
        return T("gave a text that is not valid UTF-8", "返回的文本不是合法的 UTF-8");
    return NULL;
}

static const char *bad_kind(void) {
    return T("gave a table or a function; a rule gives a number, a text, true, false or nil",
             "返回了表或函数；规则应返回数值、文本、true、false 或 nil");
}

// The number on top of the stack, never −0.
static double read_number(lua_State *lua) {
    double number = lua_tonumber(lua, -1);
    return number == 0 ? 0 : number;
}

// ---- one protected call ------------------------------------------------------------------------

typedef struct BatchRun {
    Sandbox *sandbox;
    const RuleBatch *batch;
    size_t at;            // index in batch->lanes of the lane at hand
    const char *wrong;    // with its result, when that ended the protected call; else NULL
    const char **answers; // Lua's own copies of the answer words, for the protected call at hand
} BatchRun;

MAY_RAISE static void push_rule(lua_State *lua, int rule) {
    lua_rawgetp(lua, LUA_REGISTRYINDEX, &sandbox_rules_key);
    lua_rawgeti(lua, -1, rule + 1);
    lua_remove(lua, -2);
}

MAY_RAISE static void push_words(lua_State *lua, const char *const *words, size_t count) {
    luaL_checkstack(lua, (int)count + SPARE_SLOTS, NULL);
    for (size_t i = 0; i < count; i++)
        lua_pushstring(lua, words[i]);
}

enum { RULE_AT = 2 }; // stack index of the rule, above the argument of call_lanes

// Pushes all that the lanes share; gives where the columns' words begin on the stack.
MAY_RAISE static int push_shared(lua_State *lua, BatchRun *run) {
    const RuleBatch *batch = run->batch;
    push_rule(lua, batch->rule);
    push_words(lua, batch->answer_words, batch->answer_word_count);
    for (size_t i = 0; i < batch->answer_word_count; i++)
        run->answers[i] = lua_tostring(lua, (int)i - (int)batch->answer_word_count);
    int words = lua_gettop(lua) + 1;
    for (size_t i = 0; i < batch->column_count; i++)
        push_words(lua, batch->columns[i].words, column_words(&batch->columns[i]));
    luaL_checkstack(lua, (int)batch->column_count + SPARE_SLOTS, NULL);
    return words;
}

static void set_result(const RuleBatch *batch, uint32_t lane, RuleValueKind kind, double number) {
    batch->kinds[lane] = (uint8_t)kind;
    batch->numbers[lane] = number;
}

// Lua keeps short texts once each, so that nearly always the address decides.
static const char *read_text(lua_State *lua, const BatchRun *run, uint32_t lane) {
    const RuleBatch *batch = run->batch;
    size_t length, answer = 0;
    const char *text = lua_tolstring(lua, -1, &length);
    while (answer < batch->answer_word_count && run->answers[answer] != text)
        answer++;
    if (answer == batch->answer_word_count) {
        const char *wrong = bad_text(text, length);
        if (wrong) return wrong;
        answer = 0;
        while (answer < batch->answer_word_count && strcmp(run->answers[answer], text) != 0)
            answer++;
    }
    bool known = answer < batch->answer_word_count;
    set_result(batch, lane, RULE_TEXT, known ? (double)answer : -1);
    return NULL;
}

// Reads what a lane's call gave from the top of the stack.
static const char *read_result(lua_State *lua, const BatchRun *run, uint32_t lane) {
    switch (lua_type(lua, -1)) {
        case LUA_TNIL: set_result(run->batch, lane, RULE_NIL, NAN); return NULL;
        case LUA_TBOOLEAN:
            set_result(run->batch, lane, RULE_BOOLEAN, lua_toboolean(lua, -1));
            return NULL;
        case LUA_TNUMBER: {
            double number = read_number(lua);
            set_result(run->batch, lane, RULE_NUMBER, number);
            return bad_number(number);
        }
        case LUA_TSTRING: return read_text(lua, run, lane);
        default: return bad_kind();
    }
}

// Calls lanes until all are done or one must not be followed by another here: a result that may not
// be used, or a stop that the rule has caught.
MAY_RAISE static int call_lanes(lua_State *lua) {
    BatchRun *run = lua_touserdata(lua, 1);
    Sandbox *sandbox = run->sandbox;
    const RuleBatch *batch = run->batch;
    int words = push_shared(lua, run), top = lua_gettop(lua);
    for (; run->at < batch->lane_count; run->at++) {
        uint32_t lane = batch->lanes[run->at];
        atomic_store_explicit(&sandbox->page->region, batch->first_region + (int)lane,
                              memory_order_relaxed);
        lua_pushvalue(lua, RULE_AT);
        if (push_arguments(lua, batch, lane, words)) {
            lua_call(lua, (int)batch->column_count, 1);
            if (!budget_renew(sandbox)) break;
            run->wrong = read_result(lua, run, lane);
            if (run->wrong) break;
        } else {
            set_result(batch, lane, RULE_NIL, NAN);
        }
        lua_settop(lua, top);
    }
    return 0;
}

// ---- batches -----------------------------------------------------------------------------------

static bool is_rule(const Sandbox *sandbox, int rule, Error *error) {
    if (rule >= 0 && rule < sandbox->rule_count) return true;
    return error_set(error, ERROR_PACK, T("there is no rule %d", "没有第 %d 条规则"), rule);
}

static void place_at_rule(Sandbox *sandbox, int rule, Error *error) {
    lua_Debug about;
    push_rule(sandbox->lua, rule);
    lua_getinfo(sandbox->lua, ">S", &about);
    error_at(error, about.short_src, about.linedefined, 0);
}

// Where a stop strikes depends on timing and on what garbage there is, and results must not: the
// place is the rule's own then.
static CallOutcome call_protected(BatchRun *run, Error *error) {
    Sandbox *sandbox = run->sandbox;
    int rule = run->batch->rule;
    lua_pushcfunction(sandbox->lua, call_lanes);
    lua_pushlightuserdata(sandbox->lua, run);
    sandbox->in_rule = true;
    CallOutcome outcome = budget_call(sandbox, 1, 0, sandbox->limits.call_cpu_ms, rule, error);
    sandbox->in_rule = false;
    bool stopped = outcome == CALL_OVER_TIME || outcome == CALL_OVER_MEMORY;
    if (stopped || (outcome != CALL_OK && error->line == 0)) place_at_rule(sandbox, rule, error);
    return outcome;
}

// Whether memory suffices must not depend on the garbage that calls before have left: a call that
// ran out of it is made once more without.
static void prepare_again(Sandbox *sandbox, Error *error) {
    lua_gc(sandbox->lua, LUA_GCCOLLECT);
    *error = (Error){0};
}

static CallOutcome refuse_result(Sandbox *sandbox, int rule, const char *wrong, Error *error) {
    error_set(error, ERROR_PACK, "%s", wrong);
    place_at_rule(sandbox, rule, error);
    return CALL_BAD_RESULT;
}

// Runs lanes up to one that fails; CALL_OK when none did.
static CallOutcome run_lanes(BatchRun *run, Error *error) {
    int rule = run->batch->rule;
    if (!is_rule(run->sandbox, rule, error)) return CALL_RAISED;
    run->wrong = NULL;
    CallOutcome outcome = call_protected(run, error);
    size_t full_at = run->at;
    while (outcome == CALL_OVER_MEMORY) {
        prepare_again(run->sandbox, error);
        outcome = call_protected(run, error);
        if (run->at == full_at) break;
        full_at = run->at;
    }
    if (outcome == CALL_OK && run->wrong)
        return refuse_result(run->sandbox, rule, run->wrong, error);
    return outcome;
}

static bool call_batch(void *sandbox, const RuleBatch *batch) {
    BatchRun run = {.sandbox = sandbox, .batch = batch};
    run.answers = memory_new(batch->answer_word_count, sizeof *run.answers);
    bool goes_on = true;
    while (goes_on && run.at < batch->lane_count) {
        Error error = {0};
        CallOutcome outcome = run_lanes(&run, &error);
        if (run.at == batch->lane_count) break;
        uint32_t lane = batch->lanes[run.at++];
        set_result(batch, lane, RULE_NIL, NAN);
        goes_on = batch->failed(batch->failed_context, lane, outcome, &error);
    }
    free(run.answers);
    return goes_on;
}

RuleCaller sandbox_rule_caller(Sandbox *sandbox) {
    return (RuleCaller){.call_batch = call_batch, .context = sandbox};
}
