#include "experiment/plan_cell.h"

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

bool plan_cell_open(PlanCell *cell, const ExperimentCell *source, Plan *plan, Error *err)
{
    *cell = (PlanCell){.name = source->name, .settings = source->settings};
    cell->corpus = data_shelf_open(plan->data, source->settings->corpus.data, err);
    if (!cell->corpus || !plan_cell_clear_runs(cell, plan, err)) return false;
    if (cell->corpus->info->form != DATASET_CORPUS) {
        error_usage(err, "corpus.data '%s' is a labelled task, not running text",
                    cell->corpus->name);
        return error_hint(err, "name a data set of form 'corpus': `reprise data list` shows them");
    }
    const char *published = tokenizer_data(&cell->settings->tokenizer);
    if (!published) return true;
    cell->published = data_shelf_open(plan->data, published, err);
    if (!cell->published || cell->published->info->form == DATASET_TOKENIZER)
        return cell->published != NULL;
    error_usage(err, "tokenizer.data '%s' is no tokenizer: its form is '%s'", published,
                dataset_form_words[cell->published->info->form]);
    return error_hint(err, "name a data set of form 'tokenizer', such as gpt1-bpe");
}

StageRequest plan_cell_request(const Plan *plan, const PlanCell *cell)
{
    return (StageRequest){
        .cell = cell->name,
        .settings = cell->settings,
        .corpus = cell->corpus,
        .published = cell->published,
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
