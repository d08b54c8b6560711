/* What was found of a claim: adjacent rows, one a task where there are several, with the whole as the last. */
#ifndef ANALYSIS_CLAIM_ROWS_H
#define ANALYSIS_CLAIM_ROWS_H

#include "question/experiment_claim.h"
#include "result/findings.h"

typedef struct ClaimRows {
    size_t n; /* 0: it was not measured */
    const NumbersClaim *items;
} ClaimRows;

/* Of numbers, or of timings where it is about a rate. */
ClaimRows claim_rows(const Findings *findings, const ExperimentClaim *claim);

#endif
