// Any bytes as the results of a region.
//
// Built by clang with -fsanitize=fuzzer,address,undefined from this file, core/base/*.c,
// core/stats/*.c, core/pack/*.c, core/eval/result.c and the embedded files, with jansson, libsodium
// and cmocka; it needs no seeds beyond what it makes itself. Besides memory errors it aborts when
// bytes that are taken do not encode to themselves, or when what is refused is not told.
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

static const Description *description(void) {
    static Description *made;
    if (!made) made = sample_describe(sample_text);
    return made;
}

// Now and then a good result takes the place of what there was, so that mutations reach deep.
size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t length, size_t most, unsigned seed) {
    if (seed % 16 == 0) {
        uint64_t stream = seed;
        RegionResult result;
        Buffer good = {0};
        sample_fill(&result, description(), &stream);
        result_encode(&result, description(), &good);
        result_free(&result);
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
    if (!result_decode((const char *)bytes, length, description(), &result, &error)) {
        require(error.code == ERROR_WORKER && error.message[0], "what is refused is told");
        return 0;
    }
    Buffer again = {0};
    result_encode(&result, description(), &again);
    require(again.length == length && memcmp(again.data, bytes, length) == 0,
            "the bytes are canonical");
    buffer_free(&again);
    result_free(&result);
    return 0;
}
