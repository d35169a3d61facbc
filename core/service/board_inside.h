// What board*.c share; included nowhere else.
#pragma once

#include "core/service/board.h"

// ---- failures (board_failures.c) ----------------------------------------------------------------

void board_failures_init(BoardPack *pack);
void board_failures_free(BoardPack *pack);
// Counts the failures of a region whose bytes were put; before they are replaced, takes them back.
void board_failures_put(BoardPack *pack, uint32_t region);
void board_failures_take_back(BoardPack *pack, uint32_t region);
// Takes over what was told, where `pack` comes in the place of `former`.
void board_failures_inherit(const BoardPack *former, BoardPack *pack);
