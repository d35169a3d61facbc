// A counter-example in words, and as a spec that an author can paste beside the pack.
//
// The spec fails until the pack is put right. Texts for people are in their language; the spec's
// code is the same in both. One thread.
#pragma once

#include "core/check/check.h"

// Where the rule, item, plan or warning stands that a person must look at.
void counter_example_place(const CheckReport *report, const CounterExample *example,
                           const char **file, int *line);
// One sentence: what was expected, and what came out.
void counter_example_sentence(const CheckReport *report, const CounterExample *example,
                              Buffer *out);
// What an author can do about it; nothing where the sentence says it all.
void counter_example_hint(const CheckReport *report, const CounterExample *example, Buffer *out);
// it("…", function() … end), two blanks deep.
void counter_example_spec(const CheckReport *report, const CounterExample *example, Buffer *out);
