#include "experiment/outcome.h"

#include "base/file.h"
#include "experiment/selection.h"
#include "plan/stage_record.h"

static bool read_json(Json **json, const Stage *stage, const char *name, Arena *arena, Error *err)
{
    char *path = file_join(arena, stage->folder, name, err);
    *json = path ? json_parse_file(path, arena, err) : NULL;
    return *json != NULL;
}

/* A number from a file that the engine itself wrote; absent or null is 0. */
static double number(const Json *object, const char *key)
{
    const Json *value = json_get(object, key);
    bool numeric =
        value && (json_type(value) == JSON_INTEGER_VALUE || json_type(value) == JSON_REAL_VALUE);
    return numeric ? json_number(value) : 0.0;
}

static bool read_list(double *value, const Json *list, int n, const char *name, Error *err)
{
    if (!list || json_type(list) != JSON_LIST_VALUE || json_size(list) != (size_t)n)
        return error_set(err, "the list '%s' is missing or has not %d values", name, n);
    for (int i = 0; i < n; i++) value[i] = json_number(json_at(list, (size_t)i));
    return true;
}

static bool read_split(OutcomeSplit *split, const Json *json, Arena *arena, Error *err)
{
    if (!json) return error_set(err, "a split is missing");
    int n = (int)number(json, "examples");
    const Json *degenerate = json_get(json, "degenerate"), *id = json_get(json, "id");
    *split = (OutcomeSplit){
        .n = n,
        .score = number(json, "score"),
        .degenerate =
            degenerate && json_type(degenerate) == JSON_BOOL_VALUE && json_bool(degenerate),
        .accuracy = number(json, "accuracy"),
        .loss = number(json, "loss"),
        .sequences = (int)number(json, "sequences"),
        .truncated = (int)number(json, "truncated_sequences"),
        .id = arena_alloc(arena, (size_t)n, sizeof(char *), err),
        .truth = arena_alloc(arena, (size_t)n, sizeof(double), err),
        .predicted = arena_alloc(arena, (size_t)n, sizeof(double), err),
    };
    if (!split->id || !split->truth || !split->predicted) return false;
    if (!id || json_size(id) != (size_t)n)
        return error_set(err, "the list 'id' has not %d values", n);
    for (int i = 0; i < n; i++) split->id[i] = json_text(json_at(id, (size_t)i));
    return read_list(split->truth, json_get(json, "truth"), n, "truth", err) &&
           read_list(split->predicted, json_get(json, "predicted"), n, "predicted", err);
}

bool outcome_read_run(OutcomeRun *run, const Stage *finetune, const Stage *evaluate, Arena *arena,
                      Error *err)
{
    Json *scores, *sums;
    if (!read_json(&scores, evaluate, "evaluate.json", arena, err) ||
        !read_json(&sums, finetune, "finetune.json", arena, err))
        return false;
    if (!read_split(&run->validation, json_get(scores, "validation"), arena, err) ||
        !read_split(&run->test, json_get(scores, "test"), arena, err))
        return error_wrap(err, "reading %s/evaluate.json", evaluate->folder);
    run->best_epoch = (int64_t)number(sums, "best_epoch");
    run->parameters = (int64_t)number(sums, "parameters");
    run->train_examples = (int64_t)number(sums, "train_examples");
    run->train_sequences = (int64_t)number(sums, "sequences");
    run->train_truncated = (int64_t)number(sums, "truncated_sequences");
    run->seconds = number(sums, "seconds");
    run->finetune_folder = finetune->folder;
    run->finetune_key = finetune->key.text;
    run->evaluate_key = evaluate->key.text;
    return true;
}

/* What the model wrote; NULL: one that cannot write. */
static bool read_sample(const char **sample, const PlanCell *cell, Arena *arena, Error *err)
{
    char *text, *path;
    size_t size;
    if (!cell->sample) return true;
    path = file_join(arena, cell->sample->folder, "sample.txt", err);
    if (!path || !file_read(&text, &size, path, arena, err)) return false;
    *sample = text;
    return true;
}

static bool read_pretrain(OutcomePretrain *pretrain, const PlanCell *cell, Arena *arena, Error *err)
{
    *pretrain = (OutcomePretrain){.present = cell->pretrain != NULL};
    if (!cell->pretrain) return true;
    Json *sums;
    if (!read_sample(&pretrain->sample, cell, arena, err) ||
        !read_json(&sums, cell->pretrain, "pretrain.json", arena, err))
        return false;
    pretrain->key = cell->pretrain->key.text;
    pretrain->folder = cell->pretrain->folder;
    pretrain->parameters = (int64_t)number(sums, "parameters");
    pretrain->tokens = (int64_t)number(sums, "tokens");
    pretrain->updates = (int64_t)number(sums, "updates");
    pretrain->held_out_perplexity = number(sums, "held_out_perplexity");
    pretrain->held_out_bits_per_byte = number(sums, "held_out_bits_per_byte");
    pretrain->seconds = number(sums, "seconds");
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
                if (!outcome_read_run(run, cell->finetune[stage], cell->evaluate[stage], arena,
                                      err))
                    return false;
            }
    }
    return read_selections(outcome, plan, arena, err) &&
           outcome_probes_read(&outcome->probes, &outcome->n_probes, plan, arena, err) &&
           read_seconds(outcome, plan, arena, err);
}
