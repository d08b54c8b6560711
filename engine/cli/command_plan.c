#include <stdio.h>

#include "base/clock.h"
#include "cli/command.h"
#include "cli/planned.h"
#include "stages/estimate.h"

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

/* Every digit, in groups of three: parameter counts are compared with the paper's. */
static const char *whole(char text[32], size_t value)
{
    char digits[24];
    int n = snprintf(digits, sizeof digits, "%zu", value), at = 0;
    for (int i = 0; i < n; i++) {
        if (i > 0 && (n - i) % 3 == 0) text[at++] = ',';
        text[at++] = digits[i];
    }
    text[at] = '\0';
    return value ? text : "-";
}

static void print_stage(const Stage *stage)
{
    char tokens[16], flops[16], memory[16], seconds[32], parameters[32];
    clock_duration(seconds, stage->cost.seconds);
    printf("  %-10s %-14s %-44s %12s %8s %8s %8s %12s  %.12s\n", stage_state(stage),
           stage->kind->name, stage->title, whole(parameters, stage->cost.n_parameters),
           amount(tokens, stage->cost.tokens), amount(flops, stage->cost.flops),
           amount(memory, (double)stage->cost.memory_bytes),
           stage->cost.seconds > 0 ? seconds : "-", stage->key.text);
}

static void print_sums(const Plan *plan)
{
    double flops = 0, seconds = 0;
    for (int i = 0; i < plan->graph.n; i++) {
        const Stage *stage = plan->graph.stages[i];
        if (!stage_is_to_do(stage)) continue;
        flops += stage->cost.flops;
        seconds += stage->cost.seconds;
    }
    char work[16], time[32];
    clock_duration(time, seconds);
    PlanCounts counts = plan_count(plan);
    printf("\n%d stages, %d to do: %sFLOP, about %s on this machine as it is now\n", plan->graph.n,
           counts.to_do, amount(work, flops), time);
    if (counts.n_candidates > 0)
        printf("%d candidates a cell and task, of which validation data choose one; %d stages wait "
               "for "
               "that\n",
               counts.n_candidates, counts.if_chosen);
}

static Json *stage_json(const Stage *stage, Arena *arena, Error *err)
{
    const StageCost *cost = &stage->cost;
    Json *json = json_new_object(arena, err);
    bool ok = json && json_set(json, "stage", json_new_text(stage->kind->name, arena, err), err) &&
              json_set(json, "title", json_new_text(stage->title, arena, err), err) &&
              json_set(json, "key", json_new_text(stage->key.text, arena, err), err) &&
              json_set(json, "state", json_new_text(stage_state(stage), arena, err), err) &&
              json_set(json, "done", json_new_bool(stage->done, arena, err), err) &&
              json_set(json, "tokens", json_new_number(cost->tokens, arena, err), err) &&
              json_set(json, "flops", json_new_number(cost->flops, arena, err), err) &&
              json_set(json, "parameters",
                       json_new_integer((int64_t)cost->n_parameters, arena, err), err) &&
              json_set(json, "memory_bytes",
                       json_new_integer((int64_t)cost->memory_bytes, arena, err), err) &&
              json_set(json, "seconds", json_new_number(cost->seconds, arena, err), err);
    return ok ? json : NULL;
}

static bool print_json(const Plan *plan, Arena *arena, Error *err)
{
    const Experiment *experiment = plan->experiment;
    Json *json = json_new_object(arena, err), *stages = json_new_list(arena, err);
    if (!json || !stages) return false;
    for (int i = 0; i < plan->graph.n; i++)
        if (!json_add(stages, stage_json(plan->graph.stages[i], arena, err), err)) return false;
    int n_candidates = plan_count(plan).n_candidates;
    bool ok = json_set(json, "experiment", json_new_text(experiment->name, arena, err), err) &&
              json_set(json, "scale", json_new_text(experiment->scale, arena, err), err) &&
              json_set(json, "candidates", json_new_integer(n_candidates, arena, err), err) &&
              json_set(json, "stages", stages, err);
    char *text = ok ? json_print(json, arena, err) : NULL;
    if (text) fputs(text, stdout);
    return text != NULL;
}

/* reprise plan EXPERIMENT: what would run, before anything does. */
static bool run(const Options *options, Arena *arena, Error *err)
{
    Plan plan;
    if (!planned_build(&plan, options->words[0], options, arena, err) ||
        !estimate_seconds(&plan.graph, options->kernels, err))
        return false;
    if (options->json) return print_json(&plan, arena, err);
    const Experiment *experiment = plan.experiment;
    printf("%s at scale %s: %s\n\n  %-10s %-14s %-44s %12s %8s %8s %8s %12s  %s\n",
           experiment->name, experiment->scale, experiment->title, "state", "stage", "what",
           "parameters", "tokens", "FLOPs", "bytes", "time", "key");
    for (int i = 0; i < plan.graph.n; i++) print_stage(plan.graph.stages[i]);
    print_sums(&plan);
    return true;
}

const Command command_plan = {
    .name = "plan",
    .arguments = "EXPERIMENT [--scale SCALE] [--json]",
    .help = "show every stage of an experiment, cached or to do, and what it takes",
    .options = OPTION_SCALE | OPTION_PLACES | OPTION_THREADS | OPTION_KERNELS | OPTION_JSON,
    .min_words = 1,
    .max_words = 1,
    .run = run,
};
