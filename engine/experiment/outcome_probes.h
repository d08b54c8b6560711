/* The probes of an outcome, from what their stages wrote. */
#ifndef EXPERIMENT_OUTCOME_PROBES_H
#define EXPERIMENT_OUTCOME_PROBES_H

#include "experiment/plan.h"
#include "question/probe_kind.h"

/* One curve: kind, cell, task. Units are what is resampled for intervals: examples of a task, held-out
 * documents, or repeated timings. */
typedef struct OutcomeProbe {
    ProbeKind kind;
    int cell;
    int task; /* zero-shot: index in the experiment's zero-shot tasks; else -1 */
    int n_points, n_units;
    double *x;     /* [n_points] */
    double *value; /* [n_points] score; perplexity; nats a token; tokens a second (median) */
    /* zero-shot: predictions, the truth of each unit stands in `truth`; context window and position: sum
     * of losses over a document in nats, with its number of tokens in `weight`; rate: tokens a second */
    double *unit;   /* [n_points * n_units] */
    double *weight; /* [n_points * n_units]; NULL for zero-shot and rate */
    double *truth;  /* [n_units]; NULL but for zero-shot */
    /* Of rates, NULL else; these do not depend on the machine: operations a trained token; layers or steps
     * of them that forward takes one after another */
    double *flops, *steps; /* [n_points] */
    Facets facets;         /* what units are counted by; of zero-shot, and often none */
} OutcomeProbe;

/* All of a plan that is done, by kind, cell, task. */
bool outcome_probes_read(OutcomeProbe **probes, int *n, const Plan *plan, Arena *arena,
                         Error *err) MUST_USE;

#endif
