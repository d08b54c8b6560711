#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "cli/command.h"
#include "cli/planned.h"
#include "plan/stage_status.h"

static void print_stage(const Stage *stage, const StageStatus *status)
{
    char running[32], saved[32];
    clock_duration(running, status->running_seconds);
    clock_duration(saved, status->saved_seconds);
    printf("  %-11s %-10s %s", status->word, stage->kind->name, stage->title);
    if (status->running_seconds >= 0) printf(", for %s", running);
    if (status->saved_seconds >= 0) printf(", can go on from %s ago", saved);
    putchar('\n');
}

static bool add_json(Json *list, const Stage *stage, const StageStatus *status, Arena *arena,
                     Error *err)
{
    Json *json = json_new_object(arena, err);
    if (!json || !json_set(json, "stage", json_new_text(stage->kind->name, arena, err), err) ||
        !json_set(json, "title", json_new_text(stage->title, arena, err), err) ||
        !json_set(json, "key", json_new_text(stage->key.text, arena, err), err) ||
        !json_set(json, "state", json_new_text(status->word, arena, err), err))
        return false;
    double running = status->running_seconds, saved = status->saved_seconds;
    if (running >= 0 &&
        !json_set(json, "running_seconds", json_new_number(running, arena, err), err))
        return false;
    if (saved >= 0 && !json_set(json, "saved_seconds", json_new_number(saved, arena, err), err))
        return false;
    return json_add(list, json, err);
}

static bool print_json(const Plan *plan, const StageStatus *status, Arena *arena, Error *err)
{
    const Experiment *experiment = plan->experiment;
    Json *json = json_new_object(arena, err), *stages = json_new_list(arena, err);
    if (!json || !stages) return false;
    for (int i = 0; i < plan->graph.n; i++)
        if (!add_json(stages, plan->graph.stages[i], &status[i], arena, err)) return false;
    bool ok = json_set(json, "experiment", json_new_text(experiment->name, arena, err), err) &&
              json_set(json, "scale", json_new_text(experiment->scale, arena, err), err) &&
              json_set(json, "stages", stages, err);
    char *text = ok ? json_print(json, arena, err) : NULL;
    if (text) fputs(text, stdout);
    return text != NULL;
}

/* What is done is one number; the rest, what is running first, a line each. */
static void print_all(const Plan *plan, const StageStatus *status)
{
    int n_done = 0;
    for (int i = 0; i < plan->graph.n; i++) n_done += plan->graph.stages[i]->done;
    printf("%s at scale %s: %d of %d stages done\n", plan->experiment->name,
           plan->experiment->scale, n_done, plan->graph.n);
    for (int i = 0; i < plan->graph.n; i++)
        if (status[i].running_seconds >= 0) print_stage(plan->graph.stages[i], &status[i]);
    for (int i = 0; i < plan->graph.n; i++)
        if (status[i].running_seconds < 0 && !plan->graph.stages[i]->done)
            print_stage(plan->graph.stages[i], &status[i]);
}

/* reprise status EXPERIMENT: what is done, running and to do, whoever runs it. */
static bool run(const Options *options, Arena *arena, Error *err)
{
    Plan plan;
    if (!planned_build(&plan, options->words[0], options, arena, err)) return false;
    StageStatus *status = arena_alloc(arena, (size_t)plan.graph.n, sizeof *status, err);
    if (!status) return false;
    for (int i = 0; i < plan.graph.n; i++)
        if (!stage_status(&status[i], plan.graph.stages[i], err)) return false;
    if (options->json) return print_json(&plan, status, arena, err);
    print_all(&plan, status);
    return true;
}

const Command command_status = {
    .name = "status",
    .arguments = "EXPERIMENT [--scale SCALE] [--json]",
    .help = "show what is done, running, interrupted and to do",
    .options = OPTION_SCALE | OPTION_PLACES | OPTION_KERNELS | OPTION_JSON,
    .min_words = 1,
    .max_words = 1,
    .run = run,
};
