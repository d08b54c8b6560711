/* How long the stages that are left will take: what was estimated of them (stages/estimate.h), corrected by how
 * estimates and the clock agree so far.
 *
 * Stages of one kind and one width of model are a group: what an estimate gets wrong of one, it gets wrong of the
 * others. A group of which something has been run is corrected by its own ratio of seconds to estimate. The others
 * are corrected by the mean of those ratios (of their logarithms), to the degree to which they speak for the whole:
 * a group that is but a small part of all that is estimated, such as measurements of rates before hours of
 * training, hardly counts, and a machine that others use as well is noticed once a tenth or so has been run on it. */
#ifndef EXPERIMENT_PLAN_LEFT_H
#define EXPERIMENT_PLAN_LEFT_H

#include "plan/stage.h"

enum { PLAN_LEFT_GROUPS = 64 }; /* further ones are corrected as if nothing of them had been run */

typedef struct PlanLeftGroup {
    const StageKind *kind;
    int n_channel;
    double estimated, took; /* seconds of what has been run */
} PlanLeftGroup;

/* Plain data, that may be copied. */
typedef struct PlanLeft {
    double all_estimated; /* of the whole run */
    int n;
    PlanLeftGroup group[PLAN_LEFT_GROUPS];
} PlanLeft;

/* That part of a stage of which `estimated` seconds were expected took so many of the whole machine. */
void plan_left_took(PlanLeft *left, const Stage *stage, double estimated, double took);

/* What `estimated` seconds of a stage will really take. */
double plan_left_seconds(const PlanLeft *left, const Stage *stage, double estimated);

#endif
