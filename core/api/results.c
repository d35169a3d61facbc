// /api/v1/results: what regions got, read from the board.
#include "core/api/api_inside.h"
#include "core/base/json_writer.h"

static void begin_answer(JsonWriter *json, const BoardPack *pack) {
    json_writer_begin_object(json);
    json_writer_key(json, "pack");
    json_writer_string(json, pack->description->id);
    json_writer_key(json, "version");
    json_writer_string(json, pack->description->version);
    json_writer_key(json, "hash");
    json_writer_string(json, pinned_pack(pack->version)->bundle.hash);
    json_writer_key(json, "year");
    json_writer_integer(json, pack->year);
    json_writer_key(json, "run");
    json_writer_integer(json, pack->run);
    json_writer_key(json, "data_version");
    json_writer_integer(json, pack->data_version);
}

static void write_standing(JsonWriter *json, const BoardPack *pack, size_t a, uint32_t region,
                           int32_t rank) {
    const Standings *standings = &pack->standings[a];
    const Assessment *assessment = &pack->description->assessments[a];
    int grade = standings->grades[region];
    json_writer_begin_object(json);
    json_writer_key(json, "assessment");
    json_writer_string(json, assessment->id);
    json_writer_key(json, "title");
    json_writer_string(json, assessment->title);
    json_writer_key(json, "points");
    json_writer_number(json, assessment->points);
    json_writer_key(json, "total");
    json_writer_number(json, standings->printed[region]);
    json_writer_key(json, "grade");
    json_writer_string(json, grade >= 0 ? assessment->grades[grade].name : NULL);
    json_writer_key(json, "rank");
    if (rank > 0)
        json_writer_integer(json, rank);
    else
        json_writer_null(json);
    json_writer_end_object(json);
}

// `ranks`: by assessment, of all regions; NULL: this region's alone are worked out.
static void write_region(JsonWriter *json, const Board *board, const BoardPack *pack,
                         uint32_t region, int32_t *const *ranks) {
    const BoardPlace *place = board_place(board, pack->regions[region].code);
    json_writer_key(json, "region");
    json_writer_string(json, pack->regions[region].code);
    json_writer_key(json, "name");
    json_writer_string(json, place ? place->name : NULL);
    json_writer_key(json, "scores");
    json_writer_begin_array(json);
    for (size_t a = 0; a < pack->description->assessment_count; a++)
        if (pack->description->assessments[a].of != OF_UNIT)
            write_standing(json, pack, a, region,
                           ranks ? ranks[a][region] : standings_rank(&pack->standings[a], region));
    json_writer_end_array(json);
}

static void answer(ApiCall *call, Buffer *out) {
    buffer_text(out, "\n");
    api_answer_bytes(call, 200, "application/json; charset=utf-8", out);
}

static void scores_of_region(ApiCall *call) {
    const BoardPack *pack = api_pack_results(call);
    int region = pack ? api_region(call, pack) : -1;
    if (region < 0 || api_pack_is_fresh(call, pack)) return;
    Buffer out = {0};
    JsonWriter json = {.out = &out};
    begin_answer(&json, pack);
    write_region(&json, service_board(api_service(call)), pack, (uint32_t)region, NULL);
    json_writer_end_object(&json);
    answer(call, &out);
}

static int32_t **rank_all(const BoardPack *pack, Arena *arena) {
    size_t count = pack->description->assessment_count;
    int32_t **ranks = arena_new(arena, count, sizeof *ranks);
    for (size_t a = 0; a < count; a++) {
        ranks[a] = arena_new(arena, pack->region_count, sizeof **ranks);
        standings_rank_all(&pack->standings[a], ranks[a]);
    }
    return ranks;
}

static bool for_caller(const ApiCall *call, const BoardPack *pack, uint32_t region, bool all) {
    return all || api_may(call, ACTION_RESULTS_READ, pack->regions[region].code);
}

static void scores_of_all(ApiCall *call) {
    const BoardPack *pack = api_pack_results(call);
    if (!pack || api_pack_is_fresh(call, pack)) return;
    Buffer out = {0};
    JsonWriter json = {.out = &out};
    Arena arena = {0};
    int32_t **ranks = rank_all(pack, &arena);
    bool all = api_may(call, ACTION_RESULTS_READ, pack->description->region);
    begin_answer(&json, pack);
    json_writer_key(&json, "regions");
    json_writer_begin_array(&json);
    for (uint32_t r = 0; r < pack->region_count; r++) {
        if (!pack->regions[r].bytes.length || !for_caller(call, pack, r, all)) continue;
        json_writer_begin_object(&json);
        write_region(&json, service_board(api_service(call)), pack, r, ranks);
        json_writer_end_object(&json);
    }
    json_writer_end_array(&json);
    json_writer_end_object(&json);
    arena_free(&arena);
    answer(call, &out);
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
};
const ApiResource api_results = {routes, sizeof routes / sizeof *routes};
