// Lints of assessments: parts that can come to nothing, and figures out of their range.
#include <math.h>
#include <string.h>

#include "core/base/language.h"
#include "core/pack/description_inside.h"

static void lint_cliff(Maker *maker, const Item *item) {
    if (isnan(item->cliff)) return;
    if (item->score < 0)
        problems_addf(maker->problems, ERROR_PACK, item->file, item->line, 0,
                      T("item \"%s\" holds other items: `cliff` stands on those that are scored",
                        "考核项 \"%s\" 含下级考核项：cliff 应写在直接计分的考核项上"),
                      item->id);
    else if (!(item->cliff >= 0 && item->cliff <= item->points))
        problems_addf(maker->problems, ERROR_PACK, item->file, item->line, 0,
                      T("item \"%s\": cliff = %g is not within its points, 0 to %g",
                        "考核项 \"%s\":cliff = %g 不在分值范围 0 至 %g 之内"),
                      item->id, item->cliff, item->points);
}

static void lint_may_fall(Maker *maker, const Item *item) {
    if (item->may_fall && item->score < 0)
        problems_addf(maker->problems, ERROR_PACK, item->file, item->line, 0,
                      T("item \"%s\" holds other items: `may_fall` stands on those that are scored",
                        "考核项 \"%s\" 含下级考核项：may_fall 应写在直接计分的考核项上"),
                      item->id);
}

static void lint_grade_names(Maker *maker, const Assessment *assessment) {
    for (size_t i = 0; i < assessment->grade_count; i++)
        for (size_t k = 0; k < i; k++)
            if (strcmp(assessment->grades[i].name, assessment->grades[k].name) == 0)
                problems_addf(
                    maker->problems, ERROR_PACK, assessment->file, assessment->line, 0,
                    T("assessment \"%s\": grade \"%s\" is there twice, from %g and from %g",
                      "考核 \"%s\"：等次 \"%s\" 出现两次（%g 分起和 %g 分起）"),
                    assessment->id, assessment->grades[i].name, assessment->grades[k].from,
                    assessment->grades[i].from);
}

static void lint_vetoes(Maker *maker, const Assessment *assessment) {
    for (size_t i = 0; i < assessment->veto_count; i++) {
        const Veto *veto = &assessment->vetoes[i];
        if (veto->grade != 0 || assessment->grade_count < 2) continue;
        problems_addf(maker->problems, ERROR_PACK, veto->file, veto->line, 0,
                      T("veto \"%s\" sets \"%s\", the best grade of \"%s\"",
                        "一票否决 \"%s\" 所定的 \"%s\" 是考核 \"%s\" 的最高等次"),
                      veto->id, assessment->grades[0].name, assessment->id);
    }
}

void lint_scheme(Maker *maker) {
    const Description *description = maker->description;
    for (size_t a = 0; a < description->assessment_count; a++) {
        const Assessment *assessment = &description->assessments[a];
        for (size_t i = 0; i < assessment->item_count; i++) {
            lint_cliff(maker, &assessment->items[i]);
            lint_may_fall(maker, &assessment->items[i]);
        }
        lint_grade_names(maker, assessment);
        lint_vetoes(maker, assessment);
    }
}
