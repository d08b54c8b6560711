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
    for (size_t t = 0; t < n && cell->pretrain; t++) {
        cell->zero_shot[t] =
            plan_cell_add(plan, cell, &stage_zero_shot, &plan->zero_shot_tasks[t], err);
        if (!cell->zero_shot[t]) return false;
    }
    return true;
}

bool plan_probes_add(Plan *plan, PlanCell *cell, Error *err)
{
    const bool *measures = plan->experiment->measures;
    if (!add_zero_shot(plan, cell, err)) return false;
    if (measures[MEASURE_CONTEXT_WINDOW] && cell->pretrain) {
        cell->context_window = plan_cell_add(plan, cell, &stage_context_window, NULL, err);
        if (!cell->context_window) return false;
    }
    if (measures[MEASURE_POSITION] && cell->pretrain) {
        cell->position = plan_cell_add(plan, cell, &stage_position, NULL, err);
        if (!cell->position) return false;
    }
    if (measures[MEASURE_RATE]) {
        cell->rate = plan_cell_add(plan, cell, &stage_rate, NULL, err);
        if (!cell->rate) return false;
    }
    return true;
}
