// The parts of a description that are rules over figures: warnings and assessments.
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/base/language.h"
#include "core/pack/description_inside.h"

enum { MAX_ITEM_DEPTH = 6 };

static const int *parse_only(Maker *maker, const json_t *node, Warning *warning) {
    size_t count;
    const char *const *ids = maker_texts(maker, json_object_get(node, "only"), &count);
    int *indexes = maker_array(maker, count, sizeof *indexes);
    for (size_t i = 0; i < count; i++) {
        int index = warning->on == ON_PLAN ? description_plan(maker->description, ids[i])
                                           : description_indicator(maker->description, ids[i]);
        if (index >= 0 && warning->on != ON_REGION) {
            indexes[warning->only_count++] = index;
        } else {
            problems_addf(maker->problems, ERROR_PACK, warning->file, warning->line, 0,
                          T("warning \"%s\": `only` names \"%s\", which is not declared",
                            "预警 \"%s\":only 中的 \"%s\" 未声明"),
                          warning->id, ids[i]);
            if (warning->on == ON_PLAN)
                maker_hint_plan(maker, ids[i]);
            else if (warning->on == ON_INDICATOR)
                maker_hint_series(maker, ids[i], true);
        }
    }
    return indexes;
}

static void parse_message(Maker *maker, const json_t *node, Warning *warning, InputScope scope) {
    size_t count;
    const char *const *names = maker_texts(maker, json_object_get(node, "inputs"), &count);
    Input *inputs = maker_array(maker, count, sizeof *inputs);
    for (size_t i = 0; i < count; i++) {
        inputs[warning->message_input_count].name = names[i];
        if (inputs_resolve(maker, names[i], scope, warning->file, warning->line,
                           &inputs[warning->message_input_count]))
            warning->message_input_count++;
    }
    warning->message = maker_text(maker, node, "message", NULL);
    warning->message_inputs = inputs;
}

void description_parse_warnings(Maker *maker, const json_t *list) {
    static const char *const subjects[] = {"indicator", "plan", "region"};
    static const RulePlace places[] = {PLACE_INDICATOR, PLACE_PLAN, PLACE_REGION};
    Warning *warnings = maker_array(maker, maker_size(list), sizeof *warnings);
    for (size_t i = 0; i < maker_size(list); i++) {
        const json_t *node = json_array_get(list, i);
        Warning *warning = &warnings[i];
        *warning =
            (Warning){.id = maker_text(maker, node, "id", ""),
                      .title = maker_text(maker, node, "title", ""),
                      .on = (WarningSubject)maker_choice(node, "on", subjects, 3, ON_INDICATOR),
                      .level = maker_rule(maker, node, "level"),
                      .hold = maker_integer(node, "hold", 1),
                      .file = maker_text(maker, node, "file", ""),
                      .line = maker_integer(node, "line", 0)};
        warning->only = parse_only(maker, node, warning);
        bool only_plan = warning->on == ON_REGION && maker->description->plan_count == 1;
        InputScope scope = {places[warning->on], -1, only_plan ? 0 : -1};
        if (warning->level < 0 && !maker->declared_with_problems)
            problems_addf(maker->problems, ERROR_PACK, warning->file, warning->line, 0,
                          T("warning \"%s\" has no level rule", "预警 \"%s\" 没有 level 规则"),
                          warning->id);
        parse_message(maker, node, warning, scope);
        inputs_resolve_rule(maker, warning->level, scope,
                            maker_owner(maker, "warning", warning->id));
    }
    maker->description->warnings = warnings;
    maker->description->warning_count = maker_size(list);
}

static size_t count_items(const json_t *items, int depth) {
    size_t count = maker_size(items);
    if (depth >= MAX_ITEM_DEPTH) return 0;
    for (size_t i = 0; i < maker_size(items); i++)
        count += count_items(json_object_get(json_array_get(items, i), "items"), depth + 1);
    return count;
}

typedef struct ItemMaker {
    Maker *maker;
    Item *items;
    size_t count;
    InputScope scope;
    const char *assessment;
} ItemMaker;

static void parse_items(ItemMaker *to, const json_t *list, int parent, int depth) {
    if (depth >= MAX_ITEM_DEPTH) return;
    for (size_t i = 0; i < maker_size(list); i++) {
        const json_t *node = json_array_get(list, i);
        int index = (int)to->count++;
        Item *item = &to->items[index];
        *item = (Item){.id = maker_text(to->maker, node, "id", ""),
                       .title = maker_text(to->maker, node, "title", NULL),
                       .points = maker_number(node, "points", 0),
                       .cliff = maker_number(node, "cliff", NAN),
                       .may_fall = maker_text(to->maker, node, "may_fall", NULL),
                       .score = maker_rule(to->maker, node, "score"),
                       .applies = maker_rule(to->maker, node, "applies"),
                       .parent = parent,
                       .depth = depth,
                       .file = maker_text(to->maker, node, "file", ""),
                       .line = maker_integer(node, "line", 0)};
        if (!item->title) item->title = item->id;
        char id[160];
        snprintf(id, sizeof id, "%s.%s", to->assessment, item->id);
        const char *owner = maker_owner(to->maker, "item", id);
        inputs_resolve_rule(to->maker, item->score, to->scope, owner);
        inputs_resolve_rule(to->maker, item->applies, to->scope, owner);
        bool holds_items = maker_size(json_object_get(node, "items")) > 0;
        if ((item->score < 0) != holds_items && !to->maker->declared_with_problems)
            problems_addf(to->maker->problems, ERROR_PACK, item->file, item->line, 0,
                          T("item \"%s\" needs either a score rule or items inside it",
                            "考核项 \"%s\" 须有计分规则或下级考核项，二者取一"),
                          item->id);
        parse_items(to, json_object_get(node, "items"), index, depth + 1);
    }
}

static const Grade *parse_grades(Maker *maker, const json_t *list, size_t *count) {
    Grade *grades = maker_array(maker, maker_size(list), sizeof *grades);
    *count = maker_size(list);
    for (size_t i = 0; i < *count; i++) {
        const json_t *node = json_array_get(list, i);
        grades[i] = (Grade){maker_number(node, "from", 0), maker_text(maker, node, "name", "?")};
    }
    return grades;
}

static void hint_grade(Maker *maker, const char *wanted, const Assessment *assessment) {
    const char **names = maker_array(maker, assessment->grade_count, sizeof *names);
    for (size_t g = 0; g < assessment->grade_count; g++)
        names[g] = assessment->grades[g].name;
    maker_hint_name(maker, wanted, names, assessment->grade_count);
}

static const Veto *parse_vetoes(Maker *maker, const json_t *list, const Assessment *assessment,
                                InputScope scope, size_t *count) {
    Veto *vetoes = maker_array(maker, maker_size(list), sizeof *vetoes);
    *count = maker_size(list);
    for (size_t i = 0; i < *count; i++) {
        const json_t *node = json_array_get(list, i);
        Veto *veto = &vetoes[i];
        *veto = (Veto){.id = maker_text(maker, node, "id", ""),
                       .title = maker_text(maker, node, "title", NULL),
                       .when = maker_rule(maker, node, "when"),
                       .grade = -1,
                       .file = maker_text(maker, node, "file", ""),
                       .line = maker_integer(node, "line", 0)};
        if (!veto->title) veto->title = veto->id;
        for (size_t g = 0; g < assessment->grade_count; g++)
            if (maker_is(node, "grade", assessment->grades[g].name)) veto->grade = (int)g;
        if (veto->grade < 0) {
            problems_addf(maker->problems, ERROR_PACK, veto->file, veto->line, 0,
                          T("veto \"%s\" sets a grade that \"%s\" does not have",
                            "一票否决 \"%s\" 所定的等次不在考核 \"%s\" 的等次之中"),
                          veto->id, assessment->id);
            hint_grade(maker, maker_text(maker, node, "grade", "?"), assessment);
        }
        if (veto->when < 0 && !maker->declared_with_problems)
            problems_addf(maker->problems, ERROR_PACK, veto->file, veto->line, 0,
                          T("veto \"%s\" has no when rule", "一票否决 \"%s\" 没有 when 规则"),
                          veto->id);
        inputs_resolve_rule(maker, veto->when, scope, maker_owner(maker, "veto", veto->id));
    }
    return vetoes;
}

static int default_plan(Maker *maker, const json_t *node, const Assessment *assessment) {
    const char *id = json_string_value(json_object_get(node, "plan"));
    if (!id) return maker->description->plan_count == 1 ? 0 : -1;
    int plan = description_plan(maker->description, id);
    if (plan < 0) {
        problems_addf(maker->problems, ERROR_PACK, assessment->file, assessment->line, 0,
                      T("assessment \"%s\" names plan \"%s\", which is not declared",
                        "考核 \"%s\" 所指的规划 \"%s\" 未声明"),
                      assessment->id, id);
        maker_hint_plan(maker, id);
    }
    return plan;
}

// std has looked the names up; one that it does not know can only come from a hostile worker.
static const bool *parse_of_units(Maker *maker, const json_t *node, const Assessment *assessment) {
    const Description *description = maker->description;
    const json_t *only = json_object_get(node, "only");
    if (!only) return NULL;
    bool *of_units = maker_array(maker, description->unit_count, sizeof *of_units);
    size_t named = 0;
    for (size_t i = 0; i < maker_size(only); i++) {
        const char *id = json_string_value(json_array_get(only, i));
        for (size_t u = 0; id && u < description->unit_count; u++)
            if (strcmp(description->units[u].id, id) == 0) named += of_units[u] = true;
    }
    if (assessment->of != OF_UNIT || named == 0)
        problems_addf(maker->problems, ERROR_PACK, assessment->file, assessment->line, 0,
                      T("assessment \"%s\": `only` lists the units assessed, with of = \"unit\"",
                        "考核 \"%s\":only 用于 of = \"unit\"，列出所考核的单位"),
                      assessment->id);
    return of_units;
}

void description_parse_assessments(Maker *maker, const json_t *list) {
    static const char *const subjects[] = {"region", "self", "children", "unit"};
    Assessment *assessments = maker_array(maker, maker_size(list), sizeof *assessments);
    for (size_t i = 0; i < maker_size(list); i++) {
        const json_t *node = json_array_get(list, i), *items = json_object_get(node, "items");
        Assessment *assessment = &assessments[i];
        *assessment =
            (Assessment){.id = maker_text(maker, node, "id", ""),
                         .title = maker_text(maker, node, "title", ""),
                         .of = (AssessmentOf)maker_choice(node, "of", subjects, 4, OF_REGION),
                         .points = maker_number(node, "points", 0),
                         .file = maker_text(maker, node, "file", ""),
                         .line = maker_integer(node, "line", 0)};
        assessment->grades =
            parse_grades(maker, json_object_get(node, "grades"), &assessment->grade_count);
        assessment->plan = default_plan(maker, node, assessment);
        assessment->of_units = parse_of_units(maker, node, assessment);
        InputScope scope = {PLACE_ITEM, -1, assessment->plan};
        ItemMaker to = {.maker = maker,
                        .items = maker_array(maker, count_items(items, 0), sizeof(Item)),
                        .scope = scope,
                        .assessment = assessment->id};
        parse_items(&to, items, -1, 0);
        assessment->items = to.items;
        assessment->item_count = to.count;
        assessment->vetoes = parse_vetoes(maker, json_object_get(node, "vetoes"), assessment, scope,
                                          &assessment->veto_count);
    }
    maker->description->assessments = assessments;
    maker->description->assessment_count = maker_size(list);
}
