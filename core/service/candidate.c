// Packs on their way: see candidate.h.
#include "core/service/candidate.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/clock.h"

const char *candidate_source_name(CandidateSource source) {
    static const char *const names[] = {"folder", "upload", "command"};
    return names[source];
}

static void candidate_free(Candidate *candidate) {
    problems_free(&candidate->problems);
    free(candidate->impact);
    pinned_pack_release(candidate->tested);
    arena_free(&candidate->arena);
    free(candidate);
}

static void forget(Candidates *candidates, size_t index) {
    candidate_free(candidates->items[index]);
    memmove(&candidates->items[index], &candidates->items[index + 1],
            (candidates->count - index - 1) * sizeof *candidates->items);
    candidates->count--;
}

static void forget_oldest(Candidates *candidates) {
    for (size_t i = 0; i < candidates->count; i++) {
        if (!candidates->items[i]->over_us) continue;
        forget(candidates, i);
        return;
    }
}

Candidate *candidates_add(Candidates *candidates, CandidateSource source, const char *origin,
                          const char *who) {
    Candidate *candidate = memory_new(1, sizeof *candidate);
    if (candidates->count >= CANDIDATES_KEPT) forget_oldest(candidates);
    ARRAY_RESERVE(candidates->items, candidates->count, candidates->capacity);
    candidates->items[candidates->count++] = candidate;
    candidate->id = ++candidates->last_id;
    candidate->source = source;
    candidate->language = language_now();
    candidate->origin = arena_string(&candidate->arena, origin);
    candidate->who = arena_string(&candidate->arena, who);
    candidate->pack = candidate->version = candidate->title = candidate->region = "";
    candidate->missing = "";
    candidate->problems.limit = CANDIDATE_PROBLEMS_KEPT;
    candidate->reached_us[PACK_SEEN] = clock_now_us();
    return candidate;
}

void candidates_take_back(Candidates *candidates, Candidate *candidate) {
    for (size_t i = candidates->count; i-- > 0;)
        if (candidates->items[i] == candidate) {
            forget(candidates, i);
            return;
        }
}

const Candidate *candidates_find(const Candidates *candidates, uint64_t id) {
    for (size_t i = 0; i < candidates->count; i++)
        if (candidates->items[i]->id == id) return candidates->items[i];
    return NULL;
}

void candidates_free(Candidates *candidates) {
    for (size_t i = 0; i < candidates->count; i++)
        candidate_free(candidates->items[i]);
    free(candidates->items);
    *candidates = (Candidates){0};
}

void candidates_put_impact(Candidates *candidates, Candidate *candidate, const char *impact) {
    size_t bytes = strlen(impact);
    free(candidate->impact);
    candidate->impact = memory_copy_string(impact);
    for (size_t i = candidates->count; i-- > 0;) {
        Candidate *other = candidates->items[i];
        if (!other->impact || other == candidate) continue;
        bytes += strlen(other->impact);
        if (bytes <= IMPACT_BYTES_KEPT) continue;
        free(other->impact);
        other->impact = NULL;
    }
}

static size_t bytes_of(const PinnedPack *pack) {
    const Bundle *bundle = &pinned_pack(pack)->bundle;
    size_t bytes = 0;
    for (size_t i = 0; i < bundle->count; i++)
        bytes += bundle->files[i].length;
    return bytes;
}

void candidates_keep_tested(Candidates *candidates, Candidate *candidate, LoadedPack *pack) {
    size_t bytes = 0;
    candidate->tested = pinned_pack_new(pack);
    for (size_t i = candidates->count; i-- > 0;) {
        Candidate *kept = candidates->items[i];
        if (!kept->tested) continue;
        bytes += bytes_of(kept->tested);
        if (bytes <= TESTED_BYTES_KEPT || kept == candidate) continue;
        pinned_pack_release(kept->tested);
        kept->tested = NULL;
    }
}

void candidate_take_state(Candidate *candidate, const LoadedPack *pack) {
    candidate->state = pack->state;
    for (int s = PACK_CHECKED; s < PACK_STATE_COUNT; s++)
        if (pack->reached_us[s]) candidate->reached_us[s] = pack->reached_us[s];
}

void candidate_take_pack(Candidate *candidate, const LoadedPack *pack) {
    const Description *description = pack->description;
    candidate_take_state(candidate, pack);
    memcpy(candidate->hash, pack->bundle.hash, sizeof candidate->hash);
    candidate->specs_passed = pack->specs_passed;
    candidate->specs_failed = pack->specs_failed;
    candidate->missing = arena_string(&candidate->arena, pack->missing);
    if (!description) return;
    candidate->pack = arena_string(&candidate->arena, description->id);
    candidate->version = arena_string(&candidate->arena, description->version);
    candidate->title = arena_string(&candidate->arena, description->title);
    candidate->region = arena_string(&candidate->arena, description->region);
}

void candidate_end(Candidate *candidate, bool good) {
    candidate->good = good;
    if (!good && !candidate->failed) candidate->failed = candidate->state + 1;
    candidate->over_us = clock_now_us();
    if (candidate->done) candidate->done(candidate, candidate->done_context);
    candidate->done = NULL;
}
