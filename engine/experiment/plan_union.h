/* Several plans gone through as one: what more than one of them has is one stage, run once.
 *
 * Each plan stays what it is alone, with stages, titles and choices of its own, and so does its result. The union's
 * graph has each stage once, as the first plan that has it asks for it. What is done of it is done for all; it is
 * needed while a plan needs it that has not failed. One plan is the case n = 1.
 *
 * Ownership  plans are the caller's, and stay where they are; all else lives in the arena */
#ifndef EXPERIMENT_PLAN_UNION_H
#define EXPERIMENT_PLAN_UNION_H

#include "experiment/plan.h"

typedef struct PlanUnionItem {
    Plan *plan;
    const int *at; /* [plan->graph.n] where its stages are in the union's graph */
    bool failed;   /* a stage that it needs, or something else that its result takes */
    bool finished; /* and told of (plan_run.h) */
} PlanUnionItem;

typedef struct PlanUnion {
    const char *name; /* of the experiment, or of all together */
    int n;            /* plans */
    /* [n] those with the least to do first, and so gone through: see plan_union_open. */
    PlanUnionItem *items;
    Graph graph; /* [graph.n] */
    int *first;  /* [graph.n] the first plan that needs the stage now; n: none does */
} PlanUnion;

/* A run that is cut off shall leave as many whole results as it can, so what is cheap comes first; of equals, what is
 * given first. */
bool plan_union_open(PlanUnion *all, const char *name, Plan *plans, int n, Arena *arena,
                     Error *err) MUST_USE;

/* Candidates: the most of a plan. */
PlanCounts plan_union_count(const PlanUnion *all);

/* What was found out about stages of the union's graph (their `done`) is passed on to the plans, which choose what can
 * be chosen, and say what they need. Plans that cannot choose fail, and `err` says why. */
void plan_union_settle(PlanUnion *all, Error *err);

/* The same when a stage has been run, after which the plans may refuse to go on. */
void plan_union_stage_done(PlanUnion *all, int stage, Error *err);

/* Plans fail: one; those that need a stage; those that read a data set. What went wrong is added to `err`, and told at
 * once where other plans go on. */
void plan_union_fail(PlanUnion *all, int item, const Error *why, Error *err);
void plan_union_fail_stage(PlanUnion *all, int stage, const Error *why, Error *err);
void plan_union_fail_data(PlanUnion *all, const char *name, const Error *why, Error *err);

/* Whether a plan is left that has not failed and whose stages are not all done. */
bool plan_union_goes_on(const PlanUnion *all);

/* All that the plan needs is done and chosen. */
bool plan_union_is_complete(const Plan *plan);

#endif
