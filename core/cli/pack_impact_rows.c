// What another version of a pack would change, one row a change: see pack_impact.h.
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/cli/pack_impact.h"

static const OutputColumn columns[] = {{.name = "pack"},
                                       {.name = "before_version"},
                                       {.name = "after_version"},
                                       {.name = "year", .kind = OUTPUT_INTEGER},
                                       {.name = "region"},
                                       {.name = "name"},
                                       {.name = "kind"}, // score, item, indicator, warning
                                       {.name = "id"},
                                       {.name = "of"}, // unit, or what the warning is about
                                       {.name = "title"},
                                       {.name = "before", .kind = OUTPUT_NUMBER},
                                       {.name = "after", .kind = OUTPUT_NUMBER},
                                       {.name = "before_state"}, // grade, state, status or level
                                       {.name = "after_state"},
                                       {.name = "before_rank", .kind = OUTPUT_INTEGER},
                                       {.name = "after_rank", .kind = OUTPUT_INTEGER},
                                       {.name = "inputs"},
                                       {.name = "because"}};

// What every row has, and of which the rest are filled in.
typedef struct Row {
    const char *kind, *id, *of, *title;
    double values[SIDES];
    const char *states[SIDES];
    int32_t ranks[SIDES]; // 0 for none
    const ChangedInput *inputs;
    size_t input_count;
    ImpactBecause because;
    bool by_others;
} Row;

static void because_cell(OutputTable *rows, const ImpactReport *report, const Row *row) {
    Buffer text = {0};
    if (row->by_others) buffer_text(&text, "others");
    for (size_t i = 0; i < row->because.count; i++) {
        const ImpactCause *cause = &report->causes[row->because.causes[i]];
        buffer_text(&text, i ? "; " : "");
        if (cause->difference)
            buffer_printf(&text, "%s %s: ", cause->difference->kind, cause->difference->id);
        impact_say_cause(cause, &text);
    }
    output_text(rows, text.length ? text.data : NULL);
    buffer_free(&text);
}

static void inputs_cell(OutputTable *rows, const Row *row) {
    Buffer text = {0};
    for (size_t i = 0; i < row->input_count; i++) {
        const ChangedInput *input = &row->inputs[i];
        buffer_printf(&text, "%s%s: %s | %s", i ? "; " : "", input->name,
                      input->values[IMPACT_BEFORE] ? input->values[IMPACT_BEFORE] : "-",
                      input->values[IMPACT_AFTER] ? input->values[IMPACT_AFTER] : "-");
    }
    output_text(rows, text.length ? text.data : NULL);
    buffer_free(&text);
}

static void put_row(OutputTable *rows, const ImpactPrint *print, const char *region,
                    const Row *row) {
    const ImpactReport *report = print->report;
    const Description *before = impact_description(report, IMPACT_BEFORE);
    const Description *after = impact_description(report, IMPACT_AFTER);
    output_text(rows, after->id);
    output_text(rows, before->version);
    output_text(rows, after->version);
    output_integer(rows, report->year);
    output_text(rows, region);
    output_text(rows, region_names_get(print->names, region));
    output_text(rows, row->kind);
    output_text(rows, row->id);
    output_text(rows, row->of);
    output_text(rows, row->title);
    for (int s = 0; s < SIDES; s++)
        output_number(rows, row->values[s]);
    for (int s = 0; s < SIDES; s++)
        output_text(rows, row->states[s]);
    for (int s = 0; s < SIDES; s++) {
        if (row->ranks[s] > 0)
            output_integer(rows, row->ranks[s]);
        else
            output_missing(rows);
    }
    inputs_cell(rows, row);
    because_cell(rows, report, row);
}

static void put_item(OutputTable *rows, const ImpactPrint *print, const ImpactScore *score,
                     const ImpactItem *item) {
    const ImpactAssessmentSum *sum = &print->report->assessments[score->assessment];
    Buffer id = {0};
    buffer_printf(&id, "%s.%s", sum->id, item->id);
    Row row = {.kind = "item",
               .id = id.data,
               .of = score->unit,
               .title = item->title,
               .inputs = item->inputs,
               .input_count = item->input_count,
               .because = item->because};
    for (int s = 0; s < SIDES; s++) {
        row.values[s] = item->declared[s] ? item->scores[s] : NAN;
        row.states[s] = item->declared[s] ? item_state_name(item->states[s]) : NULL;
    }
    put_row(rows, print, score->region, &row);
    buffer_free(&id);
}

static void put_score(OutputTable *rows, const ImpactPrint *print, const ImpactScore *score) {
    const ImpactAssessmentSum *sum = &print->report->assessments[score->assessment];
    Row row = {.kind = "score",
               .id = sum->id,
               .of = score->unit,
               .title = sum->title,
               .values = {score->printed[0], score->printed[1]},
               .states = {score->grades[0], score->grades[1]},
               .ranks = {score->ranks[0], score->ranks[1]},
               .because = score->because,
               .by_others = score->by_others};
    put_row(rows, print, score->region, &row);
    for (size_t i = 0; i < score->item_count; i++)
        put_item(rows, print, score, &score->items[i]);
}

static void put_indicator(OutputTable *rows, const ImpactPrint *print,
                          const ImpactIndicator *change) {
    const ImpactIndicatorSum *sum = &print->report->indicators[change->indicator];
    Row row = {.kind = "indicator",
               .id = sum->id,
               .title = sum->title,
               .values = {change->values[0], change->values[1]},
               .states = {status_name(change->statuses[0]), status_name(change->statuses[1])},
               .inputs = change->inputs,
               .input_count = change->input_count,
               .because = change->because};
    put_row(rows, print, change->region, &row);
}

static void put_warning(OutputTable *rows, const ImpactPrint *print, const ImpactWarning *change) {
    const ImpactWarningSum *sum = &print->report->warnings[change->warning];
    Row row = {.kind = "warning",
               .id = sum->id,
               .of = change->subject,
               .title = sum->title,
               .values = {NAN, NAN},
               .states = {level_name(change->levels[0]), level_name(change->levels[1])},
               .inputs = change->inputs,
               .input_count = change->input_count,
               .because = change->because};
    put_row(rows, print, change->region, &row);
}

void impact_rows_begin(OutputTable *rows) {
    output_init(rows, columns, sizeof columns / sizeof *columns);
}

void impact_rows_add(OutputTable *rows, const ImpactPrint *print) {
    const ImpactReport *report = print->report;
    size_t *order = impact_most_changed(report), told = 0;
    for (size_t r = 0; r < report->changed_count && told < print->most_regions; r++) {
        const ImpactRegion *region = &report->regions[order[r]];
        if (print->region && strcmp(print->region, region->code) != 0) continue;
        for (size_t i = 0; i < region->score_count; i++)
            put_score(rows, print, &report->scores[region->first_score + i]);
        for (size_t i = 0; i < region->indicator_count; i++)
            put_indicator(rows, print, &report->indicator_changes[region->first_indicator + i]);
        for (size_t i = 0; i < region->warning_count; i++)
            put_warning(rows, print, &report->warning_changes[region->first_warning + i]);
        told++;
    }
    free(order);
}
