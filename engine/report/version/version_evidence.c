#include "report/version/version_evidence.h"

#include "analysis/chance.h"
#include "train/series.h"
#include "train/finetune_run.h"

/* --- runs ------------------------------------------------------------------------------------------ */

static const double *column_of(const Series *series, int column, Arena *arena, Error *err)
{
    double *value = arena_alloc(arena, series->n_rows, sizeof *value, err);
    for (size_t i = 0; value && i < series->n_rows; i++) value[i] = series_value(series, i, column);
    return value;
}

static bool take_run(EvidenceRun *run, const OutcomeRun *from, Arena *arena, Error *err)
{
    Series epochs;
    if (!series_read(&epochs, from->finetune_folder, FINETUNE_EPOCHS_FILE, FINETUNE_EPOCHS_COLUMNS,
                     arena, err))
        return false;
    *run = (EvidenceRun){
        .predicted = from->test.predicted,
        .n_epochs = (int)epochs.n_rows,
        .update = column_of(&epochs, FINETUNE_EPOCHS_UPDATE, arena, err),
        .train_loss = column_of(&epochs, FINETUNE_EPOCHS_TRAIN_LOSS, arena, err),
        .validation_loss = column_of(&epochs, FINETUNE_EPOCHS_VALIDATION_LOSS, arena, err),
        .validation_score = column_of(&epochs, FINETUNE_EPOCHS_VALIDATION_SCORE, arena, err),
    };
    return run->update && run->train_loss && run->validation_loss && run->validation_score;
}

static bool take_runs(Evidence *evidence, const Outcome *outcome, Arena *arena, Error *err)
{
    const Plan *plan = outcome->plan;
    evidence->tasks = arena_alloc(arena, (size_t)plan->n_tasks, sizeof *evidence->tasks, err);
    evidence->runs = arena_alloc(arena, (size_t)outcome->n_runs, sizeof *evidence->runs, err);
    if (!evidence->tasks || !evidence->runs) return false;
    for (int r = 0; r < outcome->n_runs; r++) {
        const OutcomeRun *run = &outcome->runs[r];
        EvidenceTask *task = &evidence->tasks[run->task];
        const char *name = plan->tasks[run->task].name;
        if (!task->truth)
            *task = (EvidenceTask){plan->tasks[run->task].metric, run->test.n, run->test.truth};
        if (task->n == 0) return error_set(err, "task '%s': the test split is empty", name);
        if (run->test.n != task->n)
            return error_set(err, "task '%s': runs were scored on %d and on %d test examples", name,
                             task->n, run->test.n);
        if (!take_run(&evidence->runs[r], run, arena, err)) return false;
    }
    return true;
}

/* --- probes ---------------------------------------------------------------------------------------- */

static void take_probe(EvidenceProbe *probe, const OutcomeProbe *from, const Plan *plan)
{
    *probe = (EvidenceProbe){.kind = from->kind,
                             .cell = from->cell,
                             .task = from->task,
                             .n_points = from->n_points,
                             .n_units = from->n_units,
                             .x = from->x,
                             .value = from->value,
                             .unit = from->unit,
                             .weight = from->weight,
                             .truth = from->truth};
    if (from->kind != PROBE_ZERO_SHOT) return;
    const StageTask *task = &plan->zero_shot_tasks[from->task];
    probe->metric = task->metric;
    probe->chance = chance_score(task->info, task->metric, from->truth, from->n_units);
    probe->best = task->info->zero_shot.best;
    probe->facets = from->facets;
    if (!(probe->best > probe->chance)) probe->best = 1;
}

bool version_evidence(Evidence *evidence, const Outcome *outcome, Arena *arena, Error *err)
{
    const Plan *plan = outcome->plan;
    *evidence = (Evidence){.n_cells = outcome->n_cells,
                           .n_tasks = plan->n_tasks,
                           .n_seeds = (int)plan->experiment->seeds.n,
                           .n_probes = outcome->n_probes};
    evidence->probes = arena_alloc(arena, (size_t)outcome->n_probes, sizeof(EvidenceProbe), err);
    if (!evidence->probes) return false;
    for (int i = 0; i < outcome->n_probes; i++)
        take_probe(&evidence->probes[i], &outcome->probes[i], plan);
    return take_runs(evidence, outcome, arena, err);
}
