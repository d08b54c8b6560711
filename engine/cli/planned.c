#include "cli/planned.h"

#include "experiment/plan_build.h"

bool planned_build(Plan *plan, const char *name, const Options *options, Arena *arena, Error *err)
{
    const PlanPlaces places = options_places(options);
    Experiment *experiment = arena_alloc(arena, 1, sizeof *experiment, err);
    return experiment &&
           experiment_load(experiment, name, options->scale, options->experiments, arena, err) &&
           plan_build(plan, experiment, &places, options->kernels, arena, err);
}
