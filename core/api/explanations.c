// /api/v1/explanations: what a figure was made from, down to observations and rules.
#include "core/api/question.h"
#include "core/view/explanation_json.h"

typedef struct ExplainQuestion {
    ApiQuestion question;
    ExplainQuery query;
} ExplainQuestion;

static void explain(const JobHost *host, Store *store, ApiQuestion *question) {
    const ExplainQuestion *asked = (const ExplainQuestion *)question;
    Explanation explanation;
    if (explain_find(host, store, &asked->query, &explanation, &question->problems))
        question->answer = view_explanation_json(&explanation, asked->query.region);
    explanation_free(&explanation);
}

// The parameters are the command line's; the item is called `node`, as packs call what they
// declare.
static bool decode(ExplainQuestion *asked) {
    ApiQuestion *question = &asked->question;
    ExplainQuery *query = &asked->query;
    query->pack = api_question_query(question, "pack");
    query->unit = api_question_query(question, "unit");
    query->region = api_question_needs(question, "region");
    if (!query->region) return false;
    query->item = api_question_needs(question, "node");
    return query->item && api_require(question->call, ACTION_EXPLAIN, query->region) &&
           api_question_year(question, "year", &query->year) &&
           api_query_integer(question->call, "run", 1, INT64_MAX, &query->run);
}

static void show(ApiCall *call) {
    ExplainQuestion *asked = api_question_new(call, sizeof *asked);
    if (decode(asked))
        api_question_ask(&asked->question, explain);
    else
        api_question_drop(&asked->question);
}

static const ApiRoute routes[] = {
    {{"GET", "/api/v1/explanations?node&pack&region&run&unit&year", 0},
     show,
     ACTION_EXPLAIN,
     API_ANYWHERE}};
const ApiResource api_explanations = {routes, sizeof routes / sizeof *routes};
