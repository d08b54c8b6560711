#include <stdio.h>

#include "cli/export_form.h"
#include "cli/planned.h"
#include "experiment/predictions.h"

/* build/predictions/NAME/SCALE, unless --out says where to. */
static const char *out_folder(const Options *options, Arena *arena, Error *err)
{
    if (options->out) return options->out;
    return arena_format(arena, err, "build/predictions/%s/%s", options->words[0], options->scale);
}

/* reprise export predictions EXPERIMENT: what a finished run predicts, a file for each task. */
static bool run(const Options *options, Arena *arena, Error *err)
{
    Plan plan;
    PredictionsChoice choice = {options->cell, options->run_seed, out_folder(options, arena, err)};
    if (!choice.folder || !planned_build(&plan, options->words[0], options, arena, err))
        return false;
    PredictionsFile *files = arena_alloc(arena, (size_t)plan.n_tasks, sizeof *files, err);
    if (!files || !predictions_write(files, &plan, &choice, arena, err)) return false;
    for (int t = 0; t < plan.n_tasks; t++)
        printf("%s: %d rows%s\n", files[t].path, files[t].n,
               files[t].for_server ? " for the benchmark's server" : " of test, with the truth");
    return true;
}

const Command export_predictions = {
    .name = "export predictions",
    .arguments = "EXPERIMENT [--scale SCALE] [--cell CELL] [--seed N] [--out FOLDER]",
    .help = "write what a finished run predicts, in GLUE's form where a server takes it",
    .options = OPTION_SCALE | OPTION_PLACES | OPTION_THREADS | OPTION_KERNELS | OPTION_EXPORT,
    .min_words = 1,
    .max_words = 1,
    .run = run,
};
