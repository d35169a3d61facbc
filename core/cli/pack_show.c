// biaochi pack show: everything a pack declares, for people and for programs.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/language.h"
#include "core/base/map.h"
#include "core/base/nearest.h"
#include "core/cli/command.h"
#include "core/cli/node_text.h"
#include "core/cli/pack_folder.h"
#include "core/pack/nodes.h"

static bool names_units(const char *key) {
    static const char *const fields[] = {"lead", "units", "by", "to", "members"};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (strcmp(key, fields[i]) == 0) return true;
    return false;
}

// A unit by its title, as the document names it; what is no unit as it stands.
static void say_unit(Buffer *out, const json_t *name, const PackNodes *nodes, const Map *units) {
    const char *id = json_string_value(name);
    int64_t unit = id ? map_get(units, id) : MAP_MISSING;
    if (unit == MAP_MISSING)
        node_text_value(out, name);
    else
        buffer_text(out, nodes->items[unit].title);
}

static void say_units(Buffer *out, const json_t *value, const PackNodes *nodes, const Map *units) {
    size_t index;
    const json_t *name;
    if (!json_is_array(value)) say_unit(out, value, nodes, units);
    json_array_foreach(value, index, name) {
        if (index > 0) buffer_text(out, T("; ", "；"));
        say_unit(out, name, nodes, units);
    }
}

static void map_units(const PackNodes *nodes, Map *units) {
    for (size_t i = 0; i < nodes->count; i++)
        if (strcmp(nodes->items[i].kind, "unit") == 0)
            (void)map_put(units, nodes->items[i].id, (int64_t)i);
}

static void say_node(Buffer *out, const PackNode *node, const PackNodes *nodes, const Map *units) {
    const char *key;
    const json_t *value;
    buffer_clear(out);
    json_object_foreach((json_t *)node->json, key, value) {
        // A plan's `indicators` is a list of nodes, a task's one of names.
        bool holds_nodes = json_is_object(json_array_get(value, 0)) && pack_node_links(key);
        if (!pack_node_says(key) || holds_nodes) continue;
        buffer_printf(out, "%s%s: ", out->length ? "  " : "", key);
        if (names_units(key))
            say_units(out, value, nodes, units);
        else
            node_text_value(out, value);
    }
}

typedef struct ShowValues {
    const char *kind;
} ShowValues;

static bool kind_is_there(const Cli *cli, const PackNodes *nodes, const char *kind, int *code) {
    const char **kinds = memory_new(nodes->count, sizeof *kinds);
    bool found = false;
    for (size_t i = 0; i < nodes->count; i++) {
        kinds[i] = nodes->items[i].kind;
        found = found || strcmp(kinds[i], kind) == 0;
    }
    if (!found) {
        Error error = {0};
        error_set(&error, ERROR_NOT_FOUND,
                  T("the pack declares nothing of the kind \"%s\"", "评估包没有声明任何“%s”"),
                  kind);
        const char *near = nearest_name(kind, kinds, nodes->count);
        if (near) error_hint(&error, T("did you mean \"%s\"?", "是否应为“%s”？"), near);
        *code = cli_fail(cli, &error);
    }
    free(kinds);
    return found;
}

static int print_json(const PackNodes *nodes, const json_t *description, const char *kind) {
    json_t *chosen = kind ? json_array() : NULL;
    for (size_t i = 0; chosen && i < nodes->count; i++)
        if (strcmp(nodes->items[i].kind, kind) == 0)
            json_array_append(chosen, (json_t *)nodes->items[i].json);
    char *text = json_dumps(chosen ? chosen : description, JSON_INDENT(2) | JSON_SORT_KEYS);
    puts(text ? text : "null");
    free(text);
    json_decref(chosen);
    return EXIT_DONE;
}

static int print_table(Cli *cli, const PackNodes *nodes, const char *kind) {
    const OutputColumn columns[] = {{.name = "kind", .title = T("kind", "种类")},
                                    {.name = "id", .title = T("id", "标识")},
                                    {.name = "title", .title = T("title", "名称")},
                                    {.name = "says", .title = T("says", "内容")},
                                    {.name = "source", .title = T("source", "依据")},
                                    {.name = "where", .title = T("declared at", "声明处")}};
    OutputTable table;
    output_init(&table, columns, sizeof columns / sizeof *columns);
    Buffer says = {0}, where = {0};
    Map units = {0};
    map_units(nodes, &units);
    for (size_t i = 0; i < nodes->count; i++) {
        const PackNode *node = &nodes->items[i];
        if (kind && strcmp(node->kind, kind) != 0) continue;
        say_node(&says, node, nodes, &units);
        buffer_clear(&where);
        buffer_printf(&where, "%s:%d", node->file, node->line);
        output_text(&table, node->kind);
        output_text(&table, node->id);
        output_text(&table, node->title);
        output_text(&table, says.length ? says.data : NULL);
        output_text(&table, json_string_value(json_object_get(node->json, "source_text")));
        output_text(&table, where.data);
    }
    map_free(&units);
    buffer_free(&says);
    buffer_free(&where);
    return cli_print(cli, &table, EXIT_DONE);
}

static int run_show(Cli *cli, const void *values, char **arguments, int count) {
    (void)count;
    const ShowValues *show = values;
    LoadedPack pack;
    int code = cli_load_pack(cli, arguments[0], false, &pack);
    if (code == EXIT_DONE) {
        PackNodes nodes;
        pack_nodes_read(pack.description_json, &nodes);
        if (!show->kind || kind_is_there(cli, &nodes, show->kind, &code))
            code = cli->format == OUTPUT_JSON
                       ? print_json(&nodes, pack.description_json, show->kind)
                       : print_table(cli, &nodes, show->kind);
        pack_nodes_free(&nodes);
    }
    loaded_pack_free(&pack);
    return code;
}

static const Option options[] = {
    {"kind", OPTION_TEXT, offsetof(ShowValues, kind), "KIND",
     "only what is of this kind: indicator, task, unit, clause …",
     "只列这一种：indicator、task、unit、clause 等"},
};

const Command command_pack_show = {
    .name = "pack show",
    .usage = "FOLDER|FILE.zip",
    .english = "list everything a pack declares, with its fields, source and line",
    .chinese = "列出评估包声明的全部内容，连同各字段、依据和所在行",
    .details_english = "With --format json the whole description is printed as the host holds it.",
    .details_chinese = "加 --format json 时，按主机所持的形式打印整个描述。",
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .values_size = sizeof(ShowValues),
    .least_arguments = 1,
    .most_arguments = 1,
    .run = run_show,
};
