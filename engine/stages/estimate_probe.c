#include "stages/estimate_probe.h"

#include <math.h>

#include "base/file.h"
#include "measure/likelihood.h"
#include "stages/estimate.h"
#include "stages/held_out.h"
#include "stages/stage_tokens.h"
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
    LearnerSetup setup =
        likelihood_setup(&request->settings->model, request->kernels, estimate_vocabulary(request));
    return measure_memory(cost, &setup, arena, err);
}

static int context_of(const SpecEntryChoice *model)
{
    return architecture_of(model)->shape(model->spec).n_context;
}

/* --- zero-shot -------------------------------------------------------------------------------- */

static int texts_an_example(const DatasetInfo *info)
{
    switch (info->zero_shot.heuristic) {
    case HEURISTIC_WORDS:
    case HEURISTIC_CHOICE: return info->n_labels > 0 ? info->n_labels : 2;
    case HEURISTIC_WINOGRAD: return 2;
    default: return 1;
    }
}

/* Answers and last words follow a passage. */
static double text_length(const StageRequest *request)
{
    DatasetHeuristic heuristic = request->task->info->zero_shot.heuristic;
    bool passage = heuristic == HEURISTIC_CHOICE || heuristic == HEURISTIC_LAST_WORD;
    return estimate_length(request, 0, (passage ? 4 : 1) * ESTIMATE_TOKENS_A_TEXT);
}

bool estimate_probe_zero_shot(StageCost *cost, const StageRequest *request, const void *document,
                              Arena *arena, Error *err)
{
    const StageTask *task = request->task;
    (void)document;
    int n_context = context_of(&request->settings->model);
    double length = text_length(request);
    double examples = (double)dataset_rows(task->dataset, SPLIT_TEST);
    if (task->info->zero_shot.heuristic == HEURISTIC_ACCEPTABILITY)
        examples += (double)dataset_rows(task->dataset, SPLIT_VALIDATION);
    double texts = examples * texts_an_example(task->info) *
                   (double)milestones_expected(&request->settings->pretrain, n_context);
    cost->tokens = texts * length;
    cost->flops = estimate_forward_flops(request, texts, (int)lround(length), true);
    return measure_likelihood(cost, request, arena, err);
}

/* --- held-out text ---------------------------------------------------------------------------- */

typedef struct HeldOutSize {
    double documents, tokens;
} HeldOutSize;

/* Of a corpus that is tokenized already. False: it cannot be read; a run finds out why. */
static bool count_held_out(HeldOutSize *size, const Stage *tokens, double share, Arena *scratch)
{
    TokenFile file;
    Error unused = {0};
    char *path = file_join(scratch, tokens->folder, STAGE_TOKENS_FILE, &unused);
    if (!path || !token_file_open(&file, path, 0, scratch, &unused)) return false;
    bool *held_out = arena_alloc(scratch, file.n_documents, sizeof(bool), &unused);
    if (!held_out) return false;
    held_out_choose(held_out, file.name, file.n_documents, share);
    *size = (HeldOutSize){0};
    for (size_t d = 0; d < file.n_documents; d++) {
        if (!held_out[d]) continue;
        size->documents++;
        size->tokens += (double)(file.offset[d + 1] - file.offset[d]);
    }
    return true;
}

/* Else as if there were a hundred documents, trained on once, and none very long. */
static HeldOutSize size_held_out(const StageRequest *request, Arena *arena)
{
    enum { DOCUMENTS = 100, LONGEST = 200000 };
    double share = request->settings->corpus.held_out;
    const HeldOutSize guess = {
        share * DOCUMENTS,
        share * fmin((double)request->settings->pretrain.tokens, (double)DOCUMENTS * LONGEST)};
    const Stage *tokens = stage_row_requested(request, &stage_tokens);
    HeldOutSize counted;
    ArenaMark mark = arena_mark(arena);
    bool known = tokens->done && count_held_out(&counted, tokens, share, arena);
    arena_reset(arena, mark);
    return known ? counted : guess;
}

/* The softmax is over the targets alone, one a sequence. */
bool estimate_probe_context_window(StageCost *cost, const StageRequest *request,
                                   const IntList *windows, Arena *arena, Error *err)
{
    const HeldOutSize size = size_held_out(request, arena);
    const SpecEntryChoice *model = &request->settings->model;
    const Architecture *architecture = architecture_of(model);
    double targets = size.documents * (double)request->settings->probe.context_targets;
    double softmax =
        2.0 * estimate_vocabulary(request) * architecture->shape(model->spec).n_channel;
    for (size_t i = 0; i < windows->n; i++) {
        int window = (int)windows->items[i];
        cost->tokens += targets * window;
        cost->flops += targets * (architecture->flops(model->spec, window) + softmax);
    }
    return measure_likelihood(cost, request, arena, err);
}

bool estimate_probe_position(StageCost *cost, const StageRequest *request, const void *document,
                             Arena *arena, Error *err)
{
    (void)document;
    const HeldOutSize size = size_held_out(request, arena);
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
    return ESTIMATE_TRAINING_FACTOR * (architecture->flops(model->spec, T) / T + softmax);
}

bool estimate_probe_rate(StageCost *cost, const StageRequest *request,
                         const SpecEntryChoice *models, Arena *arena, Error *err)
{
    const ProbeSpec *spec = &request->settings->probe;
    for (size_t i = 0; i < spec->rate_lengths.n; i++) {
        int length = (int)spec->rate_lengths.items[i], n_vocab = estimate_vocabulary(request);
        RateJob job = {.model = &models[i],
                       .kernels = request->kernels,
                       .n_text = n_vocab,
                       .n_tokens = (int)spec->rate_tokens};
        LearnerSetup setup = rate_setup(&job);
        double tokens = (double)((spec->rate_timings + 1) * spec->rate_tokens);
        cost->tokens += tokens;
        cost->flops += tokens * estimate_probe_trained_token(&models[i], n_vocab, length);
        if (!measure_memory(cost, &setup, arena, err)) return false;
    }
    return true;
}
