// Any bytes as the results of a region.
//
// Built by clang with -fsanitize=fuzzer,address,undefined from this file, core/base/*.c,
// core/stats/*.c, core/pack/*.c, what core/eval/result.c needs of core/eval, and the embedded
// files, with jansson, libsodium and cmocka; it needs no seeds beyond what it makes itself. Besides
// memory errors it aborts when bytes that are taken say anything that is not read from them, or
// when what is refused is not told.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/eval/result.h"
#include "tests/unit/eval/sample_result.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);
size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t length, size_t most, unsigned seed);
size_t LLVMFuzzerMutate(uint8_t *bytes, size_t length, size_t most);

static void require(bool holds, const char *promise) {
    if (holds) return;
    fprintf(stderr, "promise broken: %s\n", promise);
    abort();
}

static const ResultLayout *layout(void) {
    static const ResultLayout *made;
    if (!made) made = layout_new(sample_describe(sample_text), 2024, false);
    return made;
}

// Now and then a good result takes the place of what there was, so that mutations reach deep.
size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t length, size_t most, unsigned seed) {
    if (seed % 16 == 0) {
        Buffer good = {0};
        sample_encode(layout(), seed % 32 == 0, seed, &good);
        if (good.length <= most) {
            memcpy(bytes, good.data, good.length);
            length = good.length;
        }
        buffer_free(&good);
    }
    return LLVMFuzzerMutate(bytes, length, most);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    RegionResult result;
    Error error = {0};
    if (!result_decode((const char *)bytes, length, layout(), &result, &error)) {
        require(error.code == ERROR_WORKER && error.message[0], "what is refused is told");
        return 0;
    }
    uint32_t size;
    memcpy(&size, bytes + 4, sizeof size);
    bool own = size == layout()->own_size;
    uint8_t *record = sample_rebuild(&result, own);
    Buffer again = {0};
    result_encode(layout(), record, own, result.failures, result.failure_count, &again);
    require(again.length == length && memcmp(again.data, bytes, length) == 0,
            "the bytes are canonical");
    buffer_free(&again);
    free(record);
    result_free(&result);
    return 0;
}
