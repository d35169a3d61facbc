// biaochi explain: the tree from a figure down to observations and rules.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/clock.h"
#include "core/base/language.h"
#include "core/cli/command.h"
#include "core/cli/figures_text.h"
#include "core/cli/terminal.h"
#include "core/view/explanation_json.h"

typedef struct ExplainValues {
    const char *pack, *unit;
    long year, run, depth;
} ExplainValues;

static const char *text_of(const json_t *node, const char *key) {
    return json_string_value(json_object_get(node, key));
}

// A text from data or a pack, behind its label; nothing when it is missing.
static void print_labelled(const char *label, const char *text) {
    if (!text) return;
    fputs(label, stdout);
    terminal_print(stdout, text);
}

static void print_time(const char *text) {
    int64_t at_us, last_us;
    char when[32];
    if (!text || !clock_parse(text, &at_us, &last_us)) return;
    clock_format(at_us, when, sizeof when);
    print_labelled(" ", when);
}

static void print_observation(const json_t *about) {
    printf(T("  [revision %d, data version %d, %s", "  [第 %d 次修订，数据版本 %d，%s"),
           (int)json_integer_value(json_object_get(about, "revision")),
           (int)json_integer_value(json_object_get(about, "data_version")), text_of(about, "kind"));
    print_labelled(T(", entered by ", "，录入："), text_of(about, "entered_by"));
    print_time(text_of(about, "entered_at"));
    print_labelled(T("; source: ", "；来源："), text_of(about, "source"));
    print_labelled(T("; note: ", "；说明："), text_of(about, "note"));
    putchar(']');
}

// An observation is a sample itself; any other figure rests on so many.
static void print_samples(const json_t *node, bool is_observation) {
    size_t count = (size_t)json_integer_value(json_object_get(node, "sample_observations"));
    if (count == 0) return;
    if (is_observation)
        fputs(T("  ‹sample data›", "  ‹样例数据›"), stdout);
    else
        printf(T("  ‹rests on %s›", "  ‹依据 %s›"),
               count_text(count, "sample value", "sample values", "个样例数据").text);
}

static void print_line(const json_t *node, const char *pack) {
    const json_t *rule = json_object_get(node, "rule"),
                 *observation = json_object_get(node, "observation");
    terminal_print(stdout, text_of(node, "title"));
    if (text_of(node, "id")) printf(" (%s)", text_of(node, "id"));
    print_labelled(" = ", text_of(node, "value"));
    print_labelled("  ", text_of(node, "detail"));
    if (rule)
        printf(T("  ← rule %s/%s:%d", "  ← 规则 %s/%s:%d"), pack, text_of(rule, "file"),
               (int)json_integer_value(json_object_get(rule, "line")));
    const char *result = text_of(node, "result"), *value = text_of(node, "value");
    if (result && !(value && strcmp(result, value) == 0)) print_labelled(" → ", result);
    print_labelled(T("  FAILED: ", "  出错："), text_of(node, "error"));
    if (observation) print_observation(observation);
    print_samples(node, observation != NULL);
    if (json_is_true(json_object_get(node, "see_above")))
        fputs(T("  (see above)", "（见上）"), stdout);
    putchar('\n');
}

// `depth` 0 prints all levels.
static void print_tree(const json_t *node, const char *pack, long depth, Buffer *indent) {
    const json_t *children = json_object_get(node, "children");
    size_t count = json_array_size(children);
    if (depth == 1) return;
    for (size_t i = 0; i < count; i++) {
        const json_t *child = json_array_get(children, i);
        size_t length = indent->length;
        bool last = i + 1 == count;
        printf("%s%s", indent->data ? indent->data : "", last ? "└─ " : "├─ ");
        print_line(child, pack);
        buffer_text(indent, last ? "   " : "│  ");
        print_tree(child, pack, depth > 0 ? depth - 1 : 0, indent);
        indent->length = length;
        indent->data[length] = '\0';
    }
}

static void print_text(const Explanation *explanation, const char *region, const char *name,
                       long depth) {
    char *text = json_dumps(explanation->conventions, JSON_COMPACT | JSON_SORT_KEYS);
    printf(T("%s (%s) · %d · pack %s %s (%.12s) · data version %lld",
             "%s（%s）· %d 年 · 评估包 %s %s（%.12s）· 数据版本 %lld"),
           name, region, explanation->year, explanation->pack, explanation->version,
           explanation->pack_hash, (long long)explanation->data_version);
    if (explanation->run) printf(T(" · run %lld", " · 运行 %lld"), (long long)explanation->run);
    printf(T("\nconventions: %s\n\n", "\n口径：%s\n\n"), text);
    Buffer indent = {0};
    print_line(explanation->tree, explanation->pack);
    print_tree(explanation->tree, explanation->pack, depth > 0 ? depth + 1 : 0, &indent);
    buffer_free(&indent);
    free(text);
}

static int print_explanation(const Cli *cli, const Explanation *explanation, const char *region,
                             long depth) {
    if (cli->format == OUTPUT_JSON) {
        cli_print_json(view_explanation_json(explanation, region));
        return EXIT_DONE;
    }
    RegionNames names;
    Error error = {0};
    if (!region_names_read(cli->store, &names, &error)) return cli_fail(cli, &error);
    print_text(explanation, region, region_names_get(&names, region), depth);
    region_names_free(&names);
    return EXIT_DONE;
}

static int run(Cli *cli, const void *values, char **arguments, int count) {
    (void)count;
    const ExplainValues *options = values;
    int code;
    if (cli->format == OUTPUT_CSV)
        return cli_usage_error(cli, "%s",
                               T("a tree cannot be printed as csv: use --format json",
                                 "树状说明不能输出为 csv：请用 --format json"));
    if (!cli_open_store(cli, &code)) return code;
    const ExplainQuery query = {.region = arguments[0],
                                .item = arguments[1],
                                .unit = options->unit,
                                .pack = options->pack,
                                .year = (int)options->year,
                                .run = options->run};
    Explanation explanation;
    ProblemList problems = {0};
    if (explain_find(&cli->jobs, cli->store, &query, &explanation, &problems))
        code = print_explanation(cli, &explanation, query.region, options->depth);
    else
        code = cli_fail_all(cli, &problems, NULL);
    explanation_free(&explanation);
    problems_free(&problems);
    return code;
}

static const Option options[] = {
    {"year", OPTION_YEAR, offsetof(ExplainValues, year), "YEAR",
     "year (default: of the newest run)", "年份（默认为最近一次运行的年份）"},
    {"pack", OPTION_TEXT, offsetof(ExplainValues, pack), "ID",
     "by this pack (needed where several evaluate the region and have the item)",
     "用该评估包（多个评估包都评估该区划且含该项时须指明）"},
    {"run", OPTION_INTEGER, offsetof(ExplainValues, run), "RUN",
     "of this run (default: the newest)", "某次运行（默认最近一次）"},
    {"depth", OPTION_INTEGER, offsetof(ExplainValues, depth), "N",
     "print so many levels (default: all)", "只显示若干层（默认全部）"},
    {"unit", OPTION_TEXT, offsetof(ExplainValues, unit), "ID", "unit, for assessments of units",
     "成员单位（单位考核时）"}};

const Command command_explain = {
    .name = "explain",
    .usage = "REGION ITEM [OPTIONS]",
    .english = "show what a figure was made from, down to observations and rules",
    .chinese = "说明一个数从何而来，直到每个监测值和每条规则",
    .details_english =
        "ITEM is an assessment, an item (\"annual.targets\" or \"targets\"), a plan, a domain\n"
        "(\"women.health\"), an indicator, a data item, a fact or a warning.",
    .details_chinese =
        "ITEM 可为考核、考核项（\"annual.targets\" 或 \"targets\"）、规划、领域（\"women.health\"）、\n"
        "指标、数据项、事实或预警。",
    .options = options,
    .option_count = 5,
    .values_size = sizeof(ExplainValues),
    .least_arguments = 2,
    .most_arguments = 2,
    .run = run,
};
