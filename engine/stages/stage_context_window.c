#include "stages/stage_context_window.h"

#include "base/elementary.h"
#include "base/file.h"
#include "stages/estimate_probe.h"
#include "stages/held_out.h"
#include "stages/probe_file.h"
#include "train/context.h"

enum { CONTEXT_WINDOW_NUMERICS_VERSION = 1 };

typedef struct ContextJob {
    const Settings *settings;
    const Kernels *kernels;
    IntList windows;
} ContextJob;

typedef struct Run {
    const ContextJob *job;
    const char *folder;
    HeldOut held_out;
    ContextTargets targets;
    Arena *arena, *scratch;
} Run;

static char *window_path(const Run *run, int64_t window, Arena *arena, Error *err)
{
    return arena_format(arena, err, "%s/window-%05lld.json", run->folder, (long long)window);
}

/* One number of tokens, unless an interrupted run has done it. */
static bool measure_window(Run *run, int64_t window, Error *err)
{
    ArenaMark mark = arena_mark(run->scratch);
    size_t n = run->targets.n_documents;
    char *path = window_path(run, window, run->scratch, err);
    if (!path) return false;
    if (file_exists(path)) return true;
    double *loss = arena_alloc(run->scratch, n, sizeof(double), err);
    Json *json = json_new_object(run->scratch, err);
    bool ok = loss && json &&
              context_measure(loss, &run->held_out.learner, &run->held_out.tokens, &run->targets,
                              (int)window, run->scratch, err) &&
              probe_file_set(json, "loss", loss, n, run->scratch, err) &&
              json_write_file(path, json, run->scratch, err);
    arena_reset(run->scratch, mark);
    return ok;
}

static bool read_window(OutcomeProbe *probe, size_t point, const Run *run, Error *err)
{
    size_t n = run->targets.n_documents;
    int64_t window = run->job->windows.items[point];
    char *path = window_path(run, window, run->arena, err);
    Json *json = path ? json_parse_file(path, run->arena, err) : NULL;
    double *loss = json ? probe_file_get(json, "loss", n, run->arena, err) : NULL, sum = 0;
    if (!loss) return false;
    for (size_t d = 0; d < n; d++) {
        probe->unit[point * n + d] = loss[d];
        probe->weight[point * n + d] = (double)(run->targets.first[d + 1] - run->targets.first[d]);
        sum += loss[d];
    }
    probe->x[point] = (double)window;
    probe->value[point] = elementary_exp64(sum / (double)run->targets.n);
    return true;
}

static bool write_curve(const Run *run, Error *err)
{
    size_t n = run->targets.n_documents, points = run->job->windows.n;
    OutcomeProbe probe = {.n_points = (int)points,
                          .n_units = (int)n,
                          .x = arena_alloc(run->arena, points, sizeof(double), err),
                          .value = arena_alloc(run->arena, points, sizeof(double), err),
                          .unit = arena_alloc(run->arena, points * n, sizeof(double), err),
                          .weight = arena_alloc(run->arena, points * n, sizeof(double), err)};
    Json *more = json_new_object(run->arena, err);
    if (!probe.x || !probe.value || !probe.unit || !probe.weight || !more) return false;
    for (size_t point = 0; point < points; point++)
        if (!read_window(&probe, point, run, err)) return false;
    return json_set(more, "targets", json_new_integer((int64_t)run->targets.n, run->arena, err),
                    err) &&
           probe_file_write(run->folder, &probe, more, run->arena, err);
}

static bool no_targets(int64_t longest, Error *err)
{
    error_usage(err, "no held-out document has more than %lld tokens", (long long)longest);
    return error_hint(err, "a larger corpus.held_out, or a shorter longest window in "
                           "probe.context_windows");
}

static bool run_all(Run *run, const Stage *stage, Error *err)
{
    const ContextJob *job = run->job;
    int64_t longest = job->windows.items[job->windows.n - 1];
    if (!held_out_open(&run->held_out, stage, job->settings, job->kernels, run->arena, err) ||
        !context_targets(&run->targets, &run->held_out.tokens, run->held_out.wanted, (int)longest,
                         (size_t)job->settings->probe.context_targets, run->arena, err))
        return false;
    if (run->targets.n == 0) return no_targets(longest, err);
    for (size_t i = 0; i < job->windows.n; i++)
        if (!measure_window(run, job->windows.items[i], err)) return false;
    return write_curve(run, err);
}

static bool run(const Stage *stage, const char *folder, Error *err)
{
    Run all = {.job = stage->job, .folder = folder};
    all.arena = arena_create("context window", err);
    all.scratch = all.arena ? arena_create("context window scratch", err) : NULL;
    bool ok = all.scratch && run_all(&all, stage, err);
    arena_destroy(all.scratch);
    arena_destroy(all.arena);
    return ok;
}

static const StageKind kind = {.name = "context-window", .run = run};

/* They rise (settings.c), so those that are too long are the last. */
static IntList windows_of(const Settings *settings)
{
    const SpecEntryChoice *model = &settings->model;
    IntList windows = settings->probe.context_windows;
    int n_context = architecture_of(model)->shape(model->spec).n_context;
    while (windows.n > 0 && windows.items[windows.n - 1] > n_context) windows.n--;
    return windows;
}

static bool check_windows(const IntList *windows, const Settings *settings, Error *err)
{
    if (windows->n > 0) return true;
    if (settings->probe.context_windows.n > 0)
        error_usage(err, "every one of probe.context_windows is longer than the model's context");
    else error_usage(err, "context-window is to be measured, but probe.context_windows is empty");
    return error_hint(err, "numbers of tokens such as [1, 2, 4, 8, 16]");
}

Stage *stage_context_window_add(Plan *plan, const PlanCell *cell, Error *err)
{
    Arena *arena = plan->arena;
    IntList windows = windows_of(cell->settings);
    if (!check_windows(&windows, cell->settings, err)) return NULL;
    Json *document = stage_document(&kind, CONTEXT_WINDOW_NUMERICS_VERSION, arena, err);
    Json *list = json_new_list(arena, err);
    for (size_t i = 0; i < windows.n && list; i++)
        if (!json_add(list, json_new_integer(windows.items[i], arena, err), err)) return NULL;
    Json *targets = json_new_integer(cell->settings->probe.context_targets, arena, err);
    if (!document || !plan_set_kernels(document, plan, err) ||
        !json_set(document, "windows", list, err) || !json_set(document, "targets", targets, err))
        return NULL;
    bool is_new;
    Stage *inputs[HELD_OUT_INPUTS];
    held_out_inputs(inputs, cell);
    Stage *stage = plan_stage(plan, &kind, document, inputs, HELD_OUT_INPUTS, &is_new, err);
    if (!stage || !is_new) return stage;
    ContextJob *job = arena_alloc(arena, 1, sizeof *job, err);
    if (!job || !estimate_probe_context_window(&stage->cost, plan, cell, &windows, err))
        return NULL;
    *job = (ContextJob){cell->settings, plan->kernels, windows};
    stage->job = job;
    stage->title =
        arena_format(arena, err, "%s, from %lld to %lld tokens", cell->name,
                     (long long)windows.items[0], (long long)windows.items[windows.n - 1]);
    return stage->title ? stage : NULL;
}
