#include <math.h>
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

/* --- sums ------------------------------------------------------------------------------------------ */

/* Of stages; what they take is that of those that are to do, and of those of which one candidate's will be. */
typedef struct Sums {
    int stages, cached, to_do;
    double tokens, flops, seconds;
    double most_bytes; /* of one */
} Sums;

static void add_stage(Sums *sums, const Stage *stage, StageNeed need, int n_candidates)
{
    const double share = need == STAGE_NEEDED ? 1 : 1.0 / n_candidates;
    sums->stages++;
    sums->cached += stage->done;
    if (stage->done || need == STAGE_NOT_CHOSEN) return;
    sums->to_do += need == STAGE_NEEDED;
    sums->tokens += share * stage->cost.tokens;
    sums->flops += share * stage->cost.flops;
    sums->seconds += share * stage->cost.seconds;
    sums->most_bytes = fmax(sums->most_bytes, (double)stage->cost.memory_bytes);
}

static Sums sums_of_all(const PlanUnion *all)
{
    Sums sums = {0};
    const int n_candidates = plan_union_count(all).n_candidates;
    for (int i = 0; i < all->graph.n; i++)
        add_stage(&sums, all->graph.stages[i], all->graph.stages[i]->need, n_candidates);
    return sums;
}

/* One experiment alone, and what it adds to those before it: stages that are later in the graph than all of theirs. */
typedef struct Row {
    const Plan *plan;
    Sums alone, added;
} Row;

static Row *make_rows(const PlanUnion *all, Arena *arena, Error *err)
{
    Row *rows = arena_alloc(arena, (size_t)all->n, sizeof *rows, err);
    for (int p = 0, n_before = 0; rows && p < all->n; p++) {
        const PlanUnionItem *item = &all->items[p];
        const int n_candidates = plan_count(item->plan).n_candidates;
        int n = n_before;
        rows[p].plan = item->plan;
        for (int i = 0; i < item->plan->graph.n; i++) {
            const Stage *stage = all->graph.stages[item->at[i]];
            add_stage(&rows[p].alone, stage, item->plan->graph.stages[i]->need, n_candidates);
            if (item->at[i] >= n_before)
                add_stage(&rows[p].added, stage, stage->need, n_candidates);
            if (item->at[i] >= n) n = item->at[i] + 1;
        }
        n_before = n;
    }
    return rows;
}

/* --- text ------------------------------------------------------------------------------------------ */

static const char *duration(char text[32], const Sums *sums)
{
    clock_duration(text, sums->seconds);
    return sums->seconds > 0 ? text : "-";
}

static void print_row(const Row *row)
{
    char tokens[16], flops[16], memory[16], seconds[32], more_flops[16], more_seconds[32];
    printf("  %-24s %7d %7d %7d %8s %8s %8s %12s %8d %8s %12s\n", row->plan->experiment->name,
           row->alone.stages, row->alone.cached, row->alone.to_do,
           amount(tokens, row->alone.tokens), amount(flops, row->alone.flops),
           amount(memory, row->alone.most_bytes), duration(seconds, &row->alone), row->added.to_do,
           amount(more_flops, row->added.flops), duration(more_seconds, &row->added));
}

static void print_rows(const PlanUnion *all, const Row *rows)
{
    int n = 0;
    printf("%d experiments at scale %s, in the order in which they are run\n\n"
           "  %-24s %7s %7s %7s %8s %8s %8s %12s %8s %8s %12s\n",
           all->n, all->items[0].plan->experiment->scale, "experiment", "stages", "cached", "to do",
           "tokens", "FLOPs", "bytes", "time", "adds", "FLOPs", "time");
    for (int p = 0; p < all->n; p++) {
        print_row(&rows[p]);
        n += rows[p].alone.stages;
    }
    char tokens[16], memory[16];
    const Sums sums = sums_of_all(all);
    printf("\n%d stages of all experiments, %d once those that are the same are one, %d of them "
           "cached; %s tokens; %sB of memory for the largest\n",
           n, sums.stages, sums.cached, amount(tokens, sums.tokens),
           amount(memory, sums.most_bytes));
}

static void print_stages(const PlanUnion *all)
{
    const Experiment *experiment = all->items[0].plan->experiment;
    printf("%s at scale %s: %s\n\n  %-10s %-14s %-44s %12s %8s %8s %8s %12s  %s\n",
           experiment->name, experiment->scale, experiment->title, "state", "stage", "what",
           "parameters", "tokens", "FLOPs", "bytes", "time", "key");
    for (int i = 0; i < all->graph.n; i++) print_stage(all->graph.stages[i]);
}

static void print_sums(const PlanUnion *all)
{
    char work[16], time[32];
    const Sums sums = sums_of_all(all);
    clock_duration(time, sums.seconds);
    PlanCounts counts = plan_union_count(all);
    printf("\n%d stages, %d to do: %sFLOP, about %s on this machine as it is now\n", sums.stages,
           counts.to_do, amount(work, sums.flops), time);
    if (counts.n_candidates > 0)
        printf("%d candidates a cell and task, of which validation data choose one; %d stages wait "
               "for that\n",
               counts.n_candidates, counts.if_chosen);
}

/* --- JSON ------------------------------------------------------------------------------------------ */

static Json *stage_json(const Stage *stage, Arena *arena, Error *err)
{
    const StageCost *cost = &stage->cost;
    Json *json = json_new_object(arena, err);
    bool ok = json && json_set(json, "stage", json_new_text(stage->kind->name, arena, err), err) &&
              json_set(json, "title", json_new_text(stage->title, arena, err), err) &&
              json_set(json, "key", json_new_text(stage->key.text, arena, err), err) &&
              json_set(json, "state", json_new_text(stage_state(stage), arena, err), err) &&
              json_set(json, "done", json_new_bool(stage->done, arena, err), err) &&
              json_set_number(json, "tokens", cost->tokens, arena, err) &&
              json_set_number(json, "flops", cost->flops, arena, err) &&
              json_set(json, "parameters",
                       json_new_integer((int64_t)cost->n_parameters, arena, err), err) &&
              json_set(json, "memory_bytes",
                       json_new_integer((int64_t)cost->memory_bytes, arena, err), err) &&
              json_set_number(json, "seconds", cost->seconds, arena, err);
    return ok ? json : NULL;
}

static Json *sums_json(const Sums *sums, Arena *arena, Error *err)
{
    Json *json = json_new_object(arena, err);
    bool ok = json && json_set(json, "stages", json_new_integer(sums->stages, arena, err), err) &&
              json_set(json, "cached", json_new_integer(sums->cached, arena, err), err) &&
              json_set(json, "to_do", json_new_integer(sums->to_do, arena, err), err) &&
              json_set_number(json, "tokens", sums->tokens, arena, err) &&
              json_set_number(json, "flops", sums->flops, arena, err) &&
              json_set_number(json, "seconds", sums->seconds, arena, err) &&
              json_set_number(json, "memory_bytes", sums->most_bytes, arena, err);
    return ok ? json : NULL;
}

static Json *row_json(const Row *row, Arena *arena, Error *err)
{
    Json *json = json_new_object(arena, err);
    bool ok =
        json &&
        json_set(json, "experiment", json_new_text(row->plan->experiment->name, arena, err), err) &&
        json_set(json, "alone", sums_json(&row->alone, arena, err), err) &&
        json_set(json, "adds", sums_json(&row->added, arena, err), err);
    return ok ? json : NULL;
}

static bool print_json(const PlanUnion *all, const Row *rows, Arena *arena, Error *err)
{
    Json *json = json_new_object(arena, err), *stages = json_new_list(arena, err),
         *experiments = json_new_list(arena, err);
    const Sums sums = sums_of_all(all);
    if (!json || !stages || !experiments) return false;
    for (int i = 0; i < all->graph.n; i++)
        if (!json_add(stages, stage_json(all->graph.stages[i], arena, err), err)) return false;
    for (int p = 0; p < all->n; p++)
        if (!json_add(experiments, row_json(&rows[p], arena, err), err)) return false;
    const char *scale = all->items[0].plan->experiment->scale;
    int n_candidates = plan_union_count(all).n_candidates;
    bool ok = json_set(json, "experiment", json_new_text(all->name, arena, err), err) &&
              json_set(json, "scale", json_new_text(scale, arena, err), err) &&
              json_set(json, "candidates", json_new_integer(n_candidates, arena, err), err) &&
              json_set(json, "all", sums_json(&sums, arena, err), err) &&
              json_set(json, "experiments", experiments, err) &&
              json_set(json, "stages", stages, err);
    char *text = ok ? json_print(json, arena, err) : NULL;
    if (text) fputs(text, stdout);
    return text != NULL;
}

/* reprise plan EXPERIMENT: what would run, before anything does. */
static bool run(const Options *options, Arena *arena, Error *err)
{
    PlanUnion all;
    EstimateRates rates;
    if (!planned_open(&all, options, arena, err) ||
        !estimate_rates(&rates, &all.graph, options->kernels, err))
        return false;
    estimate_seconds(&all.graph, &rates);
    const Row *rows = make_rows(&all, arena, err);
    if (!rows || options->json) return rows && print_json(&all, rows, arena, err);
    if (all.n > 1) print_rows(&all, rows);
    else print_stages(&all);
    print_sums(&all);
    return true;
}

const Command command_plan = {
    .name = "plan",
    .arguments = "EXPERIMENT|all [--scale SCALE] [--json]",
    .help = "show every stage of an experiment, or the sums of all, and what it takes",
    .options = OPTION_SCALE | OPTION_PLACES | OPTION_THREADS | OPTION_KERNELS | OPTION_JSON,
    .min_words = 1,
    .max_words = 1,
    .run = run,
};
