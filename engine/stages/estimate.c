#include "stages/estimate.h"

#include <math.h>
#include <string.h>

#include "base/clock.h"
#include "base/parallel.h"
#include "learner/objectives.h"
#include "stages/labelled.h"
#include "statistics/statistics.h"
#include "task/text_to_text.h"
#include "text/bpe_method.h"

int estimate_vocabulary(const StageRequest *request)
{
    enum { CHARACTERS = 256 };
    if (request->published) return (int)request->published->info->n_tokens;
    const SpecEntryChoice *tokenizer = &request->settings->tokenizer;
    const BpeSpec *bpe = tokenizer->spec;
    return bpe && !strcmp(tokenizer->entry->name, "bpe") ? (int)bpe->merges + CHARACTERS
                                                         : CHARACTERS;
}

static double softmax_flops(const StageRequest *request, int n_targets)
{
    const SpecEntryChoice *model = &request->settings->model;
    return 2.0 * n_targets * estimate_vocabulary(request) *
           architecture_of(model)->shape(model->spec).n_channel;
}

static double forward_flops(const StageRequest *request, int T, int n_source, bool language_model)
{
    const SpecEntryChoice *model = &request->settings->model;
    return architecture_of(model)->flops(model->spec, T, n_source) +
           (language_model ? softmax_flops(request, T) : 0.0);
}

double estimate_forward_flops(const StageRequest *request, double sequences, int T,
                              bool language_model)
{
    return sequences * forward_flops(request, T, T, language_model);
}

/* Of one sequence of running text. Only rows with a target go through the softmax. */
static double pretrain_flops(const StageRequest *request)
{
    const SpecEntryChoice *model = &request->settings->model;
    const int T = architecture_of(model)->shape(model->spec).n_context;
    const Objective *objective = objectives_at(request->settings->pretrain.objective);
    const int length = pretrain_text_length(&request->settings->pretrain, model);
    const int n_targets = objective->n_targets(length);
    if (objective->reads_source)
        return forward_flops(request, n_targets, objective->n_source(length), true);
    return forward_flops(request, T, T, false) + softmax_flops(request, n_targets);
}

void estimate_products(StageCost *cost, const SpecEntryChoice *model, Precision precision)
{
    cost->precision = precision;
    cost->n_channel = architecture_of(model)->shape(model->spec).n_channel;
}

bool estimate_pretrain(StageCost *cost, const StageRequest *request, const void *document,
                       Arena *arena, Error *err)
{
    (void)document;
    const PretrainSpec *spec = &request->settings->pretrain;
    const SpecEntryChoice *model = &request->settings->model;
    int T = architecture_of(model)->shape(model->spec).n_context;
    double sequences = (double)(pretrain_updates(spec, model) * spec->batch);
    LearnerSetup setup = pretrain_setup(spec, model, request->kernels,
                                        (TextTokens){.n = estimate_vocabulary(request)});
    cost->tokens = sequences * T;
    estimate_products(cost, model, (Precision)spec->precision);
    cost->flops = ESTIMATE_TRAINING_FACTOR * sequences * pretrain_flops(request);
    return learner_measure(&cost->memory_bytes, &cost->n_parameters, &setup, arena, err);
}

static int sequences_an_example(const StageTask *task, const Head *head)
{
    if (head->kind == &head_kind_number_words) return TEXT_TO_TEXT_STEPS + 1;
    return head->kind->is_choice ? task->info->n_labels : head->states_added;
}

/* Forward, of one example whose sequences, or the source that it has, are so long. */
static double example_flops(const StageRequest *request, const Head *head, double length,
                            bool training)
{
    enum { ROWS_OF_AN_ANSWER = 3 }; /* a word or two, and the end */
    const int n = sequences_an_example(request->task, head), T = (int)lround(length);
    if (head->kind->is_words) /* the right answer alone is learnt; all look at one source */
        return forward_flops(request, ROWS_OF_AN_ANSWER * (training ? 1 : n), T, true);
    return n *
           forward_flops(request, T, 0, training && request->settings->finetune.lm_coefficient > 0);
}

double estimate_length(const StageRequest *request, int n_special, double typical)
{
    const SpecEntryChoice *model = &request->settings->model;
    int n_context = architecture_of(model)->shape(model->spec).n_context;
    const LengthsVocabulary vocabulary = {estimate_vocabulary(request),
                                          request->corpus->info->generated};
    double mean = lengths_mean(&request->task->lengths, vocabulary, n_special, n_context);
    return mean > 0 ? mean : fmin(typical, n_context);
}

/* Tokens of a sequence of the task. */
static double sequence_length(const StageRequest *request)
{
    bool single = request->task->info->form == DATASET_CLASSIFICATION;
    return estimate_length(request, single ? 2 : 3, (single ? 1 : 2) * ESTIMATE_TOKENS_A_TEXT);
}

static bool labelled_cost(StageCost *cost, const StageRequest *request, double examples,
                          double factor, bool training, Arena *arena, Error *err)
{
    const StageTask *task = request->task;
    const FinetuneSpec *spec = &request->settings->finetune;
    double length = sequence_length(request);
    Head head = labelled_head(task->info, spec->regression, &request->settings->model);
    LearnerSetup setup = {
        .model = &request->settings->model,
        .kernels = request->kernels,
        .n_vocab = objectives_tokens(architecture_of(&request->settings->model),
                                     (TextTokens){.n = estimate_vocabulary(request)})
                       .n_task,
        .max_rows = (int)spec->micro_batch_tokens,
        .max_sequences = (int)spec->micro_batch_tokens / 4,
        .max_examples = (int)spec->micro_batch_tokens / 4,
        .head = &head,
        .training = training,
        .no_first_moment = spec->adafactor.present,
    };
    cost->tokens =
        examples * length * (head.kind->is_words ? 1 : sequences_an_example(task, &head));
    estimate_products(cost, &request->settings->model, (Precision)spec->precision);
    cost->flops = factor * examples * example_flops(request, &head, length, training);
    return learner_measure(&cost->memory_bytes, &cost->n_parameters, &setup, arena, err);
}

bool estimate_finetune(StageCost *cost, const StageRequest *request, const void *document,
                       Arena *arena, Error *err)
{
    const StageTask *task = request->task;
    (void)document;
    const FinetuneSpec *spec = &request->settings->finetune;
    double examples = (double)dataset_rows(task->dataset, SPLIT_TRAIN);
    if (spec->train_examples > 0 && (double)spec->train_examples < examples)
        examples = (double)spec->train_examples;
    return labelled_cost(cost, request, examples * (double)spec->epochs, ESTIMATE_TRAINING_FACTOR,
                         true, arena, err);
}

bool estimate_evaluate(StageCost *cost, const StageRequest *request, const void *document,
                       Arena *arena, Error *err)
{
    const StageTask *task = request->task;
    (void)document;
    double examples = (double)(dataset_rows(task->dataset, SPLIT_VALIDATION) +
                               dataset_rows(task->dataset, SPLIT_TEST));
    return labelled_cost(cost, request, examples, 1, false, arena, err);
}

/* Rows, columns and terms of a sum. Where a product of the larger size would take long (`--kernels plain`), a smaller
 * one says as much. */
enum { PROBE_LEAST_SIZE = 128, PROBE_SIZE = 1024 };
static const double enough_seconds = 0.01;

typedef struct Probe {
    const Kernels *kernels;
    real *a, *b, *c;
    int size;
} Probe;

/* Seconds of one product on all threads. */
static double time_product(const Probe *probe)
{
    const double begun = clock_seconds();
    const GemmShape shape = {.M = probe->size, .N = probe->size, .K = probe->size};
    probe->kernels->products.whole(probe->c, probe->a, probe->b, shape);
    return clock_seconds() - begun;
}

/* Operations a second of a large product, as bench_step has it. */
static double probe_once(const Probe *probe)
{
    const double least_seconds = 0.03, size = probe->size;
    double flops = 0, elapsed = 0;
    do {
        elapsed += time_product(probe);
        flops += 2 * size * size * size;
    } while (elapsed < least_seconds);
    return flops / elapsed;
}

/* The median of a few: others may have had a core for a moment. */
static bool product_rate(double *flops_a_second, const Kernels *kernels, Arena *arena, Error *err)
{
    enum { PROBES = 5 };
    double rate[PROBES];
    ArenaMark mark = arena_mark(arena);
    Probe probe = {.kernels = kernels, .size = PROBE_LEAST_SIZE};
    Needs needs = {.arena = arena};
    if (!kernels->memory.take(&probe.a, (size_t)PROBE_SIZE * PROBE_SIZE, &needs, err) ||
        !kernels->memory.take(&probe.b, (size_t)PROBE_SIZE * PROBE_SIZE, &needs, err) ||
        !kernels->memory.take(&probe.c, (size_t)PROBE_SIZE * PROBE_SIZE, &needs, err))
        return false;
    (void)time_product(&probe); /* the first starts the threads */
    while (probe.size < PROBE_SIZE && time_product(&probe) < enough_seconds) probe.size *= 2;
    for (int i = 0; i < PROBES; i++) rate[i] = probe_once(&probe);
    *flops_a_second = statistics_median(rate, PROBES);
    arena_reset(arena, mark);
    return true;
}

/* Products reach a share of a large one's rate. Beside them, bf16 is rounded and packed, for an operation as long as
 * a part of one of fp32; and there is work on states (norms, softmax, dropout, what is added up), for an operation and
 * a channel so many seconds of one thread. Fitted to bench_step where bf16 is as slow as fp32 (AVX2), whose
 * `share_of_large_product` they give within 0.04 (0.11 too much for an LSTM in fp32); and to the constants that were
 * fitted before where it is five times as fast (AMX), which they give again within 0.03. */
static const double share_of_products = 0.93;
static const double rounding[] = {[PRECISION_FP32] = 0, [PRECISION_BF16] = 0.1};
static const double thread_seconds_beside = 0.41e-9;

static bool is_estimated(const Stage *stage)
{
    return !stage->done && stage->need != STAGE_NOT_CHOSEN && stage->cost.n_channel > 0;
}

/* Measured when the first stage asks for it. */
static bool measure_rate(EstimateRates *rates, Precision precision, const Kernels *kernels,
                         Arena *arena, Error *err)
{
    double *rate = &rates->flops_a_second[precision];
    if (*rate > 0) return true;
    kernels = kernels_in(kernels, precision);
    return kernels->start(err) && product_rate(rate, kernels, arena, err);
}

bool estimate_rates(EstimateRates *rates, const Graph *graph, const Kernels *kernels, Error *err)
{
    *rates = (EstimateRates){0};
    for (int i = 0; i < graph->n; i++)
        if (is_estimated(graph->stages[i]) &&
            (!measure_rate(rates, PRECISION_FP32, kernels, graph->arena, err) ||
             !measure_rate(rates, graph->stages[i]->cost.precision, kernels, graph->arena, err)))
            return false;
    return true;
}

static double seconds_of(const StageCost *cost, const double *rates)
{
    const double an_operation = 1 / (share_of_products * rates[cost->precision]) +
                                rounding[cost->precision] / rates[PRECISION_FP32] +
                                thread_seconds_beside / parallel_threads() / cost->n_channel;
    return fmax(cost->flops * an_operation, cost->least_seconds);
}

void estimate_seconds(Graph *graph, const EstimateRates *rates)
{
    for (int i = 0; i < graph->n; i++)
        if (is_estimated(graph->stages[i]))
            graph->stages[i]->cost.seconds =
                seconds_of(&graph->stages[i]->cost, rates->flops_a_second);
}
