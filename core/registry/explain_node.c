// Nodes of an explanation, and the calls and observations they are made from: see explain_inside.h.
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/base/clock.h"
#include "core/base/language.h"
#include "core/registry/explain_inside.h"

// ---- nodes -------------------------------------------------------------------------------------

static json_t *append_node(json_t *parent, const char *title) {
    json_t *children = json_object_get(parent, "children");
    if (!children) {
        children = json_array();
        json_object_set_new(parent, "children", children);
    }
    json_t *node = json_object();
    json_object_set_new(node, "title", json_string(title));
    json_array_append_new(children, node);
    return node;
}

json_t *explain_grow(Explainer *explainer, json_t *parent, const char *title) {
    if (!parent || explainer->full) return NULL;
    if (++explainer->node_count < EXPLAIN_MAX_NODES) return append_node(parent, title);
    explainer->full = true;
    char note[160];
    snprintf(note, sizeof note,
             T("the tree is cut here: it has %d nodes; ask for a part of it",
               "说明到此为止：已达 %d 个节点；请就其中一部分另行查询"),
             EXPLAIN_MAX_NODES);
    append_node(parent, note);
    return NULL;
}

void explain_set_text(json_t *node, const char *key, const char *text) {
    if (node && text) json_object_set_new(node, key, json_string(text));
}

void explain_set_figure(json_t *node, double value, int digits, Rounding rounding,
                        const char *unit) {
    char text[DECIMAL_TEXT_SIZE], with_unit[DECIMAL_TEXT_SIZE + 64];
    if (isnan(value)) {
        explain_set_text(node, "value", T("no data", "缺数据"));
        return;
    }
    decimal_fixed(value, digits, rounding, text);
    snprintf(with_unit, sizeof with_unit, "%s%s%.40s", text,
             unit && *unit && strcmp(unit, "%") != 0 ? " " : "", unit ? unit : "");
    explain_set_text(node, "value", with_unit);
}

void explain_set_rule(json_t *node, const Rule *rule) {
    if (!node) return;
    json_object_set_new(
        node, "rule",
        json_pack("{s:s, s:i, s:s}", "file", rule->file, "line", rule->line, "owner", rule->owner));
}

// ---- calls -------------------------------------------------------------------------------------

const json_t *explain_find_call(const Explainer *explainer, TraceKey key) {
    for (size_t i = 0; i < explainer->call_count; i++) {
        const TraceKey *noted = &explainer->calls[i].key;
        if (noted->rule == key.rule && noted->year == key.year &&
            noted->indicator == key.indicator && noted->plan == key.plan &&
            noted->assessment == key.assessment && noted->item == key.item &&
            noted->unit == key.unit)
            return explainer->calls[i].trace;
    }
    return NULL;
}

const char *explain_value_text(const json_t *value, char out[DECIMAL_TEXT_SIZE]) {
    if (json_is_number(value)) {
        decimal_shortest(json_number_value(value), out);
        return out;
    }
    if (json_is_boolean(value)) return json_is_true(value) ? T("true", "是") : T("false", "否");
    if (json_is_string(value)) return json_string_value(value);
    if (json_is_object(value)) return T("series", "历年值");
    return T("missing", "缺失");
}

// ---- observations ------------------------------------------------------------------------------

static void add_observation(Explainer *explainer, json_t *node, const StoreObservation *row) {
    char title[64], when[CLOCK_UTC_SIZE];
    snprintf(title, sizeof title, T("observation %d", "监测值 %d 年"), row->year);
    clock_format_utc(row->entered_at_us, when);
    json_t *child = explain_grow(explainer, node, title);
    if (!child) return;
    json_t *about = json_object();
    explain_set_text(child, "value",
                     isnan(row->value) ? T("withdrawn", "已撤回") : row->value_text);
    explain_set_text(about, "region", row->region);
    explain_set_text(about, "indicator", row->indicator);
    explain_set_text(about, "breakdown", row->breakdown);
    json_object_set_new(about, "year", json_integer(row->year));
    if (!isnan(row->value)) json_object_set_new(about, "value", json_real(row->value));
    json_object_set_new(about, "revision", json_integer(row->revision));
    json_object_set_new(about, "data_version", json_integer(row->data_version));
    explain_set_text(about, "kind", row->kind);
    explain_set_text(about, "source", row->source);
    explain_set_text(about, "note", row->note);
    explain_set_text(about, "entered_by", row->entered_by);
    explain_set_text(about, "entered_at", when);
    json_object_set_new(child, "observation", about);
}

// That of the year explained; NULL when nothing was entered.
static const StoreObservation *find_observation(const Explainer *explainer, int series,
                                                const char *breakdown) {
    for (size_t i = 0; i < explainer->observation_count; i++) {
        const SeenObservation *seen = &explainer->observations[i];
        if (seen->series == series && seen->row.year == explainer->request->year &&
            strcmp(seen->row.breakdown, breakdown) == 0)
            return &seen->row;
    }
    return NULL;
}

// Says what the engine took for the year, when `row` is what it looked at last.
static void show_taken(Explainer *explainer, json_t *node, const Series *about,
                       const StoreObservation *row) {
    if (row && !isnan(row->value)) {
        explain_set_text(node, "value", row->value_text);
        return;
    }
    bool defaulted = about->kind == SERIES_FACT && !isnan(about->default_value);
    explain_set_figure(node, defaulted ? about->default_value : NAN, about->digits,
                       ROUNDING_HALF_UP, about->unit);
    if (!defaulted) return;
    json_t *note = explain_grow(
        explainer, node,
        row ? T("the figure was withdrawn: the fact's default is taken",
                "监测值已撤回：取事实的默认值")
            : T("nothing entered: the fact's default is taken", "未填报：取事实的默认值"));
    explain_set_figure(note, about->default_value, about->digits, ROUNDING_HALF_UP, about->unit);
}

void explain_add_history(Explainer *explainer, json_t *node, int series) {
    const Series *about = &explainer->description->series[series];
    for (size_t i = 0; i < explainer->observation_count; i++) {
        const SeenObservation *seen = &explainer->observations[i];
        if (seen->series == series && seen->row.year <= explainer->request->year &&
            strcmp(seen->row.breakdown, STORE_NO_BREAKDOWN) == 0)
            add_observation(explainer, node, &seen->row);
    }
    if (about->indicator < 0)
        show_taken(explainer, node, about, find_observation(explainer, series, STORE_NO_BREAKDOWN));
}

void explain_add_series(Explainer *explainer, json_t *parent, int series, int breakdown, int unit) {
    const Description *description = explainer->description;
    const Series *about = &description->series[series];
    const NamedText *part = unit >= 0        ? &description->units[unit]
                            : breakdown >= 0 ? &description->breakdowns[breakdown]
                                             : NULL;
    json_t *node = explain_grow(explainer, parent, about->title);
    explain_set_text(node, "id", about->id);
    if (part) explain_set_text(node, "detail", part->title);
    const StoreObservation *row =
        find_observation(explainer, series, part ? part->id : STORE_NO_BREAKDOWN);
    if (row) add_observation(explainer, node, row);
    show_taken(explainer, node, about, row);
}
