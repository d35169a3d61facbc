// /api/v1/results: what regions got, read from the board.
#include <stdlib.h>

#include "core/api/api_inside.h"
#include "core/view/region_json.h"
#include "core/view/summary_json.h"

static void begin_answer(JsonWriter *json, const BoardPack *pack) {
    json_writer_begin_object(json);
    json_writer_put_string(json, "pack", pack->description->id);
    json_writer_put_string(json, "version", pack->description->version);
    json_writer_put_string(json, "hash", pinned_pack(pack->version)->bundle.hash);
    json_writer_put_integer(json, "year", pack->year);
    json_writer_put_integer(json, "run", pack->run);
    json_writer_put_integer(json, "data_version", pack->data_version);
}

static const char json_content[] = "application/json; charset=utf-8";

static void answer(ApiCall *call, Buffer *out) {
    buffer_text(out, "\n");
    api_answer_bytes(call, 200, json_content, out);
}

static bool may_see_all(const ApiCall *call, const BoardPack *pack) {
    return api_may(call, ACTION_RESULTS_READ, pack->description->region);
}

// What tells of all regions is the same for whoever may see them all.
static void answer_all(ApiCall *call, const char *name, bool all, Buffer *out) {
    buffer_text(out, "\n");
    if (all)
        api_answer_keeping(call, name, json_content, out);
    else
        api_answer_bytes(call, 200, json_content, out);
}

static void write_label(JsonWriter *json, const Board *board, const BoardPack *pack,
                        uint32_t region) {
    const BoardPlace *place = board_place(board, pack->regions[region].code);
    json_writer_put_string(json, "region", pack->regions[region].code);
    json_writer_put_string(json, "name", place ? place->name : NULL);
    uint32_t failed = pack->overview.failed_rules[region];
    if (failed) json_writer_put_integer(json, "failed_rules", failed);
    size_t samples = pack->samples.by_place[region].held;
    if (samples) json_writer_put_integer(json, "sample_observations", (int64_t)samples);
}

// ---- scores -------------------------------------------------------------------------------------

static void write_scores(JsonWriter *json, const BoardPack *pack, uint32_t region) {
    const BoardRanks ranks = board_ranks(pack);
    const RegionSamples samples = {&pack->samples, pack->regions[region].code};
    const RegionScores scores = {.description = pack->description,
                                 .standings = pack->standings,
                                 .region = region,
                                 .record = board_record(pack, region),
                                 .ranks = ranks.of_regions +
                                          region * pack->description->assessment_count,
                                 .ranked = ranks.ranked,
                                 .samples = samples_are_there(&pack->samples) ? &samples : NULL};
    json_writer_key(json, "scores");
    view_scores_write(&scores, json);
}

static void scores_of_region(ApiCall *call) {
    const BoardPack *pack = api_pack_results(call);
    int region = pack ? api_region(call, pack) : -1;
    if (region < 0 || api_pack_is_fresh(call, pack)) return;
    Buffer out = {0};
    JsonWriter json = {.out = &out, .compact = true};
    begin_answer(&json, pack);
    write_label(&json, service_board(api_service(call)), pack, (uint32_t)region);
    write_scores(&json, pack, (uint32_t)region);
    json_writer_end_object(&json);
    answer(call, &out);
}

static bool for_caller(const ApiCall *call, const BoardPack *pack, uint32_t region, bool all) {
    return all || api_may(call, ACTION_RESULTS_READ, pack->regions[region].code);
}

static void scores_of_all(ApiCall *call) {
    const BoardPack *pack = api_pack_results(call);
    if (!pack || api_pack_is_fresh(call, pack)) return;
    bool all = may_see_all(call, pack);
    if (all && api_answer_kept(call, "scores")) return;
    Buffer out = {0};
    JsonWriter json = {.out = &out, .compact = true};
    begin_answer(&json, pack);
    json_writer_key(&json, "regions");
    json_writer_begin_array(&json);
    for (uint32_t r = 0; r < pack->region_count; r++) {
        if (!pack->regions[r].bytes.length || !for_caller(call, pack, r, all)) continue;
        json_writer_begin_object(&json);
        write_label(&json, service_board(api_service(call)), pack, r);
        write_scores(&json, pack, r);
        json_writer_end_object(&json);
    }
    json_writer_end_array(&json);
    json_writer_end_object(&json);
    answer_all(call, "scores", all, &out);
}

// ---- all of a region ----------------------------------------------------------------------------

static void region(ApiCall *call) {
    const BoardPack *pack = api_pack_results(call);
    int place = pack ? api_region(call, pack) : -1;
    if (place < 0 || api_pack_is_fresh(call, pack)) return;
    const Buffer *bytes = &pack->regions[place].bytes;
    Buffer out = {0};
    JsonWriter json = {.out = &out, .compact = true};
    Error error = {0};
    const RegionSamples samples = {&pack->samples, pack->regions[place].code};
    begin_answer(&json, pack);
    write_label(&json, service_board(api_service(call)), pack, (uint32_t)place);
    json_writer_key(&json, "result");
    json_writer_begin_object(&json);
    if (!view_region_members(pack->layout, (ResultBytes){bytes->data, bytes->length},
                             samples_are_there(&pack->samples) ? &samples : NULL, &json, &error)) {
        buffer_free(&out);
        api_fail(call, &error);
        return;
    }
    json_writer_end_object(&json);
    json_writer_end_object(&json);
    answer(call, &out);
}

// ---- the summary --------------------------------------------------------------------------------

typedef struct Labels {
    const Board *board;
    const BoardPack *pack;
} Labels;

static const char *code_of(size_t region, const void *context) {
    const Labels *labels = context;
    return labels->pack->regions[region].code;
}

static const char *name_of(size_t region, const void *context) {
    const Labels *labels = context;
    const BoardPlace *place = board_place(labels->board, labels->pack->regions[region].code);
    return place ? place->name : NULL;
}

// By region, whether the caller may see it. Free with free.
static bool *told_to(const ApiCall *call, const BoardPack *pack) {
    bool *told = memory_new(pack->region_count, sizeof *told);
    for (uint32_t r = 0; r < pack->region_count; r++)
        told[r] = for_caller(call, pack, r, false);
    return told;
}

static void summary(ApiCall *call) {
    const BoardPack *pack = api_pack_results(call);
    if (!pack || api_pack_is_fresh(call, pack)) return;
    bool all = may_see_all(call, pack);
    if (all && api_answer_kept(call, "summary")) return;
    bool *told = all ? NULL : told_to(call, pack);
    const Labels labels = {service_board(api_service(call)), pack};
    const SummarySource source = {.overview = &pack->overview,
                                  .standings = pack->standings,
                                  .included = told,
                                  .samples = &pack->samples,
                                  .own = board_find_region(pack, pack->description->region),
                                  .code = code_of,
                                  .name = name_of,
                                  .context = &labels};
    Buffer out = {0};
    JsonWriter json = {.out = &out, .compact = true};
    begin_answer(&json, pack);
    json_writer_key(&json, "summary");
    view_summary_write(&source, &json);
    json_writer_end_object(&json);
    free(told);
    answer_all(call, "summary", all, &out);
}

static const ApiRoute routes[] = {
    {{"GET", "/api/v1/results/{pack}/scores", 0},
     scores_of_all,
     ACTION_RESULTS_READ,
     API_PART_OF_PACK},
    {{"GET", "/api/v1/results/{pack}/scores/{region}", 0},
     scores_of_region,
     ACTION_RESULTS_READ,
     API_REGION},
    {{"GET", "/api/v1/results/{pack}/regions/{region}", 0},
     region,
     ACTION_RESULTS_READ,
     API_REGION},
    {{"GET", "/api/v1/results/{pack}/summary", 0}, summary, ACTION_RESULTS_READ, API_PART_OF_PACK},
};
const ApiResource api_results = {routes, sizeof routes / sizeof *routes};
