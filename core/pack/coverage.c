#include "core/pack/coverage.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/map.h"

// ---- numbers in texts --------------------------------------------------------------------------

typedef struct Number {
    double value;
    double scaled; // with the 万 or 亿 that follows; the same as value otherwise
} Number;

// The next number at or after `*text`, which moves behind it; false when there is none.
static bool next_number(const char **text, Number *number) {
    static const char ten_thousand[] = "万", hundred_million[] = "亿";
    const char *start = *text + strcspn(*text, "0123456789");
    if (*start == '\0') return false;
    size_t length = strspn(start, "0123456789");
    if (start[length] == '.' && strspn(start + length + 1, "0123456789") > 0)
        length += 1 + strspn(start + length + 1, "0123456789");
    char digits[64] = {0};
    memcpy(digits, start, length < sizeof digits - 1 ? length : sizeof digits - 1);
    number->value = strtod(digits, NULL);
    number->scaled = number->value;
    *text = start + length;
    if (strncmp(*text, ten_thousand, sizeof ten_thousand - 1) == 0) number->scaled *= 1e4;
    if (strncmp(*text, hundred_million, sizeof hundred_million - 1) == 0) number->scaled *= 1e8;
    return true;
}

// ---- what a carrier holds ----------------------------------------------------------------------

typedef struct Search {
    const char *text; // looked for as it is; NULL when a number is
    Number number;
    bool found;
} Search;

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

enum { NUMERAL_BYTES = 3 };

static bool is_chinese_numeral(const char *text) {
    static const char numerals[] = "零一二两三四五六七八九十百千";
    for (size_t i = 0; i + NUMERAL_BYTES < sizeof numerals; i += NUMERAL_BYTES)
        if (strncmp(text, numerals + i, NUMERAL_BYTES) == 0) return true;
    return false;
}

static bool follows_numeral(const char *text, size_t at) {
    if (at > 0 && (is_digit(text[at - 1]) || text[at - 1] == '.')) return true;
    return at >= NUMERAL_BYTES && is_chinese_numeral(text + at - NUMERAL_BYTES);
}

static bool goes_on_in_digits(const char *text) {
    return is_digit(text[0]) || (text[0] == '.' && is_digit(text[1]));
}

// Whether `wanted` stands in `text` as a whole: "2%" is not in "92%", nor "三个" in "十三个".
static bool stands_in(const char *text, const char *wanted) {
    size_t length = strlen(wanted);
    if (length == 0) return false;
    bool begins_as_number = is_digit(wanted[0]) || is_chinese_numeral(wanted),
         ends_as_number = is_digit(wanted[length - 1]);
    for (const char *at = strstr(text, wanted); at; at = strstr(at + 1, wanted)) {
        bool part = (begins_as_number && follows_numeral(text, (size_t)(at - text))) ||
                    (ends_as_number && goes_on_in_digits(at + length));
        if (!part) return true;
    }
    return false;
}

static bool same(double a, double b) {
    return fabs(a - b) <= 1e-9 * fmax(fabs(a), fabs(b));
}

static void look_at_number(Search *search, double value) {
    if (search->text) return;
    if (same(value, search->number.value) || same(value, search->number.scaled))
        search->found = true;
}

static void look_at_text(Search *search, const char *text) {
    if (search->text) {
        if (stands_in(text, search->text)) search->found = true;
        return;
    }
    Number number;
    while (!search->found && next_number(&text, &number)) {
        look_at_number(search, number.value);
        look_at_number(search, number.scaled);
    }
}

// `links`: the value names other nodes, so that digits in its texts are no figures.
static void look_at(Search *search, const json_t *value, bool links) {
    const char *key;
    size_t index;
    const json_t *part;
    if (json_is_number(value)) look_at_number(search, json_number_value(value));
    if (json_is_string(value) && !links) look_at_text(search, json_string_value(value));
    json_array_foreach(value, index, part) {
        // Nodes inside this one carry what they carry themselves.
        if (!links || !json_is_object(part)) look_at(search, part, links);
    }
    json_object_foreach((json_t *)value, key, part) {
        look_at(search, part, links || pack_node_links(key));
    }
}

static bool carrier_holds(const PackNode *carrier, Search *search) {
    const char *key;
    const json_t *value;
    look_at_text(search, carrier->title);
    json_object_foreach((json_t *)carrier->json, key, value) {
        if (pack_node_says(key)) look_at(search, value, pack_node_links(key));
    }
    return search->found;
}

// All numbers of a figure: a month of one declaration and a day of another are no date.
static bool carrier_holds_figure(const PackNode *carrier, const char *figure) {
    if (carrier_holds(carrier, &(Search){.text = figure})) return true;
    Search search = {0};
    size_t numbers = 0;
    for (; next_number(&figure, &search.number); numbers++, search.found = false)
        if (!carrier_holds(carrier, &search)) return false;
    return numbers > 0;
}

static bool figure_is_held(const ClauseCoverage *clause, const char *figure) {
    for (size_t i = 0; i < clause->carrier_count; i++)
        if (carrier_holds_figure(clause->carriers[i], figure)) return true;
    return false;
}

// ---- clauses -----------------------------------------------------------------------------------

static void add_clauses(const PackNodes *nodes, Coverage *coverage, Map *by_id) {
    const char *document = "";
    for (size_t i = 0; i < nodes->count; i++) {
        const PackNode *node = &nodes->items[i];
        if (strcmp(node->kind, "document") == 0) document = node->id;
        // What a pack extends has documents of its own, which it answers for itself.
        if (strcmp(node->kind, "clause") != 0 || node->inherited) continue;
        if (map_get(by_id, node->id) == MAP_MISSING)
            (void)map_put(by_id, node->id, (int64_t)coverage->count);
        coverage->clauses[coverage->count++] =
            (ClauseCoverage){.clause = node, .document = document};
    }
}

// Calls for each clause that the node names as often as it names it.
static void each_clause_named(const PackNode *node, Coverage *coverage, const Map *by_id,
                              void (*each)(ClauseCoverage *clause, const PackNode *node)) {
    size_t index;
    const json_t *named;
    json_array_foreach(json_object_get(node->json, "source"), index, named) {
        const char *id = json_string_value(named);
        int64_t found = id ? map_get(by_id, id) : MAP_MISSING;
        if (found != MAP_MISSING) each(&coverage->clauses[found], node);
    }
}

static void count_carrier(ClauseCoverage *clause, const PackNode *node) {
    (void)node;
    clause->carrier_count++;
}

static void add_carrier(ClauseCoverage *clause, const PackNode *node) {
    bool again = clause->carrier_count > 0 && clause->carriers[clause->carrier_count - 1] == node;
    if (!again) clause->carriers[clause->carrier_count++] = node;
}

static void add_carriers(const PackNodes *nodes, Coverage *coverage, const Map *by_id) {
    for (size_t i = 0; i < nodes->count; i++)
        each_clause_named(&nodes->items[i], coverage, by_id, count_carrier);
    for (size_t i = 0; i < coverage->count; i++) {
        ClauseCoverage *clause = &coverage->clauses[i];
        clause->carriers =
            arena_new(&coverage->arena, clause->carrier_count + 1, sizeof(PackNode *));
        clause->carrier_count = 0;
    }
    for (size_t i = 0; i < nodes->count; i++)
        each_clause_named(&nodes->items[i], coverage, by_id, add_carrier);
}

static void judge_clause(ClauseCoverage *clause, Coverage *coverage) {
    const json_t *states = json_object_get(clause->clause->json, "states");
    size_t index;
    const json_t *figure;
    clause->missing = arena_new(&coverage->arena, json_array_size(states) + 1, sizeof(char *));
    json_array_foreach(states, index, figure) {
        const char *text = json_string_value(figure);
        if (text && !figure_is_held(clause, text)) clause->missing[clause->missing_count++] = text;
    }
    clause->background =
        json_object_get(clause->clause->json, "background") != NULL && clause->carrier_count == 0;
    if (clause->background) return;
    coverage->wanted++;
    coverage->carried += clause->carrier_count > 0 && clause->missing_count == 0;
}

void coverage_read(const PackNodes *nodes, Coverage *coverage) {
    *coverage = (Coverage){.clauses = memory_new(nodes->count, sizeof(ClauseCoverage))};
    Map by_id = {0};
    add_clauses(nodes, coverage, &by_id);
    add_carriers(nodes, coverage, &by_id);
    for (size_t i = 0; i < coverage->count; i++)
        judge_clause(&coverage->clauses[i], coverage);
    map_free(&by_id);
}

void coverage_free(Coverage *coverage) {
    free(coverage->clauses);
    arena_free(&coverage->arena);
    *coverage = (Coverage){0};
}
