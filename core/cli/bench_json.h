// A measurement as a JSON object, for programs. One thread.
#pragma once

#include "core/base/json_writer.h"
#include "core/bench/bench.h"

void bench_write_json(JsonWriter *json, const BenchReport *report);
