#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "cli/command.h"

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
    char tokens[16], flops[16], memory[16];
    printf("  %-7s %-10s %-44s %9s %9s %9s  %.12s\n", stage->done ? "cached" : "to do",
           stage->kind->name, stage->title, amount(tokens, stage->cost.tokens),
           amount(flops, stage->cost.flops), amount(memory, (double)stage->cost.memory_bytes),
           stage->key.text);
}

/* reprise plan EXPERIMENT: what would run, before anything does. */
static bool run(const Options *options, Arena *arena, Error *err)
{
    Experiment experiment;
    Plan plan;
    PlanPlaces places = options_places(options);
    if (!experiment_load(&experiment, options->words[0], options->scale, options->experiments,
                         arena, err) ||
        !plan_build(&plan, &experiment, &places, options->kernels, arena, err))
        return false;
    double flops = 0;
    int to_do = 0;
    printf("%s at scale %s: %s\n\n  %-7s %-10s %-44s %9s %9s %9s  %s\n", experiment.name,
           experiment.scale, experiment.title, "state", "stage", "what", "tokens", "FLOPs", "bytes",
           "key");
    for (int i = 0; i < plan.n_stages; i++) {
        print_stage(plan.stages[i]);
        if (plan.stages[i]->done) continue;
        to_do++;
        flops += plan.stages[i]->cost.flops;
    }
    char text[16];
    printf("\n%d stages, %d to do, %sFLOP\n", plan.n_stages, to_do, amount(text, flops));
    return true;
}

const Command command_plan = {
    .name = "plan",
    .arguments = "EXPERIMENT [--scale SCALE]",
    .help = "show every stage of an experiment, cached or to do, and what it takes",
    .options = OPTION_SCALE | OPTION_PLACES | OPTION_KERNELS,
    .min_words = 1,
    .max_words = 1,
    .run = run,
};
