#include "model/block.h"

#include "model/block_layout.h"

/* --- places in the tables of a pass ---------------------------------------------------------- */

static const TensorInfo *weight_info(const BlockPass *blocks, int layer, enum BlockWeight which)
{
    const BlockStack *stack = blocks->stack;
    return &blocks->pass->weights_table
                ->items[stack->weights + layer * N_BLOCK_WEIGHTS + (int)which];
}

static const real *weight(const BlockPass *blocks, int layer, enum BlockWeight which)
{
    return blocks->pass->weights + weight_info(blocks, layer, which)->offset;
}

/* NULL: all of it is frozen, and its gradient not wanted. */
static real *gradient(const BlockPass *blocks, int layer, enum BlockWeight which)
{
    const TensorInfo *info = weight_info(blocks, layer, which);
    return info->n_frozen == info->n ? NULL : blocks->pass->gradients + info->offset;
}

static real *activation_at(const BlockPass *blocks, int i)
{
    const ModelPass *pass = blocks->pass;
    return pass->activations +
           pass->activations_table->items[blocks->stack->activations + i].offset;
}

static real *shared(const BlockPass *blocks, enum SharedActivation which)
{
    return activation_at(blocks, (int)which);
}

static real *activation(const BlockPass *blocks, int layer, enum BlockActivation which)
{
    return activation_at(blocks, N_SHARED_ACTIVATIONS + layer * N_BLOCK_ACTIVATIONS + (int)which);
}

/* The state that leaves a block: the input of the next, or the top. */
static real *output(const BlockPass *blocks, int layer)
{
    return layer + 1 < blocks->stack->spec->n_layer ? activation(blocks, layer + 1, INPUT)
                                                    : shared(blocks, TOP);
}

static real *work(const BlockPass *blocks, enum Work which)
{
    const ModelPass *pass = blocks->pass;
    return pass->work + pass->work_table->items[which].offset;
}

real *block_input(const BlockPass *blocks)
{
    return activation(blocks, 0, INPUT);
}

real *block_states(const BlockPass *blocks)
{
    return shared(blocks, TOP);
}

real *block_state_gradients(const BlockPass *blocks)
{
    return work(blocks, D_STATE);
}

real *block_spare(const BlockPass *blocks)
{
    return work(blocks, D_SUM);
}

/* --- dropout -------------------------------------------------------------------------------- */

/* Streams of dropout masks: one site a place, so that a further layer never shifts another's masks. */
enum DropoutPlace {
    ON_PROBABILITIES,
    ON_ATTENTION_BRANCH,
    ON_MLP_BRANCH,
};

static RngKey dropout_site(const BlockPass *blocks, int layer, enum DropoutPlace place)
{
    const int number = layer + 1; /* what comes before the first block has 0 */
    return rng_key_site(blocks->pass->dropout_key,
                        (uint32_t)(number * DROPOUT_SITES_A_LAYER + (int)place));
}

static double rate_of(const BlockPass *blocks, double rate)
{
    return blocks->pass->training ? rate : 0.0;
}

/* --- attention ------------------------------------------------------------------------------ */

/* Queries, keys and values are parts of one row, so both streams are the stack's. */
static AttentionShape own_shape(const BlockPass *blocks, int layer)
{
    const GptSpec *spec = blocks->stack->spec;
    const int stride = 3 * (int)spec->n_channel;
    return (AttentionShape){.S = blocks->pass->batch->S,
                            .C = (int)spec->n_channel,
                            .H = (int)spec->n_head,
                            .query_start = blocks->stream->start,
                            .key_start = blocks->stream->start,
                            .query_stride = stride,
                            .key_stride = stride,
                            .mask = blocks->stack->mask,
                            .scale = attention_scale((int)(spec->n_channel / spec->n_head)),
                            .rate = rate_of(blocks, spec->attention_dropout),
                            .key = dropout_site(blocks, layer, ON_PROBABILITIES)};
}

/* --- gelu ------------------------------------------------------------------------------------- */

GeluForward *block_gelu_forward(const GptSpec *spec, const Kernels *kernels)
{
    return spec->gelu == GPT_GELU_ERF ? kernels->gelu_erf_forward : kernels->gelu_forward;
}

GeluBackward *block_gelu_backward(const GptSpec *spec, const Kernels *kernels)
{
    return spec->gelu == GPT_GELU_ERF ? kernels->gelu_erf_backward : kernels->gelu_backward;
}

/* --- forward: two parts of a block, each a branch, a sum and a layer norm ------------------- */

/* The tensors around the sum in which a part ends. */
typedef struct Ending {
    enum DropoutPlace place;
    enum BlockWeight gain, bias;
    enum BlockActivation residual, mean, rstd;
} Ending;

static const Ending attention_ending = {ON_ATTENTION_BRANCH, ATTENTION_NORM_GAIN,
                                        ATTENTION_NORM_BIAS, ATTENTION_RESIDUAL,
                                        ATTENTION_MEAN,      ATTENTION_RSTD};
static const Ending mlp_ending = {ON_MLP_BRANCH, MLP_NORM_GAIN, MLP_NORM_BIAS,
                                  MLP_RESIDUAL,  MLP_MEAN,      MLP_RSTD};

static size_t size_of_states(const BlockPass *blocks)
{
    return (size_t)blocks->stream->N * (size_t)blocks->stack->spec->n_channel;
}

/* state = norm(input + dropout(branch)), the branch in BRANCH. */
static void end_forward(const BlockPass *blocks, int layer, const Ending *ending, real *state,
                        const real *input)
{
    const GptSpec *spec = blocks->stack->spec;
    const Kernels *kernels = blocks->pass->kernels;
    real *residual = activation(blocks, layer, ending->residual);
    kernels->dropout_add_forward(
        residual, input, shared(blocks, BRANCH), rate_of(blocks, spec->dropout),
        dropout_site(blocks, layer, ending->place), size_of_states(blocks));
    kernels->layernorm_forward(
        state, activation(blocks, layer, ending->mean), activation(blocks, layer, ending->rstd),
        residual, weight(blocks, layer, ending->gain), weight(blocks, layer, ending->bias),
        blocks->stream->N, (int)spec->n_channel, blocks->stack->epsilon);
}

static void attention_forward(const BlockPass *blocks, int layer)
{
    const Kernels *kernels = blocks->pass->kernels;
    const int N = blocks->stream->N, C = (int)blocks->stack->spec->n_channel;
    const AttentionShape shape = own_shape(blocks, layer);
    const real *input = activation(blocks, layer, INPUT);
    real *qkv = activation(blocks, layer, QKV);
    real *attended = activation(blocks, layer, ATTENDED);
    kernels->linear_forward(&kernels->products, qkv, input, weight(blocks, layer, QKV_WEIGHT),
                            weight(blocks, layer, QKV_BIAS), N, C, 3 * C);
    kernels->attention_forward(&kernels->products, attended, activation(blocks, layer, LSE), qkv,
                               qkv + C, qkv + 2 * (size_t)C, &shape);
    kernels->linear_forward(&kernels->products, shared(blocks, BRANCH), attended,
                            weight(blocks, layer, PROJECTION_WEIGHT),
                            weight(blocks, layer, PROJECTION_BIAS), N, C, C);
    end_forward(blocks, layer, &attention_ending, activation(blocks, layer, MIDDLE), input);
}

static void mlp_forward(const BlockPass *blocks, int layer)
{
    const Kernels *kernels = blocks->pass->kernels;
    const int N = blocks->stream->N, C = (int)blocks->stack->spec->n_channel;
    const real *input = activation(blocks, layer, MIDDLE);
    real *wide = activation(blocks, layer, WIDE);
    real *wide_gelu = activation(blocks, layer, WIDE_GELU);
    kernels->linear_forward(&kernels->products, wide, input, weight(blocks, layer, WIDEN_WEIGHT),
                            weight(blocks, layer, WIDEN_BIAS), N, C, 4 * C);
    block_gelu_forward(blocks->stack->spec, kernels)(wide_gelu, wide, 4 * size_of_states(blocks));
    kernels->linear_forward(&kernels->products, shared(blocks, BRANCH), wide_gelu,
                            weight(blocks, layer, NARROW_WEIGHT),
                            weight(blocks, layer, NARROW_BIAS), N, 4 * C, C);
    end_forward(blocks, layer, &mlp_ending, output(blocks, layer), input);
}

void block_forward(const BlockPass *blocks)
{
    for (int layer = 0; layer < blocks->stack->spec->n_layer; layer++) {
        attention_forward(blocks, layer);
        mlp_forward(blocks, layer);
    }
}

/* --- backward ------------------------------------------------------------------------------- */

/* From the gradient of a part's output in D_STATE to that of its branch in D_BRANCH, and what the sum gives
 * to that of its input in D_STATE. */
static void end_backward(const BlockPass *blocks, int layer, const Ending *ending)
{
    const GptSpec *spec = blocks->stack->spec;
    const Kernels *kernels = blocks->pass->kernels;
    real *d_state = work(blocks, D_STATE);
    kernels->layernorm_backward(
        d_state, gradient(blocks, layer, ending->gain), gradient(blocks, layer, ending->bias),
        d_state, activation(blocks, layer, ending->residual), weight(blocks, layer, ending->gain),
        activation(blocks, layer, ending->mean), activation(blocks, layer, ending->rstd),
        blocks->stream->N, (int)spec->n_channel);
    kernels->dropout_backward(work(blocks, D_BRANCH), d_state, rate_of(blocks, spec->dropout),
                              dropout_site(blocks, layer, ending->place), size_of_states(blocks));
}

/* These two: from the gradient of the part's output in D_STATE to that of its input, in D_STATE again. */
static void mlp_backward(const BlockPass *blocks, int layer)
{
    const Kernels *kernels = blocks->pass->kernels;
    const int N = blocks->stream->N, C = (int)blocks->stack->spec->n_channel;
    const size_t n = size_of_states(blocks);
    end_backward(blocks, layer, &mlp_ending);
    real *d_wide = work(blocks, D_WIDE);
    kernels->linear_backward(&kernels->products, d_wide, gradient(blocks, layer, NARROW_WEIGHT),
                             gradient(blocks, layer, NARROW_BIAS), work(blocks, D_BRANCH),
                             activation(blocks, layer, WIDE_GELU),
                             weight(blocks, layer, NARROW_WEIGHT), N, 4 * C, C, false);
    block_gelu_backward(blocks->stack->spec, kernels)(d_wide, d_wide,
                                                      activation(blocks, layer, WIDE), 4 * n);
    kernels->linear_backward(
        &kernels->products, work(blocks, D_STATE), gradient(blocks, layer, WIDEN_WEIGHT),
        gradient(blocks, layer, WIDEN_BIAS), d_wide, activation(blocks, layer, MIDDLE),
        weight(blocks, layer, WIDEN_WEIGHT), N, C, 4 * C, true);
}

static void attention_backward(const BlockPass *blocks, int layer)
{
    const Kernels *kernels = blocks->pass->kernels;
    const int N = blocks->stream->N, C = (int)blocks->stack->spec->n_channel;
    const AttentionShape shape = own_shape(blocks, layer);
    const real *attended = activation(blocks, layer, ATTENDED);
    const real *qkv = activation(blocks, layer, QKV);
    end_backward(blocks, layer, &attention_ending);
    real *d_attended = work(blocks, D_SUM); /* the sum is used up */
    kernels->linear_backward(&kernels->products, d_attended,
                             gradient(blocks, layer, PROJECTION_WEIGHT),
                             gradient(blocks, layer, PROJECTION_BIAS), work(blocks, D_BRANCH),
                             attended, weight(blocks, layer, PROJECTION_WEIGHT), N, C, C, false);
    real *d_qkv = work(blocks, D_WIDE);
    kernels->attention_backward(&kernels->products, d_qkv, d_qkv + C, d_qkv + 2 * (size_t)C, NULL,
                                d_attended, qkv, qkv + C, qkv + 2 * (size_t)C, attended,
                                activation(blocks, layer, LSE), &shape);
    kernels->linear_backward(&kernels->products, work(blocks, D_STATE),
                             gradient(blocks, layer, QKV_WEIGHT), gradient(blocks, layer, QKV_BIAS),
                             d_qkv, activation(blocks, layer, INPUT),
                             weight(blocks, layer, QKV_WEIGHT), N, C, 3 * C, true);
}

void block_backward(const BlockPass *blocks)
{
    for (int layer = (int)blocks->stack->spec->n_layer - 1; layer >= 0; layer--) {
        mlp_backward(blocks, layer);
        attention_backward(blocks, layer);
    }
}

/* --- what it takes ----------------------------------------------------------------------------- */

/* The products of a row take 2 * 12 C^2, a query and a key meet twice. */
double block_flops(const GptSpec *spec, double rows, double pairs)
{
    const double C = (double)spec->n_channel;
    return 24.0 * C * C * rows + 4.0 * C * pairs;
}
