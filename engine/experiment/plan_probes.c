#include "experiment/plan_probes.h"

#include "experiment/plan_cell.h"
#include "stages/stage_context_window.h"
#include "stages/stage_position.h"
#include "stages/stage_rate.h"
#include "stages/stage_zero_shot.h"

static bool add_zero_shot(Plan *plan, PlanCell *cell, Error *err)
{
    size_t n = (size_t)plan->n_zero_shot_tasks;
    cell->zero_shot = arena_alloc(plan->arena, n, sizeof(Stage *), err);
    if (!cell->zero_shot) return false;
    for (size_t t = 0; t < n; t++)
        if (!plan_cell_add(&cell->zero_shot[t], plan, cell, &stage_zero_shot,
                           &plan->zero_shot_tasks[t], err))
            return false;
    return true;
}

bool plan_probes_add(Plan *plan, PlanCell *cell, Error *err)
{
    const struct {
        ExperimentMeasure measure;
        const StageRow *row;
        Stage **stage;
    } probes[] = {{MEASURE_CONTEXT_WINDOW, &stage_context_window, &cell->context_window},
                  {MEASURE_POSITION, &stage_position, &cell->position},
                  {MEASURE_RATE, &stage_rate, &cell->rate}};
    if (!add_zero_shot(plan, cell, err)) return false;
    for (size_t i = 0; i < sizeof probes / sizeof *probes; i++)
        if (plan->experiment->measures[probes[i].measure] &&
            !plan_cell_add(probes[i].stage, plan, cell, probes[i].row, NULL, err))
            return false;
    return true;
}
