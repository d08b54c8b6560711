#include "experiment/plan_left.h"

#include <math.h>

/* NULL: nothing of it has been run, or there is no room for another. */
static PlanLeftGroup *find(PlanLeft *left, const Stage *stage)
{
    for (int i = 0; i < left->n; i++)
        if (left->group[i].kind == stage->kind && left->group[i].n_channel == stage->cost.n_channel)
            return &left->group[i];
    return NULL;
}

void plan_left_took(PlanLeft *left, const Stage *stage, double estimated, double took)
{
    PlanLeftGroup *group = find(left, stage);
    if (estimated <= 0) return;
    if (!group && left->n < PLAN_LEFT_GROUPS) {
        group = &left->group[left->n++];
        *group = (PlanLeftGroup){.kind = stage->kind, .n_channel = stage->cost.n_channel};
    }
    if (!group) return;
    group->estimated += estimated;
    group->took += took;
}

/* Of its own ratio; the least keeps the logarithm finite. */
static double log_ratio(const PlanLeftGroup *group)
{
    return log(fmax(group->took, 1e-3) / group->estimated);
}

/* What is true of all groups, as a logarithm. A group that has done a sixteenth of the whole speaks for it by half,
 * of a tenth by three quarters, of a thirtieth by a quarter: so a factor of three is found out within 1.5 after a
 * tenth of the time, where it is of all that is left, and does no more than that where it is of what came first
 * alone. */
static double log_common(const PlanLeft *left)
{
    double sum = 0, weights = 0;
    for (int i = 0; i < left->n; i++) {
        const double share = 16 * left->group[i].estimated / left->all_estimated;
        const double weight = share * share / (share * share + 1);
        sum += weight * log_ratio(&left->group[i]);
        weights += weight;
    }
    return sum / fmax(weights, 1);
}

double plan_left_seconds(const PlanLeft *left, const Stage *stage, double estimated)
{
    const double settles_seconds = 1; /* until then the start of a stage is most of what is seen */
    const double common = log_common(left);
    const PlanLeftGroup *group = find((PlanLeft *)left, stage);
    if (!group) return estimated * exp(common);
    const double own = group->took / (group->took + settles_seconds);
    return estimated * exp(own * log_ratio(group) + (1 - own) * common);
}
