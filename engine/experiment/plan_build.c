#include "experiment/plan_build.h"

#include <string.h>

#include "base/interrupt.h"
#include "experiment/plan_cell.h"
#include "experiment/plan_probes.h"
#include "experiment/plan_refusals.h"
#include "experiment/plan_tasks.h"
#include "experiment/selection.h"
#include "stages/stage_pretrain.h"
#include "stages/stage_sample.h"
#include "stages/stage_tokenizer.h"
#include "stages/stage_tokens.h"

static bool add_runs(Plan *plan, PlanCell *cell, Error *err)
{
    for (int t = 0; t < plan->n_tasks; t++)
        for (size_t s = 0; s < plan->experiment->seeds.n; s++)
            if (!plan_cell_add_run(plan, cell, t, s, err)) return false;
    return true;
}

/* All stages of one cell, inputs before what reads them. */
static bool add_stages(Plan *plan, PlanCell *cell, const ExperimentCell *source, Error *err)
{
    return plan_cell_add(&cell->tokenizer, plan, cell, &stage_tokenizer, NULL, err) &&
           plan_cell_add(&cell->tokens, plan, cell, &stage_tokens, NULL, err) &&
           plan_refusals_check(plan, cell, err) &&
           plan_cell_add(&cell->pretrain, plan, cell, &stage_pretrain, NULL, err) &&
           plan_cell_add(&cell->sample, plan, cell, &stage_sample, NULL, err) &&
           plan_probes_add(plan, cell, err) &&
           (source->n_candidates > 0 ? selection_add(plan, cell, source, err)
                                     : add_runs(plan, cell, err));
}

static bool open_graph(Plan *plan, Error *err)
{
    StageServices *services = arena_alloc(plan->arena, 1, sizeof *services, err);
    plan->data = arena_alloc(plan->arena, 1, sizeof *plan->data, err);
    if (!services || !plan->data) return false;
    *plan->data = (DataShelf){.places = plan->places.data, .arena = plan->arena};
    services->data = plan->data;
    plan->graph = (Graph){.store = plan->places.store, .services = services, .arena = plan->arena};
    return true;
}

static bool add_cell(Plan *plan, int v, Error *err)
{
    const ExperimentCell *source = &plan->experiment->cells[v];
    const int n_errors = err->n_errors;
    if (interrupt_check(err) && plan_cell_open(&plan->cells[v], source, plan, err) &&
        add_stages(plan, &plan->cells[v], source, err))
        return true;
    return err->n_errors > n_errors && error_wrap(err, "planning cell '%s'", source->name);
}

/* What the user is to put right is told of all cells. */
static bool build(Plan *plan, Error *err)
{
    const Experiment *experiment = plan->experiment;
    plan->n_cells = (int)experiment->n_cells;
    plan->cells = arena_alloc(plan->arena, experiment->n_cells, sizeof(PlanCell), err);
    if (!plan->cells || !open_graph(plan, err) || !plan_tasks_open(plan, err)) return false;
    for (int v = 0; v < plan->n_cells; v++)
        if (!add_cell(plan, v, err) && err->kind != ERROR_USAGE) return false;
    return err->n_errors == 0 && selection_decide(plan, err);
}

bool plan_build(Plan *plan, const Experiment *experiment, const PlanPlaces *places,
                const Kernels *kernels, Arena *arena, Error *err)
{
    *plan = (Plan){.experiment = experiment, .places = *places, .kernels = kernels, .arena = arena};
    return build(plan, err) || error_wrap(err, "planning experiment '%s' at scale '%s'",
                                          experiment->name, experiment->scale);
}
