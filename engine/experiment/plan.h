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

#include "data/dataset/dataset.h"
#include "question/experiment_spec.h"
#include "question/settings.h"
#include "plan/stage.h"
#include "task/metric.h"

typedef struct PlanPlaces {
    const char *experiments; /* folder of NAME.json and scales/ */
    const char *store;
    DatasetPlaces data;
} PlanPlaces;

typedef struct PlanTask {
    const char *name;
    const Dataset *dataset;
    const DatasetInfo *info;
    const Metric *metric;
    HashText hash; /* of the content */
} PlanTask;

typedef struct Selection Selection; /* experiment/selection.h */

typedef struct PlanCell PlanCell;
struct PlanCell {
    const char *name;
    const Settings *settings;
    const Json *settings_json; /* the same, defaults left out: what keys are made of */
    const Dataset *corpus;
    HashText corpus_hash;
    const Dataset *published; /* tokenizer; NULL: it is learnt from the corpus */
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
    PlanTask *tasks;
    int n_zero_shot_tasks;
    PlanTask *zero_shot_tasks;
    int n_cells;
    PlanCell *cells;
    int n_stages, capacity;
    Stage **stages; /* in an order in which inputs come first */
    Arena *arena;
} Plan;

/* Builds the graph and finds out what is done. Nothing is fetched or run. */
bool plan_build(Plan *plan, const Experiment *experiment, const PlanPlaces *places,
                const Kernels *kernels, Arena *arena, Error *err) MUST_USE;

/* Of stages that are not done. */
typedef struct PlanCounts {
    int to_do, if_chosen;
    int n_candidates; /* of a cell; 0: nothing is selected */
} PlanCounts;
PlanCounts plan_count(const Plan *plan);

/* Runs every stage that is needed and not done, several at a time: `jobs` processes (0: one a thread)
 * share the stages and the threads. Numbers depend on neither. The first that fails stops the others,
 * which keep what they can go on from. */
bool plan_run(Plan *plan, int jobs, Error *err) MUST_USE;

/* The stage that this document and these inputs make: the plan's own when it is there already,
 * else a new one with *is_new set, whose job and cost the caller fills in. NULL on failure. */
Stage *plan_stage(Plan *plan, const StageKind *kind, Json *document, Stage *const *inputs,
                  int n_inputs, bool *is_new, Error *err) MUST_USE;

/* A part of the cell's settings for a document: "model", "pretrain", ... */
bool plan_set_part(Json *document, const PlanCell *cell, const char *part, Error *err) MUST_USE;

/* Names the kernels in a document, unless they are the usual ones: other kernels round
 * differently. */
bool plan_set_kernels(Json *document, const Plan *plan, Error *err) MUST_USE;

/* Which documents are held out: the share of them with the smallest hashes of their names, at
 * least one unless the share is 0. */
void plan_held_out(bool *held_out, const char *const *name, size_t n, double share);

#endif
