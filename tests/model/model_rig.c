#include "model_rig.h"

#include <criterion/criterion.h>
#include <string.h>

#include "kernels/gemm_fp32.h"
#include "model/bert.h"
#include "model/encoder.h"
#include "model/gpt.h"
#include "model/lstm.h"
#include "model/t5.h"

/* Small sizes take every path of a pass in little time; the wide one has more rows than any chunk. */
static const GptSpec gpt_tiny = {2, 2, 12, 8, 0.25, 0.25, GPT_GELU_TANH};
static const GptSpec gpt_wide = {2, 3, 48, 64, 0.1, 0.1, GPT_GELU_TANH};

static const GptSpec bert_tiny = {2, 2, 12, 8, 0.25, 0.25, GPT_GELU_ERF};
static const GptSpec bert_wide = {2, 3, 48, 64, 0.1, 0.1, GPT_GELU_ERF};

/* With a projection and two layers, without a projection, and with groups of sequences. */
static const LstmSpec lstm_tiny = {2, 7, 12, 8, 0.25};
static const LstmSpec lstm_square = {1, 12, 12, 8, 0.25};
static const LstmSpec lstm_wide = {2, 70, 48, 64, 0.1};

/* Of the wide one some positions are further apart than T5's buckets tell. */
static const T5Spec t5_tiny = {2, 2, 12, 8, 0.25};
static const T5Spec t5_wide = {2, 3, 48, 150, 0.1};

const ModelCase model_cases[] = {
    {"gpt tiny", &gpt, &gpt_tiny, 17, 4, {5, 1, 8, 3}},
    {"gpt wide", &gpt, &gpt_wide, 97, 13, {64, 3, 57, 64, 1, 33, 64, 60, 64, 47, 64, 61, 64}},
    {"encoder tiny", &encoder, &gpt_tiny, 17, 4, {5, 1, 8, 3}},
    {"encoder wide", &encoder, &gpt_wide, 97, 5, {64, 3, 57, 1, 33}},
    {"bert tiny", &bert, &bert_tiny, 17, 4, {5, 1, 8, 3}},
    {"bert wide", &bert, &bert_wide, 97, 5, {64, 3, 57, 1, 33}},
    {"t5 tiny", &t5, &t5_tiny, 17, 4, {5, 1, 8, 3}},
    {"t5 wide", &t5, &t5_wide, 97, 5, {64, 3, 150, 1, 133}},
    {"lstm tiny", &lstm, &lstm_tiny, 17, 4, {5, 1, 8, 3}},
    {"lstm square", &lstm, &lstm_square, 17, 4, {5, 1, 8, 3}},
    {"lstm wide", &lstm, &lstm_wide, 97, 13, {64, 3, 57, 64, 1, 33, 64, 60, 64, 47, 64, 61, 64}},
    {.name = NULL},
};

enum { SPARE_ROWS = 5, N_CLASS = 3 };

static void *take(Arena *arena, size_t count, size_t size)
{
    Error err = {0};
    void *memory = arena_alloc(arena, count, size, &err);
    cr_assert(memory, "%s", err.text);
    return memory;
}

Batch rig_batch(Arena *arena, const int *length, int n_sequences)
{
    int *start = take(arena, (size_t)n_sequences + 1, sizeof *start);
    for (int s = 0; s < n_sequences; s++) start[s + 1] = start[s] + length[s];
    const int N = start[n_sequences];
    int *position = take(arena, (size_t)N, sizeof *position);
    for (int s = 0; s < n_sequences; s++)
        for (int n = start[s]; n < start[s + 1]; n++) position[n] = n - start[s];
    return (Batch){.S = n_sequences,
                   .target = {.N = N,
                              .token = take(arena, (size_t)N, sizeof(int)),
                              .position = position,
                              .start = start}};
}

void rig_look(Batch *batch, Stream source)
{
    batch->source = source;
    batch->n_sources = batch->S;
    batch->looks = batch->target.start;
}

/* Of architectures that are told of segments: the second half of each sequence is another text. */
static const int *segments_of(Arena *arena, const ModelCase *c, const Stream *stream)
{
    if (c->architecture->n_segment == 0) return NULL;
    int *segment = take(arena, (size_t)stream->N, sizeof *segment);
    for (int s = 0; s < c->n_sequences; s++)
        for (int n = stream->start[s]; n < stream->start[s + 1]; n++)
            segment[n] = 2 * stream->position[n] >= c->length[s];
    return segment;
}

/* Of architectures that read one: short ones for long sequences. What stands there is a function of the length
 * alone, so that a sequence has the same source in every batch. */
static Stream source_of(Arena *arena, const ModelCase *c)
{
    if (!c->architecture->reads_source) return (Stream){0};
    int length[16];
    for (int s = 0; s < c->n_sequences; s++)
        length[s] = c->architecture->shape(c->spec).n_context + 1 - c->length[s];
    const Stream source = rig_batch(arena, length, c->n_sequences).target;
    int *token = (int *)source.token;
    for (int s = 0; s < c->n_sequences; s++)
        for (int n = source.start[s]; n < source.start[s + 1]; n++)
            token[n] = (int)rng_below(rng_key(5, RNG_TEST, (uint64_t)length[s]),
                                      (uint64_t)source.position[n], (uint64_t)c->n_vocab);
    return source;
}

int *rig_tokens(const Rig *rig)
{
    return (int *)rig->batch.target.token;
}

void rig_create(Rig *rig, const Architecture *architecture, const void *spec, int n_vocab,
                int n_class, const Kernels *kernels, const Batch *batch)
{
    Error err = {0};
    cr_assert(gemm_fp32_start(&err), "%s", err.text);
    Arena *arena = arena_create("test", &err);
    cr_assert(arena, "%s", err.text);
    const int most = batch->target.N > batch->source.N ? batch->target.N : batch->source.N;
    const int N = most + SPARE_ROWS, S = batch->S + 1;
    *rig = (Rig){.arena = arena,
                 .architecture = architecture,
                 .spec = spec,
                 .kernels = kernels,
                 .n_vocab = n_vocab,
                 .n_class = n_class,
                 .C = architecture->shape(spec).n_channel,
                 .head_weight = -1,
                 .head_bias = -1,
                 .weights_table = tensors_create(&kernels->memory, arena),
                 .activations_table = tensors_create(&kernels->memory, arena),
                 .work_table = tensors_create(&kernels->memory, arena),
                 .batch = *batch};
    bool built = architecture->weights(&rig->weights_table, spec, n_vocab, &err) &&
                 architecture->activations(&rig->activations_table, spec, N, S, &err) &&
                 architecture->work(&rig->work_table, spec, N, S, &err);
    cr_assert(built, "%s", err.text);
    if (n_class > 0) {
        rig->head_weight = tensors_add(&rig->weights_table, &err, TENSOR_DECAY, TENSOR_LAYER_HEAD,
                                       2, (size_t)rig->C, (size_t)n_class, "head.weight");
        rig->head_bias = tensors_add(&rig->weights_table, &err, 0, TENSOR_LAYER_HEAD, 1,
                                     (size_t)n_class, 0, "head.bias");
    }
    rig->weights = tensors_allocate(&rig->weights_table, arena, &err);
    rig->gradients = tensors_allocate(&rig->weights_table, arena, &err);
    rig->activations = tensors_allocate(&rig->activations_table, arena, &err);
    rig->work = tensors_allocate(&rig->work_table, arena, &err);
    cr_assert(rig->weights && rig->gradients && rig->activations && rig->work, "%s", err.text);
    rig->row_loss = take(arena, (size_t)N, sizeof(real));
    rig->outputs = take(arena, (size_t)S * (size_t)n_class, sizeof(real));
    rig->class_loss = take(arena, (size_t)S, sizeof(real));
}

void rig_destroy(Rig *rig)
{
    arena_destroy(rig->arena);
}

static void draw_weights(Rig *rig)
{
    for (int i = 0; i < rig->weights_table.n; i++) {
        const TensorInfo *tensor = &rig->weights_table.items[i];
        const RngKey key = rng_key_site(rng_key(1, RNG_TEST, 0), (uint32_t)i);
        const double middle = tensor->flags & TENSOR_INIT_ONE ? 1.0 : 0.0;
        for (size_t j = 0; j < tensor->n; j++)
            rig->weights[tensor->offset + j] = (real)(middle + 0.2 * rng_normal(key, j));
    }
}

/* Every row predicts the next of its sequence, with uneven weights; the last rows are pooled. */
static void draw_objective(Rig *rig)
{
    const Batch *batch = &rig->batch;
    const RngKey key = rng_key(2, RNG_TEST, 0);
    int *target = take(rig->arena, (size_t)batch->target.N, sizeof *target);
    real *weight = take(rig->arena, (size_t)batch->target.N, sizeof *weight);
    int *pooled = take(rig->arena, (size_t)batch->S, sizeof *pooled);
    int *label = take(rig->arena, (size_t)batch->S, sizeof *label);
    for (int s = 0; s < batch->S; s++) {
        const int last = batch->target.start[s + 1] - 1;
        for (int n = batch->target.start[s]; n <= last; n++) {
            target[n] = n < last ? batch->target.token[n + 1] : -1;
            weight[n] = ((real)0.5 + rng_uniform(key, (uint64_t)n)) / (real)batch->target.N;
        }
        pooled[s] = last;
        label[s] = s % rig->n_class;
    }
    rig->objective = (Objective){target, weight, pooled, label, batch->S};
}

void rig_create_case(Rig *rig, const ModelCase *c, const Kernels *kernels)
{
    Error err = {0};
    Arena *arena = arena_create("batch", &err);
    cr_assert(arena, "%s", err.text);
    Batch lengths = rig_batch(arena, c->length, c->n_sequences);
    rig_look(&lengths, source_of(arena, c));
    rig_create(rig, c->architecture, c->spec, c->n_vocab, N_CLASS, kernels, &lengths);
    arena_destroy(arena);

    rig->batch = rig_batch(rig->arena, c->length, c->n_sequences);
    rig_look(&rig->batch, source_of(rig->arena, c));
    rig->batch.target.segment = segments_of(rig->arena, c, &rig->batch.target);
    int *token = rig_tokens(rig);
    for (int n = 0; n < rig->batch.target.N; n++)
        token[n] = (int)rng_below(rng_key(3, RNG_TEST, 0), (uint64_t)n, (uint64_t)c->n_vocab);
    draw_weights(rig);
    draw_objective(rig);
    rig->training = true;
    rig->dropout_key = rng_key(4, RNG_DROPOUT, 7);
}

static ModelPass pass_of(const Rig *rig)
{
    return (ModelPass){.spec = rig->spec,
                       .kernels = rig->kernels,
                       .batch = &rig->batch,
                       .weights = rig->weights,
                       .gradients = rig->gradients,
                       .activations = rig->activations,
                       .work = rig->work,
                       .weights_table = &rig->weights_table,
                       .activations_table = &rig->activations_table,
                       .work_table = &rig->work_table,
                       .mask = rig->architecture->mask,
                       .training = rig->training,
                       .dropout_key = rig->dropout_key};
}

void rig_forward(Rig *rig)
{
    const ModelPass pass = pass_of(rig);
    rig->architecture->forward(&pass);
}

const real *rig_states(const Rig *rig)
{
    const ModelPass pass = pass_of(rig);
    return rig->architecture->states(&pass);
}

static real *place(const Rig *rig, real *block, int tensor)
{
    return block + rig->weights_table.items[tensor].offset;
}

static double language_model(Rig *rig, real *dstates)
{
    const Objective *objective = &rig->objective;
    const int N = rig->batch.target.N;
    const ArenaMark mark = arena_mark(rig->arena);
    real *scratch =
        take(rig->arena, cross_entropy_scratch(N, rig->C, rig->n_vocab), sizeof *scratch);
    rig->kernels->cross_entropy_tied(&rig->kernels->products, rig->row_loss, dstates,
                                     dstates ? place(rig, rig->gradients, 0) : NULL, NULL,
                                     rig_states(rig), place(rig, rig->weights, 0), NULL,
                                     objective->target, objective->weight, scratch, N, rig->C,
                                     rig->n_vocab);
    arena_reset(rig->arena, mark);
    double sum = 0;
    for (int n = 0; n < N; n++) sum += (double)objective->weight[n] * (double)rig->row_loss[n];
    return sum;
}

/* The mean of the pooled rows' cross-entropies. */
static double head(Rig *rig, real *dstates)
{
    const Objective *objective = &rig->objective;
    const int G = objective->G, C = rig->C, n_class = rig->n_class;
    const ArenaMark mark = arena_mark(rig->arena);
    real *pooled = take(rig->arena, (size_t)(G * C), sizeof(real));
    real *dpooled = take(rig->arena, (size_t)(G * C), sizeof(real));
    real *doutputs = take(rig->arena, (size_t)(G * n_class), sizeof(real));
    real *weight = take(rig->arena, (size_t)G, sizeof(real));
    for (int g = 0; g < G; g++) weight[g] = (real)1 / (real)G;

    const real *W = place(rig, rig->weights, rig->head_weight);
    rig->kernels->pool_forward(pooled, rig_states(rig), objective->pooled, G, 1, C);
    rig->kernels->linear_forward(&rig->kernels->products, rig->outputs, pooled, W,
                                 place(rig, rig->weights, rig->head_bias), G, C, n_class);
    rig->kernels->cross_entropy_rows(rig->class_loss, dstates ? doutputs : NULL, rig->outputs,
                                     objective->label, weight, G, n_class);
    if (dstates) {
        rig->kernels->linear_backward(
            &rig->kernels->products, dpooled, place(rig, rig->gradients, rig->head_weight),
            place(rig, rig->gradients, rig->head_bias), doutputs, pooled, W, G, C, n_class, false);
        rig->kernels->pool_backward(dstates, dpooled, objective->pooled, G, 1, C);
    }
    double sum = 0;
    for (int g = 0; g < G; g++) sum += (double)weight[g] * (double)rig->class_loss[g];
    arena_reset(rig->arena, mark);
    return sum;
}

double rig_loss(Rig *rig)
{
    rig_forward(rig);
    return language_model(rig, NULL) + (rig->objective.G ? head(rig, NULL) : 0.0);
}

double rig_backward(Rig *rig)
{
    const ModelPass pass = pass_of(rig);
    rig_forward(rig);
    real *dstates = rig->architecture->state_gradients(&pass);
    memset(dstates, 0, (size_t)rig->batch.target.N * (size_t)rig->C * sizeof(real));
    double loss = language_model(rig, dstates);
    if (rig->objective.G) loss += head(rig, dstates);
    rig->architecture->backward(&pass);
    return loss;
}

void rig_logits(const Rig *rig, real *logits)
{
    gemm_fp32_plain(
        logits, rig_states(rig), place(rig, rig->weights, 0),
        (GemmShape){.M = rig->batch.target.N, .N = rig->n_vocab, .K = rig->C, .transpose_b = true});
}
