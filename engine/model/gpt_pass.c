#include "model/gpt_pass.h"

#include "model/gpt_layout.h"
#include "model/gpt_spec.h"

/* --- places in the blocks of a pass ---------------------------------------------------------- */

static size_t weight_offset(const ModelPass *pass, int layer, enum BlockWeight which)
{
    return pass->weights_table->items[N_EMBEDDINGS + layer * N_BLOCK_WEIGHTS + (int)which].offset;
}

static const real *weight(const ModelPass *pass, int layer, enum BlockWeight which)
{
    return pass->weights + weight_offset(pass, layer, which);
}

static real *gradient(const ModelPass *pass, int layer, enum BlockWeight which)
{
    return pass->gradients + weight_offset(pass, layer, which);
}

static real *shared(const ModelPass *pass, enum SharedActivation which)
{
    return pass->activations + pass->activations_table->items[which].offset;
}

static real *activation(const ModelPass *pass, int layer, enum BlockActivation which)
{
    const int i = N_SHARED_ACTIVATIONS + layer * N_BLOCK_ACTIVATIONS + (int)which;
    return pass->activations + pass->activations_table->items[i].offset;
}

/* The state that leaves a block: the input of the next, or the top. */
static real *output(const ModelPass *pass, int layer)
{
    const GptSpec *spec = pass->spec;
    return layer + 1 < spec->n_layer ? activation(pass, layer + 1, INPUT) : shared(pass, TOP);
}

static real *work(const ModelPass *pass, enum Work which)
{
    return pass->work + pass->work_table->items[which].offset;
}

real *gpt_pass_states(const ModelPass *pass)
{
    return shared(pass, TOP);
}

real *gpt_pass_state_gradients(const ModelPass *pass)
{
    return work(pass, D_STATE);
}

/* --- dropout -------------------------------------------------------------------------------- */

/* Streams of dropout masks: one site a place, so that a further layer never shifts another's masks. */
enum DropoutPlace { ON_PROBABILITIES, ON_ATTENTION_BRANCH, ON_MLP_BRANCH };
enum { SITE_EMBEDDING = 0, SITES_A_LAYER = 8 };

static RngKey dropout_site(const ModelPass *pass, int layer, enum DropoutPlace place)
{
    return rng_key_site(pass->dropout_key, (uint32_t)((layer + 1) * SITES_A_LAYER + (int)place));
}

static double rate_of(const ModelPass *pass, double rate)
{
    return pass->training ? rate : 0.0;
}

/* --- attention ------------------------------------------------------------------------------ */

/* Queries, keys and values are parts of one row, so both streams are the batch. */
static AttentionShape attention_shape(const ModelPass *pass, int layer)
{
    const GptSpec *spec = pass->spec;
    const int stride = 3 * (int)spec->n_channel;
    return (AttentionShape){.S = pass->batch->S,
                            .C = (int)spec->n_channel,
                            .H = (int)spec->n_head,
                            .query_start = pass->batch->target.start,
                            .key_start = pass->batch->target.start,
                            .query_stride = stride,
                            .key_stride = stride,
                            .mask = pass->mask,
                            .rate = rate_of(pass, spec->attention_dropout),
                            .key = dropout_site(pass, layer, ON_PROBABILITIES)};
}

/* --- forward -------------------------------------------------------------------------------- */

static void block_forward(const ModelPass *pass, int layer)
{
    const GptSpec *spec = pass->spec;
    const Kernels *kernels = pass->kernels;
    const Batch *batch = pass->batch;
    const int N = batch->target.N, C = (int)spec->n_channel;
    const size_t n = (size_t)N * (size_t)C;
    const double dropout = rate_of(pass, spec->dropout);
    const AttentionShape shape = attention_shape(pass, layer);

    const real *input = activation(pass, layer, INPUT);
    real *qkv = activation(pass, layer, QKV);
    real *attended = activation(pass, layer, ATTENDED);
    real *branch = shared(pass, BRANCH);
    real *residual = activation(pass, layer, ATTENTION_RESIDUAL);
    real *middle = activation(pass, layer, MIDDLE);
    kernels->linear_forward(&kernels->products, qkv, input, weight(pass, layer, QKV_WEIGHT),
                            weight(pass, layer, QKV_BIAS), N, C, 3 * C);
    kernels->attention_forward(&kernels->products, attended, activation(pass, layer, LSE), qkv,
                               qkv + C, qkv + 2 * (size_t)C, &shape);
    kernels->linear_forward(&kernels->products, branch, attended,
                            weight(pass, layer, PROJECTION_WEIGHT),
                            weight(pass, layer, PROJECTION_BIAS), N, C, C);
    kernels->dropout_add_forward(residual, input, branch, dropout,
                                 dropout_site(pass, layer, ON_ATTENTION_BRANCH), n);
    kernels->layernorm_forward(middle, activation(pass, layer, ATTENTION_MEAN),
                               activation(pass, layer, ATTENTION_RSTD), residual,
                               weight(pass, layer, ATTENTION_NORM_GAIN),
                               weight(pass, layer, ATTENTION_NORM_BIAS), N, C);

    real *wide = activation(pass, layer, WIDE);
    real *wide_gelu = activation(pass, layer, WIDE_GELU);
    residual = activation(pass, layer, MLP_RESIDUAL);
    kernels->linear_forward(&kernels->products, wide, middle, weight(pass, layer, WIDEN_WEIGHT),
                            weight(pass, layer, WIDEN_BIAS), N, C, 4 * C);
    kernels->gelu_forward(wide_gelu, wide, 4 * n);
    kernels->linear_forward(&kernels->products, branch, wide_gelu,
                            weight(pass, layer, NARROW_WEIGHT), weight(pass, layer, NARROW_BIAS), N,
                            4 * C, C);
    kernels->dropout_add_forward(residual, middle, branch, dropout,
                                 dropout_site(pass, layer, ON_MLP_BRANCH), n);
    kernels->layernorm_forward(
        output(pass, layer), activation(pass, layer, MLP_MEAN), activation(pass, layer, MLP_RSTD),
        residual, weight(pass, layer, MLP_NORM_GAIN), weight(pass, layer, MLP_NORM_BIAS), N, C);
}

void gpt_pass_forward(const ModelPass *pass)
{
    const GptSpec *spec = pass->spec;
    const Batch *batch = pass->batch;
    const TensorInfo *tensors = pass->weights_table->items;
    const int C = (int)spec->n_channel;
    real *embedded = activation(pass, 0, INPUT);
    pass->kernels->embedding_forward(embedded, batch->target.token, batch->target.position,
                                     pass->weights + tensors[TOKEN_EMBEDDING].offset,
                                     pass->weights + tensors[POSITION_EMBEDDING].offset,
                                     batch->target.N, C);
    pass->kernels->dropout_forward(embedded, embedded, rate_of(pass, spec->dropout),
                                   rng_key_site(pass->dropout_key, SITE_EMBEDDING),
                                   (size_t)batch->target.N * (size_t)C);
    for (int layer = 0; layer < spec->n_layer; layer++) block_forward(pass, layer);
}

/* --- backward ------------------------------------------------------------------------------- */

/* Kernels add to the gradients they write, so each use of a work buffer begins with zeros.
 *
 * From the gradient of the block's output in D_STATE to that of its middle state, in D_STATE again. */
static void mlp_backward(const ModelPass *pass, int layer)
{
    const GptSpec *spec = pass->spec;
    const Kernels *kernels = pass->kernels;
    const int N = pass->batch->target.N, C = (int)spec->n_channel;
    const size_t n = (size_t)N * (size_t)C;
    real *d_state = work(pass, D_STATE);

    real *d_sum = kernels->memory.clear(work(pass, D_SUM), n);
    kernels->layernorm_backward(
        d_sum, gradient(pass, layer, MLP_NORM_GAIN), gradient(pass, layer, MLP_NORM_BIAS), d_state,
        activation(pass, layer, MLP_RESIDUAL), weight(pass, layer, MLP_NORM_GAIN),
        activation(pass, layer, MLP_MEAN), activation(pass, layer, MLP_RSTD), N, C);
    real *d_branch = kernels->memory.clear(work(pass, D_BRANCH), n);
    kernels->dropout_add_backward(kernels->memory.clear(d_state, n), d_branch, d_sum,
                                  rate_of(pass, spec->dropout),
                                  dropout_site(pass, layer, ON_MLP_BRANCH), n);
    real *d_wide_gelu = kernels->memory.clear(work(pass, D_WIDE_GELU), 4 * n);
    kernels->linear_backward(&kernels->products, d_wide_gelu, gradient(pass, layer, NARROW_WEIGHT),
                             gradient(pass, layer, NARROW_BIAS), d_branch,
                             activation(pass, layer, WIDE_GELU), weight(pass, layer, NARROW_WEIGHT),
                             N, 4 * C, C);
    real *d_wide = kernels->memory.clear(work(pass, D_WIDE), 4 * n);
    kernels->gelu_backward(d_wide, d_wide_gelu, activation(pass, layer, WIDE), 4 * n);
    kernels->linear_backward(&kernels->products, d_state, gradient(pass, layer, WIDEN_WEIGHT),
                             gradient(pass, layer, WIDEN_BIAS), d_wide,
                             activation(pass, layer, MIDDLE), weight(pass, layer, WIDEN_WEIGHT), N,
                             C, 4 * C);
}

/* From the gradient of the middle state in D_STATE to that of the block's input, in D_STATE again. */
static void attention_part_backward(const ModelPass *pass, int layer)
{
    const GptSpec *spec = pass->spec;
    const Kernels *kernels = pass->kernels;
    const int N = pass->batch->target.N, C = (int)spec->n_channel;
    const size_t n = (size_t)N * (size_t)C;
    const AttentionShape shape = attention_shape(pass, layer);
    real *d_state = work(pass, D_STATE);
    const real *attended = activation(pass, layer, ATTENDED);
    const real *qkv = activation(pass, layer, QKV);

    real *d_sum = kernels->memory.clear(work(pass, D_SUM), n);
    kernels->layernorm_backward(
        d_sum, gradient(pass, layer, ATTENTION_NORM_GAIN),
        gradient(pass, layer, ATTENTION_NORM_BIAS), d_state,
        activation(pass, layer, ATTENTION_RESIDUAL), weight(pass, layer, ATTENTION_NORM_GAIN),
        activation(pass, layer, ATTENTION_MEAN), activation(pass, layer, ATTENTION_RSTD), N, C);
    real *d_branch = kernels->memory.clear(work(pass, D_BRANCH), n);
    kernels->dropout_add_backward(kernels->memory.clear(d_state, n), d_branch, d_sum,
                                  rate_of(pass, spec->dropout),
                                  dropout_site(pass, layer, ON_ATTENTION_BRANCH), n);
    real *d_attended = kernels->memory.clear(d_sum, n); /* the sum is used up */
    kernels->linear_backward(&kernels->products, d_attended,
                             gradient(pass, layer, PROJECTION_WEIGHT),
                             gradient(pass, layer, PROJECTION_BIAS), d_branch, attended,
                             weight(pass, layer, PROJECTION_WEIGHT), N, C, C);
    real *d_qkv = kernels->memory.clear(work(pass, D_WIDE_GELU), 3 * n);
    kernels->attention_backward(&kernels->products, d_qkv, d_qkv + C, d_qkv + 2 * (size_t)C,
                                d_attended, qkv, qkv + C, qkv + 2 * (size_t)C, attended,
                                activation(pass, layer, LSE), &shape);
    kernels->linear_backward(&kernels->products, d_state, gradient(pass, layer, QKV_WEIGHT),
                             gradient(pass, layer, QKV_BIAS), d_qkv, activation(pass, layer, INPUT),
                             weight(pass, layer, QKV_WEIGHT), N, C, 3 * C);
}

void gpt_pass_backward(const ModelPass *pass)
{
    const GptSpec *spec = pass->spec;
    const Batch *batch = pass->batch;
    const TensorInfo *tensors = pass->weights_table->items;
    const int C = (int)spec->n_channel;
    const size_t n = (size_t)batch->target.N * (size_t)C;
    for (int layer = (int)spec->n_layer - 1; layer >= 0; layer--) {
        mlp_backward(pass, layer);
        attention_part_backward(pass, layer);
    }
    real *d_embedded = pass->kernels->memory.clear(work(pass, D_SUM), n);
    pass->kernels->dropout_backward(d_embedded, work(pass, D_STATE), rate_of(pass, spec->dropout),
                                    rng_key_site(pass->dropout_key, SITE_EMBEDDING), n);
    pass->kernels->embedding_backward(pass->gradients + tensors[TOKEN_EMBEDDING].offset,
                                      pass->gradients + tensors[POSITION_EMBEDDING].offset,
                                      d_embedded, batch->target.token, batch->target.position,
                                      batch->target.N, C, (int)tensors[TOKEN_EMBEDDING].dim[0],
                                      (int)spec->n_context);
}
