// biaochi pack diff: what a pack says otherwise than the one it extends, or with --impact what it
// would change in the results.
#include <stdio.h>
#include <stdlib.h>

#include "core/base/language.h"
#include "core/cli/pack_folder.h"
#include "core/cli/pack_impact.h"
#include "core/view/node_text.h"
#include "core/view/pack_json.h"

static int print_json(const LoadedPack *parent, const LoadedPack *child,
                      const DifferenceList *list) {
    json_t *whole = view_difference_json(parent->description, child->description, list);
    char *text = json_dumps(whole, JSON_INDENT(2) | JSON_SORT_KEYS);
    puts(text ? text : "null");
    free(text);
    json_decref(whole);
    return EXIT_DONE;
}

static void put_value(OutputTable *table, const json_t *value, const char *place) {
    Buffer text = {0};
    if (place)
        buffer_text(&text, place);
    else if (value)
        node_text_value(&text, value);
    output_text(table, text.length ? text.data : NULL);
    buffer_free(&text);
}

static int print_table(Cli *cli, const LoadedPack *parent, const LoadedPack *child,
                       const DifferenceList *list) {
    const OutputColumn columns[] = {{.name = "kind", .title = T("kind", "种类")},
                                    {.name = "change", .title = T("change", "变化")},
                                    {.name = "id", .title = T("id", "标识")},
                                    {.name = "title", .title = T("title", "名称")},
                                    {.name = "field", .title = T("field", "字段")},
                                    {.name = "before", .title = T("before", "原")},
                                    {.name = "after", .title = T("after", "现")},
                                    {.name = "where", .title = T("where", "所在处")}};
    OutputTable table;
    output_init(&table, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < list->count; i++) {
        const Difference *row = &list->items[i];
        output_text(&table, row->kind);
        output_text(&table, difference_kind_name(row->change));
        output_text(&table, row->id);
        output_text(&table, row->title);
        output_text(&table, row->field);
        put_value(&table, row->before, row->place_before);
        put_value(&table, row->after, row->place_after);
        output_text(&table, row->where);
    }
    bool people = cli->format == OUTPUT_TABLE;
    if (people)
        printf(T("%s %s beside %s %s, which it extends\n\n", "%s %s 与所继承的 %s %s 对照\n\n"),
               child->description->id, child->description->version, parent->description->id,
               parent->description->version);
    int code = cli_print(cli, &table, EXIT_DONE);
    if (people)
        printf(T("\n%zu added, %zu removed, %zu changed\n",
                 "\n新增 %zu 项，删除 %zu 项，修改 %zu 项\n"),
               list->added, list->removed, list->changed);
    return code;
}

static int compare_with_parent(Cli *cli, char **arguments) {
    LoadedPack child, parent = {0};
    ProblemList problems = {0};
    int code = cli_load_pack(cli, arguments[0], false, &child);
    if (code == EXIT_DONE && !family_load_parent(&cli->jobs, &child, &parent, &problems))
        code = cli_fail_all(cli, &problems, arguments[0]);
    if (code == EXIT_DONE) {
        DifferenceList list;
        difference_read(parent.description_json, child.description_json, &list);
        code = cli->format == OUTPUT_JSON ? print_json(&parent, &child, &list)
                                          : print_table(cli, &parent, &child, &list);
        difference_free(&list);
    }
    problems_free(&problems);
    loaded_pack_free(&parent);
    loaded_pack_free(&child);
    return code;
}

static int run(Cli *cli, const void *values, char **arguments, int count) {
    const PackDiffValues *options = values;
    if (options->regions < 0)
        return cli_usage_error(cli, "%s",
                               T("--regions must not be below 0", "--regions 不得小于 0"));
    if (options->impact) return cli_pack_impact(cli, options, arguments, count);
    if (options->year || options->region || options->regions)
        return cli_usage_error(cli, "%s",
                               T("--year, --region and --regions go with --impact",
                                 "--year、--region 和 --regions 须与 --impact 同用"));
    if (count > 1)
        return cli_usage_error(
            cli, "%s",
            T("a stored version is compared with --impact", "对照已存储的版本请加 --impact"));
    return compare_with_parent(cli, arguments);
}

static const Option options[] = {
    {"impact", OPTION_FLAG, offsetof(PackDiffValues, impact), NULL,
     "what would change in the results if it were activated",
     "列出若激活该评估包，结果将有哪些变化"},
    {"year", OPTION_YEAR, offsetof(PackDiffValues, year), "YEAR",
     "of this year instead of the newest with data", "所评估的年份，缺省为有数据的最近一年"},
    {"region", OPTION_TEXT, offsetof(PackDiffValues, region), "CODE",
     "what changes in this region, in full", "列出该行政区划的全部变化"},
    {"regions", OPTION_INTEGER, offsetof(PackDiffValues, regions), "N",
     "so many regions, those changed most; 10 in tables, else all",
     "列出变化最大的 N 个区划；表格缺省为 10 个，其他格式为全部"},
};

const Command command_pack_diff = {
    .name = "pack diff",
    .usage = "FOLDER | --impact FOLDER | --impact PACK HASH [OPTIONS]",
    .english = "list what a pack says otherwise than the one it extends, or would change in the "
               "results",
    .chinese = "列出评估包对所继承评估包的改动，或将对结果产生的影响",
    .details_english =
        "Without --impact: what it adds, removes and changes of the pack that it extends. Of a changed\n"
        "rule it says where both stand; the last line counts the declarations.\n"
        "With --impact: the pack in the folder, or the stored version whose hash begins with HASH, and\n"
        "the active one are both evaluated over the data as it is, and so is every active pack that\n"
        "extends it. Told are ids that disappear, rules that fail, scores, places, grades, warnings and\n"
        "indicators that change, and the rules because of which they do. Nothing is stored.",
    .details_chinese =
        "不加 --impact：列出对所继承评估包的新增、删除和修改；规则有改动的，给出前后所在的文件和行；\n"
        "最后一行是各类声明的数目。\n"
        "加 --impact：用文件夹中的评估包（或哈希以 HASH 开头的已存储版本）和已激活版本分别评估现有数据，\n"
        "继承它的已激活评估包也一并评估；列出将不复存在的标识、将出错的规则，得分、名次、等次、预警和\n"
        "指标的变化，以及引起变化的规则。不作任何存储。",
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .values_size = sizeof(PackDiffValues),
    .least_arguments = 1,
    .most_arguments = 2,
    .run = run,
};
