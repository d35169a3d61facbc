// Analyses as JSON: see analysis_json.h.
#include "core/view/analysis_json.h"

#include <math.h>

// What every analysis of a run says of it, as members of a new object.
static json_t *run_json(const Run *run) {
    return json_pack("{s:b, s:s, s:s, s:I, s:i, s:I, s:s}", "ok", true, "pack", run->pack,
                     "pack_hash", run->pack_hash, "run", (json_int_t)run->id, "year", run->year,
                     "data_version", (json_int_t)run->data_version, "result_hash",
                     run->result_hash);
}

static json_t *number_or_null(double value) {
    return isfinite(value) ? json_real(value) : json_null();
}

// ---- weights -----------------------------------------------------------------------------------

const char *weighed_code(const Weighed *weighed, const WeightsSubject *subject) {
    return subject->unit >= 0 ? weighed->request->description->units[subject->unit].id
                              : subject->region;
}

const char *weighed_name(const Weighed *weighed, const WeightsSubject *subject,
                         const RegionNames *names) {
    return subject->unit >= 0 ? weighed->request->description->units[subject->unit].title
                              : region_names_get(names, subject->region);
}

size_t weighed_samples(const Weighed *weighed, const WeightsSubject *subject) {
    return samples_behind_item(weighed->samples, subject->region, weighed->request->assessment, -1,
                               subject->unit);
}

static json_t *subject_json(const RegionNames *names, const Weighed *weighed,
                            const WeightsSubject *subject) {
    const RankSpread *spread = &subject->spread;
    return json_pack("{s:s, s:s, s:o, s:i, s:i, s:i, s:i, s:i, s:o, s:o, s:I}", "code",
                     weighed_code(weighed, subject), "name", weighed_name(weighed, subject, names),
                     "score", number_or_null(subject->score), "rank", subject->rank, "rank_low",
                     spread->low, "rank_high", spread->high, "rank_best", spread->best,
                     "rank_worst", spread->worst, "rank_mean", number_or_null(spread->mean),
                     "changed", number_or_null(spread->changed), "sample_observations",
                     (json_int_t)weighed_samples(weighed, subject));
}

static json_t *item_json(const Item *item, const WeightInfluence *influence) {
    return json_pack("{s:s, s:s, s:o, s:o, s:o, s:o}", "id", item->id, "title", item->title,
                     "points", number_or_null(item->points), "points_least",
                     number_or_null(influence->least), "points_most",
                     number_or_null(influence->most), "influence",
                     number_or_null(influence->influence));
}

json_t *view_weights_json(const Weighed *weighed, const RegionNames *names) {
    const WeightsRequest *request = weighed->request;
    const WeightsReport *report = weighed->report;
    json_t *object = run_json(request->run), *subjects = json_array(), *items = json_array();
    for (size_t s = 0; s < report->subject_count; s++)
        json_array_append_new(subjects, subject_json(names, weighed, &report->subjects[s]));
    for (size_t i = 0; i < report->item_count; i++)
        json_array_append_new(items, item_json(&weighed->assessment->items[report->items[i]],
                                               &report->influences[i]));
    bool dirichlet = request->draw == WEIGHTS_DIRICHLET;
    json_object_set_new(object, "assessment", json_string(weighed->assessment->id));
    json_object_set_new(object, "title", json_string(weighed->assessment->title));
    json_object_set_new(object, "method", json_string(dirichlet ? "dirichlet" : "spread"));
    json_object_set_new(object, "spread", dirichlet ? json_null() : json_real(request->spread));
    json_object_set_new(object, "runs", json_integer((json_int_t)request->runs));
    json_object_set_new(object, "seed", json_integer((json_int_t)request->seed));
    json_object_set_new(object, "any_changed", json_real(report->outcome.any_changed));
    json_object_set_new(object, "first_changed", json_real(report->outcome.first_changed));
    json_object_set_new(object, "mean_shift", json_real(report->outcome.mean_shift));
    json_object_set_new(object, "sample_observations",
                        json_integer((json_int_t)weighed->samples->count));
    json_object_set_new(object, "subjects", subjects);
    json_object_set_new(object, "items", items);
    return object;
}

// ---- differences -------------------------------------------------------------------------------

static json_t *side_json(const RegionNames *names, const DifferenceSide *side) {
    return json_pack("{s:I, s:s, s:s, s:s?, s:i, s:I, s:s, s:o, s:o, s:s?, s:s?}",
                     "sample_observations", (json_int_t)side->samples, "region", side->region,
                     "name", region_names_get(names, side->region), "unit", side->unit, "year",
                     side->run->year, "run", (json_int_t)side->run->id, "pack_hash",
                     side->run->pack_hash, "score", number_or_null(side->printed), "exact",
                     number_or_null(side->total), "grade", side->grade, "veto", side->veto);
}

static json_t *inputs_json(const ItemDifference *item) {
    json_t *inputs = json_array();
    for (size_t k = 0; k < item->input_count; k++)
        json_array_append_new(inputs, json_pack("{s:s, s:s?, s:s?}", "name", item->inputs[k].name,
                                                "first", item->inputs[k].values[0], "second",
                                                item->inputs[k].values[1]));
    return inputs;
}

static json_t *item_side_json(const ItemDifference *item, int side) {
    if (!item->present[side]) return json_null();
    const char *state = item->leaf ? item_state_name(item->states[side]) : NULL;
    return json_pack("{s:o, s:o, s:s?}", "score", number_or_null(item->scores[side]), "points",
                     number_or_null(item->points[side]), "state", state);
}

static json_t *item_difference_json(const DifferencesReport *report, const ItemDifference *item) {
    const char *parent = item->parent >= 0 ? report->items[item->parent].id : NULL;
    return json_pack(
        "{s:s, s:s, s:s?, s:i, s:b, s:o, s:o, s:o, s:o, s:o, s:o}", "id", item->id, "title",
        item->title, "parent", parent, "depth", item->depth, "leaf", item->leaf, "first",
        item_side_json(item, 0), "second", item_side_json(item, 1), "contribution",
        number_or_null(differences_points(item->contribution)), "from_scoring",
        number_or_null(differences_points(item->from_scoring)), "from_points",
        number_or_null(differences_points(item->from_points)), "inputs", inputs_json(item));
}

static json_t *statuses_json(const DifferencesReport *report) {
    json_t *statuses = json_array();
    for (size_t i = 0; i < report->status_count; i++) {
        const StatusDifference *status = &report->statuses[i];
        json_t *row = json_pack("{s:s, s:s, s:s}", "id", status->id, "title", status->title, "plan",
                                status->plan);
        for (int s = 0; s < SIDES; s++)
            json_object_set_new(row, s ? "second" : "first",
                                json_pack("{s:s, s:o}", "status", status_name(status->statuses[s]),
                                          "value", number_or_null(status->values[s])));
        json_array_append_new(statuses, row);
    }
    return statuses;
}

json_t *view_differences_json(const char *assessment, const DifferencesReport *report,
                              const RegionNames *names) {
    json_t *items = json_array();
    for (size_t i = 0; i < report->item_count; i++)
        json_array_append_new(items, item_difference_json(report, &report->items[i]));
    return json_pack("{s:b, s:s, s:s, s:s, s:o, s:o, s:o, s:b, s:o, s:o}", "ok", true, "pack",
                     report->sides[0].run->pack, "assessment", assessment, "title", report->title,
                     "first", side_json(names, &report->sides[0]), "second",
                     side_json(names, &report->sides[1]), "difference",
                     number_or_null(differences_points(report->difference)), "same_pack",
                     report->same_pack, "items", items, "indicators", statuses_json(report));
}

// ---- warnings ----------------------------------------------------------------------------------

static json_t *counts_json(const BacktestCounts *counts) {
    return json_pack("{s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:o, s:o, s:I, s:I, s:o, s:i, s:s}",
                     "cases", (json_int_t)backtest_cases(counts), "hits", (json_int_t)counts->hits,
                     "misses", (json_int_t)counts->misses, "false_alarms",
                     (json_int_t)counts->false_alarms, "silences", (json_int_t)counts->silences,
                     "pending", (json_int_t)counts->pending, "unknown", (json_int_t)counts->unknown,
                     "precision", number_or_null(backtest_precision(counts)), "recall",
                     number_or_null(backtest_recall(counts)), "events", (json_int_t)counts->events,
                     "warned_events", (json_int_t)counts->warned_events, "lead_years",
                     number_or_null(backtest_lead(counts)), "due_years", counts->due_years,
                     "verdict", backtest_verdict_name(backtest_verdict(counts)));
}

static json_t *levels_json(const WarningBacktest *test) {
    json_t *levels = json_object();
    for (int level = LEVEL_BLUE; level < LEVEL_COUNT; level++)
        if (backtest_shows_level(test, (WarningLevel)level))
            json_object_set_new(levels, level_name((WarningLevel)level),
                                counts_json(&test->levels[level]));
    return levels;
}

static json_t *indicators_json(const Description *description, const WarningBacktest *test) {
    json_t *indicators = json_object();
    for (size_t i = 0; i < description->indicator_count; i++)
        if (backtest_has_case(&test->indicators[i]))
            json_object_set_new(indicators, description->indicators[i].id,
                                counts_json(&test->indicators[i]));
    return indicators;
}

json_t *view_backtest_json(const Backtested *tested, const WarningBacktest *test) {
    const BacktestReport *report = tested->report;
    const Description *description = tested->description;
    const Warning *warning = &description->warnings[test->warning];
    return json_pack(
        "{s:I, s:b, s:s, s:s, s:s, s:s, s:i, s:i, s:i, s:o, s:o, s:o, s:o, s:I}",
        "sample_observations", (json_int_t)tested->samples, "ok", true, "pack", description->id,
        "pack_version", description->version, "warning", warning->id, "title", warning->title,
        "from", report->first_year, "to", report->last_year, "newest_year", report->newest_year,
        "horizon", tested->horizon ? json_integer(tested->horizon) : json_null(), "all",
        counts_json(&test->levels[LEVEL_NONE]), "levels", levels_json(test), "indicators",
        indicators_json(description, test), "failures", (json_int_t)test->failures);
}

// ---- data --------------------------------------------------------------------------------------

static json_t *finding_to_json(const RegionNames *names, const Description *description,
                               const QualityFinding *finding) {
    const Series *series = finding->series >= 0 ? &description->series[finding->series] : NULL;
    json_t *object = json_object();
    json_object_set_new(object, "kind", json_string(quality_kind_name(finding->kind)));
    json_object_set_new(object, "severity", json_string(quality_severity_name(finding->severity)));
    if (finding->region) {
        json_object_set_new(object, "region", json_string(finding->region));
        json_object_set_new(object, "name", json_string(region_names_get(names, finding->region)));
    }
    if (series) {
        json_object_set_new(object, "indicator", json_string(series->id));
        json_object_set_new(object, "title", json_string(series->title));
    }
    if (finding->breakdown >= 0)
        json_object_set_new(object, "breakdown",
                            json_string(description->breakdowns[finding->breakdown].id));
    if (finding->last_year) {
        json_object_set_new(object, "first_year", json_integer(finding->first_year));
        json_object_set_new(object, "year", json_integer(finding->last_year));
    }
    json_object_set_new(object, "value", number_or_null(finding->value));
    json_object_set_new(object, "why", json_string(finding->why));
    json_object_set_new(object, "advice", json_string(quality_kind_advice(finding->kind)));
    json_object_set_new(object, "sample_observations", json_integer((json_int_t)finding->samples));
    return object;
}

json_t *view_data_json(const Description *description, const QualityReport *report,
                       const RegionNames *names) {
    json_t *findings = json_array(), *counts = json_object();
    for (size_t i = 0; i < report->count; i++)
        json_array_append_new(findings, finding_to_json(names, description, &report->findings[i]));
    for (int k = 0; k < QUALITY_KIND_COUNT; k++)
        json_object_set_new(counts, quality_kind_name((QualityKind)k),
                            json_pack("{s:I, s:I}", "found", (json_int_t)report->found[k],
                                      "checked", (json_int_t)report->checked[k]));
    return json_pack("{s:b, s:s, s:I, s:o, s:o}", "ok", true, "pack", description->id,
                     "observations", (json_int_t)report->values, "findings", findings, "counts",
                     counts);
}
