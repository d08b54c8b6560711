#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "cli/command.h"
#include "cli/planned.h"
#include "experiment/predictions.h"

static const char *const subjects[] = {"predictions"};

static bool check_subject(const char *subject, Arena *arena, Error *err)
{
    if (!strcmp(subject, subjects[0])) return true;
    error_usage(err, "'%s' is nothing that can be exported", subject);
    return spec_suggest_hint(&(SpecReader){"command line", arena, err}, subject, subjects,
                             sizeof subjects / sizeof *subjects);
}

/* build/predictions/NAME/SCALE, unless --out says where to. */
static const char *out_folder(const Options *options, Arena *arena, Error *err)
{
    if (options->out) return options->out;
    return arena_format(arena, err, "build/predictions/%s/%s", options->words[1], options->scale);
}

/* reprise export predictions EXPERIMENT: what a finished run predicts, a file for each task. */
static bool run(const Options *options, Arena *arena, Error *err)
{
    Plan plan;
    PredictionsChoice choice = {options->cell, options->run_seed, out_folder(options, arena, err)};
    if (!check_subject(options->words[0], arena, err) || !choice.folder ||
        !planned_build(&plan, options->words[1], options, arena, err))
        return false;
    PredictionsFile *files = arena_alloc(arena, (size_t)plan.n_tasks, sizeof *files, err);
    if (!files || !predictions_write(files, &plan, &choice, arena, err)) return false;
    for (int t = 0; t < plan.n_tasks; t++)
        printf("%s: %d rows%s\n", files[t].path, files[t].n,
               files[t].for_server ? " for the benchmark's server" : " of test, with the truth");
    return true;
}

const Command command_export = {
    .name = "export",
    .arguments = "predictions EXPERIMENT [--scale SCALE] [--cell CELL] [--seed N] [--out FOLDER]",
    .help = "write what a finished run predicts, in GLUE's form where a server takes it",
    .options = OPTION_SCALE | OPTION_PLACES | OPTION_THREADS | OPTION_KERNELS | OPTION_EXPORT,
    .min_words = 2,
    .max_words = 2,
    .run = run,
};
