#include <stdio.h>
#include <time.h>

#include "base/clock.h"
#include "base/interrupt.h"
#include "base/log.h"
#include "cli/command.h"
#include "cli/planned.h"
#include "cli/run_notice.h"
#include "cli/terminal.h"
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
    if (running >= 0 && !json_set_number(json, "running_seconds", running, arena, err))
        return false;
    if (saved >= 0 && !json_set_number(json, "saved_seconds", saved, arena, err)) return false;
    return json_add(list, json, err);
}

/* --- how far experiments are ----------------------------------------------------------------------- */

typedef struct Row {
    const char *name;
    int n, done, running;
} Row;

static Row row_of(const PlanUnionItem *item, const StageStatus *status)
{
    Row row = {.name = item->plan->experiment->name, .n = item->plan->graph.n};
    for (int i = 0; i < row.n; i++) {
        row.done += item->plan->graph.stages[i]->done;
        row.running += status[item->at[i]].running_seconds >= 0;
    }
    return row;
}

static bool add_row_json(Json *list, const Row *row, Arena *arena, Error *err)
{
    Json *json = json_new_object(arena, err);
    return json && json_set(json, "experiment", json_new_text(row->name, arena, err), err) &&
           json_set(json, "stages", json_new_integer(row->n, arena, err), err) &&
           json_set(json, "done", json_new_integer(row->done, arena, err), err) &&
           json_set(json, "running", json_new_integer(row->running, arena, err), err) &&
           json_add(list, json, err);
}

static void print_row(const Row *row)
{
    printf("  %-24s %d of %d stages done", row->name, row->done, row->n);
    if (row->running > 0) printf(", %d running", row->running);
    putchar('\n');
}

/* --- the whole -------------------------------------------------------------------------------------- */

static bool print_json(const PlanUnion *all, const StageStatus *status, Arena *arena, Error *err)
{
    Json *json = json_new_object(arena, err), *stages = json_new_list(arena, err),
         *experiments = json_new_list(arena, err);
    if (!json || !stages || !experiments) return false;
    for (int i = 0; i < all->graph.n; i++)
        if (!add_json(stages, all->graph.stages[i], &status[i], arena, err)) return false;
    for (int p = 0; p < all->n; p++) {
        const Row row = row_of(&all->items[p], status);
        if (!add_row_json(experiments, &row, arena, err)) return false;
    }
    const char *scale = all->items[0].plan->experiment->scale;
    bool ok = json_set(json, "experiment", json_new_text(all->name, arena, err), err) &&
              json_set(json, "scale", json_new_text(scale, arena, err), err) &&
              json_set(json, "experiments", experiments, err) &&
              json_set(json, "stages", stages, err);
    char *text = ok ? json_print(json, arena, err) : NULL;
    if (text) fputs(text, stdout);
    return text != NULL;
}

/* What is done is one number; the rest, what is running first, a line each. Of several experiments each has a line, and
 * of stages those that were begun. */
static void print_all(const PlanUnion *all, const StageStatus *status)
{
    const Graph *graph = &all->graph;
    int n_done = 0;
    for (int i = 0; i < graph->n; i++) n_done += graph->stages[i]->done;
    printf("%s at scale %s: %d of %d stages done\n", all->name,
           all->items[0].plan->experiment->scale, n_done, graph->n);
    for (int p = 0; all->n > 1 && p < all->n; p++) {
        const Row row = row_of(&all->items[p], status);
        print_row(&row);
    }
    for (int i = 0; i < graph->n; i++)
        if (status[i].running_seconds >= 0) print_stage(graph->stages[i], &status[i]);
    for (int i = 0; i < graph->n; i++)
        if (status[i].running_seconds < 0 && !graph->stages[i]->done &&
            (all->n == 1 || status[i].begun))
            print_stage(graph->stages[i], &status[i]);
}

static bool print(const Options *options, Arena *arena, Error *err)
{
    PlanUnion all;
    if (!planned_open(&all, options, arena, err)) return false;
    StageStatus *status = arena_alloc(arena, (size_t)all.graph.n, sizeof *status, err);
    if (!status) return false;
    for (int i = 0; i < all.graph.n; i++)
        if (!stage_status(&status[i], all.graph.stages[i], err)) return false;
    if (options->json) return print_json(&all, status, arena, err);
    print_all(&all, status);
    return true;
}

/* --- watching --------------------------------------------------------------------------------------- */

/* Once: how far the run is, shown as in its own terminal. *found false: there is none. */
static bool look(bool *found, const Options *options, Error *err)
{
    ProgressUpdate update;
    Arena *arena = arena_create("watching", err);
    bool ok = arena && run_notice_find(found, &update, options->store, options->words[0],
                                       options->scale, arena, err);
    if (ok && *found) terminal_show_progress(&update, NULL);
    arena_destroy(arena);
    return ok;
}

/* Until the run ends, or somebody has seen enough, which Ctrl-C says. */
static bool watch(const Options *options, Error *err)
{
    const struct timespec turn = {.tv_nsec = 500 * 1000 * 1000};
    bool found = true, seen = false;
    if (options->json) terminal_choose(TERMINAL_JSON);
    while (!interrupt_requested()) {
        if (!look(&found, options, err)) return false;
        if (!found) break;
        seen = true;
        nanosleep(&turn, NULL);
    }
    if (!found)
        log_info("%s at scale %s: %s", options->words[0], options->scale,
                 seen ? "the run has ended" : "no run is going on");
    return true;
}

/* reprise status EXPERIMENT: what is done, running and to do, whoever runs it. */
static bool run(const Options *options, Arena *arena, Error *err)
{
    if (!options->watch) return print(options, arena, err);
    if (!watch(options, err)) return false;
    return options->json || interrupt_requested() || print(options, arena, err);
}

const Command command_status = {
    .name = "status",
    .arguments = "EXPERIMENT|all [--scale SCALE] [--watch] [--json]",
    .help = "show what is done, running, interrupted and to do, of an experiment or of all",
    .options = OPTION_SCALE | OPTION_PLACES | OPTION_KERNELS | OPTION_JSON | OPTION_WATCH,
    .min_words = 1,
    .max_words = 1,
    .run = run,
};
