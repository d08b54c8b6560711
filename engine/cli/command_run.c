#include "cli/command.h"

/* reprise run EXPERIMENT: every stage that is missing, then the result. */
static bool run(const Options *options, Arena *arena, Error *err)
{
    Experiment experiment;
    Plan plan;
    PlanPlaces places = options_places(options);
    return experiment_load(&experiment, options->words[0], options->scale, options->experiments,
                           arena, err) &&
           plan_build(&plan, &experiment, &places, options->kernels, arena, err) &&
           plan_run(&plan, err);
}

const Command command_run = {
    .name = "run",
    .arguments = "EXPERIMENT [--scale SCALE]",
    .help = "run an experiment: fetch, tokenize, pre-train, fine-tune, evaluate, report",
    .options = OPTION_SCALE | OPTION_PLACES | OPTION_THREADS | OPTION_KERNELS,
    .min_words = 1,
    .max_words = 1,
    .run = run,
};
