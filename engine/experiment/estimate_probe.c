#include "experiment/estimate_probe.h"

#include "experiment/estimate.h"
#include "train/likelihood.h"
#include "train/milestones.h"

static bool measure_memory(StageCost *cost, const Plan *plan, const PlanCell *cell, Error *err)
{
    LearnerSetup setup =
        likelihood_setup(&cell->settings->model, plan->kernels, estimate_vocabulary(cell));
    size_t n_parameters;
    return learner_measure(&cost->memory_bytes, &n_parameters, &setup, plan->arena, err);
}

static int texts_an_example(const DatasetInfo *info)
{
    switch (info->zero_shot.heuristic) {
    case HEURISTIC_WORDS:
    case HEURISTIC_CHOICE: return info->n_labels > 0 ? info->n_labels : 2;
    case HEURISTIC_WINOGRAD: return 2;
    default: return 1;
    }
}

bool estimate_zero_shot(StageCost *cost, const Plan *plan, const PlanCell *cell,
                        const PlanTask *task, Error *err)
{
    const SpecEntryChoice *model = &cell->settings->model;
    int n_context = architecture_of(model)->shape(model->spec).n_context;
    int length = 2 * ESTIMATE_TOKENS_A_TEXT < n_context ? 2 * ESTIMATE_TOKENS_A_TEXT : n_context;
    double examples = (double)dataset_rows(task->dataset, SPLIT_TEST);
    if (task->info->zero_shot.heuristic == HEURISTIC_ACCEPTABILITY)
        examples += (double)dataset_rows(task->dataset, SPLIT_VALIDATION);
    double texts = examples * texts_an_example(task->info) *
                   (double)milestones_expected(&cell->settings->pretrain, n_context);
    cost->tokens = texts * length;
    cost->flops = estimate_forward_flops(cell, texts, length, true);
    return measure_memory(cost, plan, cell, err);
}
