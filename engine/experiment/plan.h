/* From an experiment to its stages: a directed graph in which equal stages are one, whoever asks
 * for them.
 *
 *   tokenizer -> tokens -> pretrain -> sample
 *       |                     |-----> finetune -> evaluate      for each cell, task and seed
 *       |                     |-----> zero-shot                 for each cell and zero-shot task
 *       |                     '-----> context-window, position  for each cell
 *       '-----> rate                                            for each cell
 *
 * With a selection, finetune is run for each candidate, evaluate for the chosen one.
 * What an experiment does not measure is not planned (ExperimentMeasure). */
#ifndef EXPERIMENT_PLAN_H
#define EXPERIMENT_PLAN_H

#include "plan/graph.h"
#include "question/experiment_spec.h"
#include "stages/stage_row.h"

typedef struct PlanPlaces {
    const char *experiments; /* folder of NAME.json and scales/ */
    const char *store;
    DatasetPlaces data;
} PlanPlaces;

typedef struct Selection Selection; /* experiment/selection.h */

typedef struct PlanCell PlanCell;
struct PlanCell {
    const char *name;
    const Settings *settings;
    const DataShelfItem *corpus;
    const DataShelfItem *published; /* tokenizer; NULL: it is learnt from the corpus */
    const DataShelfItem *weights;   /* NULL: what is pre-trained is trained */
    Stage *tokenizer, *tokens;
    Stage *pretrain, *sample;                /* NULL: none */
    Stage **finetune, **evaluate;            /* [n_tasks * n_seeds]; NULL until selected */
    Stage **zero_shot;                       /* [n_zero_shot_tasks]; NULL without pre-training */
    Stage *context_window, *position, *rate; /* NULL: not measured, or nothing to measure it on */
    int n_candidates;                        /* 0: nothing is selected */
    PlanCell *candidates;                    /* the cell with other settings of fine-tuning */
    Selection *selections;                   /* [n_tasks] */
};

typedef struct Plan {
    const Experiment *experiment;
    PlanPlaces places;
    const Kernels *kernels;
    int n_tasks;
    StageTask *tasks;
    int n_zero_shot_tasks;
    StageTask *zero_shot_tasks;
    int n_cells;
    PlanCell *cells;
    DataShelf *data; /* every data set that is read */
    Graph graph;
    Arena *arena;
} Plan;

/* Of stages that are not done. */
typedef struct PlanCounts {
    int to_do, if_chosen;
    int n_candidates; /* of a cell; 0: nothing is selected */
} PlanCounts;
PlanCounts plan_count(const Plan *plan);

#endif
