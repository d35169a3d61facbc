// Warnings in an explanation: for whom they were raised, and why or why not. See explain_inside.h.
#include <stdio.h>

#include "core/base/language.h"
#include "core/registry/explain_inside.h"

static int subject_of(WarningSubject on, TraceKey key) {
    switch (on) {
        case ON_INDICATOR: return key.indicator;
        case ON_PLAN: return key.plan;
        case ON_REGION: break;
    }
    return -1;
}

// NULL when the warning was not raised for the subject.
static const RaisedWarning *find_raised(const Explainer *explainer, int warning, int subject) {
    for (size_t i = 0; i < explainer->result.warning_count; i++) {
        const RaisedWarning *raised = &explainer->result.warnings[i];
        if (raised->warning == warning && raised->subject == subject) return raised;
    }
    return NULL;
}

static size_t count_raised(const Explainer *explainer, int warning) {
    size_t count = 0;
    for (size_t i = 0; i < explainer->result.warning_count; i++)
        count += explainer->result.warnings[i].warning == warning;
    return count;
}

// The rule's call, or one for each year it had to hold and was asked about. Only the sources of the
// year explained are in the tree.
static void add_calls(Explainer *explainer, json_t *node, const Warning *warning, TraceKey key) {
    if (warning->hold <= 1) {
        explain_add_rule(explainer, node, key, true);
        return;
    }
    explain_set_rule(node, &explainer->description->rules[warning->level]);
    for (int back = 0; back < warning->hold; back++) {
        char title[32], text[DECIMAL_TEXT_SIZE];
        key.year = explainer->request->year - back;
        const json_t *call = explain_find_call(explainer, key);
        if (!call) return;
        snprintf(title, sizeof title, T("year %d", "%d 年"), key.year);
        json_t *child = explain_grow(explainer, node, title);
        const json_t *level = json_object_get(call, "result");
        explain_set_text(child, "value",
                         json_is_string(level) ? explain_value_text(level, text)
                                               : T("not raised", "未触发"));
        explain_add_rule(explainer, child, key, back == 0);
    }
}

static void set_level(json_t *node, const RaisedWarning *raised) {
    explain_set_text(node, "value", raised ? level_name(raised->level) : T("not raised", "未触发"));
    if (raised && raised->message[0]) explain_set_text(node, "detail", raised->message);
}

static void add_subject(Explainer *explainer, json_t *parent, const Warning *warning, TraceKey key,
                        const RaisedWarning *raised) {
    const Description *description = explainer->description;
    const char *title = explainer->request->region, *id = NULL;
    if (warning->on == ON_INDICATOR) {
        title = description->indicators[key.indicator].title;
        id = description->indicators[key.indicator].id;
    } else if (warning->on == ON_PLAN) {
        title = description->plans[key.plan].title;
        id = description->plans[key.plan].id;
    }
    json_t *node = explain_grow(explainer, parent, title);
    explain_set_text(node, "id", id);
    set_level(node, raised);
    add_calls(explainer, node, warning, key);
}

// Adds the subjects the rule was asked about: all raised ones, and those not raised where that says
// why. Gives how many were asked about; `left_out` how many of them are not shown.
static size_t add_subjects(Explainer *explainer, json_t *node, int index, bool any_raised,
                           size_t *left_out) {
    const Warning *warning = &explainer->description->warnings[index];
    size_t asked = 0, not_raised = 0;
    *left_out = 0;
    for (size_t i = 0; i < explainer->call_count && !explainer->full; i++) {
        TraceKey key = explainer->calls[i].key;
        int subject = subject_of(warning->on, key);
        bool is_asked = key.rule == warning->level && key.year == explainer->request->year &&
                        (subject >= 0 || warning->on == ON_REGION);
        if (!is_asked) continue;
        asked++;
        const RaisedWarning *raised = find_raised(explainer, index, subject);
        bool tells_why = warning->on != ON_INDICATOR || !any_raised;
        if (raised || (tells_why && not_raised++ < EXPLAIN_MAX_SUBJECTS))
            add_subject(explainer, node, warning, key, raised);
        else
            ++*left_out;
    }
    return asked;
}

void explain_add_warning(Explainer *explainer, json_t *parent, int index) {
    const Warning *warning = &explainer->description->warnings[index];
    size_t raised = count_raised(explainer, index), left_out = 0, asked = 0;
    char text[160];
    json_t *node = explain_grow(explainer, parent, warning->title);
    explain_set_text(node, "id", warning->id);
    snprintf(text, sizeof text, T("raised for %zu", "触发 %zu 项"), raised);
    explain_set_text(node, "value", raised ? text : T("not raised", "未触发"));
    snprintf(text, sizeof text, T("must hold %d years in a row", "须连续 %d 年成立"),
             warning->hold);
    if (warning->hold > 1) explain_set_text(node, "detail", text);
    if (warning->level >= 0) {
        explain_set_rule(node, &explainer->description->rules[warning->level]);
        asked = add_subjects(explainer, node, index, raised > 0, &left_out);
    }
    if (asked == 0)
        explain_grow(explainer, node,
                     T("asked about nothing: nothing it watches is judged in this year",
                       "未判断：其监测的对象本年度均不评估"));
    if (left_out == 0) return;
    snprintf(text, sizeof text, T("and %zu more it was not raised for", "另有 %zu 项未触发"),
             left_out);
    explain_grow(explainer, node, text);
}

void explain_add_raised(Explainer *explainer, json_t *node, WarningSubject on, int subject) {
    const Description *description = explainer->description;
    for (size_t i = 0; i < explainer->result.warning_count && !explainer->full; i++) {
        const RaisedWarning *raised = &explainer->result.warnings[i];
        const Warning *warning = &description->warnings[raised->warning];
        if (warning->on != on || raised->subject != subject || warning->level < 0) continue;
        char title[300];
        snprintf(title, sizeof title, T("warning: %s", "预警：%s"), warning->title);
        json_t *child = explain_grow(explainer, node, title);
        explain_set_text(child, "id", warning->id);
        set_level(child, raised);
        int plan = on == ON_INDICATOR ? description->indicators[subject].plan : subject;
        TraceKey key = {warning->level,
                        explainer->request->year,
                        on == ON_INDICATOR ? subject : -1,
                        plan,
                        -1,
                        -1,
                        -1};
        add_calls(explainer, child, warning, key);
    }
}
