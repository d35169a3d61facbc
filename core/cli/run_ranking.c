// Everybody a run assessed, side by side: see run_print.h.
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/language.h"
#include "core/cli/figures_text.h"
#include "core/cli/run_print.h"
#include "core/eval/tally.h"
#include "core/stats/rank.h"

enum { MAX_ITEM_COLUMNS = 12, FIXED_COLUMNS = 7 };

typedef struct Place {
    const char *code, *name, *grade, *veto;
    double total, items[MAX_ITEM_COLUMNS];
    size_t samples; // that the total rests on
    int32_t rank;
} Place;

static int by_rank(const void *left, const void *right) {
    const Place *a = left, *b = right;
    if (a->rank != b->rank) return a->rank < b->rank ? -1 : 1;
    return strcmp(a->code, b->code);
}

// The items at the top of an assessment, as many as get a column of their own.
static size_t top_items(const Assessment *assessment, size_t indexes[MAX_ITEM_COLUMNS]) {
    size_t count = 0;
    for (size_t i = 0; i < assessment->item_count && count < MAX_ITEM_COLUMNS; i++)
        if (assessment->items[i].parent < 0) indexes[count++] = i;
    return count;
}

static Place make_place(const RunView *view, const AssessmentResult *assessed, const char *code) {
    const Description *description = view->description;
    const Assessment *about = &description->assessments[assessed->assessment];
    bool of_unit = assessed->unit >= 0;
    size_t tops[MAX_ITEM_COLUMNS];
    Arena arena = {0};
    AssessmentTotal total = tally_assessment(description, assessed, &arena);
    Place place = {
        .code = of_unit ? description->units[assessed->unit].id : code,
        .name = of_unit ? description->units[assessed->unit].title : run_view_name(view, code),
        .grade = total.grade >= 0 ? about->grades[total.grade].name : "",
        .veto = assessed->veto >= 0 ? about->vetoes[assessed->veto].title : "",
        .total = description->conventions.rank_on == RANK_ON_PRINTED ? total.printed : total.total};
    place.samples =
        samples_behind_item(view->samples, code, assessed->assessment, -1, assessed->unit);
    size_t count = top_items(about, tops);
    for (size_t i = 0; i < count; i++)
        place.items[i] = total.item_points[tops[i]] > 0 ? total.item_scores[tops[i]] : NAN;
    arena_free(&arena);
    return place;
}

static size_t collect_places(const RunView *view, int assessment, Place *places) {
    size_t count = 0;
    for (size_t r = 0; r < view->run->region_count; r++) {
        RegionResult result;
        if (!run_view_decode(view, r, &result)) continue;
        for (size_t i = 0; i < result.assessment_count; i++)
            if (result.assessments[i].assessment == assessment)
                places[count++] =
                    make_place(view, &result.assessments[i], view->run->regions[r].code);
        result_free(&result);
    }
    return count;
}

static void rank_places(const RunView *view, Place *places, size_t count) {
    double *totals = memory_new(count, sizeof *totals);
    int32_t *ranks = memory_new(count, sizeof *ranks);
    for (size_t i = 0; i < count; i++)
        totals[i] = places[i].total;
    rank_values(totals, count, true, view->description->conventions.ties, ranks);
    for (size_t i = 0; i < count; i++)
        places[i].rank = ranks[i];
    qsort(places, count, sizeof *places, by_rank);
    free(totals);
    free(ranks);
}

static size_t ranking_columns(const RunView *view, const Assessment *assessment,
                              OutputColumn *columns) {
    size_t tops[MAX_ITEM_COLUMNS], items = top_items(assessment, tops), at = 0;
    columns[at++] =
        (OutputColumn){.name = "rank", .title = T("rank", "名次"), .kind = OUTPUT_INTEGER};
    columns[at++] = (OutputColumn){.name = "code", .title = T("code", "代码")};
    columns[at++] = (OutputColumn){.name = "name", .title = T("name", "名称")};
    for (size_t i = 0; i < items; i++)
        columns[at++] = (OutputColumn){.name = assessment->items[tops[i]].id,
                                       .title = assessment->items[tops[i]].title,
                                       .alignment = OUTPUT_RIGHT};
    columns[at++] =
        (OutputColumn){.name = "score", .title = T("score", "得分"), .alignment = OUTPUT_RIGHT};
    columns[at++] = (OutputColumn){.name = "grade", .title = T("grade", "等次")};
    columns[at++] = (OutputColumn){.name = "veto", .title = T("veto", "一票否决")};
    columns[at++] = (OutputColumn){.name = run_view_sample_name, .title = run_view_sample_title()};
    return run_view_columns(view, at);
}

void run_print_ranking(const RunView *view, int index) {
    const Description *description = view->description;
    const Assessment *assessment = &description->assessments[index];
    const Conventions *conventions = &description->conventions;
    Place *places =
        memory_new(view->run->region_count * (description->unit_count + 1), sizeof *places);
    size_t count = collect_places(view, index, places);
    OutputColumn columns[FIXED_COLUMNS + MAX_ITEM_COLUMNS];
    OutputTable table;
    output_init(&table, columns, ranking_columns(view, assessment, columns));
    if (count > 0) rank_places(view, places, count);
    size_t tops[MAX_ITEM_COLUMNS], item_columns = top_items(assessment, tops);
    for (size_t i = 0; count > 1 && i < count; i++) {
        output_integer(&table, places[i].rank);
        output_text(&table, places[i].code);
        output_text(&table, places[i].name);
        for (size_t k = 0; k < item_columns; k++)
            figure_cell(&table, places[i].items[k], conventions->digits, conventions->rounding);
        figure_cell(&table, places[i].total, conventions->digits, conventions->rounding);
        output_text(&table, places[i].grade);
        output_text(&table, places[i].veto);
        run_view_sample_cell(view, &table, places[i].samples);
    }
    Buffer title = {0};
    buffer_printf(&title, T("%s: ranking", "%s：排名"), assessment->title);
    run_view_print_table(&table, title.data);
    buffer_free(&title);
    free(places);
}
