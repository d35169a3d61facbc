// biaochi analyse data: reported figures that ask for a second look.
#include <stdio.h>

#include "core/base/language.h"
#include "core/cli/analyse.h"
#include "core/cli/figures_text.h"
#include "core/view/analysis_json.h"

typedef struct DataValues {
    const char *pack, *region;
    long year;
} DataValues;

typedef struct DataCommand {
    Cli *cli;
    RegionNames names;
    OutputTable rows; // of --format csv
    json_t *all;      // of --format json
} DataCommand;

static const OutputColumn csv_columns[] = {{.name = "pack"},
                                           {.name = "kind"},
                                           {.name = "severity"},
                                           {.name = "region"},
                                           {.name = "name"},
                                           {.name = "indicator"},
                                           {.name = "title"},
                                           {.name = "breakdown"},
                                           {.name = "first_year", .kind = OUTPUT_INTEGER},
                                           {.name = "year", .kind = OUTPUT_INTEGER},
                                           {.name = "value", .kind = OUTPUT_NUMBER},
                                           {.name = "why"},
                                           {.name = "advice"},
                                           {.name = "sample_observations", .kind = OUTPUT_INTEGER}};

static void integer_or_missing(OutputTable *table, int64_t value) {
    if (value)
        output_integer(table, value);
    else
        output_missing(table);
}

static const char *breakdown_of(const Description *description, const QualityFinding *finding) {
    return finding->breakdown >= 0 ? description->breakdowns[finding->breakdown].id : NULL;
}

static const char *name_of(const DataCommand *command, const QualityFinding *finding) {
    return finding->region ? region_names_get(&command->names, finding->region) : NULL;
}

static void add_csv_row(DataCommand *command, const Description *description,
                        const QualityFinding *finding) {
    OutputTable *table = &command->rows;
    const Series *series = finding->series >= 0 ? &description->series[finding->series] : NULL;
    output_text(table, description->id);
    output_text(table, quality_kind_name(finding->kind));
    output_text(table, quality_severity_name(finding->severity));
    output_text(table, finding->region);
    output_text(table, name_of(command, finding));
    output_text(table, series ? series->id : NULL);
    output_text(table, series ? series->title : NULL);
    output_text(table, breakdown_of(description, finding));
    integer_or_missing(table, finding->first_year);
    integer_or_missing(table, finding->last_year);
    output_number(table, finding->value);
    output_text(table, finding->why);
    output_text(table, quality_kind_advice(finding->kind));
    output_integer(table, (int64_t)finding->samples);
}

static void years_cell(OutputTable *table, const QualityFinding *finding) {
    char text[32];
    snprintf(text, sizeof text, "%d", finding->last_year);
    if (finding->first_year < finding->last_year)
        snprintf(text, sizeof text, "%d–%d", finding->first_year, finding->last_year);
    output_text(table, finding->last_year ? text : NULL);
}

static void add_table_row(const DataCommand *command, const Description *description,
                          const QualityFinding *finding, OutputTable *table) {
    const Series *series = finding->series >= 0 ? &description->series[finding->series] : NULL;
    const NamedText *part =
        finding->breakdown >= 0 ? &description->breakdowns[finding->breakdown] : NULL;
    Buffer title = {0};
    buffer_text(&title, series ? series->title : T("all together", "各指标合并"));
    if (part) buffer_printf(&title, " · %s", part->title);
    output_text(table, quality_severity_title(finding->severity));
    output_text(table, quality_kind_title(finding->kind));
    output_text(table, finding->region ? name_of(command, finding) : T("several", "多个"));
    output_text(table, title.data);
    years_cell(table, finding);
    figure_cell(table, finding->value, finding->digits, ROUNDING_HALF_UP);
    output_text(table, finding->why);
    output_text(table, quality_kind_advice(finding->kind));
    output_text(table, finding->samples ? T("sample", "样例") : "");
    buffer_free(&title);
}

static void print_counts(const QualityReport *report, FILE *stream) {
    bool any = false;
    for (int k = 0; k < QUALITY_KIND_COUNT; k++) {
        if (report->checked[k] == 0) continue;
        fprintf(stream, T("%s%s %zu of %zu", "%s%s %zu/%zu"), any ? T("; ", "；") : "",
                quality_kind_title((QualityKind)k), report->found[k], report->checked[k]);
        any = true;
    }
    fputs(any ? "\n" : T("nothing to look at\n", "没有可检查的数据\n"), stream);
}

static void print_table(DataCommand *command, const Description *description,
                        const QualityReport *report) {
    const OutputColumn columns[] = {
        {.name = "severity", .title = T("severity", "程度")},
        {.name = "kind", .title = T("finding", "问题")},
        {.name = "name", .title = T("region", "行政区划")},
        {.name = "title", .title = T("indicator", "指标")},
        {.name = "year", .title = T("year", "年份")},
        {.name = "value", .title = T("value", "数值"), .alignment = OUTPUT_RIGHT},
        {.name = "why", .title = T("why", "理由")},
        {.name = "advice", .title = T("what to do", "建议")},
        {.name = "sample", .title = T("data", "数据")}};
    OutputTable table;
    output_init(&table, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < report->count; i++)
        add_table_row(command, description, &report->findings[i], &table);
    printf(T("%s · pack %s %s · %s\n", "%s · 评估包 %s %s · %s\n"), description->title,
           description->id, description->version,
           count_text(report->values, "observation", "observations", "个监测值").text);
    if (report->count > 0) output_print(&table, OUTPUT_TABLE, stdout);
    output_free(&table);
    print_counts(report, stdout);
}

static void show(const Description *description, const QualityReport *report, void *context) {
    DataCommand *command = context;
    switch (command->cli->format) {
        case OUTPUT_JSON:
            json_array_append_new(command->all,
                                  view_data_json(description, report, &command->names));
            break;
        case OUTPUT_CSV:
            for (size_t i = 0; i < report->count; i++)
                add_csv_row(command, description, &report->findings[i]);
            fprintf(stderr, "%s: ", description->id);
            print_counts(report, stderr);
            break;
        case OUTPUT_TABLE: print_table(command, description, report); break;
    }
}

static int examine(DataCommand *command, const DataQuery *query) {
    Cli *cli = command->cli;
    AnalysisFailure failure;
    output_init(&command->rows, csv_columns, sizeof csv_columns / sizeof *csv_columns);
    command->all = json_array();
    int code = analysis_data(cli->store, query, show, command, &failure)
                   ? EXIT_DONE
                   : analyse_fail(cli, &failure);
    if (code == EXIT_DONE && cli->format == OUTPUT_JSON) cli_print_json(json_incref(command->all));
    if (code == EXIT_DONE && cli->format == OUTPUT_CSV)
        code = cli_print(cli, &command->rows, code);
    else
        output_free(&command->rows);
    json_decref(command->all);
    analysis_failure_free(&failure);
    return code;
}

static int run(Cli *cli, const void *values, char **arguments, int count) {
    (void)arguments, (void)count;
    const DataValues *asked = values;
    const DataQuery query = {
        .packs = {.pack = asked->pack}, .region = asked->region, .year = (int)asked->year};
    DataCommand command = {.cli = cli};
    Error error = {0};
    int code;
    if (!cli_open_store(cli, &code)) return code;
    if (!region_names_read(cli->store, &command.names, &error)) return cli_fail(cli, &error);
    if (!query.region || cli_require_region(cli, &command.names, query.region, &code))
        code = examine(&command, &query);
    region_names_free(&command.names);
    return code;
}

static const Option options[] = {
    {"pack", OPTION_TEXT, offsetof(DataValues, pack), "ID",
     "only what this pack declares (default: all active ones)",
     "只检查该评估包声明的数据（默认全部已激活的）"},
    {"region", OPTION_TEXT, offsetof(DataValues, region), "CODE",
     "only findings about this region; others are still compared with it",
     "只列该行政区划的问题（仍与其他区划比较）"},
    {"year", OPTION_YEAR, offsetof(DataValues, year), "YEAR",
     "only findings about this year; other years are still compared with it",
     "只列该年份的问题（仍与其他年份比较）"}};

const Command command_analyse_data = {
    .name = "analyse data",
    .usage = "[OPTIONS]",
    .english = "reported figures that ask for a second look",
    .chinese = "检查监测数据质量，列出需要复核的数",
    .details_english =
        "Looks at the current observations of the packs' regions: outliers among the regions of one\n"
        "parent and in a region's own years (robust z beyond 3.5), odd changes, last digits that\n"
        "heap, figures repeated in years on end or in many regions, parts that do not fit the\n"
        "whole, and rates of few events. A finding is a suspicion, not an error: of thousands of\n"
        "figures looked at, some stand out by chance. The last line says, by kind, how many were\n"
        "found of how many looked at.",
    .details_chinese =
        "检查评估包所辖区划的现有监测值：同一上级的各区划之间和本地历年之间的离群值\n"
        "（稳健 z 值超过 3.5）、异常变动、尾数堆积、多年或多地数值相同、分组与合计不符、\n"
        "事件数过少的比率。所列只是疑点，并非差错：检查的数有成千上万，总有一些属偶然。\n"
        "最后一行按类列出疑点数和检查数。",
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .values_size = sizeof(DataValues),
    .run = run,
};
