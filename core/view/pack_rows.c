// Packs as rows: see pack_rows.h.
#include "core/view/pack_rows.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/language.h"
#include "core/base/map.h"
#include "core/base/nearest.h"
#include "core/registry/family.h"
#include "core/view/node_text.h"

// ---- versions and activations ------------------------------------------------------------------

typedef struct VersionList {
    const char *only_pack; // NULL for all
    OutputTable *table;
    Map behind;    // active packs that carry another version than the active one
    Map activated; // versions that were ever active
} VersionList;

// "nation 1.1.0": the pack that it extends, as it carries it.
static void put_parent(OutputTable *table, const char *description_json) {
    json_t *description = json_loads(description_json, 0, NULL);
    const json_t *parent = json_array_get(json_object_get(description, "parents"), 0);
    const char *id = json_string_value(json_object_get(parent, "id"));
    const char *version = json_string_value(json_object_get(parent, "version"));
    Buffer text = {0};
    if (id) buffer_printf(&text, "%s %s", id, version ? version : "");
    output_text(table, text.length ? text.data : NULL);
    buffer_free(&text);
    json_decref(description);
}

static bool list_version(const StorePackVersion *version, void *context, Error *error) {
    (void)error;
    const VersionList *list = context;
    OutputTable *table = list->table;
    if (list->only_pack && strcmp(list->only_pack, version->pack) != 0) return true;
    output_text(table, version->pack);
    output_text(table, version->version);
    output_text(table, version->title);
    output_text(table, version->region);
    put_parent(table, version->description);
    bool behind = version->active && map_get(&list->behind, version->pack) != MAP_MISSING;
    output_text(table, behind ? "yes" : NULL);
    output_text(table, pack_state_name(registry_version_state(version, &list->activated)));
    output_time(table, version->stored_at_us);
    output_text(table, version->hash);
    return true;
}

bool view_pack_versions_rows(Store *store, const char *pack, OutputTable *rows, Error *error) {
    const OutputColumn columns[] = {
        {.name = "pack", .title = T("pack", "评估包")},
        {.name = "version", .title = T("version", "版本")},
        {.name = "title", .title = T("title", "名称")},
        {.name = "region", .title = T("region", "区划")},
        {.name = "extends", .title = T("extends", "继承")},
        {.name = "behind", .title = T("behind", "未随更新")},
        {.name = "state", .title = T("state", "状态")},
        {.name = "stored_at", .title = T("stored", "入库时间"), .kind = OUTPUT_TIME},
        {.name = "hash", .title = T("hash", "哈希")}};
    VersionList list = {.only_pack = pack, .table = rows};
    output_init(rows, columns, sizeof columns / sizeof *columns);
    bool good = family_read_behind(store, &list.behind, error) &&
                registry_read_activated(store, &list.activated, error) &&
                store_read_pack_versions(store, false, list_version, &list, error);
    map_free(&list.behind);
    map_free(&list.activated);
    return good;
}

static bool list_activation(const StoreActivation *row, void *context, Error *error) {
    (void)error;
    OutputTable *table = context;
    output_time(table, row->at_us);
    output_text(table, row->pack);
    output_text(table, row->action);
    output_text(table, row->version);
    output_text(table, row->hash);
    output_text(table, row->who);
    return true;
}

bool view_activations_rows(Store *store, const char *pack, OutputTable *rows, Error *error) {
    const OutputColumn columns[] = {{.name = "at", .title = T("at", "时间"), .kind = OUTPUT_TIME},
                                    {.name = "pack", .title = T("pack", "评估包")},
                                    {.name = "action", .title = T("action", "动作")},
                                    {.name = "version", .title = T("version", "版本")},
                                    {.name = "hash", .title = T("hash", "哈希")},
                                    {.name = "who", .title = T("who", "操作人")}};
    output_init(rows, columns, sizeof columns / sizeof *columns);
    return store_read_activations(store, pack, list_activation, rows, error);
}

// ---- what a pack declares ----------------------------------------------------------------------

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

bool view_nodes_require_kind(const PackNodes *nodes, const char *kind, Error *error) {
    const char **kinds = memory_new(nodes->count, sizeof *kinds);
    bool found = false;
    for (size_t i = 0; i < nodes->count; i++) {
        kinds[i] = nodes->items[i].kind;
        found = found || strcmp(kinds[i], kind) == 0;
    }
    if (!found) {
        error_set(error, ERROR_NOT_FOUND,
                  T("the pack declares nothing of the kind \"%s\"", "评估包没有声明任何“%s”"),
                  kind);
        const char *near = nearest_name(kind, kinds, nodes->count);
        if (near) error_hint(error, T("did you mean \"%s\"?", "是否应为“%s”？"), near);
    }
    free(kinds);
    return found;
}

void view_nodes_rows(const PackNodes *nodes, const char *kind, OutputTable *rows) {
    const OutputColumn columns[] = {{.name = "kind", .title = T("kind", "种类")},
                                    {.name = "id", .title = T("id", "标识")},
                                    {.name = "title", .title = T("title", "名称")},
                                    {.name = "says", .title = T("says", "内容")},
                                    {.name = "source", .title = T("source", "依据")},
                                    {.name = "where", .title = T("declared at", "声明处")}};
    output_init(rows, columns, sizeof columns / sizeof *columns);
    Buffer says = {0}, where = {0};
    Map units = {0};
    map_units(nodes, &units);
    for (size_t i = 0; i < nodes->count; i++) {
        const PackNode *node = &nodes->items[i];
        if (kind && strcmp(node->kind, kind) != 0) continue;
        say_node(&says, node, nodes, &units);
        buffer_clear(&where);
        buffer_printf(&where, "%s:%d", node->file, node->line);
        output_text(rows, node->kind);
        output_text(rows, node->id);
        output_text(rows, node->title);
        output_text(rows, says.length ? says.data : NULL);
        output_text(rows, json_string_value(json_object_get(node->json, "source_text")));
        output_text(rows, where.data);
    }
    map_free(&units);
    buffer_free(&says);
    buffer_free(&where);
}

// ---- clauses -----------------------------------------------------------------------------------

static const char *state_of(const ClauseCoverage *clause) {
    if (clause->background) return "background";
    if (clause->carrier_count == 0) return "missing";
    return clause->missing_count ? "incomplete" : "carried";
}

static void add_row(OutputTable *table, const ClauseCoverage *clause) {
    Buffer carriers = {0}, missing = {0};
    for (size_t i = 0; i < clause->carrier_count; i++)
        buffer_printf(&carriers, "%s%s %s", i ? ", " : "", clause->carriers[i]->kind,
                      clause->carriers[i]->id);
    for (size_t i = 0; i < clause->missing_count; i++)
        buffer_printf(&missing, "%s%s", i ? ", " : "", clause->missing[i]);
    const json_t *json = clause->clause->json;
    output_text(table, clause->document);
    output_text(table, clause->clause->id);
    output_text(table, json_string_value(json_object_get(json, "at")));
    output_text(table, clause->clause->title);
    output_text(table, state_of(clause));
    output_text(table, clause->background ? json_string_value(json_object_get(json, "background"))
                                          : carriers.data);
    output_text(table, missing.data);
    buffer_free(&carriers);
    buffer_free(&missing);
}

void view_coverage_rows(const Coverage *coverage, OutputTable *rows) {
    const OutputColumn columns[] = {
        {.name = "document", .title = T("document", "文件")},
        {.name = "clause", .title = T("clause", "条款")},
        {.name = "at", .title = T("at", "位置")},
        {.name = "title", .title = T("title", "内容")},
        {.name = "state", .title = T("state", "状态")},
        {.name = "carried_by", .title = T("carried by", "落实于")},
        {.name = "missing", .title = T("figures missing", "缺少的数字")}};
    output_init(rows, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < coverage->count; i++)
        add_row(rows, &coverage->clauses[i]);
}

bool view_coverage_refuse(const Description *description, Error *error) {
    error_set(error, ERROR_PACK,
              T("pack \"%s\" declares no document", "评估包“%s”没有声明 document"),
              description->id);
    if (description->parent_count > 0)
        return error_hint(
            error,
            T("it extends \"%s\": ask for the coverage of that pack, whose document it is",
              "它继承“%s”：请查看那个评估包的条款落实情况，依据文件在其中"),
            description->parents[0].id);
    return error_hint(
        error, "%s",
        T("list the source's clauses: document \"plan\" { title = … } { clause \"g1\" { … } }",
          "请列出依据文件的条款：document \"plan\" { title = … } { clause \"g1\" { … } }"));
}
