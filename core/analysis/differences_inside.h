// What the files of differences share; included by core/analysis/differences*.c only.
#pragma once

#include "core/analysis/differences.h"

// Notes the inputs that are not the same in the two trees of an assessment (explain_build's), item
// by item.
void differences_compare_inputs(DifferencesReport *report, const json_t *const trees[SIDES]);
