#include <stdio.h>

#include "cli/export_form.h"
#include "cli/planned.h"
#include "experiment/model_export.h"

/* reprise export huggingface EXPERIMENT: a trained model, as the library transformers opens it. */
static bool run(const Options *options, Arena *arena, Error *err)
{
    Plan plan;
    const ModelExportChoice choice = {options->cell, options->task, options->run_seed, options->to};
    if (!options->to) {
        error_usage(err, "reprise export huggingface: --to is missing");
        return error_hint(err, "--to FOLDER, which is not there yet");
    }
    if (!options->task && options->run_seed >= 0) {
        error_usage(err, "--seed is of a fine-tuning, but no --task is given");
        return error_hint(err, "--task NAME as well, or no --seed");
    }
    if (!planned_build(&plan, options->words[0], options, arena, err) ||
        !model_export_write(&plan, &choice, arena, err))
        return false;
    printf("%s\n", options->to);
    return true;
}

const Command export_huggingface = {
    .name = "export huggingface",
    .arguments = "EXPERIMENT [--scale SCALE] [--variant CELL] [--task TASK [--seed N]] --to FOLDER",
    .help =
        "write a trained model as Hugging Face's library opens it: a language model, or a task's",
    .options = OPTION_SCALE | OPTION_PLACES | OPTION_THREADS | OPTION_KERNELS | OPTION_MODEL,
    .min_words = 1,
    .max_words = 1,
    .run = run,
};
