// What in the workspace keeps a pack from becoming active for now, and whether that has changed.
//
// A pack that is refused because its region is not there, or because assessment rounds are open, is
// as good as before once regions are imported or the rounds are over, whoever saw to that. So with
// the refusal is noted what the workspace was like. Any thread.
#pragma once

#include "db/store.h"

typedef enum Obstacle {
    OBSTACLE_NONE,
    OBSTACLE_REGION, // its region is not in the workspace
    OBSTACLE_ROUNDS, // open rounds need an assessment that it does not declare
} Obstacle;

typedef struct WorkspaceMark {
    int64_t regions;             // the version of the regions
    char rounds[HASH_TEXT_SIZE]; // of the rounds that are open
} WorkspaceMark;

// Reads what the workspace is like now.
MUST_CHECK bool workspace_mark_read(Store *store, WorkspaceMark *mark, Error *error);
// Whether what the obstacle is about is another matter than then.
bool workspace_mark_differs(const WorkspaceMark *then, const WorkspaceMark *now, Obstacle obstacle);
