#include <stdio.h>

#include "cli/command.h"
#include "cli/planned.h"
#include "experiment/model_text.h"
#include "experiment/plan_check.h"
#include "plan/stage_held.h"

/* The weights are the model's own, or those of --checkpoint; the tokenizer is its own either way. */
static bool check(const PlanModel *model, const Options *options, Arena *arena, Error *err)
{
    if (options->checkpoint)
        return stage_held_file(options->checkpoint, arena, err) &&
               plan_check_stage(model->plan, model->cell->tokenizer, err);
    return plan_model_check(model, err) ||
           error_hint(err, "--checkpoint FILE, where other weights of this model lie");
}

/* reprise generate EXPERIMENT: text from the model of a cell. */
static bool run(const Options *options, Arena *arena, Error *err)
{
    Plan plan;
    PlanModel model;
    PlanModelChoice choice;
    char *text;
    const ModelTextPrompt prompt = {options->prompt, options->checkpoint};
    const GenerateSpec spec = {options->tokens, options->temperature, options->top_k,
                               (uint64_t)options->sample_seed, options->gibbs};
    if (!planned_model(&choice, options, err) ||
        !planned_build(&plan, options->words[0], options, arena, err) ||
        !plan_model_find(&model, &plan, &choice, err) || !check(&model, options, arena, err) ||
        !model_text_sample(&text, &model, &prompt, &spec, arena, err))
        return false;
    puts(text);
    return true;
}

const Command command_generate = {
    .name = "generate",
    .arguments =
        "EXPERIMENT [--scale SCALE] [--cell CELL] [--task TASK [--seed N]] [--prompt TEXT]",
    .help = "sample text from the language model of a cell, or from one fine-tuned on a task",
    .options = OPTION_SCALE | OPTION_PLACES | OPTION_THREADS | OPTION_KERNELS | OPTION_SAMPLING,
    .min_words = 1,
    .max_words = 1,
    .run = run,
};
