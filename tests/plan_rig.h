/* Plans of the small experiment in tests/experiment/data: the scale "mini" with two tasks of the
 * story world. Each test has a store and experiments of its own in a scratch folder, and one
 * thread. */
#ifndef TESTS_PLAN_RIG_H
#define TESTS_PLAN_RIG_H

#include "experiment/plan.h"

void plan_rig_begin(void); /* .init of a suite */
void plan_rig_end(void);
Arena *plan_rig_arena(void);

/* The plan of an experiment with these members besides format and title, at scale mini:
 * "\"tasks\": \"all\"". Asserts that nothing is wrong. */
Plan plan_rig_build(const char *members);
bool plan_rig_try(Plan *plan, const char *members, Error *err);

/* A manifest of the test's own, beside those in tests/experiment/data; and one that is there under another name. */
void plan_rig_use_dataset(const char *name, const char *manifest);
void plan_rig_copy_dataset(const char *name, const char *other);

/* Keeps the store of the test apart from another of this name. */
void plan_rig_use_store(const char *name);
const char *plan_rig_store(void);

/* Runs it alone, with so many processes. */
bool plan_rig_go(Plan *plan, int jobs, Error *err);

/* Runs it; asserts that it succeeds. Which stages ran: "pretrain finetune finetune", in their
 * order. */
const char *plan_rig_run(Plan *plan);

/* What it warned of meanwhile, a line each. */
const char *plan_rig_warnings(void);

/* The first stage of a kind. */
Stage *plan_rig_stage(const Plan *plan, const char *kind);

/* Members that make training as short as it gets; one task. */
#define PLAN_RIG_SHORT                                                                             \
    "\"tasks\": [\"tiny-happy\"], \"pretrain\": {\"tokens\": 500, \"checkpoints\": 1}"

#endif
