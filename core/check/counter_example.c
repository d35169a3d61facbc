// Counter-examples in words: see counter_example.h. As specs: counter_example_spec.c.
#include "core/check/counter_example.h"

#include <math.h>

#include "core/base/language.h"

// Where it stands: a rule where there is one, else what holds it.
static void place_of_assessment(const Description *description, const About *about,
                                const char **file, int *line) {
    const Assessment *assessment = &description->assessments[about->assessment];
    const Item *item = about->item >= 0 ? &assessment->items[about->item] : NULL;
    int rule = item ? item->score : -1;
    *file = rule >= 0 ? description->rules[rule].file : item ? item->file : assessment->file;
    *line = rule >= 0 ? description->rules[rule].line : item ? item->line : assessment->line;
}

static void place_of_rule(const Description *description, int rule, const char **file, int *line) {
    *file = description->rules[rule].file;
    *line = description->rules[rule].line;
}

void counter_example_place(const CheckReport *report, const CounterExample *example,
                           const char **file, int *line) {
    const Description *description = report->space.description;
    const About *about = &example->finding.about;
    switch (about->kind) {
        case ABOUT_RULE:
        case ABOUT_VETO: place_of_rule(description, about->rule, file, line); break;
        case ABOUT_WARNING:
            place_of_rule(description, description->warnings[about->warning].level, file, line);
            break;
        case ABOUT_ITEM:
        case ABOUT_TOTAL: place_of_assessment(description, about, file, line); break;
        case ABOUT_ATTAINMENT:
            *file = description->plans[about->plan].file;
            *line = description->plans[about->plan].line;
            break;
        case ABOUT_BYTES:
            *file = "pack.lua";
            *line = 1;
            break;
    }
}

static void number(Buffer *out, double value) {
    char text[DECIMAL_TEXT_SIZE];
    if (isnan(value)) {
        buffer_text(out, T("missing", "缺失"));
        return;
    }
    decimal_shortest(decimal_round(value, 9, ROUNDING_HALF_UP), text);
    buffer_text(out, text);
}

static void rate_name(const Description *description, const About *about, Buffer *out) {
    const Plan *plan = &description->plans[about->plan];
    buffer_printf(out, T("the attainment rate of \"%s%s%s\"", "\"%s%s%s\" 的达标率"), plan->id,
                  about->domain >= 0 ? "." : "",
                  about->domain >= 0 ? plan->domains[about->domain].id : "");
}

static void score_name(const Description *description, const About *about, Buffer *out) {
    const Assessment *assessment = &description->assessments[about->assessment];
    if (about->item >= 0)
        buffer_printf(out, T("item \"%s.%s\"", "考核项 \"%s.%s\""), assessment->id,
                      assessment->items[about->item].id);
    else
        buffer_printf(out, T("the total of \"%s\"", "考核 \"%s\" 总分"), assessment->id);
}

// item "annual.targets", the total of "annual", the attainment rate of "women" …
static void subject(const CheckReport *report, const About *about, Buffer *out) {
    const Description *description = report->space.description;
    switch (about->kind) {
        case ABOUT_RULE:
        case ABOUT_VETO: buffer_text(out, description->rules[about->rule].owner); break;
        case ABOUT_ITEM:
        case ABOUT_TOTAL: score_name(description, about, out); break;
        case ABOUT_ATTAINMENT: rate_name(description, about, out); break;
        case ABOUT_WARNING:
            buffer_printf(out, T("warning \"%s\"", "预警 \"%s\""),
                          description->warnings[about->warning].id);
            break;
        case ABOUT_BYTES: buffer_text(out, T("the results", "结果")); break;
    }
}

static void change(const CheckReport *report, const CounterExample *example, Buffer *out) {
    char name[200];
    space_column_name(&report->space, example->varied.column, name, sizeof name);
    buffer_printf(out, "%s ", name);
    number(out, example->first);
    buffer_text(out, " → ");
    number(out, example->second);
}

static void scores(const CounterExample *example, Buffer *out) {
    number(out, example->finding.first);
    buffer_text(out, " → ");
    number(out, example->finding.second);
}

static void failure(const Finding *finding, Buffer *out) {
    buffer_printf(out, T(" failed (%s)", " 出错（%s）"), call_outcome_name(finding->outcome));
    if (*finding->message) buffer_printf(out, T(": %s", "：%s"), finding->message);
}

static void bounds(const Finding *finding, Buffer *out) {
    buffer_text(out, T(" is out of bounds: ", " 超出范围："));
    number(out, finding->first);
    buffer_text(out, T(", allowed 0 to ", "，允许 0 至 "));
    number(out, finding->allowed);
}

static const char *worse_text(AboutKind kind) {
    return kind == ABOUT_VETO
               ? T(" strikes although a figure got better: ", " 在数据变好时反而成立：")
               : T(" falls although a figure got better: ", " 在数据变好时下降：");
}

static const char *missing_text(AboutKind kind) {
    return kind == ABOUT_WARNING || kind == ABOUT_VETO
               ? T(" is cleared by leaving a figure out: ", " 因数据缺失而消失：")
               : T(" is higher without a figure than with it: ", " 在数据缺失时反而更高：");
}

void counter_example_sentence(const CheckReport *report, const CounterExample *example,
                              Buffer *out) {
    const Finding *finding = &example->finding;
    subject(report, &finding->about, out);
    switch (finding->about.property) {
        case PROPERTY_RULES: failure(finding, out); return;
        case PROPERTY_BOUNDS: bounds(finding, out); return;
        case PROPERTY_DETERMINISM:
            buffer_text(out, T(" are other bytes when the same figures are evaluated again",
                               "：同样的数据再次评估，字节不同"));
            return;
        case PROPERTY_MONOTONE: buffer_text(out, worse_text(finding->about.kind)); break;
        case PROPERTY_CLIFF:
            buffer_text(out, T(" jumps by more than ", " 跳变超过 "));
            number(out, finding->allowed);
            buffer_text(out, T(" points: ", " 分："));
            break;
        case PROPERTY_MISSING: buffer_text(out, missing_text(finding->about.kind)); break;
        case PROPERTY_COUNT: break;
    }
    change(report, example, out);
    if (finding->about.kind == ABOUT_WARNING || finding->about.kind == ABOUT_VETO) return;
    buffer_text(out, T(" gives ", "，结果 "));
    scores(example, out);
}

// ---- what to do --------------------------------------------------------------------------------

// The least whole hundredth that allows this jump; others may be larger.
static void hint_cliff(const CheckReport *report, const CounterExample *example, Buffer *out) {
    const About *about = &example->finding.about;
    const Item *item =
        &report->space.description->assessments[about->assessment].items[about->item];
    double jump = fabs(example->finding.second - example->finding.first);
    // Where others do not apply the item counts for more than its own points.
    double declared = isnan(item->cliff) ? 0 : item->cliff;
    buffer_text(out, T("if a last digit is meant to decide this, declare it on the item: cliff = ",
                       "若办法本意如此，请在该考核项上声明：cliff = "));
    number(out, fmax(declared, fmin(item->points, ceil(jump * 100 - 1e-6) / 100)));
    buffer_text(out, T(" or more; if not, score it in steps or in proportion",
                       " 或更大；否则请改为按步长或按比例计分"));
}

static void hint_monotone(const CounterExample *example, Buffer *out) {
    switch (example->finding.about.kind) {
        case ABOUT_ITEM:
            buffer_text(
                out,
                T("turn the rule round, or where the scheme means it so say why on the "
                  "item: may_fall = \"…\"",
                  "请核对规则的方向；若办法本意如此，请在该考核项上写明理由：may_fall = \"…\""));
            break;
        case ABOUT_VETO:
            buffer_text(out, T("check the comparison in `when`, or the `better` of the figure",
                               "请核对 when 中的比较，或该数据的 better"));
            break;
        default: break;
    }
}

static void hint_missing(const CounterExample *example, Buffer *out) {
    switch (example->finding.about.kind) {
        case ABOUT_ITEM:
        case ABOUT_TOTAL:
            buffer_text(
                out, T("give nil or 0 where the figure is missing; of a rate, count met "
                       "indicators against all that apply or choose no_data = \"unmet\"; or give "
                       "the figure a default",
                       "缺失时应返回 nil 或 0；用到达标率的，改按全部适用指标计，或选用 no_data = "
                       "\"unmet\"；或为该数据写 default"));
            break;
        case ABOUT_WARNING:
        case ABOUT_VETO:
            buffer_text(out, T("let the rule name the figures it depends on, so that it is told "
                               "when one is missing",
                               "请让规则直接写出所依赖的数据，缺失时规则才能知道"));
            break;
        default: break;
    }
}

void counter_example_hint(const CheckReport *report, const CounterExample *example, Buffer *out) {
    switch (example->finding.about.property) {
        case PROPERTY_CLIFF: hint_cliff(report, example, out); break;
        case PROPERTY_MONOTONE: hint_monotone(example, out); break;
        case PROPERTY_MISSING: hint_missing(example, out); break;
        case PROPERTY_RULES:
        case PROPERTY_BOUNDS:
        case PROPERTY_DETERMINISM:
        case PROPERTY_COUNT: break;
    }
}
