/* A trained model that somebody names: the language model of a cell, or one that was fine-tuned on a task with a
 * seed. */
#ifndef EXPERIMENT_PLAN_MODEL_H
#define EXPERIMENT_PLAN_MODEL_H

#include "experiment/plan.h"

typedef struct PlanModelChoice {
    const char *cell; /* NULL: the first that has what is asked for */
    const char *task; /* NULL: the language model */
    int64_t seed;     /* of the fine-tuning; negative: the first */
} PlanModelChoice;

typedef struct PlanModel {
    const Plan *plan;
    const PlanCell *cell;  /* of several candidates the chosen one */
    const StageTask *task; /* NULL: the language model */
    int64_t seed;          /* of the fine-tuning */
    const Stage *stage;    /* that made the weights; NULL: no candidate is chosen yet */
    const Stage *evaluate; /* of a task; NULL: not done */
} PlanModel;

/* Unknown names are told with those there are. */
bool plan_model_find(PlanModel *model, const Plan *plan, const PlanModelChoice *choice,
                     Error *err) MUST_USE;

/* Its files and those of its tokenizer are in the store and whole; else what is missing, and the command that makes
 * it. */
bool plan_model_check(const PlanModel *model, Error *err) MUST_USE;

#endif
