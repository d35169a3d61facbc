// biaochi pack diff: what a pack says otherwise than the one it extends.
#include <stdio.h>
#include <stdlib.h>

#include "core/base/language.h"
#include "core/cli/pack_folder.h"
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

static int run(Cli *cli, const void *values, char **arguments, int count) {
    (void)values, (void)count;
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

const Command command_pack_diff = {
    .name = "pack diff",
    .usage = "FOLDER",
    .english = "list what a pack adds, removes and changes of the one it extends",
    .chinese = "列出评估包对所继承评估包的新增、删除和修改",
    .details_english = "Of a changed rule it says where both stand; the last line counts the "
                       "declarations.",
    .details_chinese = "规则有改动的，给出前后所在的文件和行；最后一行是各类声明的数目。",
    .least_arguments = 1,
    .most_arguments = 1,
    .run = run,
};
