/* An outcome made by hand, as if an experiment had run: cells, tasks, predictions and curve files. */
#ifndef TESTS_OUTCOME_RIG_H
#define TESTS_OUTCOME_RIG_H

#include "experiment/outcome.h"
#include "result/evidence.h"
#include "result/result.h"

/* How the rig's runs come out. */
typedef struct OutcomeRigPlan {
    int n_cells, n_tasks, n_seeds, n_examples;
    /* Whether a run gets a test example right. */
    bool (*is_right)(int cell, int task, int seed, int example);
} OutcomeRigPlan;

enum { OUTCOME_RIG_MAX = 8 }; /* cells, tasks and seeds each */

void outcome_rig_begin(void); /* .init: an arena and a scratch folder */
void outcome_rig_end(void);
Arena *outcome_rig_arena(void);

/* Labels alternate 0, 1; the metric is accuracy. Cells are "full", "scratch", "third", ..., of which only "scratch"
 * has no pre-training, and the one claim is that "full" is better than "scratch" by 0.01. */
Outcome *outcome_rig_make(const OutcomeRigPlan *plan);

/* What it says; and all of the result that it makes, as "v001" in no folder. */
Findings outcome_rig_findings(const Outcome *outcome);
Result *outcome_rig_result(const Outcome *outcome);
bool outcome_rig_evidence(Evidence *evidence, const Outcome *outcome);

/* The same with the test predictions of one run replaced. */
void outcome_rig_predict(Outcome *outcome, int cell, int task, int seed, const double *predicted);

/* The settings of a cell that was pre-trained name an objective. */
void outcome_rig_objective(const Experiment *experiment, size_t cell, const char *word);

/* The one claim becomes another. */
void outcome_rig_claim(Outcome *outcome, ExperimentClaim claim);

/* The cells become points of a grid along "finetune.epochs" with the values 1, 2, ... of one variant, "full";
 * of two variants, "full" and "scratch", the cells of which follow each other, when `two`. */
void outcome_rig_grid(Outcome *outcome, bool two);

/* One more probe, x = 1, 2, ...; zero-shot tasks are the rig's own tasks, with the truths 0, 1, 0, ... and
 * predictions as `value` gives them; losses have the weight 1. */
void outcome_rig_probe(Outcome *outcome, ProbeKind kind, int cell, int task, int n_points,
                       int n_units, double (*value)(int cell, int point, int unit));

#endif
