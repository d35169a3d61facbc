// Rules that fail on the figures there are: a version that passed all its tests may meet what they
// did not try. It stays active, because one region's figures are no reason to do without all
// results; but a score that a failed rule left out is not to be taken for one that was earned.
#include "core/base/language.h"
#include "core/eval/failure_text.h"
#include "core/service/service_inside.h"

enum { MOST_RULES_TOLD = 20 };

static void tell_rule(Service *service, const BoardPack *pack, const BoardChange *change,
                      int rule) {
    const char *owner = pack->description->rules[rule].owner;
    uint32_t regions = pack->failures.regions[rule];
    BoardFailure found;
    if (!board_failure_find(pack, change, rule, &found)) return;
    Buffer said = {0};
    failure_say(found.failure->outcome, found.failure->message, &said);
    if (regions == 1)
        service_notice(
            service,
            T("%s %s: %s failed for region %s: %s", "%s %s：%s 的规则在行政区划 %s 出错：%s"),
            pack->description->id, pack->description->version, owner, found.region, said.data);
    else
        service_notice(service,
                       T("%s %s: %s failed for %u regions (%s …): %s",
                         "%s %s：%s 的规则在 %u 个行政区划（%s 等）出错：%s"),
                       pack->description->id, pack->description->version, owner, regions,
                       found.region, said.data);
    buffer_free(&said);
    result_free(&found.result);
}

void service_tell_failures(Service *service, const BoardPack *pack, const BoardChange *change) {
    size_t told = 0;
    if (!pack->layout) return;
    for (size_t rule = 0; rule < pack->description->rule_count; rule++) {
        bool rises = pack->failures.regions[rule] > pack->failures.told[rule];
        pack->failures.told[rule] = pack->failures.regions[rule];
        if (rises && told++ < MOST_RULES_TOLD) tell_rule(service, pack, change, (int)rule);
    }
    if (told > MOST_RULES_TOLD)
        service_notice(service, T("%s %s: %zu more rules failed", "%s %s：另有 %zu 条规则出错"),
                       pack->description->id, pack->description->version, told - MOST_RULES_TOLD);
}
