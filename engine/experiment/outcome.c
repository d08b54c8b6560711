#include "experiment/outcome.h"

#include "experiment/selection.h"
#include "plan/stage_record.h"
#include "stages/stage_evaluate.h"
#include "stages/stage_finetune.h"
#include "stages/stage_pretrain.h"

static OutcomeSplit split_of(const EvaluateSplit *from)
{
    return (OutcomeSplit){
        .n = (int)from->examples,
        .score = from->score,
        .degenerate = from->degenerate,
        .accuracy = from->accuracy,
        .loss = from->loss,
        .sequences = (int)from->sequences,
        .truncated = (int)from->truncated_sequences,
        .id = from->id.text,
        .truth = from->truth.items,
        .predicted = from->predicted.items,
    };
}

bool outcome_read_run(OutcomeRun *run, const StageTask *task, const Stage *finetune,
                      const Stage *evaluate, Arena *arena, Error *err)
{
    EvaluateScores scores;
    FinetuneSums sums;
    if (!stage_evaluate_read(&scores, evaluate, task, arena, err) ||
        !stage_finetune_read(&sums, finetune, arena, err))
        return false;
    run->validation = split_of(&scores.validation);
    run->test = split_of(&scores.test);
    run->best_epoch = sums.best_epoch;
    run->parameters = sums.parameters;
    run->train_examples = sums.train_examples;
    run->train_sequences = sums.sequences;
    run->train_truncated = sums.truncated_sequences;
    run->seconds = sums.seconds;
    run->finetune_folder = finetune->folder;
    run->finetune_key = finetune->key.text;
    run->evaluate_key = evaluate->key.text;
    return true;
}

static bool read_pretrain(OutcomePretrain *pretrain, const PlanCell *cell, Arena *arena, Error *err)
{
    *pretrain = (OutcomePretrain){.present = cell->pretrain != NULL};
    if (!cell->pretrain) return true;
    PretrainSums sums;
    if ((cell->sample && !stage_sample_read(&pretrain->sample, cell->sample, arena, err)) ||
        !stage_pretrain_read(&sums, cell->pretrain, arena, err))
        return false;
    pretrain->key = cell->pretrain->key.text;
    pretrain->folder = cell->pretrain->folder;
    pretrain->parameters = sums.parameters;
    pretrain->tokens = sums.tokens;
    pretrain->updates = sums.updates;
    pretrain->held_out_perplexity = sums.held_out_perplexity;
    pretrain->held_out_bits_per_byte = sums.held_out_bits_per_byte;
    pretrain->seconds = sums.seconds;
    return true;
}

static bool read_selections(Outcome *outcome, const Plan *plan, Arena *arena, Error *err)
{
    outcome->selections = arena_alloc(arena, (size_t)plan->n_cells * (size_t)plan->n_tasks,
                                      sizeof(OutcomeSelection), err);
    if (!outcome->selections) return false;
    for (int v = 0; v < plan->n_cells; v++)
        for (int t = 0; plan->cells[v].n_candidates > 0 && t < plan->n_tasks; t++) {
            const Selection *selection = &plan->cells[v].selections[t];
            outcome->selections[outcome->n_selections++] = (OutcomeSelection){
                .cell = v,
                .task = t,
                .n_candidates = plan->cells[v].n_candidates,
                .candidates = plan->experiment->cells[v].candidates,
                .validation = selection->validation,
                .mean = selection->mean,
                .chosen = selection->chosen,
            };
        }
    return true;
}

static bool read_seconds(Outcome *outcome, const Plan *plan, Arena *arena, Error *err)
{
    for (int i = 0; i < plan->graph.n; i++) {
        const Stage *stage = plan->graph.stages[i];
        StageRecord record;
        if (stage->need != STAGE_NEEDED) continue;
        if (!stage_record_read(&record, stage->folder, arena, err)) return false;
        outcome->seconds += record.seconds;
        outcome->flops += stage->cost.flops;
    }
    return true;
}

bool outcome_read(Outcome *outcome, const Plan *plan, Arena *arena, Error *err)
{
    size_t n_seeds = plan->experiment->seeds.n;
    *outcome = (Outcome){.plan = plan, .n_cells = plan->n_cells};
    outcome->runs = arena_alloc(arena, (size_t)plan->n_cells * (size_t)plan->n_tasks * n_seeds,
                                sizeof(OutcomeRun), err);
    outcome->pretrains = arena_alloc(arena, (size_t)plan->n_cells, sizeof(OutcomePretrain), err);
    if (!outcome->runs || !outcome->pretrains) return false;
    for (int v = 0; v < plan->n_cells; v++) {
        const PlanCell *cell = &plan->cells[v];
        if (!read_pretrain(&outcome->pretrains[v], cell, arena, err)) return false;
        size_t stage = 0;
        for (int t = 0; t < plan->n_tasks; t++)
            for (size_t s = 0; s < n_seeds; s++, stage++) {
                OutcomeRun *run = &outcome->runs[outcome->n_runs++];
                *run = (OutcomeRun){.cell = v, .task = t, .seed = plan->experiment->seeds.items[s]};
                if (!outcome_read_run(run, &plan->tasks[t], cell->finetune[stage],
                                      cell->evaluate[stage], arena, err))
                    return false;
            }
    }
    return read_selections(outcome, plan, arena, err) &&
           outcome_probes_read(&outcome->probes, &outcome->n_probes, plan, arena, err) &&
           read_seconds(outcome, plan, arena, err);
}
