// What the files of analysis.h share among themselves.
#pragma once

#include "core/analysis/analysis.h"

// Analyses one pack. What is not there is ERROR_NOT_FOUND.
typedef bool (*AnalysisFunction)(void *context, const LoadedPack *pack, ProblemList *problems);
// Calls `each` for the packs that are wanted. True when it was good for one of them at least and
// not found for the others.
MUST_CHECK bool analysis_of_packs(Store *store, const AnalysedPacks *wanted, AnalysisFunction each,
                                  void *context, AnalysisFailure *failure);
// The index of an assessment; ERROR_NOT_FOUND with the nearest one.
MUST_CHECK bool analysis_find_assessment(const Description *description, const char *id, int *index,
                                         Error *error);
// Sample data among the observations of the pack's regions up to a year, as they are now.
MUST_CHECK bool analysis_count_samples(Store *store, const Description *description, int year,
                                       size_t *count, Error *error);
