// /api/v1/packs: active packs, going back to the version before, taking a pack out of service, the
// year that is shown.
#include <stdlib.h>
#include <string.h>

#include "core/api/api_inside.h"
#include "core/registry/pack_year.h"

static json_t *pack_to_json(const BoardPack *pack) {
    const LoadedPack *loaded = pinned_pack(pack->version);
    const Description *description = pack->description;
    bool has_results = pack->layout != NULL;
    json_t *json = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:b}", "id", description->id, "title",
                             description->title, "version", description->version, "region",
                             description->region, "hash", loaded->bundle.hash, "std_hash",
                             loaded->std.hash, "has_results", has_results);
    json_object_set_new(json, "year", has_results ? json_integer(pack->year) : json_null());
    json_object_set_new(json, "year_is_fixed",
                        has_results ? json_boolean(pack->year_is_fixed) : json_null());
    json_object_set_new(json, "run", has_results ? json_integer(pack->run) : json_null());
    json_object_set_new(json, "data_version",
                        has_results ? json_integer(pack->data_version) : json_null());
    json_object_set_new(json, "result_hash",
                        has_results ? json_string(pack->result_hash) : json_null());
    json_object_set_new(json, "failed_rules",
                        has_results ? json_integer((json_int_t)pack->failures.rules) : json_null());
    json_object_set_new(json, "problem",
                        has_results ? json_null() : api_error_to_json(&pack->problem));
    return json;
}

static json_t *retired_to_json(const ApiCall *call, const Board *board) {
    json_t *rows = json_array();
    for (size_t i = 0; i < board->retired_count; i++) {
        const BoardRetired *retired = board->retired[i];
        if (api_may_part(call, ACTION_PACKS_READ, retired->region))
            json_array_append_new(rows,
                                  json_pack("{s:s, s:s, s:s, s:s, s:s}", "id", retired->pack,
                                            "title", retired->title, "version", retired->version,
                                            "region", retired->region, "hash", retired->hash));
    }
    return rows;
}

static void list(ApiCall *call) {
    const Board *board = service_board(api_service(call));
    json_t *rows = json_array();
    for (size_t i = 0; i < board->count; i++)
        if (api_may_part(call, ACTION_PACKS_READ, board->packs[i]->description->region))
            json_array_append_new(rows, pack_to_json(board->packs[i]));
    api_answer_json(
        call, 200, json_pack("{s:o, s:o}", "packs", rows, "retired", retired_to_json(call, board)));
}

static void show(ApiCall *call) {
    const BoardPack *pack = api_pack(call);
    if (pack && !api_pack_is_fresh(call, pack)) api_answer_json(call, 200, pack_to_json(pack));
}

// ---- going back ---------------------------------------------------------------------------------

typedef struct RollingBack {
    ApiCall *call;
    char *pack;
    FamilyRollBack done;
    json_t *impact; // owned; NULL when it was not done
    ProblemList problems;
    bool good, reads; // may read results, and so what they changed
} RollingBack;

static void roll_back(Desk *desk, void *context) {
    RollingBack *rolling = context;
    Buffer impact = {0};
    rolling->good = desk_roll_back(desk, rolling->pack, rolling->call->actor.who, &rolling->done,
                                   &impact, &rolling->problems);
    if (rolling->good && rolling->reads)
        rolling->impact = json_loadb(impact.data, impact.length, 0, NULL);
    buffer_free(&impact);
}

static json_t *roll_back_to_json(const RollingBack *rolling) {
    const FamilyRollBack *done = &rolling->done;
    json_t *followed = json_array(), *kept = json_array();
    for (size_t i = 1; i < done->count; i++)
        json_array_append_new(followed, json_string(done->moves[i].id));
    for (size_t i = 0; i < done->kept_count; i++)
        json_array_append_new(kept, json_string(done->kept[i]));
    json_t *json = json_pack("{s:s, s:s, s:o, s:o}", "pack", rolling->pack, "hash",
                             done->moves[0].to, "followed", followed, "kept", kept);
    json_object_set_new(json, "impact",
                        rolling->impact ? json_incref(rolling->impact) : json_null());
    return json;
}

static void rolled_back(void *context) {
    RollingBack *rolling = context;
    if (rolling->good)
        api_answer_json(rolling->call, 200, roll_back_to_json(rolling));
    else
        api_fail_all(rolling->call, &rolling->problems);
    family_roll_back_free(&rolling->done);
    json_decref(rolling->impact);
    problems_free(&rolling->problems);
    free(rolling->pack);
    free(rolling);
}

static void begin_roll_back(ApiCall *call) {
    const char *region = api_known_pack(call);
    if (!region) return;
    RollingBack *rolling = memory_new(1, sizeof *rolling);
    *rolling = (RollingBack){.call = call,
                             .pack = memory_copy_string(api_parameter(call, "pack")),
                             .reads = api_may(call, ACTION_RESULTS_READ, region)};
    if (api_at_desk(call, roll_back, rolled_back, rolling)) return;
    free(rolling->pack);
    free(rolling);
}

// ---- out of service ----------------------------------------------------------------------------

typedef struct Retiring {
    ApiCall *call;
    char hash[HASH_TEXT_SIZE]; // of the version that was active
    PackIds kept;
    Error error;
    bool good;
} Retiring;

static void retire(Desk *desk, void *context) {
    Retiring *retiring = context;
    const ApiCall *call = retiring->call;
    retiring->good = desk_retire(desk, api_parameter(call, "pack"), call->actor.who, retiring->hash,
                                 &retiring->kept, &retiring->error);
}

static void answer_retired(void *context) {
    Retiring *retiring = context;
    json_t *kept = json_array();
    for (size_t i = 0; i < retiring->kept.count; i++)
        json_array_append_new(kept, json_string(retiring->kept.items[i]));
    if (retiring->good)
        api_answer_json(retiring->call, 200,
                        json_pack("{s:s, s:s, s:O}", "pack", api_parameter(retiring->call, "pack"),
                                  "hash", retiring->hash, "kept", kept));
    else
        api_fail(retiring->call, &retiring->error);
    json_decref(kept);
    pack_ids_free(&retiring->kept);
    free(retiring);
}

static void begin_retire(ApiCall *call) {
    if (!api_pack(call)) return;
    Retiring *retiring = memory_new(1, sizeof *retiring);
    retiring->call = call;
    if (!api_at_desk(call, retire, answer_retired, retiring)) free(retiring);
}

// ---- the year -----------------------------------------------------------------------------------

typedef struct SettingYear {
    ApiCall *call;
    char *pack;
    int year, shown; // year 0: the newest
    ProblemList problems;
    bool good;
} SettingYear;

static void set_year(Desk *desk, void *context) {
    SettingYear *setting = context;
    setting->good = desk_set_year(desk, setting->pack, setting->year, setting->call->actor.who,
                                  &setting->shown, &setting->problems);
}

static void year_was_set(void *context) {
    SettingYear *setting = context;
    if (setting->good)
        api_answer_json(setting->call, 200,
                        json_pack("{s:s, s:i, s:b}", "pack", setting->pack, "year", setting->shown,
                                  "year_is_fixed", setting->year != 0));
    else
        api_fail_all(setting->call, &setting->problems);
    problems_free(&setting->problems);
    free(setting->pack);
    free(setting);
}

// False: the call is answered.
static bool take_year(ApiCall *call, int *year) {
    static const char *const members[] = {"year", NULL};
    json_t *body;
    if (!api_body_object(call, members, &body)) return false;
    const json_t *member = json_object_get(body, "year");
    json_int_t value = json_integer_value(member);
    bool newest = json_is_null(member);
    bool good =
        newest || (json_is_integer(member) && value >= PACK_FIRST_YEAR && value <= PACK_LAST_YEAR);
    *year = newest ? 0 : (int)value;
    json_decref(body);
    if (!good)
        api_failf(call, ERROR_USAGE,
                  T("\"year\" must be a whole number from %d to %d, or null for the "
                    "newest",
                    "“year”应为 %d 至 %d 的整数；null 表示最新年度"),
                  PACK_FIRST_YEAR, PACK_LAST_YEAR);
    return good;
}

static void begin_setting(ApiCall *call) {
    int year;
    const BoardPack *pack = api_pack(call);
    if (!pack || !take_year(call, &year)) return;
    SettingYear *setting = memory_new(1, sizeof *setting);
    *setting = (SettingYear){
        .call = call, .pack = memory_copy_string(pack->description->id), .year = year};
    if (api_at_desk(call, set_year, year_was_set, setting)) return;
    free(setting->pack);
    free(setting);
}

static const ApiRoute routes[] = {
    {{"GET", "/api/v1/packs", 0}, list, ACTION_PACKS_READ, API_ANYWHERE},
    {{"GET", "/api/v1/packs/{pack}", 0}, show, ACTION_PACKS_READ, API_PART_OF_PACK},
    {{"POST", "/api/v1/packs/{pack}/rollback", 0},
     begin_roll_back,
     ACTION_PACKS_ROLL_BACK,
     API_PACK},
    {{"POST", "/api/v1/packs/{pack}/retire", 0}, begin_retire, ACTION_PACKS_RETIRE, API_PACK},
    {{"PUT", "/api/v1/packs/{pack}/year", API_SMALL_BODY},
     begin_setting,
     ACTION_PACKS_YEAR,
     API_PACK},
};
const ApiResource api_packs = {routes, sizeof routes / sizeof *routes};
