// The rules that failed, by region, as the engine keeps them.
#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"
#include "core/eval/engine_inside.h"

void failures_add(FailureList *list, uint32_t region, const RuleFailure *failure) {
    ARRAY_RESERVE(list->items, list->count, list->capacity);
    KeptFailure *kept = &list->items[list->count++];
    *kept = (KeptFailure){region, list->count, *failure};
    list->unsorted = true;
    kept->failure.message = memory_copy_string(failure->message);
}

static void forget(KeptFailure *kept) {
    free((char *)kept->failure.message);
}

void failures_free(FailureList *list) {
    for (size_t i = 0; i < list->count; i++)
        forget(&list->items[i]);
    free(list->items);
    *list = (FailureList){0};
}

static int compare(const void *left_item, const void *right_item) {
    const KeptFailure *left = left_item, *right = right_item;
    if (left->region != right->region) return left->region < right->region ? -1 : 1;
    if (left->failure.rule != right->failure.rule)
        return left->failure.rule < right->failure.rule ? -1 : 1;
    return (left->failure.subject > right->failure.subject) -
           (left->failure.subject < right->failure.subject);
}

static int compare_with_order(const void *left_item, const void *right_item) {
    const KeptFailure *left = left_item, *right = right_item;
    int order = compare(left, right);
    return order ? order : (left->order > right->order) - (left->order < right->order);
}

// A worker that tells of a failure twice is believed the first time.
void failures_sort(FailureList *list) {
    if (!list->unsorted) return;
    qsort(list->items, list->count, sizeof *list->items, compare_with_order);
    size_t left = 0;
    for (size_t i = 0; i < list->count; i++) {
        if (left > 0 && compare(&list->items[left - 1], &list->items[i]) == 0)
            forget(&list->items[i]);
        else
            list->items[left++] = list->items[i];
    }
    list->count = left;
    list->unsorted = false;
}

size_t failures_of(const FailureList *list, size_t region, size_t *first) {
    size_t low = 0, high = list->count, count = 0;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (list->items[middle].region < region)
            low = middle + 1;
        else
            high = middle;
    }
    while (low + count < list->count && list->items[low + count].region == region)
        count++;
    *first = low;
    return count;
}

void failures_forget(FailureList *list, size_t region) {
    size_t first, count = failures_of(list, region, &first);
    if (count == 0) return;
    for (size_t i = 0; i < count; i++)
        forget(&list->items[first + i]);
    memmove(list->items + first, list->items + first + count,
            (list->count - first - count) * sizeof *list->items);
    list->count -= count;
}

bool failure_is_over_budget(const RuleFailure *failure) {
    return failure->outcome == CALL_OVER_TIME || failure->outcome == CALL_OVER_MEMORY;
}

size_t failures_possible(const Description *description) {
    size_t count = description->formula_count;
    for (size_t w = 0; w < description->warning_count; w++)
        count += layout_warning_subjects(description, &description->warnings[w]);
    for (size_t a = 0; a < description->assessment_count; a++) {
        const Assessment *assessment = &description->assessments[a];
        size_t subjects = assessment->of == OF_UNIT ? description->unit_count : 1;
        count += subjects * (2 * assessment->item_count + assessment->veto_count);
    }
    return count;
}
