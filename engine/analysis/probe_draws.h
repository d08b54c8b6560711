/* The probes of an experiment with their bootstrap draws: over examples for zero-shot scores, over documents for
 * the context window and positions, over repeated timings for rates.
 *
 * All points of a curve, and all curves over the same number of units of one kind and task, share their
 * draws: they were measured on the same examples or documents, so differences of draws are those of the
 * paired difference. Timings share nothing. */
#ifndef ANALYSIS_PROBE_DRAWS_H
#define ANALYSIS_PROBE_DRAWS_H

#include "analysis/measured.h"
#include "statistics/quantity.h"

typedef struct ProbeCurve {
    const EvidenceProbe *probe;
    /* [n_points] score; nats a token (of the context window too); tokens a second. */
    Quantity *points;
} ProbeCurve;

typedef struct ProbeDraws {
    Measured measured;
    size_t n;
    ProbeCurve *curves; /* by kind, cell, task */
} ProbeDraws;

bool probe_draws_make(ProbeDraws *draws, const Measured *measured, Arena *arena,
                      Error *err) MUST_USE;

/* task -1 but for zero-shot. NULL: not measured. */
const ProbeCurve *probe_draws_find(const ProbeDraws *draws, ProbeKind kind, int cell, int task);

/* (score - chance) / (best - chance) */
double probe_draws_normalise(const ProbeCurve *curve, double score);

#endif
