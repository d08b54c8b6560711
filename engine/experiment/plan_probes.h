/* The stages that measure a cell's language model, or its architecture, without fine-tuning. */
#ifndef EXPERIMENT_PLAN_PROBES_H
#define EXPERIMENT_PLAN_PROBES_H

#include "experiment/plan.h"

/* Adds what the experiment measures of a cell whose pre-training is planned. */
bool plan_probes_add(Plan *plan, PlanCell *cell, Error *err) MUST_USE;

#endif
