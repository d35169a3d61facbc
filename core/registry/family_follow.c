// What becomes of packs that extend one that is activated or rolled back: see family.h.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/language.h"
#include "core/registry/family.h"
#include "core/registry/registry_inside.h"
#include "core/work/open_rounds.h"

// ---- active packs that extend others
// -------------------------------------------------------------

typedef struct Child {
    const char *id, *hash, *parent;
    size_t depth; // packs it extends
} Child;

typedef struct ChildList {
    Arena arena;
    Child *items;
    size_t count, capacity;
} ChildList;

// Read from the stored text, because a description that this program cannot read is no reason to
// refuse another pack.
static bool add_child(const StorePackVersion *version, void *context, Error *error) {
    (void)error;
    ChildList *children = context;
    json_t *description = json_loads(version->description, 0, NULL);
    const json_t *parents = json_object_get(description, "parents");
    const char *parent = json_string_value(json_object_get(json_array_get(parents, 0), "id"));
    if (parent) {
        ARRAY_RESERVE(children->items, children->count, children->capacity);
        children->items[children->count++] =
            (Child){arena_string(&children->arena, version->pack),
                    arena_string(&children->arena, version->hash),
                    arena_string(&children->arena, parent), json_array_size(parents)};
    }
    json_decref(description);
    return true;
}

static int by_depth(const void *left, const void *right) {
    const Child *a = left, *b = right;
    if (a->depth != b->depth) return a->depth < b->depth ? -1 : 1;
    return strcmp(a->id, b->id);
}

// Parents before their children.
static bool read_children(Store *store, ChildList *children, Error *error) {
    *children = (ChildList){0};
    if (!store_read_pack_versions(store, true, add_child, children, error)) return false;
    if (children->count) qsort(children->items, children->count, sizeof *children->items, by_depth);
    return true;
}

static void child_list_free(ChildList *children) {
    free(children->items);
    arena_free(&children->arena);
}

bool family_read_extending(Store *store, const char *pack, PackIds *extending, Error *error) {
    ChildList children;
    *extending = (PackIds){0};
    bool good = read_children(store, &children, error);
    for (size_t i = 0; good && i < children.count; i++) {
        if (strcmp(children.items[i].parent, pack) != 0) continue;
        ARRAY_RESERVE(extending->items, extending->count, extending->capacity);
        extending->items[extending->count++] =
            arena_string(&extending->arena, children.items[i].id);
    }
    child_list_free(&children);
    return good;
}

void pack_ids_free(PackIds *ids) {
    free(ids->items);
    arena_free(&ids->arena);
    *ids = (PackIds){0};
}

// ---- rebuilding
// ----------------------------------------------------------------------------------

static const Follower *find_follower(const FollowerList *followers, const char *id) {
    for (size_t i = 0; i < followers->count; i++)
        if (strcmp(followers->items[i].id, id) == 0) return &followers->items[i];
    return NULL;
}

static Follower *add_follower(FollowerList *followers, const char *id) {
    ARRAY_RESERVE(followers->items, followers->count, followers->capacity);
    Follower *follower = &followers->items[followers->count++];
    *follower = (Follower){0};
    snprintf(follower->id, sizeof follower->id, "%s", id);
    return follower;
}

void family_show_pack(ProblemList *problems, const char *name, const Bundle *bundle) {
    for (size_t i = 0; i < problems->count; i++) {
        Error *problem = &problems->items[i];
        char path[2 * sizeof problem->file];
        snprintf(path, sizeof path, "@%s", problem->file);
        if (!problem->file[0] || problem->file[0] == '/' || bundle_find(bundle, path)) continue;
        snprintf(path, sizeof path, "%s/%s", name, problem->file);
        snprintf(problem->file, sizeof problem->file, "%.250s", path);
    }
}

// A child's problems stand among those of the pack it extends, so each says whose it is.
static void show_child(const Child *child, Follower *follower) {
    family_show_pack(&follower->problems, child->id, &follower->pack.bundle);
    for (size_t i = 0; i < follower->problems.count; i++) {
        Error *problem = &follower->problems.items[i];
        if (!problem->file[0])
            snprintf(problem->file, sizeof problem->file, "%s/pack.lua", child->id);
    }
}

static bool carries(const Bundle *bundle, const char *parent, const char *hash) {
    Bundle carried;
    if (!bundle_parent(bundle, parent, &carried)) return false;
    bool same = strcmp(carried.hash, hash) == 0;
    bundle_free(&carried);
    return same;
}

static void rebuild(const JobHost *host, const Child *child, const Bundle *active,
                    const LoadedPack *parent, FollowerList *followers) {
    const ParentPlaces places = {.given = parent};
    Follower *follower = add_follower(followers, child->id);
    Bundle own;
    bundle_own(active, &own);
    // It is known what it will ask for. Should it not fit, it is asked for again, and told where.
    ProblemList ignored = {0};
    bool extended = bundle_extend(&own, child->parent, &parent->bundle, &ignored);
    (void)extended;
    problems_free(&ignored);
    bool good = family_load_bundle(host, &own, &places, true, &follower->pack, &follower->problems);
    show_child(child, follower);
    followers->broken += !good;
}

// A pack whose parent would break is not tried.
static void leave(const Child *child, FollowerList *followers) {
    Follower *follower = add_follower(followers, child->id);
    char file[BUNDLE_MAX_ID + 16];
    snprintf(file, sizeof file, "%s/pack.lua", child->id);
    problems_addf(&follower->problems, ERROR_PACK, file, 0, 0,
                  T("extends %s, which would break", "所继承的 %s 将出现问题"), child->parent);
    followers->broken++;
}

static bool follow(const JobHost *host, Store *store, const Child *child, const LoadedPack *pack,
                   FollowerList *followers, Error *error) {
    // A stored version that says it extends itself, by whatever way round, would come back at once.
    if (strcmp(child->id, pack->description->id) == 0) return true;
    const Follower *moved = find_follower(followers, child->parent);
    bool directly = strcmp(child->parent, pack->description->id) == 0;
    if (!moved && !directly) return true;
    if (moved && moved->problems.count > 0) {
        leave(child, followers);
        return true;
    }
    LoadedPack parent = directly ? *pack : moved->pack; // borrowed: the list may move
    Bundle active;
    if (!registry_read_bundle(store, child->hash, &active, error)) return false;
    if (!carries(&active, child->parent, parent.bundle.hash))
        rebuild(host, child, &active, &parent, followers);
    bundle_free(&active);
    return true;
}

bool family_follow(const JobHost *host, Store *store, const LoadedPack *pack,
                   FollowerList *followers, Error *error) {
    ChildList children = {0};
    *followers = (FollowerList){0};
    bool good = store_last_activation(store, &followers->seen, error) &&
                read_children(store, &children, error);
    followers->begun = followers->seen;
    for (size_t i = 0; good && i < children.count; i++)
        good = follow(host, store, &children.items[i], pack, followers, error);
    child_list_free(&children);
    if (!good) follower_list_free(followers);
    return good;
}

void follower_list_free(FollowerList *followers) {
    for (size_t i = 0; i < followers->count; i++) {
        loaded_pack_free(&followers->items[i].pack);
        problems_free(&followers->items[i].problems);
    }
    free(followers->items);
    *followers = (FollowerList){0};
}

// ---- left behind --------------------------------------------------------------------------------

typedef struct ActiveHashes {
    Arena arena;
    const char **hashes;
    size_t count, capacity;
    Map by_id;
} ActiveHashes;

static bool add_hash(const StorePackVersion *version, void *context, Error *error) {
    (void)error;
    ActiveHashes *active = context;
    ARRAY_RESERVE(active->hashes, active->count, active->capacity);
    map_put(&active->by_id, version->pack, (int64_t)active->count);
    active->hashes[active->count++] = arena_string(&active->arena, version->hash);
    return true;
}

// A stored pack that is damaged is told where it is used; here it is in nobody's way.
static bool is_behind(Store *store, const Child *child, const ActiveHashes *active) {
    int64_t parent = map_get(&active->by_id, child->parent);
    Bundle bundle;
    Error damaged = {0};
    if (parent == MAP_MISSING || !registry_read_bundle(store, child->hash, &bundle, &damaged))
        return false;
    bool same = carries(&bundle, child->parent, active->hashes[parent]);
    bundle_free(&bundle);
    return !same;
}

bool family_read_behind(Store *store, Map *behind, Error *error) {
    ActiveHashes active = {0};
    ChildList children = {0};
    *behind = (Map){0};
    bool good = store_read_pack_versions(store, true, add_hash, &active, error) &&
                read_children(store, &children, error);
    for (size_t i = 0; good && i < children.count; i++)
        if (is_behind(store, &children.items[i], &active)) map_put(behind, children.items[i].id, 1);
    child_list_free(&children);
    free(active.hashes);
    map_free(&active.by_id);
    arena_free(&active.arena);
    return good;
}

// ---- what others did meanwhile ------------------------------------------------------------------

static bool meanwhile(const char *id, Error *error) {
    error_set(error, ERROR_CONFLICT,
              T("pack %s was activated, gone back to or taken out of service by somebody else "
                "meanwhile",
                "评估包 %s 同时被他人激活、回退或停用"),
              id);
    return error_hint(error, "%s",
                      T("nothing was changed; run the command again", "未作任何改动；请重新执行"));
}

static bool refuse_relative(const StorePackVersion *version, void *context, Error *error) {
    const char *id = context;
    json_t *description = json_loads(version->description, 0, NULL);
    bool related = strcmp(version->pack, id) == 0;
    size_t i;
    const json_t *parent;
    json_array_foreach(json_object_get(description, "parents"), i, parent) {
        const char *of = json_string_value(json_object_get(parent, "id"));
        related = related || (of && strcmp(of, id) == 0);
    }
    json_decref(description);
    return !related || meanwhile(version->pack, error);
}

// What was tried holds only while the pack and all that extend it are what they were.
static bool family_is_as_seen(StoreTransaction *transaction, const char *id, int64_t seen,
                              Error *error) {
    return store_read_activated_since(transaction, seen, refuse_relative, (char *)id, error);
}

static bool refuse_same(const StorePackVersion *version, void *context, Error *error) {
    return strcmp(version->pack, context) != 0 || meanwhile(version->pack, error);
}

// Who offered the pack did not know of a version that became active, or was gone back to, while it
// was checked: that is not to be undone unawares.
static bool pack_is_as_seen(StoreTransaction *transaction, const char *id, int64_t begun,
                            Error *error) {
    return store_read_activated_since(transaction, begun, refuse_same, (char *)id, error);
}

// So does what it was built on.
static bool parent_is_active(StoreTransaction *transaction, const LoadedPack *pack, Error *error) {
    char active[HASH_TEXT_SIZE];
    if (pack->description->parent_count == 0) return true;
    const char *parent = pack->description->parents[0].id;
    if (!store_find_active_pack(transaction, parent, active, error)) return false;
    return !*active || carries(&pack->bundle, parent, active) || meanwhile(parent, error);
}

typedef struct Choice {
    int64_t since;
    char then[HASH_TEXT_SIZE], now[HASH_TEXT_SIZE]; // "" while nothing was active
} Choice;

static bool note_choice(const StoreActivation *row, void *context, Error *error) {
    Choice *choice = context;
    (void)error;
    bool retired = strcmp(row->action, "retire") == 0;
    snprintf(choice->now, sizeof choice->now, "%s", retired ? "" : row->hash);
    if (row->id <= choice->since) memcpy(choice->then, choice->now, sizeof choice->then);
    return true;
}

// Of a version's own files; of none "".
static bool hash_own(Store *store, const char *version, char hash[HASH_TEXT_SIZE], Error *error) {
    Bundle bundle, own;
    hash[0] = '\0';
    if (!*version) return true;
    if (!registry_read_bundle(store, version, &bundle, error)) return false;
    bundle_own(&bundle, &own);
    memcpy(hash, own.hash, sizeof own.hash);
    bundle_free(&own);
    bundle_free(&bundle);
    return true;
}

bool family_was_chosen_since(Store *store, const LoadedPack *pack, int64_t since, bool *chosen,
                             Error *error) {
    Choice choice = {.since = since};
    char then[HASH_TEXT_SIZE], now[HASH_TEXT_SIZE];
    Bundle own;
    *chosen = false;
    if (!store_read_activations(store, pack->description->id, note_choice, &choice, error))
        return false;
    if (strcmp(choice.then, choice.now) == 0) return true; // whole or damaged
    if (!hash_own(store, choice.then, then, error) || !hash_own(store, choice.now, now, error))
        return false;
    bundle_own(&pack->bundle, &own);
    *chosen = strcmp(now, then) != 0 && strcmp(now, own.hash) != 0;
    bundle_free(&own);
    return true;
}

// ---- activating
// ----------------------------------------------------------------------------------

typedef struct Activation {
    Store *store;
    const LoadedPack *pack;
    FollowerList *followers; // NULL: none
    const char *who;
    bool changed;
} Activation;

static bool put_active(StoreTransaction *transaction, const Activation *activation,
                       const LoadedPack *pack, bool *changed, Error *error) {
    return open_rounds_allow(activation->store, pack->description, error) &&
           registry_put_active(transaction, pack, activation->who, changed, error);
}

static bool write_activation(StoreTransaction *transaction, void *context, Error *error) {
    Activation *activation = context;
    const FollowerList *followers = activation->followers;
    const LoadedPack *pack = activation->pack;
    bool good = parent_is_active(transaction, pack, error) &&
                (!followers ||
                 (pack_is_as_seen(transaction, pack->description->id, followers->begun, error) &&
                  family_is_as_seen(transaction, pack->description->id, followers->seen, error))) &&
                put_active(transaction, activation, pack, &activation->changed, error);
    for (size_t i = 0; followers && i < followers->count && good; i++)
        good = put_active(transaction, activation, &followers->items[i].pack, NULL, error);
    return good;
}

bool family_activate(Store *store, LoadedPack *pack, FollowerList *followers, const char *who,
                     bool *changed, Error *error) {
    if (!registry_region_is_known(store, pack->description->region, error)) return false;
    Activation activation = {store, pack, followers, who, false};
    if (!store_write(store, write_activation, &activation, error)) return false;
    loaded_pack_reach(pack, PACK_ACTIVE);
    for (size_t i = 0; followers && i < followers->count; i++)
        loaded_pack_reach(&followers->items[i].pack, PACK_ACTIVE);
    *changed = activation.changed;
    return true;
}

// ---- rolling back
// --------------------------------------------------------------------------------

// The versions of a pack that a rollback meets: what is active, and what was before.
typedef struct Stack {
    Arena arena;
    const char **hashes;
    size_t count, capacity;
} Stack;

static void push(Stack *stack, const char *hash) {
    ARRAY_RESERVE(stack->hashes, stack->count, stack->capacity);
    stack->hashes[stack->count++] = arena_string(&stack->arena, hash);
}

static bool top_is(const Stack *stack, const char *hash) {
    return stack->count > 0 && strcmp(stack->hashes[stack->count - 1], hash) == 0;
}

// As db/store_packs.c keeps it: activating puts a row on top, rolling back takes one off, retiring
// puts "" there, in the place of which the next version comes.
static bool replay_activation(const StoreActivation *row, void *context, Error *error) {
    (void)error;
    Stack *stack = context;
    if (strcmp(row->action, "rollback") == 0) {
        if (stack->count > 0) stack->count--;
    } else if (strcmp(row->action, "retire") == 0) {
        push(stack, "");
    } else {
        bool comes_back = top_is(stack, "");
        if (comes_back) stack->count--;
        if (!comes_back || !top_is(stack, row->hash)) push(stack, row->hash);
    }
    return true;
}

// False where there is nothing to go back to, or on an error.
static bool find_move(Store *store, const char *id, FamilyMove *move, Error *error) {
    Stack stack = {0};
    bool good = store_read_activations(store, id, replay_activation, &stack, error);
    if (good && stack.count < 2)
        good = error_set(
            error, ERROR_NOT_FOUND,
            T("Pack %s has no earlier version to go back to", "评估包 %s 没有可以回退到的更早版本"),
            id);
    if (good) {
        snprintf(move->from, sizeof move->from, "%s", stack.hashes[stack.count - 1]);
        snprintf(move->to, sizeof move->to, "%s", stack.hashes[stack.count - 2]);
    }
    free(stack.hashes);
    arena_free(&stack.arena);
    return good;
}

static void add_move(FamilyRollBack *plan, const char *id, const FamilyMove *move) {
    ARRAY_RESERVE(plan->moves, plan->count, plan->capacity);
    plan->moves[plan->count] = *move;
    plan->moves[plan->count++].id = arena_string(&plan->arena, id);
}

static FamilyMove *move_of(const FamilyRollBack *plan, const char *id) {
    for (size_t i = 0; i < plan->count; i++)
        if (strcmp(plan->moves[i].id, id) == 0) return &plan->moves[i];
    return NULL;
}

static void keep(FamilyRollBack *plan, const char *id) {
    ARRAY_RESERVE(plan->kept, plan->kept_count, plan->kept_capacity);
    plan->kept[plan->kept_count++] = arena_string(&plan->arena, id);
}

static bool version_carries(Store *store, const char *hash, const char *parent,
                            const char *parent_hash, bool *same, Error *error) {
    Bundle bundle;
    if (!registry_read_bundle(store, hash, &bundle, error)) return false;
    *same = carries(&bundle, parent, parent_hash);
    bundle_free(&bundle);
    return true;
}

// A child goes back with its parent when that undoes what following did; otherwise it keeps what
// it carries.
static bool move_child(Store *store, const Child *child, FamilyRollBack *plan, Error *error) {
    const FamilyMove *parent = move_of(plan, child->parent); // before any is added
    bool carries_left = false, carries_kept = false, carried_before = false;
    if (!parent) return true;
    if (!version_carries(store, child->hash, child->parent, parent->from, &carries_left, error) ||
        !version_carries(store, child->hash, child->parent, parent->to, &carries_kept, error))
        return false;
    if (carries_kept) return true;
    FamilyMove move = {0};
    Error nothing_before = {0};
    if (carries_left && find_move(store, child->id, &move, &nothing_before) &&
        !version_carries(store, move.to, child->parent, parent->to, &carried_before, error))
        return false;
    if (carried_before)
        add_move(plan, child->id, &move);
    else
        keep(plan, child->id);
    return true;
}

typedef struct MoveLoading {
    Store *store;
    const FamilyRollBack *plan;
} MoveLoading;

// What was active must still be whole and readable by this program, or nobody could use it.
static bool load_move(const StorePackVersion *version, void *context, Error *error) {
    const MoveLoading *loading = context;
    FamilyMove *move = move_of(loading->plan, version->pack);
    if (!move || strcmp(move->to, version->hash) != 0) return true;
    if (!registry_load_stored(loading->store, version->hash, version->std_hash,
                              version->description, &move->pack, error))
        return false;
    move->description = move->pack.description;
    return true;
}

bool family_plan_roll_back(Store *store, const char *pack_id, FamilyRollBack *plan, Error *error) {
    *plan = (FamilyRollBack){0};
    MoveLoading loading = {store, plan};
    ChildList children = {0};
    FamilyMove first = {0};
    bool good = store_last_activation(store, &plan->seen, error) &&
                read_children(store, &children, error) && find_move(store, pack_id, &first, error);
    if (good) add_move(plan, pack_id, &first);
    for (size_t i = 0; good && i < children.count; i++)
        good = move_child(store, &children.items[i], plan, error);
    good = good && store_read_pack_versions(store, false, load_move, &loading, error);
    for (size_t i = 0; good && i < plan->count; i++)
        good = open_rounds_allow(store, plan->moves[i].description, error);
    if (!good) family_roll_back_free(plan);
    child_list_free(&children);
    return good;
}

typedef struct Moving {
    Store *store;
    const FamilyRollBack *plan;
    const char *who;
} Moving;

static bool write_moves(StoreTransaction *transaction, void *context, Error *error) {
    const Moving *moving = context;
    const FamilyRollBack *plan = moving->plan;
    if (!family_is_as_seen(transaction, plan->moves[0].id, plan->seen, error)) return false;
    for (size_t i = 0; i < plan->count; i++) {
        const FamilyMove *move = &plan->moves[i];
        char hash[HASH_TEXT_SIZE];
        if (!open_rounds_allow(moving->store, move->description, error) ||
            !store_roll_back_pack(transaction, move->id, moving->who, hash, error))
            return false;
        if (strcmp(hash, move->to) != 0) return meanwhile(move->id, error);
    }
    return true;
}

bool family_roll_back(Store *store, const FamilyRollBack *plan, const char *who, Error *error) {
    Moving moving = {store, plan, who};
    return store_write(store, write_moves, &moving, error);
}

void family_roll_back_free(FamilyRollBack *plan) {
    for (size_t i = 0; i < plan->count; i++)
        loaded_pack_free(&plan->moves[i].pack);
    free(plan->moves);
    free(plan->kept);
    arena_free(&plan->arena);
    *plan = (FamilyRollBack){0};
}
