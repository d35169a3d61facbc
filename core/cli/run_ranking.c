// Everybody a run assessed, side by side: see run_print.h.
#include "core/base/language.h"
#include "core/cli/figures_text.h"
#include "core/cli/run_print.h"
#include "core/cli/sample_column.h"
#include "core/view/ranking.h"

enum { FIXED_COLUMNS = 7 };

static size_t ranking_columns(const RunView *view, const Ranking *ranking, OutputColumn *columns) {
    size_t at = 0;
    columns[at++] =
        (OutputColumn){.name = "rank", .title = T("rank", "名次"), .kind = OUTPUT_INTEGER};
    columns[at++] = (OutputColumn){.name = "code", .title = T("code", "代码")};
    columns[at++] = (OutputColumn){.name = "name", .title = T("name", "名称")};
    for (size_t i = 0; i < ranking->item_count; i++) {
        const Item *item = &ranking->assessment->items[ranking->items[i]];
        columns[at++] =
            (OutputColumn){.name = item->id, .title = item->title, .alignment = OUTPUT_RIGHT};
    }
    columns[at++] =
        (OutputColumn){.name = "score", .title = T("score", "得分"), .alignment = OUTPUT_RIGHT};
    columns[at++] = (OutputColumn){.name = "grade", .title = T("grade", "等次")};
    columns[at++] = (OutputColumn){.name = "veto", .title = T("veto", "一票否决")};
    columns[at++] = sample_column();
    return sample_column_count(view->samples, at);
}

static void add_subject(OutputTable *table, const RunView *view, const Ranking *ranking,
                        const RankedSubject *subject) {
    const Conventions *conventions = &view->description->conventions;
    output_integer(table, subject->rank);
    output_text(table, subject->code);
    output_text(table, subject->name);
    for (size_t i = 0; i < ranking->item_count; i++)
        figure_cell(table, subject->items[i], conventions->digits, conventions->rounding);
    figure_cell(table, subject->total, conventions->digits, conventions->rounding);
    output_text(table, subject->grade);
    output_text(table, subject->veto);
    sample_cell(table, view->samples, subject->samples);
}

static void add_ranking(const RunView *view, const Ranking *ranking, OutputTable *table) {
    OutputColumn columns[FIXED_COLUMNS + RANKING_MOST_ITEMS];
    output_init(table, columns, ranking_columns(view, ranking, columns));
    for (size_t i = 0; i < ranking->count; i++)
        add_subject(table, view, ranking, &ranking->subjects[i]);
}

void run_ranking_rows(const RunView *view, int assessment, OutputTable *table) {
    Ranking ranking;
    ranking_read(view, assessment, &ranking);
    add_ranking(view, &ranking, table);
    ranking_free(&ranking);
}

void run_print_ranking(const RunView *view, int assessment) {
    OutputTable table;
    Ranking ranking;
    ranking_read(view, assessment, &ranking);
    if (ranking.count > 1) {
        Buffer title = {0};
        add_ranking(view, &ranking, &table);
        buffer_printf(&title, T("%s: ranking", "%s：排名"), ranking.assessment->title);
        output_print_titled(&table, title.data);
        buffer_free(&title);
    }
    ranking_free(&ranking);
}
