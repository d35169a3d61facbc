// A pack's results in one view: see summary_json.h.
#include "core/view/summary_json.h"

#include <math.h>
#include <stdlib.h>

#include "core/base/decimal.h"
#include "core/eval/tally.h"

static void write_printed(JsonWriter *json, const Conventions *conventions, double value) {
    char text[DECIMAL_TEXT_SIZE];
    if (!isnan(value)) decimal_fixed(value, conventions->digits, conventions->rounding, text);
    json_writer_put_string(json, "printed", isnan(value) ? NULL : text);
}

static bool is_told(const SummarySource *source, size_t region) {
    return source->overview->evaluated[region] && (!source->included || source->included[region]);
}

// ---- sample data -------------------------------------------------------------------------------

static bool has_samples(const SummarySource *source) {
    return source->samples && samples_are_there(source->samples);
}

// Left out where there are none.
static void write_samples(size_t count, JsonWriter *json) {
    if (count) json_writer_put_integer(json, "sample_observations", (int64_t)count);
}

static void write_plan_samples(const SummarySource *source, size_t region, int plan,
                               JsonWriter *json) {
    if (!has_samples(source)) return;
    const char *code = source->code(region, source->context);
    write_samples(samples_behind_plan(source->samples, code, plan, -1), json);
}

// Of the regions that have a value, how many rest on samples with it.
typedef bool (*RestsOnSamples)(const Samples *samples, const char *region, int index);
static void write_sample_regions(const SummarySource *source, const double *values,
                                 RestsOnSamples rests, int index, JsonWriter *json) {
    int64_t count = 0;
    for (size_t r = 0; has_samples(source) && r < source->overview->region_count; r++)
        count +=
            !isnan(values[r]) && rests(source->samples, source->code(r, source->context), index);
    json_writer_put_integer(json, "sample_regions", count);
}

static void write_sample_sums(const SummarySource *source, JsonWriter *json) {
    size_t observations = 0, regions = 0;
    for (size_t r = 0; has_samples(source) && r < source->overview->region_count; r++) {
        size_t held = is_told(source, r) ? source->samples->by_place[r].held : 0;
        observations += held;
        regions += held > 0;
    }
    json_writer_put_integer(json, "sample_observations", (int64_t)observations);
    json_writer_put_integer(json, "sample_regions", (int64_t)regions);
}

// ---- the best and the worst --------------------------------------------------------------------

// The regions with the largest and the smallest values, in order; `values` by region, NaN for one
// that has none or is not told of.
typedef struct Extremes {
    size_t best[SUMMARY_SHOWN], worst[SUMMARY_SHOWN];
    size_t best_count, worst_count;
    size_t count; // regions that have a value
} Extremes;

// Of equal values the region that stands first is the better one, so that all have one order.
static bool is_better(const double *values, size_t one, size_t other) {
    return values[one] > values[other] || (values[one] == values[other] && one < other);
}

// Takes the region into a list of at most SUMMARY_SHOWN, in order.
static void insert(size_t *list, size_t *count, const double *values, size_t region,
                   bool best_first) {
    size_t at = *count;
    if (at == SUMMARY_SHOWN && is_better(values, region, list[at - 1]) != best_first) return;
    if (at < SUMMARY_SHOWN)
        (*count)++;
    else
        at--;
    for (; at > 0 && is_better(values, region, list[at - 1]) == best_first; at--)
        list[at] = list[at - 1];
    list[at] = region;
}

static Extremes find_extremes(const double *values, size_t region_count) {
    Extremes extremes = {0};
    for (size_t r = 0; r < region_count; r++) {
        if (isnan(values[r])) continue;
        extremes.count++;
        insert(extremes.best, &extremes.best_count, values, r, true);
        insert(extremes.worst, &extremes.worst_count, values, r, false);
    }
    // Where there are few, the better half is named as the best and the others as the worst.
    size_t half = (extremes.count + 1) / 2;
    if (extremes.best_count > half) extremes.best_count = half;
    size_t others = extremes.count - extremes.best_count;
    if (extremes.worst_count > others) extremes.worst_count = others;
    return extremes;
}

// Of those of `values` that are there; NaN when there is none. Summed in the order of regions.
static double mean_of(const double *values, size_t region_count) {
    double sum = 0;
    size_t count = 0;
    for (size_t r = 0; r < region_count; r++) {
        if (isnan(values[r])) continue;
        sum += values[r];
        count++;
    }
    return count ? sum / (double)count : NAN;
}

static void write_label(const SummarySource *source, size_t region, JsonWriter *json) {
    json_writer_put_string(json, "code", source->code(region, source->context));
    json_writer_put_string(json, "name", source->name(region, source->context));
}

// ---- plans -------------------------------------------------------------------------------------

static void write_sums(AttainmentCounts counts, JsonWriter *json) {
    json_writer_put_integer(json, "met", counts.met);
    json_writer_put_integer(json, "near", counts.near_met);
    json_writer_put_integer(json, "unmet", counts.unmet);
    json_writer_put_integer(json, "no_data", counts.no_data);
    json_writer_put_integer(json, "not_applicable", counts.not_applicable);
}

static void write_rate(const Plan *plan, AttainmentCounts counts, JsonWriter *json) {
    json_writer_put_number(json, "attainment", tally_attainment(plan, counts));
    write_printed(json, &plan->conventions, tally_attainment_percent(plan, counts));
}

static void write_own(const SummarySource *source, int index, JsonWriter *json) {
    const Overview *overview = source->overview;
    const Plan *plan = &overview->layout->description->plans[index];
    json_writer_key(json, "own");
    if (source->own < 0 || !is_told(source, (size_t)source->own)) {
        json_writer_null(json);
        return;
    }
    AttainmentCounts counts = overview_counts(overview, (size_t)source->own, index);
    json_writer_begin_object(json);
    write_rate(plan, counts, json);
    write_sums(counts, json);
    json_writer_put_integer(json, "assessable", tally_assessable(plan, counts));
    write_plan_samples(source, (size_t)source->own, index, json);
    json_writer_end_object(json);
}

static void write_plan_regions(const SummarySource *source, int index, const char *key,
                               const size_t *regions, size_t count, JsonWriter *json) {
    const Plan *plan = &source->overview->layout->description->plans[index];
    json_writer_key(json, key);
    json_writer_begin_array(json);
    for (size_t i = 0; i < count; i++) {
        json_writer_begin_object(json);
        write_label(source, regions[i], json);
        write_rate(plan, overview_counts(source->overview, regions[i], index), json);
        write_plan_samples(source, regions[i], index, json);
        json_writer_end_object(json);
    }
    json_writer_end_array(json);
}

static void write_plan(const SummarySource *source, int index, double *rates, JsonWriter *json) {
    const Overview *overview = source->overview;
    const Plan *plan = &overview->layout->description->plans[index];
    AttainmentCounts all = {0};
    for (size_t r = 0; r < overview->region_count; r++) {
        rates[r] = NAN;
        if (!is_told(source, r)) continue;
        AttainmentCounts counts = overview_counts(overview, r, index);
        rates[r] = tally_attainment(plan, counts);
        all.met += counts.met;
        all.near_met += counts.near_met;
        all.unmet += counts.unmet;
        all.no_data += counts.no_data;
        all.not_applicable += counts.not_applicable;
    }
    Extremes extremes = find_extremes(rates, overview->region_count);
    json_writer_begin_object(json);
    json_writer_put_string(json, "id", plan->id);
    json_writer_put_string(json, "title", plan->title);
    write_own(source, index, json);
    json_writer_put_number(json, "mean", mean_of(rates, overview->region_count));
    write_sums(all, json);
    write_sample_regions(source, rates, samples_are_behind_plan, index, json);
    write_plan_regions(source, index, "best", extremes.best, extremes.best_count, json);
    write_plan_regions(source, index, "worst", extremes.worst, extremes.worst_count, json);
    json_writer_end_object(json);
}

// ---- warnings ----------------------------------------------------------------------------------

static void write_warnings(const SummarySource *source, JsonWriter *json) {
    const Overview *overview = source->overview;
    int64_t sums[LEVEL_COUNT] = {0}, warned = 0;
    for (size_t r = 0; r < overview->region_count; r++) {
        uint32_t of_region = 0;
        if (!is_told(source, r)) continue;
        for (int level = LEVEL_BLUE; level < LEVEL_COUNT; level++) {
            uint32_t raised = overview_warnings(overview, r, (WarningLevel)level);
            sums[level] += raised;
            of_region += raised;
        }
        warned += of_region > 0;
    }
    json_writer_begin_object(json);
    for (int level = LEVEL_RED; level >= LEVEL_BLUE; level--)
        json_writer_put_integer(json, level_name((WarningLevel)level), sums[level]);
    json_writer_put_integer(json, "regions", warned);
    json_writer_end_object(json);
}

// ---- assessments -------------------------------------------------------------------------------

static void write_assessed_regions(const SummarySource *source, const Standings *standings,
                                   const char *key, const size_t *regions, size_t count,
                                   JsonWriter *json) {
    const Description *description = standings->layout->description;
    const Assessment *assessment = &description->assessments[standings->assessment];
    json_writer_key(json, key);
    json_writer_begin_array(json);
    for (size_t i = 0; i < count; i++) {
        int grade = standings->grades[regions[i]];
        json_writer_begin_object(json);
        write_label(source, regions[i], json);
        json_writer_put_number(json, "total", standings->totals[regions[i]]);
        write_printed(json, &description->conventions, standings->totals[regions[i]]);
        json_writer_put_string(json, "grade", grade >= 0 ? assessment->grades[grade].name : NULL);
        json_writer_put_integer(json, "rank", standings_rank(standings, regions[i]));
        if (has_samples(source))
            write_samples(samples_behind_item(source->samples,
                                              source->code(regions[i], source->context),
                                              standings->assessment, -1, -1),
                          json);
        json_writer_end_object(json);
    }
    json_writer_end_array(json);
}

static void write_grades(const SummarySource *source, const Standings *standings,
                         JsonWriter *json) {
    const Description *description = standings->layout->description;
    const Assessment *assessment = &description->assessments[standings->assessment];
    int64_t *counts = memory_new(assessment->grade_count + 1, sizeof *counts);
    for (size_t r = 0; r < standings->region_count; r++)
        if (is_told(source, r) && standings->grades[r] >= 0) counts[standings->grades[r]]++;
    json_writer_key(json, "grades");
    json_writer_begin_array(json);
    for (size_t g = 0; g < assessment->grade_count; g++) {
        json_writer_begin_object(json);
        json_writer_put_string(json, "name", assessment->grades[g].name);
        json_writer_put_integer(json, "regions", counts[g]);
        json_writer_end_object(json);
    }
    json_writer_end_array(json);
    free(counts);
}

// The figures of those regions that are told of, NaN for the others.
static void take_told(const SummarySource *source, const double *figures, double *values) {
    for (size_t r = 0; r < source->overview->region_count; r++)
        values[r] = is_told(source, r) ? figures[r] : NAN;
}

static void write_assessment(const SummarySource *source, size_t index, double *values,
                             JsonWriter *json) {
    const Standings *standings = &source->standings[index];
    const Assessment *assessment = &standings->layout->description->assessments[index];
    take_told(source, standings->totals, values);
    double mean = mean_of(values, standings->region_count);
    take_told(source, standings->ranked, values);
    Extremes extremes = find_extremes(values, standings->region_count);
    json_writer_begin_object(json);
    json_writer_put_string(json, "id", assessment->id);
    json_writer_put_string(json, "title", assessment->title);
    json_writer_put_integer(json, "assessed", (int64_t)extremes.count);
    json_writer_put_number(json, "mean", mean);
    write_sample_regions(source, values, samples_are_behind_assessment, (int)index, json);
    write_grades(source, standings, json);
    write_assessed_regions(source, standings, "best", extremes.best, extremes.best_count, json);
    write_assessed_regions(source, standings, "worst", extremes.worst, extremes.worst_count, json);
    json_writer_end_object(json);
}

// ---- the whole ---------------------------------------------------------------------------------

static int64_t count_told(const SummarySource *source) {
    int64_t count = 0;
    for (size_t r = 0; r < source->overview->region_count; r++)
        count += is_told(source, r);
    return count;
}

static void write_failures(const SummarySource *source, JsonWriter *json) {
    int64_t rules = 0, regions = 0;
    for (size_t r = 0; r < source->overview->region_count; r++) {
        uint32_t failed = is_told(source, r) ? source->overview->failed_rules[r] : 0;
        rules += failed;
        regions += failed > 0;
    }
    json_writer_put_integer(json, "failed_rules", rules);
    json_writer_put_integer(json, "failed_regions", regions);
}

void view_summary_write(const SummarySource *source, JsonWriter *json) {
    const ResultLayout *layout = source->overview->layout;
    const Description *description = layout->description;
    double *values = memory_new(source->overview->region_count, sizeof *values);
    json_writer_begin_object(json);
    json_writer_put_integer(json, "regions", count_told(source));
    write_failures(source, json);
    write_sample_sums(source, json);
    json_writer_key(json, "plans");
    json_writer_begin_array(json);
    for (size_t p = 0; p < description->plan_count; p++)
        if (layout->year >= description->plans[p].first_year &&
            layout->year <= description->plans[p].last_year)
            write_plan(source, (int)p, values, json);
    json_writer_end_array(json);
    json_writer_key(json, "warnings");
    write_warnings(source, json);
    json_writer_key(json, "assessments");
    json_writer_begin_array(json);
    for (size_t a = 0; a < description->assessment_count; a++)
        if (description->assessments[a].of != OF_UNIT) write_assessment(source, a, values, json);
    json_writer_end_array(json);
    json_writer_end_object(json);
    free(values);
}
