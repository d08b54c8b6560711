/* Selection on validation data: for each (cell, task) the candidate with the best mean validation
 * score over the seeds, of equal ones the first (experiment_spec.h says what candidates are).
 *
 * All candidates are planned, and fine-tuned with the seeds that select (all, or the first select_seeds of them),
 * the same for every cell, so all have the same budget. Their scores are those that fine-tuning itself measured
 * on validation data, after its best epoch. Only then are the chosen one's other seeds and its stages on test
 * data needed (Stage.need): those of the others are never run, and never looked at where another experiment
 * has run them.
 *
 * Ownership  everything lives in the plan's arena */
#ifndef EXPERIMENT_SELECTION_H
#define EXPERIMENT_SELECTION_H

#include "experiment/plan.h"

/* The choice for one (cell, task). */
struct Selection {
    int chosen;         /* candidate; -1 until all are fine-tuned with every seed that selects */
    double *validation; /* [n_candidates * seeds that select] scores; once chosen */
    double *mean;       /* [n_candidates] of them over those seeds */
};

/* Adds the candidates of a cell with their stages for every task and seed, after the cell's own others
 * were added. The cell's own finetune and evaluate stay NULL until a candidate stands for it. */
bool selection_add(Plan *plan, PlanCell *cell, const ExperimentCell *source, Error *err) MUST_USE;

/* Chooses wherever all that it takes is done, and says which stages are needed now. */
bool selection_decide(Plan *plan, Error *err) MUST_USE;

/* The candidate that stands for a cell on a task; the cell itself where none is chosen, or nothing is
 * selected. */
const PlanCell *selection_cell(const PlanCell *cell, int task);

#endif
