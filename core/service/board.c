// What readers see: see board.h.
#include "core/service/board_inside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// ---- ranks --------------------------------------------------------------------------------------

struct KeptRanks {
    bool known;
    int32_t *of_regions, *ranked; // as in BoardRanks
    int32_t *room;                // of one assessment
};

static KeptRanks *ranks_new(const BoardPack *pack) {
    size_t assessments = pack->description->assessment_count;
    KeptRanks *ranks = memory_new(1, sizeof *ranks);
    ranks->of_regions = memory_new(pack->region_count * assessments, sizeof *ranks->of_regions);
    ranks->ranked = memory_new(assessments, sizeof *ranks->ranked);
    ranks->room = memory_new(pack->region_count, sizeof *ranks->room);
    return ranks;
}

static void ranks_free(KeptRanks *ranks) {
    if (!ranks) return;
    free(ranks->of_regions);
    free(ranks->ranked);
    free(ranks->room);
    free(ranks);
}

static void rank_all(const BoardPack *pack, KeptRanks *ranks) {
    size_t assessments = pack->description->assessment_count;
    for (size_t a = 0; a < assessments; a++) {
        standings_rank_all(&pack->standings[a], ranks->room);
        ranks->ranked[a] = 0;
        for (uint32_t r = 0; r < pack->region_count; r++) {
            ranks->of_regions[r * assessments + a] = ranks->room[r];
            ranks->ranked[a] += ranks->room[r] > 0;
        }
    }
    ranks->known = true;
}

BoardRanks board_ranks(const BoardPack *pack) {
    KeptRanks *ranks = pack->ranks;
    if (!ranks->known) rank_all(pack, ranks);
    return (BoardRanks){ranks->of_regions, ranks->ranked};
}

// ---- one pack -----------------------------------------------------------------------------------

static void put_standing(BoardPack *pack, uint32_t region) {
    const uint8_t *record = board_record(pack, region);
    for (size_t a = 0; a < pack->description->assessment_count; a++)
        standings_put(&pack->standings[a], region, record);
    overview_put(&pack->overview, region, record);
    board_failures_put(pack, region);
}

static void take_regions(BoardPack *pack, const Live *live) {
    const Dataset *dataset = live_dataset(live);
    pack->region_count = dataset->header->region_count;
    pack->regions = memory_new(pack->region_count, sizeof *pack->regions);
    pack->standings = memory_new(pack->description->assessment_count, sizeof *pack->standings);
    for (size_t a = 0; a < pack->description->assessment_count; a++)
        standings_init(&pack->standings[a], pack->layout, (int)a, pack->region_count);
    overview_init(&pack->overview, pack->layout, pack->region_count);
    board_failures_init(pack);
    for (uint32_t r = 0; r < pack->region_count; r++) {
        BoardRegion *region = &pack->regions[r];
        ResultBytes bytes = live_bytes(live, r);
        region->code = arena_string(&pack->arena, dataset->regions[r].code);
        region->parent = dataset->regions[r].parent;
        if (bytes.length) buffer_append(&region->bytes, bytes.data, bytes.length);
        map_put(&pack->by_code, region->code, r);
        put_standing(pack, r);
    }
    pack->ranks = ranks_new(pack);
    rank_all(pack, pack->ranks); // here, and not on the loop when they are first read
}

static void hash_own(BoardPack *pack) {
    Bundle own;
    bundle_own(&pinned_pack(pack->version)->bundle, &own);
    memcpy(pack->own_hash, own.hash, sizeof pack->own_hash);
    bundle_free(&own);
}

BoardPack *board_pack_new(PinnedPack *version, const Live *live, const Error *problem) {
    BoardPack *pack = memory_new(1, sizeof *pack);
    pack->version = pinned_pack_share(version);
    pack->description = pinned_pack(version)->description;
    hash_own(pack);
    if (!live || !live_layout(live)) {
        pack->problem = *problem;
        return pack;
    }
    const Run *run = live_run(live);
    pack->year = run->year;
    pack->year_is_fixed = live_year_is_fixed(live);
    pack->run = run->id;
    pack->data_version = run->data_version;
    memcpy(pack->result_hash, run->result_hash, sizeof pack->result_hash);
    pack->layout = layout_new(pack->description, run->year, false);
    samples_copy(live_samples(live), &pack->samples);
    take_regions(pack, live);
    return pack;
}

void board_pack_free(BoardPack *pack) {
    if (!pack) return;
    for (uint32_t r = 0; r < pack->region_count; r++)
        buffer_free(&pack->regions[r].bytes);
    for (size_t a = 0; pack->standings && a < pack->description->assessment_count; a++)
        standings_free(&pack->standings[a]);
    free(pack->standings);
    ranks_free(pack->ranks);
    overview_free(&pack->overview);
    board_failures_free(pack);
    samples_free(&pack->samples);
    free(pack->regions);
    map_free(&pack->by_code);
    layout_free(pack->layout);
    pinned_pack_release(pack->version);
    arena_free(&pack->arena);
    free(pack);
}

const uint8_t *board_record(const BoardPack *pack, uint32_t region) {
    const Buffer *bytes = &pack->regions[region].bytes;
    return bytes->length ? result_record(pack->layout, bytes->data, bytes->length) : NULL;
}

int board_find_region(const BoardPack *pack, const char *code) {
    return (int)map_get(&pack->by_code, code);
}

// ---- changes ------------------------------------------------------------------------------------

BoardChange *board_change_new(const Live *live) {
    BoardChange *change = memory_new(1, sizeof *change);
    const Run *run = live_run(live);
    const LiveChange *changes = live_changes(live, &change->count);
    memcpy(change->pack, run->pack, strnlen(run->pack, sizeof change->pack - 1));
    memcpy(change->pack_hash, run->pack_hash, sizeof change->pack_hash);
    memcpy(change->result_hash, run->result_hash, sizeof change->result_hash);
    change->run = run->id;
    change->data_version = run->data_version;
    change->regions = memory_new(change->count, sizeof *change->regions);
    for (size_t i = 0; i < change->count; i++) {
        ResultBytes bytes = live_bytes(live, changes[i].region);
        change->regions[i].region = changes[i].region;
        buffer_append(&change->regions[i].bytes, bytes.data, bytes.length);
    }
    const SampleChange *samples = live_sample_changes(live, &change->sample_count);
    change->samples = memory_new(change->sample_count, sizeof *change->samples);
    if (change->sample_count)
        memcpy(change->samples, samples, change->sample_count * sizeof *change->samples);
    return change;
}

void board_change_free(BoardChange *change) {
    for (size_t i = 0; i < change->count; i++)
        buffer_free(&change->regions[i].bytes);
    free(change->regions);
    free(change->samples);
    free(change);
}

// ---- places -------------------------------------------------------------------------------------

typedef struct PlaceReading {
    BoardPlaces *places;
    const char **parents; // codes, by place; a parent may come after its children
    size_t capacity;
} PlaceReading;

static bool add_place(const StoreRegion *region, void *context, Error *error) {
    (void)error;
    PlaceReading *reading = context;
    BoardPlaces *places = reading->places;
    size_t count = places->count;
    ARRAY_RESERVE(places->items, places->count, places->capacity);
    ARRAY_RESERVE(reading->parents, count, reading->capacity);
    map_put(&places->by_code, region->code, (int64_t)places->count);
    reading->parents[count] = arena_string(&places->arena, region->parent);
    places->items[places->count++] =
        (BoardPlace){.code = arena_string(&places->arena, region->code),
                     .name = arena_string(&places->arena, region->name),
                     .level = arena_string(&places->arena, region->level),
                     .parent = -1};
    return true;
}

bool board_places_read(Store *store, BoardPlaces **out, Error *error) {
    PlaceReading reading = {.places = memory_new(1, sizeof *reading.places)};
    BoardPlaces *places = reading.places;
    bool good = store_read_regions(store, add_place, &reading, error);
    for (size_t i = 0; good && i < places->count; i++) {
        int parent = reading.parents[i] ? (int)map_get(&places->by_code, reading.parents[i]) : -1;
        places->items[i].parent = parent;
        if (parent >= 0) places->items[parent].has_children = true;
    }
    free(reading.parents);
    if (good)
        *out = places;
    else
        board_places_free(places);
    return good;
}

void board_places_free(BoardPlaces *places) {
    if (!places) return;
    free(places->items);
    map_free(&places->by_code);
    arena_free(&places->arena);
    free(places);
}

// ---- the board ----------------------------------------------------------------------------------

BoardRetired *board_retired_new(const StorePackVersion *version) {
    BoardRetired *retired = memory_new(1, sizeof *retired);
    snprintf(retired->pack, sizeof retired->pack, "%s", version->pack);
    snprintf(retired->hash, sizeof retired->hash, "%s", version->hash);
    retired->title = memory_copy_string(version->title);
    retired->version = memory_copy_string(version->version);
    retired->region = memory_copy_string(version->region);
    return retired;
}

void board_retired_free(BoardRetired *retired) {
    if (!retired) return;
    free(retired->title);
    free(retired->version);
    free(retired->region);
    free(retired);
}

void board_free(Board *board) {
    for (size_t i = 0; i < board->count; i++)
        board_pack_free(board->packs[i]);
    for (size_t i = 0; i < board->retired_count; i++)
        board_retired_free(board->retired[i]);
    free(board->packs);
    free(board->retired);
    board_places_free(board->places);
    *board = (Board){0};
}

static BoardPack **find(const Board *board, const char *pack) {
    for (size_t i = 0; i < board->count; i++)
        if (strcmp(board->packs[i]->description->id, pack) == 0) return &board->packs[i];
    return NULL;
}

const BoardPack *board_find(const Board *board, const char *pack) {
    BoardPack **found = find(board, pack);
    return found ? *found : NULL;
}

static BoardRetired **find_retired(const Board *board, const char *pack) {
    for (size_t i = 0; i < board->retired_count; i++)
        if (strcmp(board->retired[i]->pack, pack) == 0) return &board->retired[i];
    return NULL;
}

const BoardRetired *board_find_retired(const Board *board, const char *pack) {
    BoardRetired **found = find_retired(board, pack);
    return found ? *found : NULL;
}

static void forget_retired(Board *board, const char *pack) {
    BoardRetired **found = find_retired(board, pack);
    if (!found) return;
    board_retired_free(*found);
    *found = board->retired[--board->retired_count];
}

void board_retire(Board *board, BoardRetired *retired) {
    BoardPack **found = find(board, retired->pack);
    board->revision++;
    if (found) {
        board_pack_free(*found);
        board->count--;
        memmove(found, found + 1, (size_t)(board->packs + board->count - found) * sizeof *found);
    }
    forget_retired(board, retired->pack);
    ARRAY_RESERVE(board->retired, board->retired_count, board->retired_capacity);
    board->retired[board->retired_count++] = retired;
}

void board_put(Board *board, BoardPack *pack) {
    BoardPack **found = find(board, pack->description->id);
    forget_retired(board, pack->description->id);
    pack->revision = ++board->revision;
    if (found) {
        board_failures_inherit(*found, pack);
        board_pack_free(*found);
        *found = pack;
        return;
    }
    ARRAY_RESERVE(board->packs, board->count, board->capacity);
    size_t at = board->count++;
    for (; at > 0 && strcmp(board->packs[at - 1]->description->id, pack->description->id) > 0; at--)
        board->packs[at] = board->packs[at - 1];
    board->packs[at] = pack;
}

bool board_apply(Board *board, const BoardChange *change) {
    BoardPack **found = find(board, change->pack);
    if (!found || strcmp(pinned_pack((*found)->version)->bundle.hash, change->pack_hash) != 0 ||
        (*found)->run > change->run || !(*found)->layout)
        return false;
    BoardPack *pack = *found;
    for (size_t i = 0; i < change->count; i++) {
        uint32_t region = change->regions[i].region;
        const Buffer *bytes = &change->regions[i].bytes;
        board_failures_take_back(pack, region);
        buffer_clear(&pack->regions[region].bytes);
        buffer_append(&pack->regions[region].bytes, bytes->data, bytes->length);
        put_standing(pack, region);
    }
    // A pack that was put up whole since may have them already.
    bool is_newer = change->data_version > pack->data_version;
    for (size_t i = 0; i < change->sample_count && is_newer; i++)
        samples_apply(&pack->samples, &change->samples[i]);
    pack->ranks->known = false;
    pack->run = change->run;
    pack->data_version = change->data_version;
    memcpy(pack->result_hash, change->result_hash, sizeof pack->result_hash);
    pack->revision = ++board->revision;
    return true;
}

void board_put_places(Board *board, BoardPlaces *places) {
    board_places_free(board->places);
    board->places = places;
    places->revision = ++board->revision;
}

const BoardPlace *board_place(const Board *board, const char *code) {
    if (!board->places) return NULL;
    int64_t index = map_get(&board->places->by_code, code);
    return index < 0 ? NULL : &board->places->items[index];
}
