// Which rules of a pack on the board failed, and where: see board.h.
#include "core/service/board_inside.h"

#include <stdlib.h>
#include <string.h>

void board_failures_init(BoardPack *pack) {
    size_t rules = pack->description->rule_count;
    pack->failures.regions = memory_new(rules, sizeof *pack->failures.regions);
    pack->failures.told = memory_new(rules, sizeof *pack->failures.told);
}

void board_failures_free(BoardPack *pack) {
    free(pack->failures.regions);
    free(pack->failures.told);
}

static void read_failures(const BoardPack *pack, uint32_t region, RegionResult *result) {
    const Buffer *bytes = &pack->regions[region].bytes;
    result_read_failures(pack->layout, (ResultBytes){bytes->data, bytes->length}, result);
}

// `step` is 1, or -1 to take back what was counted. Failures come in order of their rules, and a
// rule may have failed for several units.
static void count(BoardPack *pack, uint32_t region, int step) {
    BoardFailures *failures = &pack->failures;
    RegionResult result;
    uint32_t failed = 0;
    read_failures(pack, region, &result);
    for (size_t i = 0; i < result.failure_count; i++) {
        int rule = result.failures[i].rule;
        if (i > 0 && rule == result.failures[i - 1].rule) continue;
        failures->regions[rule] += (uint32_t)step;
        failed++;
    }
    failures->rules += (size_t)step * failed;
    failures->in_regions += failed > 0 ? (size_t)step : 0;
    overview_put_failed(&pack->overview, region, step > 0 ? failed : 0);
    result_free(&result);
}

void board_failures_put(BoardPack *pack, uint32_t region) {
    count(pack, region, 1);
}

void board_failures_take_back(BoardPack *pack, uint32_t region) {
    count(pack, region, -1);
}

// What was told of a version is not told again when it is evaluated anew for the same year.
void board_failures_inherit(const BoardPack *former, BoardPack *pack) {
    const char *before = pinned_pack(former->version)->bundle.hash;
    if (former->layout && pack->layout && former->year == pack->year &&
        strcmp(before, pinned_pack(pack->version)->bundle.hash) == 0)
        memcpy(pack->failures.told, former->failures.told,
               pack->description->rule_count * sizeof *pack->failures.told);
}

static bool find_in(const BoardPack *pack, uint32_t region, int rule, BoardFailure *found) {
    RegionResult *result = &found->result;
    if (pack->overview.failed_rules[region] == 0) return false;
    read_failures(pack, region, result);
    found->region = pack->regions[region].code;
    for (size_t i = 0; i < result->failure_count; i++) {
        found->failure = &result->failures[i];
        if (found->failure->rule == rule) return true;
    }
    result_free(result);
    return false;
}

bool board_failure_find(const BoardPack *pack, const BoardChange *change, int rule,
                        BoardFailure *found) {
    uint32_t count = change ? (uint32_t)change->count : pack->region_count;
    for (uint32_t i = 0; i < count; i++)
        if (find_in(pack, change ? change->regions[i].region : i, rule, found)) return true;
    return false;
}
