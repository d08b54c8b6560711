#include "experiment/plan_cell.h"

#include <string.h>

#include "stages/stage_evaluate.h"
#include "stages/stage_finetune.h"
#include "text/tokenizer.h"

bool plan_cell_clear_runs(PlanCell *cell, const Plan *plan, Error *err)
{
    size_t n_runs = (size_t)plan->n_tasks * plan->experiment->seeds.n;
    cell->finetune = arena_alloc(plan->arena, n_runs, sizeof(Stage *), err);
    cell->evaluate = arena_alloc(plan->arena, n_runs, sizeof(Stage *), err);
    return cell->finetune && cell->evaluate;
}

/* `field` is the setting that names it, `known` a data set of that form; NULL on failure. */
static const DataShelfItem *open_as(DatasetForm form, const char *name, const char *field,
                                    const char *known, const Plan *plan, Error *err)
{
    const DataShelfItem *item = data_shelf_open(plan->data, name, err);
    if (!item || item->info->form == form) return item;
    error_usage(err, "%s '%s' is of form '%s', not '%s'", field, name,
                dataset_form_words[item->info->form], dataset_form_words[form]);
    error_hint(err, "name a data set of form '%s', such as %s: `reprise data list` shows them",
               dataset_form_words[form], known);
    return NULL;
}

/* The files that the settings name, and that their method reads; NULL on failure. */
static const DataShelfItem *open_tokenizer(const SpecEntryChoice *method, const char *name,
                                           const Plan *plan, Error *err)
{
    const DataShelfItem *item =
        open_as(DATASET_TOKENIZER, name, "tokenizer.data", "gpt1-bpe", plan, err);
    const char *wanted = item ? item->info->tokenizer_method : NULL;
    if (!item || !strcmp(wanted, method->entry->name)) return item;
    error_usage(err, "tokenizer.data '%s' is read by method '%s', not '%s'", name, wanted,
                method->entry->name);
    error_hint(err, "\"tokenizer\": {\"method\": \"%s\", \"data\": \"%s\"}", wanted, name);
    return NULL;
}

bool plan_cell_open(PlanCell *cell, const ExperimentCell *source, Plan *plan, Error *err)
{
    const Settings *settings = source->settings;
    const char *tokenizer = tokenizer_data(&settings->tokenizer);
    const PretrainSpec *pretrain = &settings->pretrain;
    const bool published = pretrain->present && pretrain->published;
    const char *weights = published ? pretrain_published_name(pretrain) : NULL;
    *cell = (PlanCell){.name = source->name, .settings = settings};
    cell->corpus =
        open_as(DATASET_CORPUS, settings->corpus.data, "corpus.data", "english-novels", plan, err);
    if (!cell->corpus || !plan_cell_clear_runs(cell, plan, err)) return false;
    if (tokenizer) cell->published = open_tokenizer(&settings->tokenizer, tokenizer, plan, err);
    if (weights)
        cell->weights =
            open_as(DATASET_WEIGHTS, weights, "pretrain.published", "gpt1-openai", plan, err);
    else if (published)
        cell->weights =
            data_shelf_open_folder(plan->data, pretrain_published_folder(pretrain), err);
    return (cell->published || !tokenizer) && (cell->weights || !published);
}

StageRequest plan_cell_request(const Plan *plan, const PlanCell *cell)
{
    return (StageRequest){
        .cell = cell->name,
        .settings = cell->settings,
        .corpus = cell->corpus,
        .published = cell->published,
        .weights = cell->weights,
        .kernels = plan->kernels,
        .n_stages = 3,
        .stages = {cell->tokenizer, cell->tokens, cell->pretrain},
    };
}

bool plan_cell_add(Stage **stage, Plan *plan, const PlanCell *cell, const StageRow *row,
                   const StageTask *task, Error *err)
{
    StageRequest request = plan_cell_request(plan, cell);
    request.task = task;
    *stage = NULL;
    if (!stage_row_applies(row, cell->settings)) return true;
    *stage = stage_row_add(&plan->graph, row, &request, err);
    return *stage != NULL;
}

bool plan_cell_add_run(Plan *plan, PlanCell *cell, int task, size_t seed, Error *err)
{
    const IntList *seeds = &plan->experiment->seeds;
    size_t run = (size_t)task * seeds->n + seed;
    StageRequest request = plan_cell_request(plan, cell);
    request.task = &plan->tasks[task];
    request.seed = seeds->items[seed];
    Stage *finetune = stage_row_add(&plan->graph, &stage_finetune, &request, err);
    cell->finetune[run] = request.stages[request.n_stages++] = finetune;
    if (!finetune) return false;
    cell->evaluate[run] = stage_row_add(&plan->graph, &stage_evaluate, &request, err);
    return cell->evaluate[run] != NULL;
}
