#include "experiment/plan_refusals.h"

#include <string.h>

#include "experiment/plan_cell.h"
#include "stages/stage_context_window.h"
#include "stages/stage_finetune.h"
#include "stages/stage_position.h"
#include "stages/stage_pretrain.h"
#include "stages/stage_rate.h"
#include "stages/stage_tokens.h"
#include "stages/stage_zero_shot.h"

/* By its first line: between that and the hint stands the cell that it was told of. */
static bool is_told(const Error *err, const Error *one)
{
    const size_t length = strcspn(one->text, "\n");
    for (const char *line = err->text; line; line = strchr(line, '\n')) {
        line += *line == '\n';
        if (strcspn(line, "\n") == length && !strncmp(line, one->text, length)) return true;
    }
    return false;
}

/* `task` NULL: of no task. */
static bool ask(const Plan *plan, const PlanCell *cell, const StageRow *row, const StageTask *task,
                Error *err)
{
    Error one = {0};
    StageRequest request = plan_cell_request(plan, cell);
    request.task = task;
    if (!row->check || !stage_row_applies(row, cell->settings) || row->check(&request, &one))
        return true;
    if (is_told(err, &one)) return false;
    return error_add(err, &one);
}

static bool ask_of_tasks(const Plan *plan, const PlanCell *cell, const StageRow *row,
                         const StageTask *tasks, int n, Error *err)
{
    bool ok = true;
    for (int t = 0; t < n; t++) ok &= ask(plan, cell, row, &tasks[t], err);
    return ok;
}

static bool ask_of_text(const Plan *plan, const PlanCell *cell, Error *err)
{
    const bool *measures = plan->experiment->measures;
    bool ok = ask(plan, cell, &stage_pretrain, NULL, err);
    if (measures[MEASURE_CONTEXT_WINDOW]) ok &= ask(plan, cell, &stage_context_window, NULL, err);
    if (measures[MEASURE_POSITION]) ok &= ask(plan, cell, &stage_position, NULL, err);
    return ok;
}

bool plan_refusals_check(const Plan *plan, const PlanCell *cell, Error *err)
{
    bool ok = ask_of_text(plan, cell, err);
    if (plan->experiment->measures[MEASURE_RATE]) ok &= ask(plan, cell, &stage_rate, NULL, err);
    ok &= ask_of_tasks(plan, cell, &stage_zero_shot, plan->zero_shot_tasks, plan->n_zero_shot_tasks,
                       err);
    ok &= ask_of_tasks(plan, cell, &stage_finetune, plan->tasks, plan->n_tasks, err);
    return ok;
}

bool plan_refusals_check_again(const Plan *plan, const Stage *done, Error *err)
{
    bool ok = true;
    if (done->kind != &stage_tokens.kind) return true;
    for (int v = 0; v < plan->n_cells; v++)
        if (plan->cells[v].tokens == done) ok &= ask_of_text(plan, &plan->cells[v], err);
    return ok || error_wrap(err, "planning anew, as the corpus is encoded now");
}
