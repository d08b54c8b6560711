/* A version of a result that is being written: what its parts are made from. */
#ifndef RESULT_DRAFT_H
#define RESULT_DRAFT_H

#include "experiment/outcome.h"
#include "result/curves.h"
#include "result/findings.h"

typedef struct Draft {
    const Outcome *outcome;
    const Findings *findings;
    const Numbers *numbers; /* of the findings */
    Curves curves;
    const char *version; /* "v001" */
    const char *folder;  /* where the files go; renamed when all are there */
    Arena *arena;
} Draft;

#endif
