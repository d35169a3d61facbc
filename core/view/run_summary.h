// Runs as one row a region: what it attained, its warnings by level and how it was assessed. One
// thread.
#pragma once

#include "core/view/output_table.h"
#include "core/view/run_view.h"

// Begins the table, which runs of several packs share. The titles are in the language of messages.
void view_summary_begin(OutputTable *rows);
// Adds the regions that the view carries.
void view_summary_rows(const RunView *view, OutputTable *rows);
