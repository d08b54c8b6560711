/* The effect that a claim is about, point by point: what is measured of `better` minus what is measured of
 * `worse`, the mean over the pairs of cells that stand at a point, and over tasks. Points are those of the
 * grid path that the claim goes along, in the order of the spec; or of a probe's curve; or one for all. */
#ifndef ANALYSIS_CLAIM_CURVE_H
#define ANALYSIS_CLAIM_CURVE_H

#include "analysis/measure.h"

typedef struct ClaimCurve {
    size_t n; /* 0: not measured */
    Quantity *points;
    double *x; /* of a probe's points; NULL for those of a grid */
} ClaimCurve;

/* tasks [n_tasks]: positions among those that are measured. */
bool claim_curve_make(ClaimCurve *curve, const Measures *measures, const ExperimentClaim *claim,
                      const size_t *tasks, size_t n_tasks, Arena *arena, Error *err) MUST_USE;

#endif
