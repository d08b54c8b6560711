/* What fine-tuned models of a plan answer to texts that somebody brings.
 *
 * One seed: its model. All seeds: the mean of their models' probabilities, or of their numbers, which is what an
 * experiment's scores are the mean of. To a test example's texts the answer of a seed has the bits of its
 * evaluation. */
#ifndef EXPERIMENT_PREDICT_H
#define EXPERIMENT_PREDICT_H

#include "experiment/plan_model.h"

/* The models that answer: of one cell and task. */
typedef struct PredictModels {
    const PlanCell *cell;
    const StageTask *task;
    size_t n;
    PlanModel *model; /* [n], a seed each */
} PredictModels;

typedef struct PredictAnswers {
    const Examples *examples;
    int *first; /* [examples + 1]: probabilities of e are probability[first[e]..first[e+1]) */
    double *probability; /* of classes or answers; none of a regression */
    double *predicted;   /* [examples] classes, answers from 0, or numbers */
} PredictAnswers;

/* A negative seed: all. A task need not be named where there is one only. Unknown names are told with those there are,
 * models that are not in the store with the command that makes them. */
bool predict_find(PredictModels *models, const Plan *plan, const PlanModelChoice *choice,
                  Arena *arena, Error *err) MUST_USE;

bool predict_examples(PredictAnswers *answers, const PredictModels *models,
                      const Examples *examples, Arena *arena, Error *err) MUST_USE;

#endif
