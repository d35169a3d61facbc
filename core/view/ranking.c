// Places in an assessment: see ranking.h.
#include "core/view/ranking.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/decimal.h"
#include "core/eval/tally.h"
#include "core/stats/rank.h"

static int by_rank(const void *left, const void *right) {
    const RankedSubject *a = left, *b = right;
    if (a->rank != b->rank) return a->rank < b->rank ? -1 : 1;
    return strcmp(a->code, b->code);
}

static RankedSubject make_subject(const RunView *view, const Ranking *ranking,
                                  const AssessmentResult *assessed, const char *code) {
    const Description *description = view->description;
    const Assessment *about = ranking->assessment;
    bool of_unit = assessed->unit >= 0;
    Arena arena = {0};
    AssessmentTotal total = tally_assessment(description, assessed, &arena);
    RankedSubject subject = {
        .region = code,
        .code = of_unit ? description->units[assessed->unit].id : code,
        .name = of_unit ? description->units[assessed->unit].title : run_view_name(view, code),
        .grade = total.grade >= 0 ? about->grades[total.grade].name : "",
        .veto = assessed->veto >= 0 ? about->vetoes[assessed->veto].title : "",
        .total = description->conventions.rank_on == RANK_ON_PRINTED ? total.printed : total.total};
    subject.samples =
        samples_behind_item(view->samples, code, assessed->assessment, -1, assessed->unit);
    for (size_t i = 0; i < ranking->item_count; i++) {
        size_t item = ranking->items[i];
        subject.items[i] = total.item_points[item] > 0 ? total.item_scores[item] : NAN;
    }
    arena_free(&arena);
    return subject;
}

static void collect(const RunView *view, int assessment, Ranking *ranking) {
    for (size_t r = 0; r < view->run->region_count; r++) {
        RegionResult result;
        if (!run_view_decode(view, r, &result)) continue;
        for (size_t i = 0; i < result.assessment_count; i++)
            if (result.assessments[i].assessment == assessment)
                ranking->subjects[ranking->count++] =
                    make_subject(view, ranking, &result.assessments[i], view->run->regions[r].code);
        result_free(&result);
    }
}

static void rank(const Conventions *conventions, Ranking *ranking) {
    double *totals = memory_new(ranking->count, sizeof *totals);
    int32_t *ranks = memory_new(ranking->count, sizeof *ranks);
    for (size_t i = 0; i < ranking->count; i++)
        totals[i] = ranking->subjects[i].total;
    rank_values(totals, ranking->count, true, conventions->ties, ranks);
    for (size_t i = 0; i < ranking->count; i++)
        ranking->subjects[i].rank = ranks[i];
    qsort(ranking->subjects, ranking->count, sizeof *ranking->subjects, by_rank);
    free(totals);
    free(ranks);
}

// Places are those among all; who may not be told of is left out.
static void keep_told(const RunView *view, Ranking *ranking) {
    size_t kept = 0;
    for (size_t i = 0; i < ranking->count; i++)
        if (run_view_may_tell(view, ranking->subjects[i].region))
            ranking->subjects[kept++] = ranking->subjects[i];
    ranking->count = kept;
}

void ranking_read(const RunView *view, int assessment, Ranking *ranking) {
    const Description *description = view->description;
    const Assessment *about = &description->assessments[assessment];
    *ranking = (Ranking){.assessment = about};
    for (size_t i = 0; i < about->item_count && ranking->item_count < RANKING_MOST_ITEMS; i++)
        if (about->items[i].parent < 0) ranking->items[ranking->item_count++] = i;
    ranking->subjects = memory_new(view->run->region_count * (description->unit_count + 1),
                                   sizeof *ranking->subjects);
    collect(view, assessment, ranking);
    if (ranking->count > 0) rank(&description->conventions, ranking);
    keep_told(view, ranking);
}

void ranking_free(Ranking *ranking) {
    free(ranking->subjects);
    *ranking = (Ranking){0};
}

static void write_subject(const Ranking *ranking, const RankedSubject *subject,
                          const Conventions *conventions, JsonWriter *json) {
    char printed[DECIMAL_TEXT_SIZE];
    decimal_fixed(subject->total, conventions->digits, conventions->rounding, printed);
    json_writer_begin_object(json);
    json_writer_put_integer(json, "rank", subject->rank);
    json_writer_put_string(json, "code", subject->code);
    json_writer_put_string(json, "name", subject->name);
    json_writer_put_number(json, "score", subject->total);
    json_writer_put_string(json, "printed", printed);
    json_writer_put_string(json, "grade", subject->grade[0] ? subject->grade : NULL);
    json_writer_put_string(json, "veto", subject->veto[0] ? subject->veto : NULL);
    json_writer_key(json, "items");
    json_writer_begin_object(json);
    for (size_t i = 0; i < ranking->item_count; i++) {
        json_writer_put_number(json, ranking->assessment->items[ranking->items[i]].id,
                               subject->items[i]);
    }
    json_writer_end_object(json);
    json_writer_put_integer(json, "sample_observations", (int64_t)subject->samples);
    json_writer_end_object(json);
}

void ranking_write(const Ranking *ranking, const Conventions *conventions, JsonWriter *json) {
    json_writer_begin_object(json);
    json_writer_put_string(json, "assessment", ranking->assessment->id);
    json_writer_put_string(json, "title", ranking->assessment->title);
    json_writer_key(json, "subjects");
    json_writer_begin_array(json);
    for (size_t i = 0; i < ranking->count; i++)
        write_subject(ranking, &ranking->subjects[i], conventions, json);
    json_writer_end_array(json);
    json_writer_end_object(json);
}

json_t *ranking_json(const RunView *view, int assessment) {
    Ranking ranking;
    Buffer text = {0};
    JsonWriter json = {.out = &text, .compact = true};
    ranking_read(view, assessment, &ranking);
    ranking_write(&ranking, &view->description->conventions, &json);
    json_t *tree = json_loadb(text.data, text.length, 0, NULL);
    ranking_free(&ranking);
    buffer_free(&text);
    return tree;
}
