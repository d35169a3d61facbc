// The values a rule gets for the inputs it names, and how they read in a message.
//
// Both come from the same place, so that a warning's text never tells another figure than its rule
// was given. Pure over the figures of one region; used inside workers.
#pragma once

#include "core/eval/figures.h"
#include "core/pack/rule.h"

// What a rule is called for.
typedef struct Subject {
    size_t region;
    int year;
    const IndicatorResult *figures; // of that year
    int indicator, plan, assessment, item, veto, warning, unit;
    double points;
} Subject;

// A subject that nothing is said about yet.
extern const Subject subject_none;

// Room for the arguments that are an indicator's whole history.
typedef struct ArgumentRoom {
    int years[FIGURE_MAX_YEARS];
    double values[FIGURE_MAX_YEARS];
} ArgumentRoom;

RuleValue rule_input(const FigureSource *source, const Input *input, const Subject *subject,
                     ArgumentRoom *room);

// The warning's message with its inputs filled in; "" when it has none. The text is in the arena.
const char *rule_message(const FigureSource *source, const Warning *warning, const Subject *subject,
                         Arena *arena);
