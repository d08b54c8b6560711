/* The findings of a result once more, from its evidence. */
#ifndef REPORT_VERSION_RECOMPUTE_H
#define REPORT_VERSION_RECOMPUTE_H

#include "result/result.h"

typedef struct VersionRecomputed {
    size_t n_runs, n_scores, n_effects, n_claims, n_probes; /* that were computed */
    size_t n_differences;
    TextList differences; /* the first of them: what stands in result.json, and what follows */
    bool rates_left_out;  /* timings are of a machine, and not among the evidence */
} VersionRecomputed;

/* A folder without evidence, or with other evidence than what was written, is an error. */
bool version_recompute(VersionRecomputed *recomputed, const Result *result, Error *err) MUST_USE;

#endif
