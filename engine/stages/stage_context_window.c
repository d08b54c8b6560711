#include "stages/stage_context_window.h"

#include "base/elementary.h"
#include "base/file.h"
#include "base/seal.h"
#include "measure/context.h"
#include "stages/corpus_planned.h"
#include "stages/estimate_probe.h"
#include "stages/pretrained.h"
#include "stages/probe_file.h"
#include "stages/stage_tokenizer.h"
#include "stages/stage_tokens.h"

enum { CONTEXT_WINDOW_NUMERICS_VERSION = 1 };

typedef struct ContextDocument {
    Arithmetic arithmetic;
    IntList windows;
    int64_t targets; /* a held-out document */
} ContextDocument;

static const SpecField document_fields[] = {
    ARITHMETIC_FIELDS(offsetof(ContextDocument, arithmetic)),
    SPEC_INTS(ContextDocument, windows, 1, 1e9, "numbers of preceding tokens"),
    SPEC_INT(ContextDocument, targets, SPEC_REQUIRED, 1, 1e9,
             "tokens predicted in each held-out document"),
    SPEC_END,
};
static const SpecTable document_table = {"context-window stage", sizeof(ContextDocument),
                                         document_fields, NULL};

/* --- planning --------------------------------------------------------------------------------- */

/* They rise (settings.c), so those that are too long are the last. */
static IntList windows_of(const Settings *settings)
{
    const SpecEntryChoice *model = &settings->model;
    IntList windows = settings->probe.context_windows;
    int n_context = architecture_of(model)->shape(model->spec).n_context;
    while (windows.n > 0 && windows.items[windows.n - 1] > n_context) windows.n--;
    return windows;
}

static bool check_text(const CorpusText *text, const IntList *windows, Error *err)
{
    return corpus_text_check_held_out(text, "context-window", windows->items[windows->n - 1],
                                      "a larger corpus.held_out, or a shorter longest window in "
                                      "probe.context_windows",
                                      err);
}

static bool check(const StageRequest *request, Error *err)
{
    const IntList windows = windows_of(request->settings);
    CorpusText text;
    if (windows.n > 0)
        return corpus_planned(&text, request, err) && check_text(&text, &windows, err);
    if (request->settings->probe.context_windows.n > 0)
        error_usage(err, "every one of probe.context_windows is longer than the model's context");
    else error_usage(err, "context-window is to be measured, but probe.context_windows is empty");
    return error_hint(err, "numbers of tokens such as [1, 2, 4, 8, 16]");
}

static bool fill(void *document, const StageRequest *request, Arena *arena, Error *err)
{
    (void)arena;
    (void)err;
    *(ContextDocument *)document = (ContextDocument){
        .arithmetic = arithmetic_here(request->kernels),
        .windows = windows_of(request->settings),
        .targets = request->settings->probe.context_targets,
    };
    return true;
}

static const char *title(const StageRequest *request, const void *document, Arena *arena,
                         Error *err)
{
    const IntList *windows = &((const ContextDocument *)document)->windows;
    return arena_format(arena, err, "%s, from %lld to %lld tokens", request->cell,
                        (long long)windows->items[0], (long long)windows->items[windows->n - 1]);
}

static bool cost(StageCost *cost, const StageRequest *request, const void *document, Arena *arena,
                 Error *err)
{
    const ContextDocument *wanted = document;
    return estimate_probe_context_window(cost, request, &wanted->windows, arena, err);
}

/* --- running ---------------------------------------------------------------------------------- */

typedef struct Run {
    const ContextDocument *wanted;
    const char *folder;
    Pretrained model;
    StageTokens tokens;
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
              context_measure(loss, &run->model.learner, &run->tokens.file, &run->targets,
                              (int)window, run->scratch, err) &&
              probe_file_set(json, "loss", loss, n, run->scratch, err) &&
              seal_write_json(path, json, run->scratch, err);
    arena_reset(run->scratch, mark);
    return ok;
}

static bool read_window(ProbePoints *probe, size_t point, const Run *run, Error *err)
{
    size_t n = run->targets.n_documents;
    int64_t window = run->wanted->windows.items[point];
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
    size_t n = run->targets.n_documents, points = run->wanted->windows.n;
    ProbePoints probe = {.n_points = (int)points,
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

static bool run_all(Run *run, Error *err)
{
    const IntList *windows = &run->wanted->windows;
    int64_t longest = windows->items[windows->n - 1];
    const CorpusText text = corpus_text_counted(&run->tokens.file, run->tokens.held_out);
    if (!check_text(&text, windows, err) ||
        !context_targets(&run->targets, &run->tokens.file, run->tokens.held_out, (int)longest,
                         (size_t)run->wanted->targets, run->arena, err))
        return false;
    for (size_t i = 0; i < windows->n; i++)
        if (!measure_window(run, windows->items[i], err)) return false;
    return write_curve(run, err);
}

static bool run_stage(const StageRun *run, Error *err)
{
    Run all = {.wanted = run->document, .folder = run->folder, .arena = run->arena};
    all.scratch = arena_create("context window scratch", err);
    bool ok = all.scratch && pretrained_load(&all.model, run, &all.wanted->arithmetic, err) &&
              stage_tokens_open(&all.tokens, run, all.model.learner.n_vocab,
                                all.model.made_from.held_out, err) &&
              run_all(&all, err);
    arena_destroy(all.scratch);
    return ok;
}

static const char *const settings[] = {"windows", "probe.context_windows", "targets",
                                       "probe.context_targets", NULL};

const StageRow stage_context_window = {
    .kind = {.name = "context-window",
             .version = CONTEXT_WINDOW_NUMERICS_VERSION,
             .run = stage_row_run},
    .help = "measures the perplexity of held-out text by the number of preceding tokens",
    .inputs = {&stage_pretrain, &stage_tokens, &stage_tokenizer},
    .applies = settings_pretrains,
    .document = &document_table,
    .settings = settings,
    .check = check,
    .fill = fill,
    .title = title,
    .cost = cost,
    .run = run_stage,
};
