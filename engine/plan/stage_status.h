/* What is going on with a stage just now, whoever runs it. */
#ifndef PLAN_STAGE_STATUS_H
#define PLAN_STAGE_STATUS_H

#include "plan/stage.h"

typedef struct StageStatus {
    const char *word; /* "cached", "running", "interrupted", "to do", "if chosen", "not chosen" */
    bool begun;       /* running or interrupted */
    /* Since it was begun or gone on with; negative when it is not running. */
    double running_seconds;
    double saved_seconds; /* since its last resume point; negative when it has none */
} StageStatus;

bool stage_status(StageStatus *status, const Stage *stage, Error *err) MUST_USE;

#endif
