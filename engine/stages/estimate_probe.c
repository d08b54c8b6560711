#include "stages/estimate_probe.h"

#include <math.h>

#include "measure/likelihood.h"
#include "stages/corpus_planned.h"
#include "stages/estimate.h"
#include "task/continuations.h"
#include "train/milestones.h"
#include "train/rate.h"

static bool measure_memory(StageCost *cost, const LearnerSetup *setup, Arena *arena, Error *err)
{
    size_t bytes, n_parameters;
    if (!learner_measure(&bytes, &n_parameters, setup, arena, err)) return false;
    if (bytes > cost->memory_bytes) cost->memory_bytes = bytes;
    return true;
}

static bool measure_likelihood(StageCost *cost, const StageRequest *request, Arena *arena,
                               Error *err)
{
    LearnerSetup setup = likelihood_setup(&request->settings->model, request->kernels,
                                          (TextTokens){.n = estimate_vocabulary(request)});
    estimate_products(cost, &request->settings->model,
                      (Precision)request->settings->pretrain.precision);
    return measure_memory(cost, &setup, arena, err);
}

static int context_of(const SpecEntryChoice *model)
{
    return architecture_of(model)->shape(model->spec).n_context;
}

/* Operations of the softmax over the vocabulary for one target. */
static double softmax_of(const StageRequest *request)
{
    const SpecEntryChoice *model = &request->settings->model;
    return 2.0 * estimate_vocabulary(request) *
           architecture_of(model)->shape(model->spec).n_channel;
}

/* --- zero-shot -------------------------------------------------------------------------------- */

static int texts_an_example(const DatasetInfo *info)
{
    switch (info->zero_shot.heuristic) {
    case HEURISTIC_WORDS:
    case HEURISTIC_CLOZE:
    case HEURISTIC_CHOICE: return info->n_labels > 0 ? info->n_labels : 2;
    case HEURISTIC_WINOGRAD:
    case HEURISTIC_MINIMAL_PAIRS: return 2;
    default: return 1;
    }
}

/* Answers and last words follow a passage, and a gap is in one. */
static double text_length(const StageRequest *request)
{
    DatasetHeuristic heuristic = request->task->info->zero_shot.heuristic;
    bool passage = heuristic == HEURISTIC_CHOICE || heuristic == HEURISTIC_LAST_WORD ||
                   heuristic == HEURISTIC_CLOZE;
    return estimate_length(request, 0, (passage ? 4 : 1) * ESTIMATE_TOKENS_A_TEXT);
}

/* Of a text's tokens: all of a sentence, an answer or what follows a referent of a longer one, a word. */
static int tokens_scored(DatasetHeuristic heuristic, double length)
{
    enum { OF_A_WORD = 2 };
    if (continuations_are_whole(heuristic)) return (int)lround(length);
    const bool word = heuristic == HEURISTIC_WORDS || heuristic == HEURISTIC_LAST_WORD ||
                      heuristic == HEURISTIC_CLOZE;
    const double part = heuristic == HEURISTIC_CHOICE ? length / 4 : length / 2;
    return word ? OF_A_WORD : (int)lround(fmin(part, ESTIMATE_TOKENS_A_TEXT));
}

bool estimate_probe_zero_shot(StageCost *cost, const StageRequest *request, const void *document,
                              Arena *arena, Error *err)
{
    const StageTask *task = request->task;
    const DatasetHeuristic heuristic = task->info->zero_shot.heuristic;
    (void)document;
    double length = text_length(request);
    double examples = (double)dataset_rows(task->dataset, SPLIT_TEST);
    if (heuristic == HEURISTIC_ACCEPTABILITY)
        examples += (double)dataset_rows(task->dataset, SPLIT_VALIDATION);
    double texts =
        examples * texts_an_example(task->info) *
        (double)milestones_expected(&request->settings->pretrain, &request->settings->model);
    const int n_scored = tokens_scored(heuristic, length);
    double passes = texts * likelihood_passes(architecture_of(&request->settings->model), n_scored,
                                              continuations_are_whole(heuristic));
    cost->tokens = passes * length;
    cost->flops = estimate_forward_flops(request, passes, (int)lround(length), false) +
                  texts * n_scored * softmax_of(request);
    return measure_likelihood(cost, request, arena, err);
}

/* --- held-out text ---------------------------------------------------------------------------- */

typedef struct HeldOutSize {
    double documents, tokens;
} HeldOutSize;

/* Counted of a corpus that is encoded; else as if it were trained on once, and no document very long. */
static bool size_held_out(HeldOutSize *size, const StageRequest *request, Error *err)
{
    enum { LONGEST = 200000 };
    const Settings *settings = request->settings;
    CorpusText text;
    if (!corpus_planned(&text, request, err)) return false;
    const double documents = (double)text.held_out.documents;
    *size = (HeldOutSize){documents, (double)text.held_out.tokens};
    const double trained = settings->corpus.held_out * (double)settings->pretrain.tokens;
    if (!text.counted)
        size->tokens =
            settings->pretrain.published ? documents * LONGEST : fmin(trained, documents * LONGEST);
    return true;
}

/* All held-out tokens in whole windows. */
bool estimate_probe_published(StageCost *cost, const StageRequest *request, Arena *arena,
                              Error *err)
{
    HeldOutSize size;
    const int T = context_of(&request->settings->model);
    if (!size_held_out(&size, request, err)) return false;
    cost->tokens = size.tokens;
    cost->flops = estimate_forward_flops(request, size.tokens / T, T, true);
    return measure_likelihood(cost, request, arena, err);
}

/* The softmax is over the targets alone, one a sequence. */
bool estimate_probe_context_window(StageCost *cost, const StageRequest *request,
                                   const IntList *windows, Arena *arena, Error *err)
{
    HeldOutSize size;
    if (!size_held_out(&size, request, err)) return false;
    const SpecEntryChoice *model = &request->settings->model;
    const Architecture *architecture = architecture_of(model);
    double targets = size.documents * (double)request->settings->probe.context_targets;
    const double softmax = softmax_of(request);
    for (size_t i = 0; i < windows->n; i++) {
        int window = (int)windows->items[i];
        cost->tokens += targets * window;
        cost->flops += targets * (architecture->flops(model->spec, window, window) + softmax);
    }
    return measure_likelihood(cost, request, arena, err);
}

bool estimate_probe_position(StageCost *cost, const StageRequest *request, const void *document,
                             Arena *arena, Error *err)
{
    (void)document;
    HeldOutSize size;
    if (!size_held_out(&size, request, err)) return false;
    int n_context = context_of(&request->settings->model);
    cost->tokens = size.tokens;
    cost->flops = estimate_forward_flops(request, size.tokens / n_context, n_context, true);
    return measure_likelihood(cost, request, arena, err);
}

/* --- training rates --------------------------------------------------------------------------- */

double estimate_probe_trained_token(const SpecEntryChoice *model, int n_vocab, int T)
{
    const Architecture *architecture = architecture_of(model);
    double softmax = 2.0 * n_vocab * architecture->shape(model->spec).n_channel;
    return ESTIMATE_TRAINING_FACTOR * (architecture->flops(model->spec, T, T) / T + softmax);
}

bool estimate_probe_rate(StageCost *cost, const StageRequest *request,
                         const SpecEntryChoice *models, Arena *arena, Error *err)
{
    const ProbeSpec *spec = &request->settings->probe;
    estimate_products(cost, models, PRECISION_FP32);
    for (size_t i = 0; i < spec->rate_lengths.n; i++) {
        int length = (int)spec->rate_lengths.items[i], n_vocab = estimate_vocabulary(request);
        RateJob job = {.model = &models[i],
                       .kernels = request->kernels,
                       .n_text = n_vocab,
                       .n_tokens = (int)spec->rate_tokens};
        LearnerSetup setup = rate_setup(&job);
        double tokens = (double)((spec->rate_timings + 1) * spec->rate_tokens);
        cost->tokens += tokens;
        cost->least_seconds += (double)(spec->rate_timings + 1) * RATE_LEAST_SECONDS;
        cost->flops += tokens * estimate_probe_trained_token(&models[i], n_vocab, length);
        if (!measure_memory(cost, &setup, arena, err)) return false;
    }
    return true;
}
