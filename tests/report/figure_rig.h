/* Outcomes with curves, probes and grids of every form that figures draw, and the figures of them.
 *
 * With REPRISE_FIGURES=DIR in the environment, figures are drawn into DIR/NAME/ and stay there to be looked at. */
#ifndef TESTS_FIGURE_RIG_H
#define TESTS_FIGURE_RIG_H

#include "result/result.h"

typedef struct FigureRigPlan {
    const char *name;                           /* of the folder drawn into */
    int n_variants, n_tasks, n_seeds;           /* at most 8 each */
    const char *path;                           /* of the grid; NULL: none */
    const char *values;                         /* of it: a JSON list */
    const char *report;                         /* of the experiment; NULL: none */
    const char *const *variants, *const *tasks; /* names; NULL: those of the outcome rig */
    ProbeKind probe;                            /* curves of this kind, if n_probe_points > 0 */
    int n_probe_points;
} FigureRigPlan;

/* The result of a finished experiment; its folder has been made. */
Result *figure_rig_result(const FigureRigPlan *plan);

/* Leaves a text beside the figures, where they are kept. */
void figure_rig_keep(const Result *result, const char *name, const Buffer *text);

/* A file of the result's folder figures/. */
const char *figure_rig_read(const Result *result, const char *name);

#endif
