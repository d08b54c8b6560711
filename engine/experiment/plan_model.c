#include "experiment/plan_model.h"

#include "experiment/plan_check.h"
#include "experiment/plan_find.h"
#include "experiment/selection.h"
#include "question/experiment_asked.h"

static bool find_language_model(PlanModel *model, const char *name, Error *err)
{
    const Plan *plan = model->plan;
    const PlanCell *cell = plan_find_cell(plan, name, err);
    for (int c = 0; cell && !name && !cell->pretrain && c < plan->n_cells; c++)
        if (plan->cells[c].pretrain) cell = &plan->cells[c];
    if (!cell) return false;
    model->cell = cell;
    model->stage = cell->pretrain;
    if (cell->pretrain) return true;
    error_usage(err, "cell '%s' of experiment '%s' has no language model", cell->name,
                plan->experiment->name);
    return error_hint(err, "another cell, or a task of this one");
}

static bool find_task_model(PlanModel *model, const PlanModelChoice *choice, Error *err)
{
    const Plan *plan = model->plan;
    const PlanCell *cell = plan_find_cell(plan, choice->cell, err);
    size_t seed;
    int task;
    if (!cell || !plan_find_task(&task, plan, choice->task, err) ||
        !plan_find_seed(&seed, plan, choice->seed, err))
        return false;
    model->cell = selection_cell(cell, task);
    model->task = &plan->tasks[task];
    model->seed = plan->experiment->seeds.items[seed];
    const size_t run = (size_t)task * plan->experiment->seeds.n + seed;
    model->stage = model->cell->finetune[run];
    const Stage *evaluate = model->cell->evaluate[run];
    model->evaluate = evaluate && evaluate->done ? evaluate : NULL;
    return true;
}

bool plan_model_find(PlanModel *model, const Plan *plan, const PlanModelChoice *choice, Error *err)
{
    *model = (PlanModel){.plan = plan};
    return choice->task ? find_task_model(model, choice, err)
                        : find_language_model(model, choice->cell, err);
}

bool plan_model_check(const PlanModel *model, Error *err)
{
    const Plan *plan = model->plan;
    if (model->stage && model->stage->done)
        return plan_check_stage(plan, model->stage, err) &&
               plan_check_stage(plan, model->cell->tokenizer, err);
    if (model->task)
        error_set(err, "the fine-tuning of cell '%s' is not done on task '%s' with seed %lld",
                  model->cell->name, model->task->name, (long long)model->seed);
    else error_set(err, "the pre-training of cell '%s' is not done", model->cell->name);
    return experiment_asked_hint(err, plan->experiment->name, plan->experiment->scale, "");
}
