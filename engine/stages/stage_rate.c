#include "stages/stage_rate.h"

#include "base/host.h"
#include "base/log.h"
#include "base/parallel.h"
#include "stages/arithmetic.h"
#include "stages/estimate_probe.h"
#include "stages/probe_file.h"
#include "stages/stage_tokenizer.h"
#include "train/rate.h"

enum { RATE_VERSION = 1 };

typedef struct RateMachine {
    const char *cpu;
    int64_t cores, threads;
} RateMachine;

typedef struct RateDocument {
    Json *model; /* without its own context, which does not matter */
    Arithmetic arithmetic;
    IntList lengths;
    int64_t tokens, timings;
    RateMachine machine;
} RateDocument;

static const SpecField machine_fields[] = {
    SPEC_TEXT_REQUIRED(RateMachine, cpu, "processor"),
    SPEC_INT(RateMachine, cores, SPEC_REQUIRED, 0, 1e9, "usable"),
    SPEC_INT(RateMachine, threads, SPEC_REQUIRED, 0, 1e9, "used"),
    SPEC_END,
};
static const SpecTable machine_table = {"machine", sizeof(RateMachine), machine_fields, NULL};

static const SpecField document_fields[] = {
    SPEC_ANY(RateDocument, model, "network, without its context"),
    ARITHMETIC_FIELDS(offsetof(RateDocument, arithmetic)),
    SPEC_INTS(RateDocument, lengths, 1, 1e9, "tokens a sequence"),
    SPEC_INT(RateDocument, tokens, SPEC_REQUIRED, 1, 1e9, "an update"),
    SPEC_INT(RateDocument, timings, SPEC_REQUIRED, 1, 1e9, "timed updates a length"),
    SPEC_STRUCT(RateDocument, machine, &machine_table, "whose rates they are"),
    SPEC_END,
};
static const SpecTable document_table = {"rate stage", sizeof(RateDocument), document_fields, NULL};

/* --- the model at every length ------------------------------------------------------------------ */

typedef struct ModelOnly {
    SpecEntryChoice model;
} ModelOnly;
static const SpecField model_fields[] = {SPEC_ENTRY(ModelOnly, model, &architectures, "network"),
                                         SPEC_END};
static const SpecTable model_table = {"model", sizeof(ModelOnly), model_fields, NULL};

static Json *model_without_context(const SpecEntryChoice *model, Arena *arena, Error *err)
{
    Json *only = spec_write(&(ModelOnly){*model}, &model_table, false, arena, err);
    Json *json = only ? json_get(only, "model") : NULL;
    if (json) json_remove(json, "n_context");
    return json;
}

/* The model with every length as its context. */
static SpecEntryChoice *make_models(const RateDocument *wanted, Arena *arena, Error *err)
{
    size_t n = wanted->lengths.n;
    SpecEntryChoice *models = arena_alloc(arena, n, sizeof *models, err);
    const SpecReader reader = {"probe.rate_lengths", arena, err};
    for (size_t i = 0; i < n && models; i++) {
        ModelOnly only;
        Json *json = json_new_object(arena, err);
        Json *model = json_clone(wanted->model, arena, err);
        Json *length = json_new_integer(wanted->lengths.items[i], arena, err);
        if (!json || !model || !json_set(model, "n_context", length, err) ||
            !json_set(json, "model", model, err) ||
            !spec_read(&only, &model_table, json, &reader, "$"))
            return NULL;
        models[i] = only.model;
    }
    return models;
}

/* --- planning --------------------------------------------------------------------------------- */

static bool check(const StageRequest *request, Error *err)
{
    if (request->settings->probe.rate_lengths.n > 0) return true;
    error_usage(err, "rate is to be measured, but probe.rate_lengths is empty");
    return error_hint(err, "numbers of tokens such as [64, 128, 256]");
}

static bool fill(void *document, const StageRequest *request, Arena *arena, Error *err)
{
    const ProbeSpec *spec = &request->settings->probe;
    HostInfo host;
    host_info(&host);
    *(RateDocument *)document = (RateDocument){
        .model = model_without_context(&request->settings->model, arena, err),
        .arithmetic = arithmetic_here(request->kernels),
        .lengths = spec->rate_lengths,
        .tokens = spec->rate_tokens,
        .timings = spec->rate_timings,
        .machine = {arena_text(arena, host.cpu, err), host.cores, parallel_threads()},
    };
    const RateDocument *filled = document;
    return filled->model && filled->machine.cpu;
}

static const char *title(const StageRequest *request, const void *document, Arena *arena,
                         Error *err)
{
    const IntList *lengths = &((const RateDocument *)document)->lengths;
    return arena_format(arena, err, "%s, sequences of %lld to %lld tokens",
                        request->settings->model.entry->name, (long long)lengths->items[0],
                        (long long)lengths->items[lengths->n - 1]);
}

static bool cost(StageCost *cost, const StageRequest *request, const void *document, Arena *arena,
                 Error *err)
{
    SpecEntryChoice *models = make_models(document, arena, err);
    return models && estimate_probe_rate(cost, request, models, arena, err);
}

/* --- running ---------------------------------------------------------------------------------- */

static bool measure_length(ProbePoints *probe, size_t point, const RateDocument *wanted,
                           const RateJob *common, const SpecEntryChoice *model, Arena *arena,
                           Error *err)
{
    int length = (int)wanted->lengths.items[point];
    RateJob rate = *common;
    rate.model = model;
    double *found = probe->unit + point * (size_t)probe->n_units;
    double *sorted = arena_alloc(arena, (size_t)probe->n_units, sizeof(double), err);
    if (!sorted || !rate_measure(found, &rate, err))
        return error_wrap(err, "timing sequences of %d tokens", length);
    probe->x[point] = length;
    probe->value[point] = rate_median(found, probe->n_units, sorted);
    probe->flops[point] = estimate_probe_trained_token(model, rate.n_text, length);
    probe->steps[point] = architecture_of(model)->steps(model->spec, length);
    log_info("%d tokens a sequence: %.4g tokens a second", length, probe->value[point]);
    return true;
}

static bool run_stage(const StageRun *run, Error *err)
{
    const RateDocument *wanted = run->document;
    Arena *arena = run->arena;
    size_t points = wanted->lengths.n, timings = (size_t)wanted->timings;
    ProbePoints probe = {.n_points = (int)points,
                         .n_units = (int)timings,
                         .x = arena_alloc(arena, points, sizeof(double), err),
                         .value = arena_alloc(arena, points, sizeof(double), err),
                         .unit = arena_alloc(arena, points * timings, sizeof(double), err),
                         .flops = arena_alloc(arena, points, sizeof(double), err),
                         .steps = arena_alloc(arena, points, sizeof(double), err)};
    Json *more = json_new_object(arena, err);
    const Kernels *kernels = arithmetic_kernels(&wanted->arithmetic, err);
    const SpecEntryChoice *models = make_models(wanted, arena, err);
    const Tokenizer *tokenizer = kernels && models ? stage_tokenizer_load(run, err) : NULL;
    if (!probe.x || !probe.value || !probe.unit || !probe.flops || !probe.steps || !more ||
        !tokenizer)
        return false;
    const RateJob common = {.kernels = kernels,
                            .n_text = tokenizer_n_tokens(tokenizer),
                            .n_tokens = (int)wanted->tokens,
                            .n_timings = probe.n_units};
    for (size_t point = 0; point < points; point++)
        if (!measure_length(&probe, point, wanted, &common, &models[point], arena, err))
            return false;
    return probe_file_write(run->folder, &probe, more, arena, err);
}

static const char *const settings[] = {
    "lengths", "probe.rate_lengths", "tokens", "probe.rate_tokens",
    "timings", "probe.rate_timings", NULL};

const StageRow stage_rate = {
    .kind = {.name = "rate", .version = RATE_VERSION, .run = stage_row_run, .alone = true},
    .help = "measures training tokens a second by the length of the sequences",
    .inputs = {&stage_tokenizer}, /* for the size of its vocabulary */
    .document = &document_table,
    .settings = settings,
    .check = check,
    .fill = fill,
    .title = title,
    .cost = cost,
    .run = run_stage,
};
