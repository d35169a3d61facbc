// Inputs of rules and messages: see rule_input.h.
#include "core/eval/rule_input.h"

#include <math.h>
#include <string.h>

#include "core/base/decimal.h"
#include "core/eval/tally.h"
#include "core/stats/progress.h"

const Subject subject_none = {.indicator = -1,
                              .plan = -1,
                              .assessment = -1,
                              .item = -1,
                              .veto = -1,
                              .warning = -1,
                              .unit = -1};

static RuleValue number_value(double number) {
    return isnan(number) ? (RuleValue){.kind = RULE_NIL}
                         : (RuleValue){.kind = RULE_NUMBER, .number = number};
}

static double plan_figure(const FigureSource *source, const Input *input, int plan_index,
                          const IndicatorResult *figures) {
    const Plan *plan = &source->description->plans[plan_index];
    AttainmentCounts counts = tally_counts(source->description, figures, plan_index, input->domain);
    switch (input->figure) {
        case FIGURE_ATTAINMENT: return tally_attainment(plan, counts);
        case FIGURE_MET: return counts.met;
        case FIGURE_NEAR: return counts.near_met;
        case FIGURE_UNMET: return counts.unmet;
        case FIGURE_NO_DATA: return counts.no_data;
        case FIGURE_ASSESSABLE: return tally_assessable(plan, counts);
        case FIGURE_COUNT: break;
    }
    return NAN;
}

// A fact in a unit's assessment is the unit's own; what the region as a whole did is not its doing.
static double input_value(const FigureSource *source, const Input *input, const Subject *subject) {
    const Description *description = source->description;
    int series =
        input->series >= 0 ? input->series : description->indicators[subject->indicator].series;
    int breakdown = input->breakdown;
    bool of_unit =
        breakdown < 0 && subject->unit >= 0 && description->series[series].kind == SERIES_FACT;
    if (of_unit)
        breakdown = (int)(description->breakdown_count - description->unit_count) + subject->unit;
    return figure_value(source, series, breakdown, subject->year, subject->region);
}

RuleValue rule_input(const FigureSource *source, const Input *input, const Subject *subject,
                     ArgumentRoom *room) {
    const Description *description = source->description;
    int indicator = input->indicator >= 0 ? input->indicator : subject->indicator;
    int plan = input->plan >= 0 ? input->plan : subject->plan;
    switch (input->kind) {
        case INPUT_METRIC: return number_value(subject->figures[indicator].metrics[input->metric]);
        case INPUT_STATUS:
            return (RuleValue){.kind = RULE_TEXT,
                               .text =
                                   status_name((Status)subject->figures[indicator].statuses[0])};
        case INPUT_ON_TRACK: {
            int on_track = figure_on_track(&subject->figures[indicator]);
            return on_track < 0 ? (RuleValue){.kind = RULE_NIL}
                                : (RuleValue){.kind = RULE_BOOLEAN, .number = on_track};
        }
        case INPUT_SERIES: {
            RuleValue value = {.kind = RULE_SERIES, .years = room->years, .values = room->values};
            value.count = figure_history(source, description->indicators[indicator].series,
                                         subject->year, subject->region, room->years, room->values);
            return value;
        }
        case INPUT_VALUE: return number_value(input_value(source, input, subject));
        case INPUT_PLAN: return number_value(plan_figure(source, input, plan, subject->figures));
        case INPUT_POINTS: return number_value(subject->points);
        case INPUT_YEAR: return number_value(subject->year);
        case INPUT_PLAN_START: return number_value(description->plans[plan].first_year);
        case INPUT_PLAN_END: return number_value(description->plans[plan].last_year);
        case INPUT_PLAN_PACE:
            return number_value(progress_pace(subject->year, description->plans[plan].baseline_year,
                                              description->plans[plan].last_year));
    }
    return (RuleValue){.kind = RULE_NIL};
}

// ---- in messages -------------------------------------------------------------------------------

static bool is_share(const Input *input) {
    bool share_metric = input->kind == INPUT_METRIC &&
                        (input->metric == METRIC_PROGRESS || input->metric == METRIC_PACE ||
                         input->metric == METRIC_VOLATILITY);
    return share_metric || input->kind == INPUT_PLAN_PACE ||
           (input->kind == INPUT_PLAN && input->figure == FIGURE_ATTAINMENT);
}

// How a figure is printed: by the conventions of the indicator or plan it belongs to.
typedef struct FigureStyle {
    int digits;
    Rounding rounding;
} FigureStyle;

static FigureStyle plan_style(const Description *description, int plan) {
    const Conventions *conventions =
        plan >= 0 ? &description->plans[plan].conventions : &description->conventions;
    return (FigureStyle){conventions->digits, conventions->rounding};
}

static FigureStyle input_style(const Description *description, const Input *input,
                               const Subject *subject) {
    int indicator = input->indicator >= 0 ? input->indicator : subject->indicator;
    if (input->kind == INPUT_VALUE && input->series >= 0)
        indicator = description->series[input->series].indicator;
    switch (input->kind) {
        case INPUT_METRIC:
            if (input->metric == METRIC_YEARS_OF_DATA || input->metric == METRIC_PEERS_RANK ||
                input->metric == METRIC_PEERS_COUNT)
                return (FigureStyle){0, ROUNDING_HALF_UP};
            if (is_share(input)) {
                const Conventions *conventions = &description->indicators[indicator].conventions;
                return (FigureStyle){conventions->digits, conventions->rounding};
            }
            return (FigureStyle){description->indicators[indicator].digits,
                                 description->indicators[indicator].conventions.rounding};
        case INPUT_VALUE:
            if (indicator >= 0)
                return (FigureStyle){description->indicators[indicator].digits,
                                     description->indicators[indicator].conventions.rounding};
            return (FigureStyle){description->series[input->series].digits,
                                 description->conventions.rounding};
        case INPUT_PLAN:
        case INPUT_PLAN_PACE:
            if (input->kind == INPUT_PLAN && input->figure != FIGURE_ATTAINMENT)
                return (FigureStyle){0, ROUNDING_HALF_UP};
            return plan_style(description, input->plan >= 0 ? input->plan : subject->plan);
        case INPUT_POINTS: return plan_style(description, -1);
        default: return (FigureStyle){0, ROUNDING_HALF_UP};
    }
}

// Messages are kept with the results, so their words are fixed: those of the packs' language.
static const char *status_word(const char *status) {
    static const char *const words[STATUS_COUNT] = {"达标", "基本达标", "未达标", "缺数据",
                                                    "不适用"};
    for (int i = 0; i < STATUS_COUNT; i++)
        if (strcmp(status, status_name((Status)i)) == 0) return words[i];
    return status;
}

// One input as it reads in a message: shares in per cent, figures at their printed digits, years
// rounded up to the tenth, since a year reached in 2020.04 is not reached in 2020.
static void append_input(Buffer *out, const FigureSource *source, const Input *input,
                         const Subject *subject) {
    ArgumentRoom room;
    RuleValue value = rule_input(source, input, subject, &room);
    FigureStyle style = input_style(source->description, input, subject);
    char text[DECIMAL_TEXT_SIZE];
    if (value.kind == RULE_TEXT) {
        buffer_text(out, status_word(value.text));
    } else if (value.kind == RULE_BOOLEAN) {
        buffer_text(out, value.number != 0 ? "是" : "否");
    } else if (value.kind != RULE_NUMBER) {
        buffer_text(out, "—");
    } else if (input->kind == INPUT_METRIC && input->metric == METRIC_REACH_YEAR) {
        decimal_fixed(ceil(decimal_round(value.number * 10, 6, ROUNDING_HALF_UP)) / 10, 1,
                      ROUNDING_HALF_UP, text);
        buffer_text(out, text);
    } else {
        double scale = is_share(input) ? 100 : 1;
        double number =
            scale == 1 ? value.number : decimal_round(value.number * scale, 9, ROUNDING_HALF_UP);
        decimal_fixed(number, style.digits, style.rounding, text);
        buffer_printf(out, "%s%s", text, is_share(input) ? "%" : "");
    }
}

const char *rule_message(const FigureSource *source, const Warning *warning, const Subject *subject,
                         Arena *arena) {
    if (!warning->message) return "";
    Buffer out = {0};
    for (const char *at = warning->message; *at;) {
        const Input *input = NULL;
        size_t length = 0;
        for (size_t i = 0; *at == '{' && i < warning->message_input_count && !input; i++) {
            length = strlen(warning->message_inputs[i].name);
            if (strncmp(at + 1, warning->message_inputs[i].name, length) == 0 &&
                at[1 + length] == '}')
                input = &warning->message_inputs[i];
        }
        if (input) {
            append_input(&out, source, input, subject);
            at += length + 2;
        } else {
            buffer_append(&out, at++, 1);
        }
    }
    const char *text = arena_string(arena, out.data ? out.data : "");
    buffer_free(&out);
    return text;
}
