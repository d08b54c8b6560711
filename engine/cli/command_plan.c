#include <stdio.h>

#include "base/clock.h"
#include "cli/command.h"
#include "experiment/estimate.h"

static const char *amount(char text[16], double value)
{
    static const char *const units[] = {"", " k", " M", " G", " T", " P", " E"};
    int unit = 0;
    while (value >= 1000 && unit < 6) {
        value /= 1000;
        unit++;
    }
    if (value <= 0) snprintf(text, 16, "-");
    else snprintf(text, 16, "%.3g%s", value, units[unit]);
    return text;
}

static void print_stage(const Stage *stage)
{
    char tokens[16], flops[16], memory[16], seconds[32];
    clock_duration(seconds, stage->cost.seconds);
    printf("  %-7s %-10s %-44s %8s %8s %8s %12s  %.12s\n", stage->done ? "cached" : "to do",
           stage->kind->name, stage->title, amount(tokens, stage->cost.tokens),
           amount(flops, stage->cost.flops), amount(memory, (double)stage->cost.memory_bytes),
           stage->cost.seconds > 0 ? seconds : "-", stage->key.text);
}

static void print_sums(const Plan *plan)
{
    double flops = 0, seconds = 0;
    int to_do = 0;
    for (int i = 0; i < plan->n_stages; i++) {
        const Stage *stage = plan->stages[i];
        if (stage->done) continue;
        to_do++;
        flops += stage->cost.flops;
        seconds += stage->cost.seconds;
    }
    char work[16], time[32];
    clock_duration(time, seconds);
    printf("\n%d stages, %d to do: %sFLOP, about %s on this machine as it is now\n", plan->n_stages,
           to_do, amount(work, flops), time);
}

/* reprise plan EXPERIMENT: what would run, before anything does. */
static bool run(const Options *options, Arena *arena, Error *err)
{
    Experiment experiment;
    Plan plan;
    PlanPlaces places = options_places(options);
    if (!experiment_load(&experiment, options->words[0], options->scale, options->experiments,
                         arena, err) ||
        !plan_build(&plan, &experiment, &places, options->kernels, arena, err) ||
        !estimate_seconds(&plan, err))
        return false;
    printf("%s at scale %s: %s\n\n  %-7s %-10s %-44s %8s %8s %8s %12s  %s\n", experiment.name,
           experiment.scale, experiment.title, "state", "stage", "what", "tokens", "FLOPs", "bytes",
           "time", "key");
    for (int i = 0; i < plan.n_stages; i++) print_stage(plan.stages[i]);
    print_sums(&plan);
    return true;
}

const Command command_plan = {
    .name = "plan",
    .arguments = "EXPERIMENT [--scale SCALE]",
    .help = "show every stage of an experiment, cached or to do, and what it takes",
    .options = OPTION_SCALE | OPTION_PLACES | OPTION_THREADS | OPTION_KERNELS,
    .min_words = 1,
    .max_words = 1,
    .run = run,
};
