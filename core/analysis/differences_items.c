// Contributions of items to the difference of two scores: see differences.h.
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/analysis/differences.h"

// The items as they are listed.
typedef struct Listing {
    const ItemSide *sides;
    ItemDifference *items;
    size_t count;
    Arena *arena;
} Listing;

static int find_listed(const Listing *listing, const char *id) {
    for (size_t i = 0; i < listing->count; i++)
        if (strcmp(listing->items[i].id, id) == 0) return (int)i;
    return -1;
}

static void take_side(ItemDifference *difference, const ItemSide *from, int side) {
    int index = assessment_item(from->assessment, difference->id);
    if (index < 0) return;
    difference->present[side] = true;
    difference->states[side] = from->results->items[index].state;
    difference->scores[side] = from->total->item_scores[index];
    difference->points[side] = from->total->item_points[index];
}

static bool is_leaf_in(const Assessment *assessment, const char *id) {
    int index = assessment_item(assessment, id);
    return index >= 0 && assessed_is_leaf(&assessment->items[index]);
}

// What an item holds on one side is inside its score where it holds nothing on the other.
static void list_item(Listing *listing, const Assessment *assessment, const Item *item) {
    const char *above = item->parent >= 0 ? assessment->items[item->parent].id : NULL;
    int parent = above ? find_listed(listing, above) : -1;
    bool inside = above && (parent < 0 || listing->items[parent].leaf);
    if (inside || find_listed(listing, item->id) >= 0) return;
    ItemDifference *difference = &listing->items[listing->count++];
    *difference = (ItemDifference){.id = arena_string(listing->arena, item->id),
                                   .title = arena_string(listing->arena, item->title),
                                   .parent = parent,
                                   .depth = parent >= 0 ? listing->items[parent].depth + 1 : 0,
                                   .leaf = is_leaf_in(listing->sides[0].assessment, item->id) ||
                                           is_leaf_in(listing->sides[1].assessment, item->id)};
    for (int s = 0; s < SIDES; s++)
        take_side(difference, &listing->sides[s], s);
}

// The first side's items, then those that only the second one's pack has.
static void list_items(Listing *listing) {
    for (int side = 0; side < SIDES; side++) {
        const Assessment *assessment = listing->sides[side].assessment;
        for (size_t i = 0; i < assessment->item_count; i++)
            list_item(listing, assessment, &assessment->items[i]);
    }
}

// ---- contributions -----------------------------------------------------------------------------

int64_t differences_billionths(double points) {
    return llround(points * BILLIONTHS);
}

static void split_leaf(ItemDifference *item) {
    double shares[SIDES];
    for (int side = 0; side < SIDES; side++)
        shares[side] = item->points[side] > 0 ? item->scores[side] / item->points[side] : NAN;
    for (int side = 0; side < SIDES; side++)
        if (isnan(shares[side])) shares[side] = isnan(shares[1 - side]) ? 0 : shares[1 - side];
    double by_points = (item->points[0] - item->points[1]) * (shares[0] + shares[1]) / 2;
    item->contribution =
        differences_billionths(item->scores[0]) - differences_billionths(item->scores[1]);
    item->from_points = differences_billionths(by_points);
    item->from_scoring = item->contribution - item->from_points;
}

// Whether a contribution shows by its digits that it was rounded.
static bool is_long(const ItemDifference *item) {
    return item->contribution % 1000 != 0;
}

static bool takes_rest_before(const ItemDifference *candidate, const ItemDifference *than) {
    if (!than || is_long(candidate) != is_long(than)) return !than || is_long(candidate);
    return llabs(candidate->contribution) > llabs(than->contribution);
}

// What roundings of single items left goes where it is least seen.
static void put_rest(Listing *listing) {
    ItemDifference *taker = NULL;
    int64_t rest = differences_billionths(listing->sides[0].total->total) -
                   differences_billionths(listing->sides[1].total->total);
    for (size_t i = 0; i < listing->count; i++) {
        ItemDifference *item = &listing->items[i];
        if (!item->leaf) continue;
        rest -= item->contribution;
        if (takes_rest_before(item, taker)) taker = item;
    }
    if (!taker) return;
    taker->contribution += rest;
    taker->from_scoring += rest;
}

static void contribute(Listing *listing) {
    for (size_t i = 0; i < listing->count; i++)
        if (listing->items[i].leaf) split_leaf(&listing->items[i]);
    put_rest(listing);
    for (size_t i = listing->count; i-- > 0;) {
        const ItemDifference *item = &listing->items[i];
        if (item->parent < 0) continue;
        ItemDifference *parent = &listing->items[item->parent];
        parent->contribution += item->contribution;
        parent->from_points += item->from_points;
        parent->from_scoring += item->from_scoring;
    }
}

ItemDifference *differences_of_items(const ItemSide sides[SIDES], Arena *arena, size_t *count) {
    size_t most = sides[0].assessment->item_count + sides[1].assessment->item_count;
    Listing listing = {.sides = sides, .arena = arena};
    listing.items = memory_new(most, sizeof *listing.items);
    list_items(&listing);
    contribute(&listing);
    *count = listing.count;
    return listing.items;
}
