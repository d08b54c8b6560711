/* The courses of a plan's trainings, whole, as TensorBoard shows them: a folder each.
 *
 *   FOLDER/CELL/pre-training      of cells that share one, the first
 *   FOLDER/CELL/TASK/seed-N       fine-tuning; of candidates the chosen one
 *
 * What a row of a training's curves has beside its update becomes a scalar, named by the curve and the column,
 * "finetune/learning_rate", at the number of updates made. Its wall time is the training's own seconds, shared out
 * evenly over the updates: trainings begin at 0, and the same run gives the same bytes. */
#ifndef EXPERIMENT_TENSORBOARD_H
#define EXPERIMENT_TENSORBOARD_H

#include "experiment/plan.h"

typedef struct TensorboardWritten {
    int n;         /* trainings */
    int n_missing; /* that are not done */
} TensorboardWritten;

/* Those that are done; none is an error. */
bool tensorboard_write(TensorboardWritten *written, const Plan *plan, const char *folder,
                       Arena *arena, Error *err) MUST_USE;

#endif
