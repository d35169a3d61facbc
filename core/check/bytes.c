// Comparing bytes of the same worlds evaluated in two ways: see check_inside.h.
#include <stdlib.h>
#include <string.h>

#include "core/check/check_inside.h"

enum { MOST_COMPARED = 512 };

size_t first_difference(const Buffer *left, const Buffer *right, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (left[i].length != right[i].length ||
            memcmp(left[i].data, right[i].data, left[i].length) != 0)
            return i;
    return count;
}

static bool take_bytes(Stage *stage, const Lane *lanes, size_t count, bool backwards, Buffer *bytes,
                       ProblemList *problems) {
    if (!stage_run(stage, lanes, count, backwards, problems)) return false;
    for (size_t i = 0; i < count; i++) {
        ResultBytes result = stage_bytes(stage, i);
        buffer_clear(&bytes[i]);
        buffer_append(&bytes[i], result.data, result.length);
    }
    return true;
}

static void tell_difference(Checking *checking, const Lane *lane) {
    Finding finding = {.about = about_nothing};
    finding.about.property = PROPERTY_DETERMINISM;
    finding.about.kind = ABOUT_BYTES;
    checking->first = lane;
    checking->second = NULL;
    (void)checking_note(&finding, checking);
}

bool check_bytes(Checking *checking, const Lane *lanes, size_t count) {
    size_t capacity = stage_capacity(checking->plain);
    if (count > MOST_COMPARED) count = MOST_COMPARED;
    if (checking->of_units && count > 8) count = 8; // one at a time
    Buffer *left = memory_new(capacity, sizeof *left), *right = memory_new(capacity, sizeof *right);
    bool good = true;
    for (size_t at = 0; at < count && good; at += capacity) {
        size_t now = count - at < capacity ? count - at : capacity;
        good = take_bytes(checking->stage, lanes + at, now, false, left, checking->problems) &&
               take_bytes(checking->plain, lanes + at, now, true, right, checking->problems);
        size_t different = good ? first_difference(left, right, now) : now;
        if (different < now) tell_difference(checking, &lanes[at + different]);
        if (good) checking->report->checked[PROPERTY_DETERMINISM] += now;
    }
    for (size_t i = 0; i < capacity; i++) {
        buffer_free(&left[i]);
        buffer_free(&right[i]);
    }
    free(left);
    free(right);
    checking->compared_bytes = true;
    return good;
}
