// Assessment rounds that are opened, advanced and withdrawn: see desk.h. They pass the desk so that
// they are in one order with the versions and the figures that they are about.
#include "core/service/desk_inside.h"

static void tell(Desk *desk, const AssessmentRound *round) {
    AssessmentRound *told = memory_new(1, sizeof *told);
    *told = *round;
    desk_tell(desk, (Notice){.round = told});
}

bool desk_open_round(Desk *desk, const RoundOpening *opening, AssessmentRound *round,
                     Error *error) {
    if (!round_open(desk->options.store, opening, round, error)) return false;
    tell(desk, round);
    return true;
}

bool desk_step_round(Desk *desk, const RoundStep *step, AssessmentRound *round, Error *error) {
    if (!round_step(desk->options.store, step, round, error)) return false;
    tell(desk, round);
    return true;
}
