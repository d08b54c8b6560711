#include <stdio.h>

#include "cli/export_form.h"
#include "cli/planned.h"
#include "experiment/predictions.h"

static void print_file(const PredictionsFile *file)
{
    printf("%s: %d test examples, %d runs\n", file->path, file->n_examples, file->n_runs);
    if (!file->has_texts) export_form_print_no_texts(file->task);
    if (file->submission.path)
        printf("%s: %d rows for the benchmark's server\n", file->submission.path,
               file->submission.n);
}

/* reprise export predictions EXPERIMENT: what a finished run predicts, a file for each task. */
static bool run(const Options *options, Arena *arena, Error *err)
{
    Plan plan;
    PredictionsChoice choice = {options->cell, options->run_seed,
                                export_form_folder(options, arena, err)};
    if (!choice.folder || !planned_build(&plan, options->words[0], options, arena, err))
        return false;
    PredictionsFile *files = arena_alloc(arena, (size_t)plan.n_tasks, sizeof *files, err);
    if (!files || !predictions_write(files, &plan, &choice, arena, err)) return false;
    for (int t = 0; t < plan.n_tasks; t++) print_file(&files[t]);
    return true;
}

const Command export_predictions = {
    .name = "export predictions",
    .arguments = "EXPERIMENT [--scale SCALE] [--cell CELL] [--seed N] [--out FOLDER]",
    .help =
        "write what a finished run predicts, row by row with probabilities and texts; in GLUE's "
        "form where a server takes it",
    .options = OPTION_SCALE | OPTION_PLACES | OPTION_THREADS | OPTION_KERNELS | OPTION_EXPORT,
    .min_words = 1,
    .max_words = 1,
    .run = run,
};
