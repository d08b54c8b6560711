#include <stdio.h>

#include "cli/export_form.h"
#include "cli/planned.h"
#include "experiment/model_export.h"

/* reprise export huggingface EXPERIMENT: a trained model, as the library transformers opens it. */
static bool run(const Options *options, Arena *arena, Error *err)
{
    Plan plan;
    ModelExportChoice choice = {.folder = options->out};
    if (!options->out) {
        error_usage(err, "reprise export huggingface: --out is missing");
        return error_hint(err, "--out FOLDER, which is not there yet");
    }
    if (!planned_model(&choice.model, options, err) ||
        !planned_build(&plan, options->words[0], options, arena, err) ||
        !model_export_write(&plan, &choice, arena, err))
        return false;
    printf("%s: a model for the library transformers; %s/README.md says what it is and how it is "
           "opened\n",
           options->out, options->out);
    return true;
}

const Command export_huggingface = {
    .name = "export huggingface",
    .arguments = "EXPERIMENT [--scale SCALE] [--cell CELL] [--task TASK [--seed N]] --out FOLDER",
    .help =
        "write a trained model as Hugging Face's library opens it: a language model, or a task's",
    .options = OPTION_SCALE | OPTION_PLACES | OPTION_THREADS | OPTION_KERNELS | OPTION_MODEL,
    .min_words = 1,
    .max_words = 1,
    .run = run,
};
