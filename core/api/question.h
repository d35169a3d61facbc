// A question that takes long: worked out in the side queue, answered with JSON.
//
// A handler makes a struct that begins with an ApiQuestion, fills it, and asks. The work leaves an
// answer or problems in it; the text is made there too, so that the home loop only sends it. Texts
// in the question's arena live as long as it does. Included by resources only; the home loop's
// thread, but for the work.
#pragma once

#include "core/api/api.h"
#include "core/view/output_table.h"
#include "core/view/run_view.h"

typedef struct ApiQuestion ApiQuestion;
typedef void (*ApiQuestionWork)(const JobHost *host, Store *store, ApiQuestion *question);

struct ApiQuestion {
    ApiCall *call;
    Caller caller; // a copy, for the work
    RegionTree *tree;
    Arena arena;
    ApiQuestionWork work;
    void (*release)(ApiQuestion *question); // frees what the struct holds besides; NULL for nothing
    // Left by the work: the answer's body as a tree (an own reference), or where that would be
    // large as text at once; or, with neither, why there is none.
    json_t *answer;
    Buffer text;
    ProblemList problems;
    HttpBody *body; // made of them
};

// Zeroed memory of that size for the struct; it is freed when the question was answered, or with
// api_question_drop where it is never asked.
void *api_question_new(ApiCall *call, size_t size);
void api_question_drop(ApiQuestion *question);
// Copies of a query parameter and of a parameter of the path; the first is NULL where not given.
const char *api_question_query(ApiQuestion *question, const char *name);
const char *api_question_parameter(ApiQuestion *question, const char *name);
// A query parameter that must be given; when it is not the call is answered and NULL given.
const char *api_question_needs(ApiQuestion *question, const char *name);
// A year from 1900 to 2200 in the query, left alone where not given; false: the call is answered.
MUST_CHECK bool api_question_year(ApiQuestion *question, const char *name, int *year);
// Hands it to the side queue, or refuses; takes it over.
void api_question_ask(ApiQuestion *question, ApiQuestionWork work);

// For the work: rights are judged by regions read anew, since those of the door are the home
// loop's. To be called before the three that follow; false with a problem.
MUST_CHECK bool api_question_read_regions(ApiQuestion *question, Store *store);
bool api_question_may(const ApiQuestion *question, Action action, const char *region);
// Has a run tell only of the regions whose results the caller may read.
void api_question_narrow(const ApiQuestion *question, RunView *view);
// Whether he may in the whole region, or with `part` in part of it; false with a problem.
MUST_CHECK bool api_question_require(ApiQuestion *question, Action action, const char *region,
                                     bool part);
// The region of the pack, active or not, NULL when no version is stored; in the question's arena.
MUST_CHECK bool api_question_pack_region(ApiQuestion *question, Store *store, const char *pack,
                                         const char **region);

// For the work. Adds a problem; gives false.
bool api_question_fail(ApiQuestion *question, const Error *error);
// The rows as a tree (new reference); frees them.
json_t *api_rows_to_json(OutputTable *rows);
