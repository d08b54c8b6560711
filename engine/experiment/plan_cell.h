/* One cell of a plan: its data, and its stages one by one. */
#ifndef EXPERIMENT_PLAN_CELL_H
#define EXPERIMENT_PLAN_CELL_H

#include "experiment/plan.h"

/* Opens the data sets of a cell and makes room for its runs. */
bool plan_cell_open(PlanCell *cell, const ExperimentCell *source, Plan *plan, Error *err) MUST_USE;

/* Room for the runs of a cell, none of them added. */
bool plan_cell_clear_runs(PlanCell *cell, const Plan *plan, Error *err) MUST_USE;

/* What stages of the cell are asked for with, those without task and seed. */
StageRequest plan_cell_request(const Plan *plan, const PlanCell *cell);

/* The cell's stage of a kind, NULL where it has none; `task` NULL: of no task. */
bool plan_cell_add(Stage **stage, Plan *plan, const PlanCell *cell, const StageRow *row,
                   const StageTask *task, Error *err) MUST_USE;

/* The same for one task and seed, by their places in the experiment: fine-tuning, then evaluation. */
bool plan_cell_add_run(Plan *plan, PlanCell *cell, int task, size_t seed, Error *err) MUST_USE;

#endif
