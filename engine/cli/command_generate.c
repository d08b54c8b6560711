#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "cli/command.h"
#include "cli/planned.h"
#include "experiment/plan_check.h"
#include "measure/generate.h"
#include "model/weights.h"
#include "plan/stage_held.h"
#include "train/training.h"

/* The first pre-training of the experiment: its tokenizer and model write the text. */
static const PlanCell *pretrained_cell(const Plan *plan, const char *name, Error *err)
{
    for (int c = 0; c < plan->n_cells; c++)
        if (plan->cells[c].pretrain) return &plan->cells[c];
    error_usage(err, "experiment '%s' has no pre-trained model to sample from", name);
    return NULL;
}

static const char *weights_path(const Plan *plan, const PlanCell *cell, const Options *options,
                                Arena *arena, Error *err)
{
    if (options->checkpoint)
        return stage_held_file(options->checkpoint, arena, err) ? options->checkpoint : NULL;
    if (cell->pretrain->done)
        return plan_check_stage(plan, cell->pretrain, err)
                   ? file_join(arena, cell->pretrain->folder, TRAINING_WEIGHTS_FILE, err)
                   : NULL;
    error_set(err, "the pre-training of '%s' at scale %s is not done", options->words[0],
              options->scale);
    error_hint(err, "reprise run %s --scale %s, or name a weights file with --checkpoint",
               options->words[0], options->scale);
    return NULL;
}

static bool sample(const PlanCell *cell, const char *weights, const Options *options, Arena *arena,
                   Error *err)
{
    Learner learner;
    Tokenizer *tokenizer = tokenizer_load(cell->tokenizer->folder, arena, err);
    if (!tokenizer) return false;
    const SpecEntryChoice *model = &cell->settings->model;
    LearnerSetup setup = {
        .model = model,
        .kernels = kernels_in(options->kernels, (Precision)cell->settings->pretrain.precision),
        .n_vocab = tokenizer_n_tokens(tokenizer),
        .max_rows = architecture_of(model)->shape(model->spec).n_context,
        .max_sequences = 1,
    };
    GenerateSpec spec = {options->tokens, options->temperature, options->top_k,
                         (uint64_t)options->seed};
    TokenList prompt, tokens;
    if (!learner_create(&learner, &setup, arena, err)) return false;
    WeightsBlock block = {"", learner.weights};
    if (!weights_load(weights, &learner.weights_table, &block, 1, NULL, arena, err) ||
        !tokenizer_encode(&prompt, tokenizer, options->prompt, strlen(options->prompt), arena,
                          err) ||
        !generate_tokens(&tokens, &learner, &spec, &prompt, tokenizer_n_tokens(tokenizer), arena,
                         err))
        return false;
    char *text = tokenizer_decode(tokenizer, tokens.ids, tokens.n, arena, err);
    if (text) puts(text);
    return text != NULL;
}

static bool run(const Options *options, Arena *arena, Error *err)
{
    Plan plan;
    if (!planned_build(&plan, options->words[0], options, arena, err)) return false;
    const PlanCell *cell = pretrained_cell(&plan, options->words[0], err);
    const char *weights = cell ? weights_path(&plan, cell, options, arena, err) : NULL;
    return weights && plan_check_stage(&plan, cell->tokenizer, err) &&
           sample(cell, weights, options, arena, err);
}

const Command command_generate = {
    .name = "generate",
    .arguments = "EXPERIMENT [--scale SCALE] [--prompt TEXT]",
    .help = "sample text from an experiment's pre-trained model",
    .options = OPTION_SCALE | OPTION_PLACES | OPTION_THREADS | OPTION_KERNELS | OPTION_SAMPLING,
    .min_words = 1,
    .max_words = 1,
    .run = run,
};
