#include <math.h>
#include <stdarg.h>
#include <stdio.h>

#include "base/clock.h"
#include "base/columns.h"
#include "base/wrap.h"
#include "cli/command.h"
#include "cli/planned.h"
#include "cli/terminal.h"
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

static const char *duration(char text[32], double seconds)
{
    clock_duration(text, seconds);
    return seconds > 0 ? text : "-";
}

/* A paragraph. */
PRINTF_LIKE(3, 4)
static bool print_words(Arena *arena, Error *err, const char *format, ...)
{
    char words[512];
    Buffer text = buffer_create(arena);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(words, sizeof words, format, arguments);
    va_end(arguments);
    if (!buffer_add_char(&text, '\n', err) || !wrap_add(&text, "", words, 0, terminal_room(), err))
        return false;
    fputs(text.data, stdout);
    return true;
}

/* Where lines are too long for the terminal, columns are left out in the order of `first`. */
static bool print_columns(Columns *columns, const char *const *first, size_t n, Error *err)
{
    Buffer text = buffer_create(columns->arena);
    columns_narrow(columns, first, n, terminal_room());
    if (!columns_write(&text, columns, terminal_room(), err)) return false;
    fputs(text.data, stdout);
    return true;
}

static bool add_head(Columns *columns, const char *const *heads, Error *err)
{
    for (size_t c = 0; c < columns->n; c++)
        if (!columns_add(columns, heads[c], err)) return false;
    return true;
}

static bool add_row(Columns *columns, const Row *row, Error *err)
{
    char text[32];
    const Sums *alone = &row->alone, *added = &row->added;
    return columns_add(columns, row->plan->experiment->name, err) &&
           columns_format(columns, err, "%d", alone->stages) &&
           columns_format(columns, err, "%d", alone->cached) &&
           columns_format(columns, err, "%d", alone->to_do) &&
           columns_format(columns, err, "%s", amount(text, alone->tokens)) &&
           columns_format(columns, err, "%s", amount(text, alone->flops)) &&
           columns_format(columns, err, "%s", amount(text, alone->most_bytes)) &&
           columns_format(columns, err, "%s", duration(text, alone->seconds)) &&
           columns_format(columns, err, "%d", added->to_do) &&
           columns_format(columns, err, "%s", amount(text, added->flops)) &&
           columns_format(columns, err, "%s", duration(text, added->seconds));
}

static bool print_rows(const PlanUnion *all, const Row *rows, Arena *arena, Error *err)
{
    static const char *const heads[] = {"experiment", "stages", "cached", "to do",
                                        "tokens",     "FLOPs",  "bytes",  "time",
                                        "adds",       "+FLOPs", "+time"};
    static const char *const first[] = {"bytes", "tokens", "+FLOPs", "FLOPs", "cached", "stages"};
    enum { N = sizeof heads / sizeof *heads };
    Columns columns = columns_create(N, arena);
    int n = 0;
    printf("%d experiments at scale %s, in the order in which they are run\n\n", all->n,
           all->items[0].plan->experiment->scale);
    if (!add_head(&columns, heads, err)) return false;
    for (size_t c = 1; c < N; c++) columns_right(&columns, c);
    for (int p = 0; p < all->n; p++) {
        if (!add_row(&columns, &rows[p], err)) return false;
        n += rows[p].alone.stages;
    }
    if (!print_columns(&columns, first, sizeof first / sizeof *first, err)) return false;
    char tokens[16], memory[16];
    const Sums sums = sums_of_all(all);
    return print_words(arena, err,
                       "%d stages of all experiments, %d once those that are the same are one, %d "
                       "of them cached; %s tokens; %sB of memory for the largest",
                       n, sums.stages, sums.cached, amount(tokens, sums.tokens),
                       amount(memory, sums.most_bytes));
}

static bool add_stage_row(Columns *columns, const Stage *stage, Error *err)
{
    char text[32];
    const StageCost *cost = &stage->cost;
    return columns_add(columns, stage_state(stage), err) &&
           columns_add(columns, stage->kind->name, err) &&
           columns_format(columns, err, "%s", whole(text, cost->n_parameters)) &&
           columns_format(columns, err, "%s", amount(text, cost->tokens)) &&
           columns_format(columns, err, "%s", amount(text, cost->flops)) &&
           columns_format(columns, err, "%s", amount(text, (double)cost->memory_bytes)) &&
           columns_format(columns, err, "%s", duration(text, cost->seconds)) &&
           columns_format(columns, err, "%.12s", stage->key.text) &&
           columns_add(columns, stage->title, err);
}

static bool print_stages(const PlanUnion *all, Arena *arena, Error *err)
{
    static const char *const heads[] = {"state", "stage", "parameters", "tokens", "FLOPs",
                                        "bytes", "time",  "key",        "what"};
    static const char *const first[] = {"key", "bytes", "parameters", "FLOPs", "tokens"};
    enum { AMOUNTS = 2, KEY = 7, N = sizeof heads / sizeof *heads };
    const Experiment *experiment = all->items[0].plan->experiment;
    Columns columns = columns_create(N, arena);
    printf("%s at scale %s: %s\n\n", experiment->name, experiment->scale, experiment->title);
    if (!add_head(&columns, heads, err)) return false;
    for (size_t c = AMOUNTS; c < KEY; c++) columns_right(&columns, c);
    for (int i = 0; i < all->graph.n; i++)
        if (!add_stage_row(&columns, all->graph.stages[i], err)) return false;
    return print_columns(&columns, first, sizeof first / sizeof *first, err);
}

static bool print_sums(const PlanUnion *all, Arena *arena, Error *err)
{
    char work[16], time[32];
    const Sums sums = sums_of_all(all);
    const PlanCounts counts = plan_union_count(all);
    clock_duration(time, sums.seconds);
    if (counts.to_do == 0 && counts.n_candidates == 0)
        return print_words(arena, err, "%d stages, all of them cached: nothing is to do",
                           sums.stages);
    return print_words(arena, err,
                       "%d stages, %d to do: %sFLOP, about %s on this machine as it is now",
                       sums.stages, counts.to_do, amount(work, sums.flops), time) &&
           (counts.n_candidates == 0 ||
            print_words(arena, err,
                        "%d candidates a cell and task, of which validation data choose one; %d "
                        "stages wait for that",
                        counts.n_candidates, counts.if_chosen));
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
    if (!(all.n > 1 ? print_rows(&all, rows, arena, err) : print_stages(&all, arena, err)))
        return false;
    return print_sums(&all, arena, err);
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
