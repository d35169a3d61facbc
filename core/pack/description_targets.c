// The targets of indicators: see description_inside.h.
#include <math.h>
#include <string.h>

#include "core/base/language.h"
#include "core/pack/description_inside.h"

enum { MAX_PARTS = 100, MAX_TARGET_DEPTH = 8 };

static const char *const target_names[TARGET_KIND_COUNT] = {
    "at_least",       "at_most",  "above",  "below", "around",  "within",
    "keeps_at_least", "rises",    "falls",  "slows", "narrows", "not_below",
    "not_above",      "evidence", "all_of", "any_of"};

const char *target_kind_name(TargetKind kind) {
    return kind < TARGET_KIND_COUNT ? target_names[kind] : "unknown";
}

static bool parse_target(Maker *maker, const json_t *node, Target *target, int depth) {
    *target = (Target){.value = maker_number(node, "value", NAN),
                       .tolerance = maker_number(node, "tolerance", 0),
                       .low = maker_number(node, "low", NAN),
                       .high = maker_number(node, "high", NAN),
                       .outer_low = maker_number(node, "outer_low", NAN),
                       .outer_high = maker_number(node, "outer_high", NAN),
                       .years = maker_integer(node, "years", 5),
                       .series = -1,
                       .breakdown = -1,
                       .times = maker_number(node, "times", 1),
                       .part = maker_number(node, "part", NAN),
                       .whole = maker_number(node, "whole", NAN)};
    static const char *const periods[] = {"year", "term", "plan"};
    target->per = (TargetPer)maker_choice(node, "per", periods, 3, PER_YEAR);
    target->kind =
        (TargetKind)maker_choice(node, "kind", target_names, TARGET_KIND_COUNT, TARGET_KIND_COUNT);
    if (target->kind == TARGET_KIND_COUNT || depth > MAX_TARGET_DEPTH) return false;
    if (target->kind <= TARGET_AROUND && isnan(target->value)) return false;
    if (target->kind == TARGET_KEEPS_AT_LEAST && isnan(target->value)) return false;
    if (target->kind == TARGET_WITHIN && !(target->low <= target->high)) return false;

    const json_t *parts = json_object_get(node, "parts");
    target->part_count = maker_size(parts);
    bool compound = target->kind == TARGET_ALL_OF || target->kind == TARGET_ANY_OF;
    if (compound != (target->part_count > 0) || target->part_count > MAX_PARTS) return false;
    Target *copies = maker_array(maker, target->part_count, sizeof *copies);
    for (size_t i = 0; i < target->part_count; i++)
        if (!parse_target(maker, json_array_get(parts, i), &copies[i], depth + 1)) return false;
    target->parts = copies;
    return true;
}

void description_parse_targets(Maker *maker, const json_t *node, Indicator *indicator) {
    const json_t *single = json_object_get(node, "target");
    const json_t *several = json_object_get(node, "targets");
    size_t count = maker_size(several) + (single != NULL || indicator->is_objective);
    if (count > MAX_TARGET_SETS) {
        problems_addf(
            maker->problems, ERROR_PACK, indicator->file, indicator->line, 0,
            T("indicator \"%s\" has more than %d target sets", "指标 \"%s\" 的目标超过 %d 套"),
            indicator->id, MAX_TARGET_SETS);
        return;
    }
    TargetSet *sets = maker_array(maker, count, sizeof *sets);
    size_t made = 0;
    if (indicator->is_objective) {
        sets[made++] = (TargetSet){"own",
                                   {.kind = TARGET_EVIDENCE,
                                    .value = 1,
                                    .series = -1,
                                    .breakdown = -1,
                                    .part = NAN,
                                    .whole = NAN}};
    } else if (single) {
        sets[made].id = "own";
        if (parse_target(maker, single, &sets[made].target, 0)) made++;
    }
    // The set named "own" counts, so it comes first; the others follow by name.
    for (int own = 1; own >= 0; own--) {
        for (size_t i = 0; i < maker_size(several); i++) {
            const json_t *set = json_array_get(several, i);
            if (maker_is(set, "id", "own") != (own == 1)) continue;
            sets[made].id = maker_text(maker, set, "id", "");
            if (parse_target(maker, json_object_get(set, "target"), &sets[made].target, 0)) made++;
        }
    }
    if (single && several)
        problems_addf(maker->problems, ERROR_PACK, indicator->file, indicator->line, 0,
                      T("indicator \"%s\" has both target and targets: keep one",
                        "指标 \"%s\" 同时有 target 和 targets：只保留一个"),
                      indicator->id);
    else if (made == 0 && !maker->declared_with_problems)
        problems_addf(maker->problems, ERROR_PACK, indicator->file, indicator->line, 0,
                      T("indicator \"%s\" has no target: add target = at_least(…) or the like",
                        "指标 \"%s\" 没有目标：请加 target = at_least(…) 等"),
                      indicator->id);
    indicator->target_sets = sets;
    indicator->target_set_count = made;
}

static void resolve_targets(Maker *maker, const json_t *node, Target *target,
                            const Indicator *indicator) {
    for (size_t i = 0; i < target->part_count; i++)
        resolve_targets(maker, json_array_get(json_object_get(node, "parts"), i),
                        (Target *)&target->parts[i], indicator);
    if (target->kind != TARGET_NOT_BELOW && target->kind != TARGET_NOT_ABOVE) return;
    const char *id = json_string_value(json_object_get(node, "indicator"));
    if (!id ||
        !inputs_resolve_series(maker->description, id, &target->series, &target->breakdown)) {
        problems_addf(maker->problems, ERROR_PACK, indicator->file, indicator->line, 0,
                      T("indicator \"%s\": its target names \"%s\", which is not declared",
                        "指标 \"%s\"：其目标所引用的 \"%s\" 未声明"),
                      indicator->id, id ? id : "?");
        maker_hint_series(maker, id ? id : "?", false);
    }
}

void description_resolve_targets(Maker *maker, const json_t *plans) {
    size_t at = 0;
    for (size_t p = 0; p < maker_size(plans); p++) {
        const json_t *domains = json_object_get(json_array_get(plans, p), "domains");
        for (size_t d = 0; d < maker_size(domains); d++) {
            const json_t *members = json_object_get(json_array_get(domains, d), "indicators");
            for (size_t i = 0; i < maker_size(members); i++, at++) {
                const json_t *node = json_array_get(members, i);
                const Indicator *indicator = &maker->description->indicators[at];
                const json_t *several = json_object_get(node, "targets");
                description_resolve_counts(maker, node, (Indicator *)indicator);
                for (size_t s = 0; s < indicator->target_set_count; s++) {
                    const TargetSet *set = &indicator->target_sets[s];
                    const json_t *source = json_object_get(node, "target");
                    for (size_t k = 0; k < maker_size(several); k++)
                        if (maker_is(json_array_get(several, k), "id", set->id))
                            source = json_object_get(json_array_get(several, k), "target");
                    resolve_targets(maker, source, (Target *)&set->target, indicator);
                }
            }
        }
    }
}
