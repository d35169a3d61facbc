// Any bytes as the JSON by which a pack describes itself.
//
// Built by clang with -fsanitize=fuzzer,address,undefined from this file, core/base/*.c,
// core/stats/*.c, core/pack/*.c and the embedded files, with jansson and libsodium; run it with
// -dict=tests/fuzz/description.dict and the seeds in tests/fuzz/corpus/description. Besides memory
// errors it aborts when a description is neither sound nor refused with plain words.
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/plain_text.h"
#include "core/pack/coverage.h"
#include "core/pack/description.h"
#include "core/pack/difference.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void require(bool holds, const char *promise) {
    if (holds) return;
    fprintf(stderr, "promise broken: %s\n", promise);
    abort();
}

static bool is_plain(const char *text) {
    return plain_text(text, strlen(text));
}

static void check_problems(const ProblemList *problems) {
    for (size_t i = 0; i < problems->count; i++) {
        require(problems->items[i].message[0], "a problem says what is wrong");
        require(is_plain(problems->items[i].message), "messages are plain");
        require(is_plain(problems->items[i].hint), "hints are plain");
        require(is_plain(problems->items[i].file), "files are plain");
    }
}

static void check_rule(const Description *description, const Rule *rule) {
    for (size_t i = 0; i < rule->input_count; i++) {
        const Input *input = &rule->inputs[i];
        require(input->indicator < (int)description->indicator_count, "inputs name indicators");
        require(input->series < (int)description->series_count, "inputs name series");
        require(input->plan < (int)description->plan_count, "inputs name plans");
        require(input->breakdown < (int)description->breakdown_count, "inputs name breakdowns");
    }
}

static void check_sound(const Description *description) {
    require(is_plain(description->title), "texts are plain");
    for (size_t r = 0; r < description->rule_count; r++)
        check_rule(description, &description->rules[r]);
    for (size_t i = 0; i < description->indicator_count; i++) {
        const Indicator *indicator = &description->indicators[i];
        require(indicator->target_set_count >= 1 && indicator->target_set_count <= MAX_TARGET_SETS,
                "every indicator has a target");
        require(indicator->formula < (int)description->rule_count, "formulas are rules");
        require(isnan(indicator->baseline) || fabs(indicator->baseline) <= 1e15,
                "numbers are bounded");
    }
    for (size_t a = 0; a < description->assessment_count; a++) {
        const Assessment *assessment = &description->assessments[a];
        for (size_t i = 0; i < assessment->item_count; i++)
            require(assessment->items[i].parent < (int)i, "parents come first");
        for (size_t v = 0; v < assessment->veto_count; v++)
            require(assessment->vetoes[v].grade < (int)assessment->grade_count,
                    "vetoes set grades");
    }
}

// What reads the JSON as it stands, once it was found sound.
static void read_nodes(const json_t *json) {
    PackNodes nodes;
    Coverage coverage;
    DifferenceList differences;
    pack_nodes_read(json, &nodes);
    coverage_read(&nodes, &coverage);
    require(coverage.carried <= coverage.wanted && coverage.wanted <= coverage.count,
            "no more is carried than wanted");
    for (size_t i = 0; i < nodes.count; i++)
        require(is_plain(nodes.items[i].id) && is_plain(nodes.items[i].title), "nodes are plain");
    coverage_free(&coverage);
    pack_nodes_free(&nodes);
    difference_read(json, json, &differences);
    difference_free(&differences);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    json_t *json = json_loadb((const char *)bytes, length, JSON_REJECT_DUPLICATES, NULL);
    if (!json) return 0;
    ProblemList problems = {0};
    Description *description = description_parse(json, &problems);
    require((description == NULL) == (problems.count > 0), "refused means with a reason");
    check_problems(&problems);
    if (description) {
        check_sound(description);
        read_nodes(json);
    }
    description_free(description);
    problems_free(&problems);
    json_decref(json);
    return 0;
}
