// Compresses a body with gzip. Pure, any thread.
#pragma once

#include "core/base/memory.h"

// Appends the compressed bytes; `level` from 1 (quick) to 9 (small).
void gzip_pack(const Buffer *bytes, int level, Buffer *out);
