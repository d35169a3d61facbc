// The numbers that stand for regions, series and sources in a transaction: see store_inside.h.
#include <stdlib.h>

#include "db/store_inside.h"

// Sources are kept in memory up to this many, then looked up anew.
enum { SOURCES_KEPT = 65536 };

bool transaction_find_region(StoreTransaction *transaction, const char *code, int64_t *number,
                             Error *error) {
    const DriverValue key[] = {driver_text(code)};
    return transaction_find_number(transaction, STATEMENT_FIND_REGION, key, 1, number, error);
}

bool transaction_region(StoreTransaction *transaction, const char *code, TransactionRegion **out,
                        Error *error) {
    TransactionNumbers *numbers = &transaction->numbers;
    int64_t index = map_get(&numbers->regions_by_code, code), number;
    *out = NULL;
    if (index == MAP_MISSING) {
        if (!transaction_find_region(transaction, code, &number, error)) return false;
        if (number == 0) return true;
        ARRAY_RESERVE(numbers->regions, numbers->region_count, numbers->region_capacity);
        index = (int64_t)numbers->region_count++;
        numbers->regions[index] =
            (TransactionRegion){.number = number, .code = memory_copy_string(code)};
        map_put(&numbers->regions_by_code, code, index);
    }
    *out = &numbers->regions[index];
    return true;
}

static Map *indicators_of(TransactionNumbers *numbers, const char *breakdown) {
    int64_t index = map_get(&numbers->breakdowns, breakdown);
    if (index == MAP_MISSING) {
        ARRAY_RESERVE(numbers->indicators, numbers->breakdown_count, numbers->breakdown_capacity);
        index = (int64_t)numbers->breakdown_count++;
        numbers->indicators[index] = (Map){0};
        map_put(&numbers->breakdowns, breakdown, index);
    }
    return &numbers->indicators[index];
}

static bool put_series(StoreTransaction *transaction, const char *indicator, const char *breakdown,
                       int64_t *number, Error *error) {
    if (!transaction_next_number(transaction, "series", number, error)) return false;
    const DriverValue row[] = {driver_integer(*number), driver_text(indicator),
                               driver_text(breakdown)};
    return transaction_run(transaction, STATEMENT_PUT_SERIES, row, COUNT_OF(row), NULL, error);
}

bool transaction_find_series(StoreTransaction *transaction, const char *indicator,
                             const char *breakdown, int64_t *number, Error *error) {
    Map *indicators = indicators_of(&transaction->numbers, breakdown);
    *number = map_get(indicators, indicator);
    if (*number != MAP_MISSING) return true;
    const DriverValue key[] = {driver_text(indicator), driver_text(breakdown)};
    if (!transaction_find_number(transaction, STATEMENT_FIND_SERIES, key, COUNT_OF(key), number,
                                 error))
        return false;
    if (*number) map_put(indicators, indicator, *number);
    return true;
}

bool transaction_series(StoreTransaction *transaction, const char *indicator, const char *breakdown,
                        int64_t *number, Error *error) {
    if (!transaction_find_series(transaction, indicator, breakdown, number, error)) return false;
    if (*number) return true;
    if (!put_series(transaction, indicator, breakdown, number, error)) return false;
    map_put(indicators_of(&transaction->numbers, breakdown), indicator, *number);
    return true;
}

static bool put_source(StoreTransaction *transaction, const char *text, int64_t *number,
                       Error *error) {
    if (!transaction_next_number(transaction, "source", number, error)) return false;
    const DriverValue row[] = {driver_integer(*number), driver_text(text)};
    return transaction_run(transaction, STATEMENT_PUT_SOURCE, row, COUNT_OF(row), NULL, error);
}

bool transaction_source(StoreTransaction *transaction, const char *text, int64_t *number,
                        Error *error) {
    Map *sources = &transaction->numbers.sources;
    *number = 0;
    if (!text || !*text) return true;
    *number = map_get(sources, text);
    if (*number != MAP_MISSING) return true;
    const DriverValue key[] = {driver_text(text)};
    if (!transaction_find_number(transaction, STATEMENT_FIND_SOURCE, key, COUNT_OF(key), number,
                                 error) ||
        (*number == 0 && !put_source(transaction, text, number, error)))
        return false;
    if (sources->count >= SOURCES_KEPT) map_free(sources);
    map_put(sources, text, *number);
    return true;
}

void transaction_numbers_free(TransactionNumbers *numbers) {
    for (size_t i = 0; i < numbers->region_count; i++) {
        free(numbers->regions[i].code);
        free(numbers->regions[i].changes);
        digest_free(numbers->regions[i].digest);
    }
    free(numbers->regions);
    map_free(&numbers->regions_by_code);
    for (size_t i = 0; i < numbers->breakdown_count; i++)
        map_free(&numbers->indicators[i]);
    free(numbers->indicators);
    map_free(&numbers->breakdowns);
    map_free(&numbers->sources);
}
