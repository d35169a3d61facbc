// biaochi pack check: load a pack, and with --properties run it over made-up data.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/language.h"
#include "core/check/counter_example.h"
#include "core/cli/command.h"
#include "core/cli/figures_text.h"
#include "core/cli/pack_folder.h"
#include "core/cli/progress.h"
#include "core/view/check_json.h"

typedef struct CheckValues {
    bool properties;
    const char *cases, *seed;
} CheckValues;

enum { MOST_CASES_ASKED = 100000, MOST_SHOWN = 20 };

// ---- the report as text ------------------------------------------------------------------------

static const char *property_title(Property property) {
    switch (property) {
        case PROPERTY_RULES: return T("no rule fails", "规则不出错");
        case PROPERTY_BOUNDS: return T("scores within the points", "得分不超出分值");
        case PROPERTY_MONOTONE: return T("better never scores less", "数据变好不减分");
        case PROPERTY_CLIFF: return T("no undeclared cliff", "无未声明的跳变");
        case PROPERTY_MISSING: return T("missing never helps", "数据缺失不得益");
        case PROPERTY_DETERMINISM: return T("same data, same bytes", "同样数据同样字节");
        case PROPERTY_COUNT: break;
    }
    return "";
}

static void print_table(const Cli *cli, const CheckReport *report, int *code) {
    const OutputColumn columns[] = {
        {.name = "property", .title = T("property", "性质")},
        {.name = "checked", .title = T("checked", "检查次数"), .kind = OUTPUT_INTEGER},
        {.name = "problems", .title = T("problems", "问题"), .kind = OUTPUT_INTEGER}};
    OutputTable table;
    output_init(&table, columns, sizeof columns / sizeof *columns);
    for (int p = 0; p < PROPERTY_COUNT; p++) {
        output_text(&table, property_title((Property)p));
        output_integer(&table, (int64_t)report->checked[p]);
        output_integer(&table, (int64_t)check_example_count(report, (Property)p));
    }
    *code = cli_print(cli, &table, *code);
}

static void indent(const char *text) {
    for (const char *line = text; *line;) {
        const char *end = strchr(line, '\n');
        printf("    %.*s\n", (int)(end - line), line);
        line = end + 1;
    }
}

static void print_example(const CheckReport *report, const CounterExample *example,
                          const char *folder) {
    Buffer sentence = {0}, hint = {0}, spec = {0};
    const char *file;
    int line;
    counter_example_place(report, example, &file, &line);
    counter_example_sentence(report, example, &sentence);
    counter_example_spec(report, example, &spec);
    counter_example_hint(report, example, &hint);
    printf("\n%s/%s:%d: %s\n", folder, file, line, sentence.data);
    if (hint.data) printf("  %s\n", hint.data);
    indent(spec.data);
    buffer_free(&sentence);
    buffer_free(&hint);
    buffer_free(&spec);
}

static void note_directions(const Space *space, Buffer *out) {
    size_t count = 0;
    for (size_t c = 0; c < space->column_count; c++) {
        char name[200];
        if (!space_lacks_direction(space, c)) continue;
        space_column_name(space, (int)c, name, sizeof name);
        buffer_printf(out, "%s%s", count++ ? ", " : "", name);
    }
    if (count == 0) return;
    printf(T("\n%s without `better`, not varied for \"%s\": %s\n",
             "\n%s没有写 better，未作“%s”检查：%s\n"),
           count_text(count, "figure", "figures", "项数据").text, property_title(PROPERTY_MONOTONE),
           out->data);
}

static void note_conventions(const Description *description) {
    for (size_t p = 0; p < description->plan_count; p++)
        if (description->plans[p].indicator_count > 0 &&
            description->plans[p].conventions.no_data != NO_DATA_UNMET)
            printf(T("plan \"%s\" leaves indicators without data out of its rate (no_data = "
                     "\"excluded\"): a missing figure may raise the rate itself; scores that "
                     "follow from it are checked\n",
                     "规划 \"%s\" 的达标率不计缺数据的指标（no_data = \"excluded\"）："
                     "缺失可使达标率本身上升；由它得出的分数仍作检查\n"),
                   description->plans[p].id);
}

// What the scheme means so is said, never silent.
static void note_declared_falls(const Description *description, const char *folder) {
    for (size_t a = 0; a < description->assessment_count; a++)
        for (size_t i = 0; i < description->assessments[a].item_count; i++) {
            const Item *item = &description->assessments[a].items[i];
            if (item->may_fall)
                printf(T("%s/%s:%d: item \"%s.%s\" may score less for a better figure, as "
                         "declared: %s\n",
                         "%s/%s:%d：考核项 \"%s.%s\" 声明数据变好时得分可能下降：%s\n"),
                       folder, item->file, item->line, description->assessments[a].id, item->id,
                       item->may_fall);
        }
}

static int print_text(const Cli *cli, const CheckReport *report, const CheckRequest *request,
                      const char *folder) {
    const Description *description = report->space.description;
    int code = report->example_count ? EXIT_FINDINGS : EXIT_DONE;
    Buffer names = {0};
    if (cli->format == OUTPUT_CSV) {
        print_table(cli, report, &code);
        return code;
    }
    printf(
        T("%s %s: %s tried in %s, seed %llu\n", "%s %s：%s，%s，种子 %llu\n"), description->id,
        description->version, count_text(report->worlds, "situation", "situations", "种情形").text,
        count_text(report->cases, "case", "cases", "组").text, (unsigned long long)request->seed);
    fflush(stdout);
    print_table(cli, report, &code);
    note_directions(&report->space, &names);
    note_conventions(description);
    note_declared_falls(description, folder);
    size_t shown = report->example_count < MOST_SHOWN ? report->example_count : MOST_SHOWN;
    for (size_t i = 0; i < shown; i++)
        print_example(report, &report->examples[i], folder);
    if (shown < report->example_count)
        printf(T("\n… and %zu more; --format json lists all\n",
                 "\n……另有 %zu 处；--format json 全部列出\n"),
               report->example_count - shown);
    buffer_free(&names);
    return code;
}

static int print_json(const CheckReport *report, const CheckRequest *request) {
    json_t *json = view_check_json(report, request);
    char *text = json_dumps(json, JSON_INDENT(2) | JSON_REAL_PRECISION(15));
    puts(text);
    free(text);
    json_decref(json);
    return report->example_count ? EXIT_FINDINGS : EXIT_DONE;
}

// ---- the command -------------------------------------------------------------------------------

static int check_properties_of(Cli *cli, CheckRequest *request, const char *folder) {
    CheckReport report;
    ProblemList problems = {0};
    Progress progress;
    progress_begin(&progress, T("checking", "检查"), 0);
    cli->jobs.progress = progress_goes_on;
    cli->jobs.progress_context = &progress;
    progress_listen_for_interrupt();
    bool good = check_properties(request, &report, &problems);
    progress_end(&progress);
    int code = !good                        ? cli_fail_all(cli, &problems, folder)
               : cli->format == OUTPUT_JSON ? print_json(&report, request)
                                            : print_text(cli, &report, request, folder);
    check_report_free(&report);
    problems_free(&problems);
    return code;
}

static bool read_whole(const char *text, uint64_t most, uint64_t *number) {
    char *end = NULL;
    unsigned long long read = strtoull(text, &end, 10);
    *number = read;
    return text[0] >= '0' && text[0] <= '9' && *end == '\0' && read <= most;
}

static int run_check(Cli *cli, const void *values, char **arguments, int count) {
    const CheckValues *asked = values;
    CheckRequest request = {.host = &cli->jobs, .seed = CHECK_DEFAULT_SEED};
    uint64_t cases = 0;
    (void)count;
    if ((asked->cases || asked->seed) && !asked->properties)
        return cli_usage_error(cli, "%s",
                               T("--cases and --seed go with --properties",
                                 "--cases 和 --seed 须与 --properties 同用"));
    if (asked->cases && (!read_whole(asked->cases, MOST_CASES_ASKED, &cases) || cases == 0))
        return cli_usage_error(cli,
                               T("--cases takes a number from 1 to %d, not \"%s\"",
                                 "--cases 应为 1 至 %d 的数，而不是“%s”"),
                               MOST_CASES_ASKED, asked->cases);
    if (asked->seed && !read_whole(asked->seed, INT64_MAX, &request.seed))
        return cli_usage_error(
            cli, T("--seed takes a whole number, not \"%s\"", "--seed 应为整数，而不是“%s”"),
            asked->seed);
    LoadedPack pack;
    int code = cli_load_pack(cli, arguments[0], false, &pack);
    if (code == EXIT_DONE && asked->properties) {
        PackCode packed = loaded_pack_code(&pack);
        request.pack = &packed;
        request.cases = (size_t)cases;
        code = check_properties_of(cli, &request, arguments[0]);
    } else if (code == EXIT_DONE) {
        cli_print_pack_summary(cli, &pack);
    }
    loaded_pack_free(&pack);
    return code;
}

static const Option options[] = {
    {"properties", OPTION_FLAG, offsetof(CheckValues, properties), NULL,
     "also run the pack over made-up data and check what must always hold",
     "另用生成的数据运行评估包，检查任何数据下都应成立的性质"},
    {"cases", OPTION_TEXT, offsetof(CheckValues, cases), "N",
     "situations tried for each figure; by default as many as take a few seconds",
     "每项数据尝试的情形数；默认为数秒内可完成的数量"},
    {"seed", OPTION_TEXT, offsetof(CheckValues, seed), "S",
     "what the data is made from; the same seed makes the same data (1)",
     "生成数据所用的种子；种子相同，数据相同（默认 1）"}};

const Command command_pack_check = {
    .name = "pack check",
    .usage = "FOLDER|FILE.zip [OPTIONS]",
    .english = "load a pack in a worker and say everything that is wrong with it",
    .chinese = "在工作进程中加载评估包，列出全部问题",
    .details_english =
        "With --properties: rules never fail; scores stay within the points; better figures never\n"
        "score less; a last digit moves no score by more than its item's `cliff`; a missing figure\n"
        "never helps; the same data gives the same bytes. What does not hold is shown by the\n"
        "smallest data found, as a spec to paste beside the pack.",
    .details_chinese =
        "加 --properties：规则不出错；得分不超出分值；数据变好不减分；末位一个数的变动不使得分\n"
        "跳变超过考核项的 cliff；数据缺失不得益；同样的数据得出同样的字节。\n"
        "不成立的，以找到的最小数据举例，可直接粘贴为评估包旁的测试。",
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .values_size = sizeof(CheckValues),
    .least_arguments = 1,
    .most_arguments = 1,
    .run = run_check,
};
