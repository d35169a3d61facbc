// One indicator beside another, judged on hand-made values. Included by tests only.
#pragma once

#include "tests/unit/pack/sample.h"

#include <math.h>

#include "core/base/language.h"
#include "core/eval/figures.h"

enum { FIRST_YEAR = 2010, LAST_YEAR = 2030 };
static const uint32_t ALL_METRICS = (1u << METRIC_COUNT) - 1;

// A pack of two indicators: "judged", with what is given, and "other".
static Description *describe(const char *target, const char *more, const char *conventions) {
    Buffer text = {0};
    buffer_printf(
        &text,
        "{'pack':{'id':'p','title':'p','region':'150802','version':'1.0.0','api':1,'conventions':%s},"
        "'plans':[{'id':'plan','title':'规划','from':2021,'to':2030,'baseline':2020,'domains':["
        "{'id':'domain','title':'领域','indicators':["
        "{'kind':'indicator','id':'judged','title':'指标','unit':'%%','lead':'我','target':%s%s},"
        "{'kind':'indicator','id':'other','title':'另一','unit':'%%','lead':'我',"
        "'target':{'kind':'at_least','value':1}}]}]}]}",
        conventions, target, more);
    Description *description = sample_describe(text.data);
    buffer_free(&text);
    return description;
}

typedef struct Value {
    int year;
    double value;
} Value;

// Values end with year 0. The other indicator has 50 in 2024.
static void judge_series(const Description *description, const Value *values, int year,
                         IndicatorResult *result) {
    Error error = {0};
    DatasetBuilder *builder = dataset_builder_new(FIRST_YEAR, LAST_YEAR);
    int region = dataset_add_region(builder, "150802", &error);
    int judged = dataset_add_series(builder, "judged", "total", &error);
    dataset_put(builder, dataset_add_series(builder, "other", "total", &error), region, 2024, 50);
    for (; values->year; values++)
        dataset_put(builder, judged, region, values->year, values->value);
    Dataset *dataset = dataset_finish(builder);
    FigureSource source;
    figure_source_init(&source, description, dataset, year, NULL);
    figure_indicator(&source, 0, year, (size_t)region, ALL_METRICS, result);
    figure_source_free(&source);
    dataset_free(dataset);
}
