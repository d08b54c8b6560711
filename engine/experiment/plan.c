#include "experiment/plan.h"

#include <string.h>

#include "experiment/plan_probes.h"
#include "experiment/plan_tasks.h"
#include "experiment/selection.h"
#include "stages/stage_evaluate.h"
#include "stages/stage_finetune.h"
#include "stages/stage_pretrain.h"
#include "stages/stage_sample.h"
#include "stages/stage_tokenizer.h"
#include "stages/stage_tokens.h"
#include "text/tokenizer.h"

static bool open_cell(PlanCell *cell, const ExperimentCell *source, Plan *plan, Error *err)
{
    size_t n_runs = (size_t)plan->n_tasks * plan->experiment->seeds.n;
    *cell = (PlanCell){
        .name = source->name,
        .settings = source->settings,
        .settings_json = spec_write(source->settings, &settings_table, false, plan->arena, err),
        .finetune = arena_alloc(plan->arena, n_runs, sizeof(Stage *), err),
        .evaluate = arena_alloc(plan->arena, n_runs, sizeof(Stage *), err),
    };
    if (!cell->settings_json || !cell->finetune || !cell->evaluate) return false;
    Dataset *corpus =
        dataset_open(cell->settings->corpus.data, &plan->places.data, plan->arena, err);
    if (!corpus) return false;
    cell->corpus = corpus;
    if (dataset_info(corpus)->form != DATASET_CORPUS) {
        error_usage(err, "corpus.data '%s' is a labelled task, not running text",
                    cell->settings->corpus.data);
        return error_hint(err, "name a data set of form 'corpus': `reprise data list` shows them");
    }
    const char *published = tokenizer_data(&cell->settings->tokenizer);
    if (published) {
        cell->published = dataset_open(published, &plan->places.data, plan->arena, err);
        if (!cell->published) return false;
    }
    return dataset_hash(&cell->corpus_hash, corpus, plan->arena, err);
}

static bool add_runs(Plan *plan, PlanCell *cell, Error *err)
{
    size_t run = 0;
    for (int t = 0; t < plan->n_tasks; t++)
        for (size_t s = 0; s < plan->experiment->seeds.n; s++, run++) {
            int64_t seed = plan->experiment->seeds.items[s];
            cell->finetune[run] = stage_finetune_add(plan, cell, &plan->tasks[t], seed, err);
            if (!cell->finetune[run]) return false;
            cell->evaluate[run] =
                stage_evaluate_add(plan, cell, &plan->tasks[t], seed, cell->finetune[run], err);
            if (!cell->evaluate[run]) return false;
        }
    return true;
}

/* All stages of one cell, inputs before what reads them. */
static bool add_stages(Plan *plan, PlanCell *cell, const ExperimentCell *source, Error *err)
{
    cell->tokenizer = stage_tokenizer_add(plan, cell, err);
    if (!cell->tokenizer) return false;
    if (cell->settings->pretrain.present) {
        cell->tokens = stage_tokens_add(plan, cell, err);
        cell->pretrain = cell->tokens ? stage_pretrain_add(plan, cell, err) : NULL;
        cell->sample = cell->pretrain ? stage_sample_add(plan, cell, err) : NULL;
        if (!cell->sample) return false;
    }
    if (!plan_probes_add(plan, cell, err)) return false;
    return source->n_candidates > 0 ? selection_add(plan, cell, source, err)
                                    : add_runs(plan, cell, err);
}

static bool build(Plan *plan, Error *err)
{
    const Experiment *experiment = plan->experiment;
    plan->n_cells = (int)experiment->n_cells;
    plan->cells = arena_alloc(plan->arena, experiment->n_cells, sizeof(PlanCell), err);
    if (!plan->cells || !plan_tasks_open(plan, err)) return false;
    for (int v = 0; v < plan->n_cells; v++)
        if (!open_cell(&plan->cells[v], &experiment->cells[v], plan, err) ||
            !add_stages(plan, &plan->cells[v], &experiment->cells[v], err))
            return error_wrap(err, "planning cell '%s'", experiment->cells[v].name);
    return selection_decide(plan, err);
}

bool plan_build(Plan *plan, const Experiment *experiment, const PlanPlaces *places,
                const Kernels *kernels, Arena *arena, Error *err)
{
    *plan = (Plan){.experiment = experiment, .places = *places, .kernels = kernels, .arena = arena};
    return build(plan, err) || error_wrap(err, "planning experiment '%s' at scale '%s'",
                                          experiment->name, experiment->scale);
}

PlanCounts plan_count(const Plan *plan)
{
    PlanCounts counts = {0};
    if (plan->n_cells > 0) counts.n_candidates = plan->cells[0].n_candidates;
    for (int i = 0; i < plan->n_stages; i++) {
        const Stage *stage = plan->stages[i];
        counts.to_do += stage_is_to_do(stage);
        counts.if_chosen += stage->need == STAGE_IF_CHOSEN && !stage->done;
    }
    return counts;
}

static bool append(Plan *plan, Stage *stage, Error *err)
{
    if (plan->n_stages == plan->capacity) {
        int capacity = plan->capacity ? 2 * plan->capacity : 64;
        Stage **stages = arena_alloc(plan->arena, (size_t)capacity, sizeof(Stage *), err);
        if (!stages) return false;
        if (plan->n_stages) memcpy(stages, plan->stages, (size_t)plan->n_stages * sizeof(Stage *));
        plan->stages = stages;
        plan->capacity = capacity;
    }
    plan->stages[plan->n_stages++] = stage;
    return true;
}

Stage *plan_stage(Plan *plan, const StageKind *kind, Json *document, Stage *const *inputs,
                  int n_inputs, bool *is_new, Error *err)
{
    Stage *stage = arena_alloc(plan->arena, 1, sizeof(Stage), err);
    if (!stage || !document) return NULL;
    *stage = (Stage){.kind = kind, .document = document, .n_inputs = n_inputs};
    for (int i = 0; i < n_inputs; i++) stage->input[i] = inputs[i];
    if (!stage_seal(stage, plan->places.store, plan->arena, err)) return NULL;
    *is_new = false;
    for (int i = 0; i < plan->n_stages; i++)
        if (plan->stages[i]->kind == kind && !strcmp(plan->stages[i]->key.text, stage->key.text))
            return plan->stages[i];
    *is_new = true;
    return append(plan, stage, err) ? stage : NULL;
}

bool plan_set_part(Json *document, const PlanCell *cell, const char *part, Error *err)
{
    Json *value = json_get(cell->settings_json, part);
    return !value || json_set(document, part, value, err);
}

bool plan_set_kernels(Json *document, const Plan *plan, Error *err)
{
    return plan->kernels == &kernels_fast ||
           json_set(document, "kernels", json_new_text(plan->kernels->name, plan->arena, err), err);
}

void plan_held_out(bool *held_out, const char *const *name, size_t n, double share)
{
    size_t wanted = share > 0 ? (size_t)(share * (double)n + 0.5) : 0;
    if (share > 0 && wanted == 0) wanted = 1;
    memset(held_out, 0, n * sizeof *held_out);
    for (size_t k = 0; k < wanted && k < n; k++) {
        size_t smallest = n;
        uint64_t least = 0;
        for (size_t d = 0; d < n; d++) {
            uint64_t hash = hash_u64(name[d], strlen(name[d]));
            if (held_out[d] || (smallest < n && hash >= least)) continue;
            smallest = d;
            least = hash;
        }
        held_out[smallest] = true;
    }
}
