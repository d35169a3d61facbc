// Inputs of messages, and how they read: see message.h.
#include "core/eval/message.h"

#include <math.h>
#include <string.h>

#include "core/base/decimal.h"
#include "core/eval/tally.h"
#include "core/stats/progress.h"

int result_on_track(const IndicatorResult *result) {
    double progress = result->metrics[METRIC_PROGRESS], pace = result->metrics[METRIC_PACE];
    return isnan(progress) || isnan(pace) ? -1 : progress >= pace;
}

// ---- what a warning is about -------------------------------------------------------------------

static int indicator_of(const Description *description, const RaisedWarning *raised) {
    return description->warnings[raised->warning].on == ON_INDICATOR ? raised->subject : -1;
}

static int plan_of(const Description *description, const RaisedWarning *raised) {
    switch (description->warnings[raised->warning].on) {
        case ON_INDICATOR: return description->indicators[raised->subject].plan;
        case ON_PLAN: return raised->subject;
        case ON_REGION: return -1;
    }
    return -1;
}

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
                               const RaisedWarning *raised) {
    int indicator = input->indicator >= 0 ? input->indicator : indicator_of(description, raised);
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
            return plan_style(description,
                              input->plan >= 0 ? input->plan : plan_of(description, raised));
        case INPUT_POINTS: return plan_style(description, -1);
        default: return (FigureStyle){0, ROUNDING_HALF_UP};
    }
}

// ---- figures -----------------------------------------------------------------------------------

static double plan_figure(const RegionResult *result, const Input *input, int index) {
    const Description *description = result->layout->description;
    AttainmentCounts counts =
        tally_counts_of_set(description, result->indicators, index, input->domain, input->set);
    return tally_figure(&description->plans[index], counts, input->figure);
}

static double kept_value(const RegionResult *result, const Input *input, int indicator) {
    int series = input->series;
    if (series < 0) series = result->layout->description->indicators[indicator].series;
    int place = layout_find_value(result->layout, series, input->breakdown);
    return place >= 0 ? result->values[place] : NAN;
}

// A figure that is a number; NaN where it is missing or none.
static double number_of(const RegionResult *result, const Input *input,
                        const RaisedWarning *raised) {
    const Description *description = result->layout->description;
    int indicator = input->indicator >= 0 ? input->indicator : indicator_of(description, raised);
    int plan = input->plan >= 0 ? input->plan : plan_of(description, raised);
    switch (input->kind) {
        case INPUT_METRIC: return result->indicators[indicator].metrics[input->metric];
        case INPUT_VALUE: return kept_value(result, input, indicator);
        case INPUT_PLAN: return plan_figure(result, input, plan);
        case INPUT_YEAR: return result->year;
        case INPUT_PLAN_START: return description->plans[plan].first_year;
        case INPUT_PLAN_END: return description->plans[plan].last_year;
        case INPUT_PLAN_PACE:
            return progress_pace(result->year, description->plans[plan].baseline_year,
                                 description->plans[plan].last_year);
        default: return NAN;
    }
}

// ---- words -------------------------------------------------------------------------------------

// The messages' language is the packs': what std says in words would otherwise change with whoever
// looks.
static const char *status_word(Status status) {
    static const char *const words[STATUS_COUNT] = {"达标", "基本达标", "未达标", "缺数据",
                                                    "不适用"};
    return words[status];
}

// Shares in per cent, figures at their printed digits, years as whole ones: what is reached in
// 2020.04 is not reached in 2020, and no figure is told of before the year 2021.
static void append_number(Buffer *out, const Input *input, FigureStyle style, double number) {
    char text[DECIMAL_TEXT_SIZE];
    if (isnan(number)) {
        buffer_text(out, "—");
    } else if (input->kind == INPUT_METRIC && input->metric == METRIC_REACH_YEAR) {
        decimal_fixed(ceil(decimal_round(number, 6, ROUNDING_HALF_UP)), 0, ROUNDING_HALF_UP, text);
        buffer_text(out, text);
    } else {
        bool share = is_share(input);
        if (share) number = decimal_round(number * 100, 9, ROUNDING_HALF_UP);
        decimal_fixed(number, style.digits, style.rounding, text);
        buffer_printf(out, "%s%s", text, share ? "%" : "");
    }
}

static void append_input(Buffer *out, const RegionResult *result, const Input *input,
                         const RaisedWarning *raised) {
    const Description *description = result->layout->description;
    int indicator = input->indicator >= 0 ? input->indicator : indicator_of(description, raised);
    if (input->kind == INPUT_STATUS) {
        int place = description_target_set(description, indicator, input->set);
        buffer_text(out, place < 0
                             ? "—"
                             : status_word((Status)result->indicators[indicator].statuses[place]));
    } else if (input->kind == INPUT_ON_TRACK) {
        int on_track = result_on_track(&result->indicators[indicator]);
        buffer_text(out, on_track < 0 ? "—" : on_track ? "是" : "否");
    } else {
        append_number(out, input, input_style(description, input, raised),
                      number_of(result, input, raised));
    }
}

static const Input *input_at(const Warning *warning, const char *at, size_t *length) {
    for (size_t i = 0; *at == '{' && i < warning->message_input_count; i++) {
        *length = strlen(warning->message_inputs[i].name);
        if (strncmp(at + 1, warning->message_inputs[i].name, *length) == 0 &&
            at[1 + *length] == '}')
            return &warning->message_inputs[i];
    }
    return NULL;
}

const char *message_text(RegionResult *result, const RaisedWarning *raised) {
    const Warning *warning = &result->layout->description->warnings[raised->warning];
    if (!warning->message) return "";
    Buffer out = {0};
    for (const char *at = warning->message; *at;) {
        size_t length = 0;
        const Input *input = input_at(warning, at, &length);
        if (input) {
            append_input(&out, result, input, raised);
            at += length + 2;
        } else {
            buffer_append(&out, at++, 1);
        }
    }
    const char *text = arena_string(&result->arena, out.data ? out.data : "");
    buffer_free(&out);
    return text;
}
