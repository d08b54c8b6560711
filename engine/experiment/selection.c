#include "experiment/selection.h"

#include "base/log.h"
#include "experiment/plan_cell.h"
#include "plan/stage_record.h"
#include "stages/stage_finetune.h"

/* --- planning ------------------------------------------------------------------------------------- */

/* A candidate is the cell over again with other settings of fine-tuning: what fine-tuning reads is
 * shared with the cell. */
static bool open_candidate(PlanCell *candidate, const PlanCell *cell,
                           const ExperimentCandidate *source, const Plan *plan, Error *err)
{
    *candidate = *cell;
    candidate->name = arena_format(plan->arena, err, "%s, %s", cell->name, source->label);
    candidate->settings = source->settings;
    candidate->candidates = NULL;
    candidate->n_candidates = 0;
    return candidate->name && plan_cell_clear_runs(candidate, plan, err);
}

/* How many seeds select, the first ones. */
static size_t n_selecting(const Plan *plan)
{
    const size_t n = plan->experiment->seeds.n, asked = (size_t)plan->experiment->select_seeds;
    return asked == 0 || asked > n ? n : asked;
}

/* What nobody else needs is needed only if this candidate is chosen: test scores, and seeds that do not select. */
static bool add_run(Plan *plan, PlanCell *candidate, int task, size_t seed, Error *err)
{
    const size_t run = (size_t)task * plan->experiment->seeds.n + seed;
    const int n_before = plan->graph.n;
    if (!plan_cell_add_run(plan, candidate, task, seed, err)) return false;
    for (int i = n_before; i < plan->graph.n; i++) {
        Stage *stage = plan->graph.stages[i];
        if (stage == candidate->evaluate[run] ||
            (stage == candidate->finetune[run] && seed >= n_selecting(plan)))
            stage->need = STAGE_IF_CHOSEN;
    }
    return true;
}

static bool open_selections(PlanCell *cell, const Plan *plan, Error *err)
{
    size_t n = (size_t)cell->n_candidates, n_seeds = n_selecting(plan);
    cell->selections = arena_alloc(plan->arena, (size_t)plan->n_tasks, sizeof(Selection), err);
    if (!cell->selections) return false;
    for (int t = 0; t < plan->n_tasks; t++) {
        Selection *selection = &cell->selections[t];
        *selection = (Selection){
            .chosen = -1,
            .validation = arena_alloc(plan->arena, n * n_seeds, sizeof(double), err),
            .mean = arena_alloc(plan->arena, n, sizeof(double), err),
        };
        if (!selection->validation || !selection->mean) return false;
    }
    return true;
}

bool selection_add(Plan *plan, PlanCell *cell, const ExperimentCell *source, Error *err)
{
    size_t n = source->n_candidates;
    PlanCell *candidates = arena_alloc(plan->arena, n, sizeof *candidates, err);
    if (!candidates) return false;
    for (size_t c = 0; c < n; c++)
        if (!open_candidate(&candidates[c], cell, &source->candidates[c], plan, err)) return false;
    cell->n_candidates = (int)n;
    cell->candidates = candidates;
    for (int t = 0; t < plan->n_tasks; t++)
        for (size_t c = 0; c < n; c++)
            for (size_t s = 0; s < plan->experiment->seeds.n; s++)
                if (!add_run(plan, &candidates[c], t, s, err)) return false;
    return open_selections(cell, plan, err);
}

/* --- choosing ------------------------------------------------------------------------------------- */

/* A score that is not what was written makes the stage one to do: plan_run sets it aside. */
static bool read_score(double *score, Stage *finetune, Arena *arena, Error *err)
{
    Error damage = {0};
    FinetuneSums sums;
    if (!stage_record_check_file(&damage, finetune->folder, finetune->key.text, FINETUNE_SUMS_FILE,
                                 arena, err))
        return false;
    finetune->done = damage.n_errors == 0;
    if (!finetune->done) {
        log_warning("%s", damage.text);
        return true;
    }
    if (!stage_finetune_read(&sums, finetune, arena, err)) return false;
    *score = sums.validation_score;
    return true;
}

static Stage *finetune_of(const Plan *plan, const PlanCell *candidate, int task, size_t seed)
{
    return candidate->finetune[(size_t)task * plan->experiment->seeds.n + seed];
}

static bool all_tuned(const Plan *plan, const PlanCell *cell, int task)
{
    for (int c = 0; c < cell->n_candidates; c++)
        for (size_t s = 0; s < n_selecting(plan); s++)
            if (!finetune_of(plan, &cell->candidates[c], task, s)->done) return false;
    return true;
}

/* Nothing is chosen while a score is damaged. */
static bool choose(const Plan *plan, const PlanCell *cell, int task, Arena *arena, Error *err)
{
    Selection *selection = &cell->selections[task];
    const size_t n_seeds = n_selecting(plan);
    int best = 0;
    bool all = true;
    for (int c = 0; c < cell->n_candidates; c++) {
        double *score = selection->validation + (size_t)c * n_seeds, sum = 0;
        for (size_t s = 0; s < n_seeds; s++) {
            Stage *finetune = finetune_of(plan, &cell->candidates[c], task, s);
            if (!read_score(&score[s], finetune, arena, err)) return false;
            all &= finetune->done;
            sum += score[s];
        }
        selection->mean[c] = sum / (double)n_seeds;
        if (selection->mean[c] > selection->mean[best]) best = c;
    }
    if (all) selection->chosen = best;
    return true;
}

static void need_no_more(Stage *stage)
{
    if (stage->need == STAGE_IF_CHOSEN) stage->need = STAGE_NOT_CHOSEN;
}

/* The chosen one stands for the cell; what only the others asked for is not needed. */
static void apply(PlanCell *cell, int task, size_t n_seeds)
{
    int chosen = cell->selections[task].chosen;
    for (size_t run = (size_t)task * n_seeds; run < ((size_t)task + 1) * n_seeds; run++) {
        cell->finetune[run] = cell->candidates[chosen].finetune[run];
        cell->evaluate[run] = cell->candidates[chosen].evaluate[run];
        for (int c = 0; c < cell->n_candidates; c++) {
            need_no_more(cell->candidates[c].finetune[run]);
            need_no_more(cell->candidates[c].evaluate[run]);
        }
    }
    for (size_t run = (size_t)task * n_seeds; run < ((size_t)task + 1) * n_seeds; run++)
        cell->finetune[run]->need = cell->evaluate[run]->need = STAGE_NEEDED;
}

static bool decide(Plan *plan, Arena *arena, Error *err)
{
    size_t n_seeds = plan->experiment->seeds.n;
    for (int v = 0; v < plan->n_cells; v++) {
        PlanCell *cell = &plan->cells[v];
        for (int t = 0; cell->n_candidates > 0 && t < plan->n_tasks; t++) {
            if (cell->selections[t].chosen >= 0 || !all_tuned(plan, cell, t)) continue;
            if (!choose(plan, cell, t, arena, err))
                return error_wrap(err, "selecting for '%s' on task '%s'", cell->name,
                                  plan->tasks[t].name);
            if (cell->selections[t].chosen >= 0) apply(cell, t, n_seeds);
        }
    }
    return true;
}

bool selection_decide(Plan *plan, Error *err)
{
    Arena *arena = arena_create("validation scores", err);
    bool ok = arena && decide(plan, arena, err);
    arena_destroy(arena);
    return ok;
}

const PlanCell *selection_cell(const PlanCell *cell, int task)
{
    int chosen = cell->n_candidates > 0 ? cell->selections[task].chosen : -1;
    return chosen >= 0 ? &cell->candidates[chosen] : cell;
}
