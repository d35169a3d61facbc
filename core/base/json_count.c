// Counting the values of a JSON text: see json_count.h.
#include "core/base/json_count.h"

#include <stdbool.h>

size_t json_count_values(const char *bytes, size_t length) {
    size_t count = 0;
    bool in_text = false;
    for (size_t i = 0; i < length; i++) {
        if (in_text && bytes[i] == '\\')
            i++;
        else if (bytes[i] == '"')
            in_text = !in_text;
        else if (!in_text && (bytes[i] == ',' || bytes[i] == '[' || bytes[i] == '{'))
            count++;
    }
    return count;
}
