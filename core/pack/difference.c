// Comparing two descriptions: see difference.h.
#include "core/pack/difference.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/map.h"
#include "core/pack/nodes.h"

const char *difference_kind_name(DifferenceKind kind) {
    static const char *const names[] = {"added", "removed", "changed"};
    return (size_t)kind < sizeof names / sizeof *names ? names[kind] : "unknown";
}

// One of the two packs.
typedef struct Side {
    const json_t *description;
    PackNodes nodes;
    const char **domains; // by node: the domain it stands in, or NULL
    Map by_name;          // "kind id" → node
} Side;

typedef struct Comparison {
    Side parent, child;
    bool codes_compare; // both tell their rules' code apart, by the same version of Lua
    DifferenceList *list;
} Comparison;

// Kinds that take one another's place count as one.
static void name_of(const PackNode *node, Buffer *name) {
    buffer_clear(name);
    bool pack = strcmp(node->kind, "pack") == 0; // there is one, whatever it is called
    buffer_printf(name, "%s %s", node->kind, pack ? "" : node->id);
}

static bool stands_in_domain(const PackNode *node) {
    static const char *const kinds[] = {"indicator", "objective", "task"};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(node->kind, kinds[i]) == 0) return true;
    return false;
}

static void side_read(Side *side, const json_t *description) {
    *side = (Side){.description = description};
    pack_nodes_read(description, &side->nodes);
    side->domains = memory_new(side->nodes.count, sizeof *side->domains);
    const char *domain = NULL;
    Buffer name = {0};
    for (size_t i = 0; i < side->nodes.count; i++) {
        const PackNode *node = &side->nodes.items[i];
        if (strcmp(node->kind, "domain") == 0) domain = node->id;
        if (stands_in_domain(node)) side->domains[i] = domain;
        name_of(node, &name);
        map_put(&side->by_name, name.data, (int64_t)i);
    }
    buffer_free(&name);
}

static void side_free(Side *side) {
    pack_nodes_free(&side->nodes);
    free(side->domains);
    map_free(&side->by_name);
}

static int64_t find(const Side *side, const PackNode *node) {
    Buffer name = {0};
    name_of(node, &name);
    int64_t found = map_get(&side->by_name, name.data);
    buffer_free(&name);
    return found;
}

// A place with the id of the pack before it, the pack's own files too.
static const char *place(Comparison *comparison, const Side *side, const json_t *node) {
    const char *file = json_string_value(json_object_get(node, "file"));
    const json_t *pack = json_object_get(side->description, "pack");
    const char *id = json_string_value(json_object_get(pack, "id"));
    if (!file || !id) return NULL;
    bool carried = pack_file_is_carried(side->nodes.parents, file);
    char text[256];
    snprintf(text, sizeof text, "%s%s%s:%d", carried ? "" : id, carried ? "" : "/", file,
             (int)json_integer_value(json_object_get(node, "line")));
    return arena_string(&comparison->list->arena, text);
}

static const json_t *rule_of(const Side *side, const json_t *number) {
    if (!json_is_integer(number)) return NULL;
    const json_t *rules = json_object_get(side->description, "rules");
    return json_array_get(rules, (size_t)json_integer_value(number));
}

// Names of variables come from a worker and are shown to people.
static bool is_name(const char *text) {
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";
    size_t length = strspn(text, allowed);
    return length > 0 && length <= 64 && text[length] == '\0';
}

// A variable that is only called otherwise is the same.
static bool is_used(const json_t *uses, const char *name, const json_t *code) {
    const json_t *namesake = json_object_get(uses, name);
    if (namesake) return json_equal(namesake, code);
    const char *other;
    json_t *other_code;
    json_object_foreach((json_t *)uses, other,
                        other_code) if (json_equal(other_code, code)) return true;
    return false;
}

static void list_uses(const json_t *uses, const json_t *others, Buffer *names) {
    const char *name;
    json_t *code;
    json_object_foreach((json_t *)uses, name, code) {
        if (is_name(name) && !is_used(others, name, code))
            buffer_printf(names, "%s%s", names->length ? ", " : "", name);
    }
}

// Whether two rules do the same. `*uses` is what they use otherwise, where their own code is equal.
static bool is_same_rule(Comparison *comparison, const json_t *old, const json_t *new,
                         const char *old_place, const char *new_place, const char **uses) {
    const json_t *old_code = json_object_get(old, "code"), *new_code = json_object_get(new, "code");
    *uses = NULL;
    if (!old || !new) return old == new;
    if (!comparison->codes_compare || !old_code || !new_code)
        return old_place && new_place && strcmp(old_place, new_place) == 0;
    if (!json_equal(old_code, new_code)) return false;
    Buffer names = {0};
    list_uses(json_object_get(new, "uses"), json_object_get(old, "uses"), &names);
    if (names.length) *uses = arena_string(&comparison->list->arena, names.data);
    buffer_free(&names);
    return !*uses;
}

static Difference *add(DifferenceList *list, DifferenceKind change, const PackNode *node) {
    ARRAY_RESERVE(list->items, list->count, list->capacity);
    Difference *difference = &list->items[list->count++];
    // The text outlives the nodes, the JSON that it is of outlives the list.
    *difference = (Difference){.change = change,
                               .kind = arena_string(&list->arena, node->kind),
                               .id = arena_string(&list->arena, node->id),
                               .title = arena_string(&list->arena, node->title)};
    return difference;
}

// Of a pack these are its own, and differ always.
static bool is_identity(const PackNode *node, const char *key) {
    static const char *const keys[] = {"id", "title", "region", "version", "extends", "source"};
    if (strcmp(node->kind, "pack") != 0) return false;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (strcmp(key, keys[i]) == 0) return true;
    return false;
}

static bool is_compared(const PackNode *node, const char *key) {
    // A domain's `indicators` is a list of nodes, a task's one of names.
    bool holds_nodes = strcmp(node->kind, "domain") == 0 && pack_node_links(key);
    bool says = pack_node_says(key) || strcmp(key, "title") == 0 || strcmp(key, "source") == 0 ||
                strcmp(key, "digits") == 0;
    return says && !holds_nodes && !is_identity(node, key);
}

static void compare_rules(Comparison *comparison, const PackNode *after, const char *key,
                          const json_t *old, const json_t *new) {
    const char *old_place = old ? place(comparison, &comparison->parent, old) : NULL;
    const char *new_place = new ? place(comparison, &comparison->child, new) : NULL;
    const char *uses;
    if (is_same_rule(comparison, old, new, old_place, new_place, &uses)) return;
    Difference *difference = add(comparison->list, NODE_CHANGED, after);
    difference->field = arena_string(&comparison->list->arena, key);
    difference->place_before = old_place;
    difference->place_after = new_place;
    difference->uses = uses;
    difference->where = place(comparison, &comparison->child, after->json);
}

static void compare_field(Comparison *comparison, const PackNode *before, const PackNode *after,
                          const char *key) {
    const json_t *old = json_object_get(before->json, key),
                 *new = json_object_get(after->json, key);
    if (pack_node_is_rule(key)) {
        compare_rules(comparison, after, key, rule_of(&comparison->parent, old),
                      rule_of(&comparison->child, new));
        return;
    }
    if (!is_compared(after, key) || (old && new &&json_equal(old, new))) return;
    Difference *difference = add(comparison->list, NODE_CHANGED, after);
    difference->field = arena_string(&comparison->list->arena, key);
    difference->before = old;
    difference->after = new;
    difference->where = place(comparison, &comparison->child, after->json);
}

static void compare_domains(Comparison *comparison, size_t before, size_t after) {
    const char *old = comparison->parent.domains[before], *new = comparison->child.domains[after];
    if (!old || !new || strcmp(old, new) == 0) return;
    const PackNode *node = &comparison->child.nodes.items[after];
    Difference *difference = add(comparison->list, NODE_CHANGED, node);
    difference->field = "domain";
    difference->place_before = arena_string(&comparison->list->arena, old);
    difference->place_after = arena_string(&comparison->list->arena, new);
    difference->where = place(comparison, &comparison->child, node->json);
}

static void compare_nodes(Comparison *comparison, size_t before, size_t after) {
    const PackNode *old = &comparison->parent.nodes.items[before];
    const PackNode *new = &comparison->child.nodes.items[after];
    size_t differences = comparison->list->count;
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)old->json, key, value) compare_field(comparison, old, new, key);
    json_object_foreach((json_t *)new->json, key, value) if (!json_object_get(old->json, key))
        compare_field(comparison, old, new, key);
    compare_domains(comparison, before, after);
    comparison->list->changed += comparison->list->count > differences;
}

static bool is_below(const char *id, const char *holder) {
    size_t length = strlen(holder);
    return id && strncmp(id, holder, length) == 0 && id[length] == '.';
}

// Whether removing that takes the node away too.
static bool takes_away(const json_t *removed, const PackNode *node, const char *domain) {
    const char *kind = json_string_value(json_object_get(removed, "kind"));
    const char *id = json_string_value(json_object_get(removed, "id"));
    if (!kind || !id) return false;
    if (strcmp(kind, node->kind) == 0 && strcmp(id, node->id) == 0) return true;
    if (strcmp(kind, "domain") == 0) return domain && strcmp(id, domain) == 0;
    if (strcmp(kind, "plan") == 0)
        return is_below(domain, id) ||
               (strcmp(node->kind, "domain") == 0 && is_below(node->id, id));
    return strcmp(kind, "assessment") == 0 && is_below(node->id, id);
}

// Where the pack removed a declaration, or what held it.
static const char *removed_at(Comparison *comparison, size_t index) {
    const Side *child = &comparison->child, *parent = &comparison->parent;
    size_t at;
    const json_t *removed;
    json_array_foreach(json_object_get(child->description, "removed"), at, removed) {
        if (takes_away(removed, &parent->nodes.items[index], parent->domains[index]))
            return place(comparison, child, removed);
    }
    return NULL;
}

typedef struct Ordered {
    Difference difference;
    int64_t kind; // in the order in which kinds first occur
    size_t at;
} Ordered;

static int by_kind(const void *left, const void *right) {
    const Ordered *a = left, *b = right;
    if (a->kind != b->kind) return a->kind < b->kind ? -1 : 1;
    return a->at < b->at ? -1 : a->at > b->at;
}

static void group(Comparison *comparison) {
    DifferenceList *list = comparison->list;
    const Side *sides[] = {&comparison->parent, &comparison->child};
    Map kinds = {0};
    for (size_t s = 0; s < 2; s++)
        for (size_t i = 0; i < sides[s]->nodes.count; i++)
            if (map_get(&kinds, sides[s]->nodes.items[i].kind) == MAP_MISSING)
                map_put(&kinds, sides[s]->nodes.items[i].kind, (int64_t)(s * 1000000 + i));
    Ordered *ordered = memory_new(list->count, sizeof *ordered);
    for (size_t i = 0; i < list->count; i++)
        ordered[i] = (Ordered){list->items[i], map_get(&kinds, list->items[i].kind), i};
    if (list->count) qsort(ordered, list->count, sizeof *ordered, by_kind);
    for (size_t i = 0; i < list->count; i++)
        list->items[i] = ordered[i].difference;
    free(ordered);
    map_free(&kinds);
}

void difference_read(const json_t *parent, const json_t *child, DifferenceList *list) {
    *list = (DifferenceList){0};
    Comparison comparison = {.list = list};
    side_read(&comparison.parent, parent);
    side_read(&comparison.child, child);
    const json_t *coded = json_object_get(parent, "rule_code");
    comparison.codes_compare = coded && json_equal(coded, json_object_get(child, "rule_code"));
    for (size_t i = 0; i < comparison.child.nodes.count; i++) {
        const PackNode *node = &comparison.child.nodes.items[i];
        int64_t before = find(&comparison.parent, node);
        if (before != MAP_MISSING) {
            compare_nodes(&comparison, (size_t)before, i);
            continue;
        }
        add(list, NODE_ADDED, node)->where = place(&comparison, &comparison.child, node->json);
        list->added++;
    }
    for (size_t i = 0; i < comparison.parent.nodes.count; i++) {
        const PackNode *node = &comparison.parent.nodes.items[i];
        if (find(&comparison.child, node) != MAP_MISSING) continue;
        add(list, NODE_REMOVED, node)->where = removed_at(&comparison, i);
        list->removed++;
    }
    group(&comparison);
    side_free(&comparison.parent);
    side_free(&comparison.child);
}

void difference_free(DifferenceList *list) {
    free(list->items);
    arena_free(&list->arena);
    *list = (DifferenceList){0};
}
