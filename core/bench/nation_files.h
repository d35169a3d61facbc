// The nation as files: the pack and the CSV files that `biaochi import` takes, and the tables that
// the other engines load.
//
// Texts for people are Chinese, as in every pack. One thread.
#pragma once

#include "core/base/error.h"
#include "core/bench/generate.h"

// Writes FOLDER/pack/pack.lua; makes the folders.
MUST_CHECK bool nation_export_pack(const Nation *nation, const char *folder, Error *error);
// Writes FOLDER/pack/pack.lua, FOLDER/regions.csv and FOLDER/observations.csv; makes the folders.
MUST_CHECK bool nation_export(const Nation *nation, const char *folder, Error *error);

// Writes the tables of the other engines into a folder that is there, with header lines; indicators
// and regions are numbers from 0, nothing stands for a missing figure:
// - wide.csv: region, indicator, v0 … v9: the current year's figure, the one before it …
// - indicators.csv: indicator, domain, side (1: at least, −1: at most), target, near_limit,
//   ceiling (100 for a share, empty otherwise)
// - domains.csv: domain, points
// - regions.csv: region, late, returned
MUST_CHECK bool nation_write_tables(const Nation *nation, const char *folder, Error *error);
