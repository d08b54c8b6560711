#include "cli/planned.h"

#include <string.h>

#include "base/interrupt.h"
#include "base/log.h"
#include "experiment/plan_build.h"

/* What is wrong goes to `why`; *lacks: nothing but that the scale has not what is asked for. */
static bool build(Plan *plan, bool *lacks, const char *name, const Options *options, Arena *arena,
                  Error *why)
{
    const PlanPlaces places = options_places(options);
    Experiment *experiment = arena_alloc(arena, 1, sizeof *experiment, why);
    if (!experiment) return false;
    bool loaded =
        experiment_load(experiment, name, options->scale, options->experiments, arena, why);
    for (size_t i = 0; loaded && i < experiment->omitted.n; i++)
        log_info("%s at scale %s leaves out: %s", name, options->scale,
                 experiment->omitted.text[i]);
    *lacks = !loaded && experiment->n_lacking > 0 && experiment->n_lacking == why->n_errors;
    return loaded && plan_build(plan, experiment, &places, options->kernels, arena, why);
}

bool planned_build(Plan *plan, const char *name, const Options *options, Arena *arena, Error *err)
{
    bool unused;
    return build(plan, &unused, name, options, arena, err);
}

/* What all of them complain about, such as a scale that is not there, is told once. */
static void add_error(Error *err, const Error *why)
{
    if (!strstr(err->text, why->text)) error_add(err, why);
}

/* *n: how many of them are planned. */
static bool build_all(Plan *plans, int *n, const TextList *names, const Options *options,
                      Arena *arena, Error *err)
{
    *n = 0;
    for (size_t i = 0; i < names->n; i++) {
        Error why = {0};
        bool lacks = false;
        if (!interrupt_check(err)) return false;
        if (build(&plans[*n], &lacks, names->text[i], options, arena, &why)) ++*n;
        else if (lacks) log_info("%s is left out: %s", names->text[i], why.text);
        else add_error(err, &why);
    }
    if (*n > 0 || err->n_errors > 0) return err->n_errors == 0;
    error_usage(err, "%s: there is no experiment that can be asked at scale '%s'",
                options->experiments, options->scale);
    return error_hint(err, "another --scale, or another folder with --experiments");
}

bool planned_open(PlanUnion *all, const Options *options, Arena *arena, Error *err)
{
    const char *asked = options->words[0];
    TextList names = {1, &asked};
    bool several = !strcmp(asked, EXPERIMENT_ALL);
    if (several && !experiment_folder_names(&names, options->experiments, arena, err)) return false;
    int n = 1;
    Plan *plans = arena_alloc(arena, names.n, sizeof *plans, err);
    if (!plans) return false;
    bool unused, built = several ? build_all(plans, &n, &names, options, arena, err)
                                 : build(plans, &unused, asked, options, arena, err);
    return built && plan_union_open(all, asked, plans, n, arena, err);
}

bool planned_model(PlanModelChoice *choice, const Options *options, Error *err)
{
    *choice = (PlanModelChoice){options->cell, options->task, options->run_seed};
    if (options->task || options->run_seed < 0) return true;
    error_usage(err, "--seed is of a fine-tuning, but no --task is given");
    return error_hint(err, "--task NAME as well; or --sample-seed, which is of sampled text");
}
