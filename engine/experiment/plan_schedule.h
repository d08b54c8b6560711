/* How threads are shared out among stages that run at a time. */
#ifndef EXPERIMENT_PLAN_SCHEDULE_H
#define EXPERIMENT_PLAN_SCHEDULE_H

/* n_threads to n stages with these chains (graph_chains): equally, at least one each, and what is left over to
 * the longest. */
void plan_schedule_threads(int *threads, const double *chain, int n, int n_threads);

#endif
