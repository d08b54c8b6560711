#include "stages/stage_rate.h"

#include "base/host.h"
#include "base/log.h"
#include "base/parallel.h"
#include "stages/estimate_probe.h"
#include "stages/probe_file.h"
#include "text/tokenizer.h"
#include "train/rate.h"

enum { RATE_VERSION = 1 };

typedef struct RateStageJob {
    const ProbeSpec *spec;
    const Kernels *kernels;
    const SpecEntryChoice *models; /* [n lengths] */
} RateStageJob;

/* --- running ---------------------------------------------------------------------------------- */

static bool measure_length(OutcomeProbe *probe, size_t point, const RateStageJob *job, int n_vocab,
                           Arena *arena, Error *err)
{
    int length = (int)job->spec->rate_lengths.items[point];
    RateJob rate = {.model = &job->models[point],
                    .kernels = job->kernels,
                    .n_vocab = n_vocab,
                    .n_tokens = (int)job->spec->rate_tokens,
                    .n_timings = probe->n_units};
    double *found = probe->unit + point * (size_t)probe->n_units;
    double *sorted = arena_alloc(arena, (size_t)probe->n_units, sizeof(double), err);
    if (!sorted || !rate_measure(found, &rate, err))
        return error_wrap(err, "timing sequences of %d tokens", length);
    probe->x[point] = length;
    probe->value[point] = rate_median(found, probe->n_units, sorted);
    probe->flops[point] = estimate_probe_trained_token(rate.model, n_vocab, length);
    probe->steps[point] = architecture_of(rate.model)->steps(rate.model->spec, length);
    log_info("%d tokens a sequence: %.4g tokens a second", length, probe->value[point]);
    return true;
}

/* inputs: 0 tokenizer, for the size of its vocabulary */
static bool measure(const Stage *stage, const char *folder, Arena *arena, Error *err)
{
    const RateStageJob *job = stage->job;
    size_t points = job->spec->rate_lengths.n, timings = (size_t)job->spec->rate_timings;
    OutcomeProbe probe = {.n_points = (int)points,
                          .n_units = (int)timings,
                          .x = arena_alloc(arena, points, sizeof(double), err),
                          .value = arena_alloc(arena, points, sizeof(double), err),
                          .unit = arena_alloc(arena, points * timings, sizeof(double), err),
                          .flops = arena_alloc(arena, points, sizeof(double), err),
                          .steps = arena_alloc(arena, points, sizeof(double), err)};
    Json *more = json_new_object(arena, err);
    Tokenizer *tokenizer = tokenizer_load(stage->input[0]->folder, arena, err);
    if (!probe.x || !probe.value || !probe.unit || !probe.flops || !probe.steps || !more ||
        !tokenizer)
        return false;
    for (size_t point = 0; point < points; point++)
        if (!measure_length(&probe, point, job, tokenizer_n_tokens(tokenizer), arena, err))
            return false;
    return probe_file_write(folder, &probe, more, arena, err);
}

static bool run(const Stage *stage, const char *folder, Error *err)
{
    Arena *arena = arena_create("training rates", err);
    bool ok = arena && measure(stage, folder, arena, err);
    arena_destroy(arena);
    return ok;
}

static const StageKind kind = {.name = "rate", .run = run, .alone = true};

/* --- planning --------------------------------------------------------------------------------- */

typedef struct ModelOnly {
    SpecEntryChoice model;
} ModelOnly;
static const SpecField model_fields[] = {SPEC_ENTRY(ModelOnly, model, &architectures, "network"),
                                         SPEC_END};
static const SpecTable model_table = {"model", sizeof(ModelOnly), model_fields, NULL};

/* The cell's model with every length as its context. */
static SpecEntryChoice *make_models(const IntList *lengths, const PlanCell *cell, Arena *arena,
                                    Error *err)
{
    SpecEntryChoice *models = arena_alloc(arena, lengths->n, sizeof *models, err);
    SpecReader reader = {"probe.rate_lengths", arena, err};
    for (size_t i = 0; i < lengths->n && models; i++) {
        ModelOnly only;
        Json *json = json_new_object(arena, err);
        Json *model = json_clone(json_get(cell->settings_json, "model"), arena, err);
        if (!json || !model ||
            !json_set(model, "n_context", json_new_integer(lengths->items[i], arena, err), err) ||
            !json_set(json, "model", model, err) ||
            !spec_read(&only, &model_table, json, &reader, "$"))
            return NULL;
        models[i] = only.model;
    }
    return models;
}

static Json *machine_json(Arena *arena, Error *err)
{
    HostInfo host;
    host_info(&host);
    Json *json = json_new_object(arena, err);
    return json && json_set(json, "cpu", json_new_text(host.cpu, arena, err), err) &&
                   json_set(json, "cores", json_new_integer(host.cores, arena, err), err) &&
                   json_set(json, "threads", json_new_integer(parallel_threads(), arena, err), err)
               ? json
               : NULL;
}

/* The model's own context is not among what matters. */
static bool fill_document(Json *document, const Plan *plan, const PlanCell *cell, Error *err)
{
    Arena *arena = plan->arena;
    const ProbeSpec *spec = &cell->settings->probe;
    Json *model = json_clone(json_get(cell->settings_json, "model"), arena, err);
    Json *lengths = json_new_list(arena, err);
    if (!model || !lengths) return false;
    json_remove(model, "n_context");
    for (size_t i = 0; i < spec->rate_lengths.n; i++)
        if (!json_add(lengths, json_new_integer(spec->rate_lengths.items[i], arena, err), err))
            return false;
    return json_set(document, "model", model, err) && plan_set_kernels(document, plan, err) &&
           json_set(document, "lengths", lengths, err) &&
           json_set(document, "tokens", json_new_integer(spec->rate_tokens, arena, err), err) &&
           json_set(document, "timings", json_new_integer(spec->rate_timings, arena, err), err) &&
           json_set(document, "machine", machine_json(arena, err), err);
}

static bool check_lengths(const ProbeSpec *spec, Error *err)
{
    if (spec->rate_lengths.n > 0) return true;
    error_usage(err, "rate is to be measured, but probe.rate_lengths is empty");
    return error_hint(err, "numbers of tokens such as [64, 128, 256]");
}

Stage *stage_rate_add(Plan *plan, const PlanCell *cell, Error *err)
{
    Arena *arena = plan->arena;
    const ProbeSpec *spec = &cell->settings->probe;
    if (!check_lengths(spec, err)) return NULL;
    Json *document = stage_document(&kind, RATE_VERSION, arena, err);
    if (!document || !fill_document(document, plan, cell, err)) return NULL;
    bool is_new;
    Stage *inputs[] = {cell->tokenizer};
    Stage *stage = plan_stage(plan, &kind, document, inputs, 1, &is_new, err);
    if (!stage || !is_new) return stage;
    RateStageJob *job = arena_alloc(arena, 1, sizeof *job, err);
    SpecEntryChoice *models = make_models(&spec->rate_lengths, cell, arena, err);
    if (!job || !models || !estimate_probe_rate(&stage->cost, plan, cell, models, err)) return NULL;
    *job = (RateStageJob){spec, plan->kernels, models};
    stage->job = job;
    stage->title =
        arena_format(arena, err, "%s, sequences of %lld to %lld tokens",
                     cell->settings->model.entry->name, (long long)spec->rate_lengths.items[0],
                     (long long)spec->rate_lengths.items[spec->rate_lengths.n - 1]);
    return stage->title ? stage : NULL;
}
