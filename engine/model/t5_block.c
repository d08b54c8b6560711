#include "model/t5_block.h"

#include "model/t5_block_layout.h"

static const real EPSILON = (real)1e-6;

/* --- places in the tables of a pass ---------------------------------------------------------- */

enum { BUCKET_TABLE, BLOCKS };

static const TensorInfo *info_at(const T5Pass *blocks, int i)
{
    return &blocks->pass->weights_table->items[blocks->stack->weights + i];
}

static int weight_number(const T5Pass *blocks, int layer, int which)
{
    const int n = blocks->stack->is_decoder ? N_SOURCE_BLOCK_WEIGHTS : N_BLOCK_WEIGHTS;
    return BLOCKS + layer * n + which;
}

static int final_gain(const T5Pass *blocks)
{
    return weight_number(blocks, (int)blocks->stack->spec->n_layer, 0);
}

static const real *weight_at(const T5Pass *blocks, int i)
{
    return blocks->pass->weights + info_at(blocks, i)->offset;
}

/* NULL: all of it is frozen, and its gradient not wanted. */
static real *gradient_at(const T5Pass *blocks, int i)
{
    const TensorInfo *info = info_at(blocks, i);
    return info->n_frozen == info->n ? NULL : blocks->pass->gradients + info->offset;
}

static const real *weight(const T5Pass *blocks, int layer, int which)
{
    return weight_at(blocks, weight_number(blocks, layer, which));
}

static real *gradient(const T5Pass *blocks, int layer, int which)
{
    return gradient_at(blocks, weight_number(blocks, layer, which));
}

static real *activation_at(const T5Pass *blocks, int i)
{
    const ModelPass *pass = blocks->pass;
    return pass->activations +
           pass->activations_table->items[blocks->stack->activations + i].offset;
}

static real *shared(const T5Pass *blocks, enum SharedActivation which)
{
    return activation_at(blocks, (int)which);
}

static real *activation(const T5Pass *blocks, int layer, int which)
{
    const int n = blocks->stack->is_decoder ? N_SOURCE_BLOCK_ACTIVATIONS : N_BLOCK_ACTIVATIONS;
    return activation_at(blocks, N_SHARED_ACTIVATIONS + layer * n + which);
}

/* The state that leaves a block: the input of the next, or the last. */
static real *output(const T5Pass *blocks, int layer)
{
    return layer + 1 < blocks->stack->spec->n_layer ? activation(blocks, layer + 1, INPUT)
                                                    : shared(blocks, LAST);
}

/* The state that enters the feed-forward part. */
static real *middle_state(const T5Pass *blocks, int layer)
{
    return activation(blocks, layer, blocks->stack->is_decoder ? SOURCE_MIDDLE : MIDDLE);
}

static real *work(const T5Pass *blocks, enum Work which)
{
    const ModelPass *pass = blocks->pass;
    return pass->work + pass->work_table->items[blocks->stack->work + (int)which].offset;
}

real *t5_block_input(const T5Pass *blocks)
{
    return activation(blocks, 0, INPUT);
}

real *t5_block_states(const T5Pass *blocks)
{
    return shared(blocks, TOP);
}

real *t5_block_state_gradients(const T5Pass *blocks)
{
    return work(blocks, D_STATE);
}

real *t5_block_spare(const T5Pass *blocks)
{
    return work(blocks, D_SUM);
}

static size_t size_of_states(const T5Pass *blocks)
{
    return (size_t)blocks->stream->N * (size_t)blocks->stack->spec->n_channel;
}

/* --- dropout -------------------------------------------------------------------------------- */

/* Streams of dropout masks: one site a place, so that a further layer never shifts another's masks. */
enum DropoutPlace {
    ON_PROBABILITIES,
    ON_ATTENTION_BRANCH,
    ON_SOURCE_PROBABILITIES,
    ON_SOURCE_BRANCH,
    ON_WIDE,
    ON_MLP_BRANCH,
};

static RngKey dropout_site(const T5Pass *blocks, int layer, enum DropoutPlace place)
{
    const int number =
        blocks->stack->layer + layer + 1; /* what comes before the first block has 0 */
    return rng_key_site(blocks->pass->dropout_key,
                        (uint32_t)(number * DROPOUT_SITES_A_LAYER + (int)place));
}

static double rate_of(const T5Pass *blocks)
{
    return blocks->pass->training ? blocks->stack->spec->dropout : 0.0;
}

/* next = state + dropout(branch), the branch in BRANCH. */
static void add_branch(const T5Pass *blocks, int layer, enum DropoutPlace place, real *next,
                       const real *state)
{
    blocks->pass->kernels->dropout_add_forward(next, state, shared(blocks, BRANCH), rate_of(blocks),
                                               dropout_site(blocks, layer, place),
                                               size_of_states(blocks));
}

/* The gradient of the branch, in D_BRANCH, from that of the sum in D_STATE. */
static real *branch_backward(const T5Pass *blocks, int layer, enum DropoutPlace place)
{
    real *d_branch = work(blocks, D_BRANCH);
    blocks->pass->kernels->dropout_backward(d_branch, work(blocks, D_STATE), rate_of(blocks),
                                            dropout_site(blocks, layer, place),
                                            size_of_states(blocks));
    return d_branch;
}

/* Adds to the gradient of a state, in D_STATE, what comes to it through its norm, whose output has the gradient
 * d_normed, which is destroyed. */
static void norm_backward(const T5Pass *blocks, int gain, real *d_normed, const real *state,
                          const real *rstd)
{
    const Kernels *kernels = blocks->pass->kernels;
    kernels->rms_norm_backward(d_normed, gradient_at(blocks, gain), d_normed, state,
                               weight_at(blocks, gain), rstd, blocks->stream->N,
                               (int)blocks->stack->spec->n_channel);
    kernels->accumulate(work(blocks, D_STATE), d_normed, size_of_states(blocks));
}

/* --- attention: to its own stream, or to the source ------------------------------------------- */

/* The tensors of one kind of attention, and where it stands. */
typedef struct Attention {
    bool of_source;
    int weights, activations; /* its first in a block */
    enum BlockActivation input, output;
    enum DropoutPlace on_probabilities, on_branch;
} Attention;

static const Attention own = {false,  OWN_WEIGHTS,      OWN_ACTIVATIONS,    INPUT,
                              MIDDLE, ON_PROBABILITIES, ON_ATTENTION_BRANCH};
static const Attention source = {true,          SOURCE_WEIGHTS,          SOURCE_ACTIVATIONS, MIDDLE,
                                 SOURCE_MIDDLE, ON_SOURCE_PROBABILITIES, ON_SOURCE_BRANCH};

static RelativeBuckets buckets_of(const T5Stack *stack)
{
    return (RelativeBuckets){.n = BUCKETS, .distance = DISTANCE, .both_ways = !stack->is_decoder};
}

/* What keys and values are made of. */
static const Stream *key_stream(const T5Pass *blocks, const Attention *attention)
{
    return attention->of_source ? blocks->source : blocks->stream;
}

static const real *key_states(const T5Pass *blocks, int layer, const Attention *attention)
{
    return attention->of_source ? blocks->source_states
                                : activation(blocks, layer, attention->activations + NORMED);
}

/* All of a source is seen, wherever it stands. */
static AttentionShape shape_of(const T5Pass *blocks, int layer, const Attention *attention)
{
    const T5Spec *spec = blocks->stack->spec;
    const Batch *batch = blocks->pass->batch;
    const int C = (int)spec->n_channel;
    const bool is_causal = blocks->stack->is_decoder && !attention->of_source;
    return (AttentionShape){
        .S = is_causal ? batch->S : batch->n_sources,
        .C = C,
        .H = (int)spec->n_head,
        .query_start = attention->of_source ? batch->looks : blocks->stream->start,
        .key_start = key_stream(blocks, attention)->start,
        .query_stride = C,
        .key_stride = 2 * C,
        .mask = is_causal ? ATTENTION_CAUSAL : ATTENTION_BIDIRECTIONAL,
        .scale = 1.0,
        .bias = attention->of_source ? NULL : shared(blocks, BIAS),
        .bias_reach = DISTANCE,
        .rate = rate_of(blocks),
        .key = dropout_site(blocks, layer, attention->on_probabilities),
    };
}

static void attention_forward(const T5Pass *blocks, int layer, const Attention *attention)
{
    const Kernels *kernels = blocks->pass->kernels;
    const int N = blocks->stream->N, M = key_stream(blocks, attention)->N;
    const int C = (int)blocks->stack->spec->n_channel;
    const int w = attention->weights, a = attention->activations;
    const AttentionShape shape = shape_of(blocks, layer, attention);
    const real *input = activation(blocks, layer, attention->input);
    real *normed = activation(blocks, layer, a + NORMED);
    real *query = activation(blocks, layer, a + QUERY);
    real *key_value = activation(blocks, layer, a + KEY_VALUE);
    real *attended = activation(blocks, layer, a + ATTENDED);
    kernels->rms_norm_forward(normed, activation(blocks, layer, a + RSTD), input,
                              weight(blocks, layer, w + NORM_GAIN), N, C, EPSILON);
    kernels->linear_forward(&kernels->products, query, normed,
                            weight(blocks, layer, w + QUERY_WEIGHT), NULL, N, C, C);
    kernels->linear_forward(&kernels->products, key_value, key_states(blocks, layer, attention),
                            weight(blocks, layer, w + KEY_VALUE_WEIGHT), NULL, M, C, 2 * C);
    kernels->attention_forward(&kernels->products, attended, activation(blocks, layer, a + LSE),
                               query, key_value, key_value + C, &shape);
    kernels->linear_forward(&kernels->products, shared(blocks, BRANCH), attended,
                            weight(blocks, layer, w + PROJECTION_WEIGHT), NULL, N, C, C);
    add_branch(blocks, layer, attention->on_branch, activation(blocks, layer, attention->output),
               input);
}

/* From the gradient of the part's output in D_STATE to that of its input, in D_STATE again. */
static void attention_backward(const T5Pass *blocks, int layer, const Attention *attention)
{
    const Kernels *kernels = blocks->pass->kernels;
    const int N = blocks->stream->N, M = key_stream(blocks, attention)->N;
    const int C = (int)blocks->stack->spec->n_channel;
    const int w = attention->weights, a = attention->activations;
    const AttentionShape shape = shape_of(blocks, layer, attention);
    const real *attended = activation(blocks, layer, a + ATTENDED);
    const real *query = activation(blocks, layer, a + QUERY);
    const real *key_value = activation(blocks, layer, a + KEY_VALUE);
    real *d_attended = work(blocks, D_SUM), *d_query = work(blocks, D_BRANCH);
    real *d_key_value = work(blocks, D_WIDE);
    kernels->linear_backward(&kernels->products, d_attended,
                             gradient(blocks, layer, w + PROJECTION_WEIGHT), NULL,
                             branch_backward(blocks, layer, attention->on_branch), attended,
                             weight(blocks, layer, w + PROJECTION_WEIGHT), N, C, C, false);
    kernels->attention_backward(&kernels->products, d_query, d_key_value, d_key_value + C,
                                attention->of_source ? NULL : work(blocks, D_BIAS), d_attended,
                                query, key_value, key_value + C, attended,
                                activation(blocks, layer, a + LSE), &shape);
    real *d_normed = work(blocks, D_SUM); /* that of what was attended is used up */
    kernels->linear_backward(&kernels->products, d_normed,
                             gradient(blocks, layer, w + QUERY_WEIGHT), NULL, d_query,
                             activation(blocks, layer, a + NORMED),
                             weight(blocks, layer, w + QUERY_WEIGHT), N, C, C, false);
    kernels->linear_backward(&kernels->products,
                             attention->of_source ? blocks->d_source_states : d_normed,
                             gradient(blocks, layer, w + KEY_VALUE_WEIGHT), NULL, d_key_value,
                             key_states(blocks, layer, attention),
                             weight(blocks, layer, w + KEY_VALUE_WEIGHT), M, C, 2 * C, true);
    norm_backward(blocks, weight_number(blocks, layer, w + NORM_GAIN), d_normed,
                  activation(blocks, layer, attention->input), activation(blocks, layer, a + RSTD));
}

/* --- feed-forward ------------------------------------------------------------------------------ */

static void mlp_forward(const T5Pass *blocks, int layer)
{
    const Kernels *kernels = blocks->pass->kernels;
    const int N = blocks->stream->N, C = (int)blocks->stack->spec->n_channel;
    const size_t n_wide = 4 * size_of_states(blocks);
    const real *input = middle_state(blocks, layer);
    real *normed = activation(blocks, layer, MLP_NORMED);
    real *wide = activation(blocks, layer, WIDE);
    kernels->rms_norm_forward(normed, activation(blocks, layer, MLP_RSTD), input,
                              weight(blocks, layer, MLP_NORM_GAIN), N, C, EPSILON);
    kernels->linear_forward(&kernels->products, wide, normed, weight(blocks, layer, WIDEN_WEIGHT),
                            NULL, N, C, 4 * C);
    kernels->relu_forward(wide, wide, n_wide);
    kernels->dropout_forward(wide, wide, rate_of(blocks), dropout_site(blocks, layer, ON_WIDE),
                             n_wide);
    kernels->linear_forward(&kernels->products, shared(blocks, BRANCH), wide,
                            weight(blocks, layer, NARROW_WEIGHT), NULL, N, 4 * C, C);
    add_branch(blocks, layer, ON_MLP_BRANCH, output(blocks, layer), input);
}

/* As attention_backward. What dropout hid of WIDE has no gradient anyway, so that ReLU may take it for 0. */
static void mlp_backward(const T5Pass *blocks, int layer)
{
    const Kernels *kernels = blocks->pass->kernels;
    const int N = blocks->stream->N, C = (int)blocks->stack->spec->n_channel;
    const size_t n_wide = 4 * size_of_states(blocks);
    const real *wide = activation(blocks, layer, WIDE);
    real *d_wide = work(blocks, D_WIDE);
    kernels->linear_backward(&kernels->products, d_wide, gradient(blocks, layer, NARROW_WEIGHT),
                             NULL, branch_backward(blocks, layer, ON_MLP_BRANCH), wide,
                             weight(blocks, layer, NARROW_WEIGHT), N, 4 * C, C, false);
    kernels->dropout_backward(d_wide, d_wide, rate_of(blocks), dropout_site(blocks, layer, ON_WIDE),
                              n_wide);
    kernels->relu_backward(d_wide, d_wide, wide, n_wide);
    real *d_normed = work(blocks, D_SUM);
    kernels->linear_backward(&kernels->products, d_normed, gradient(blocks, layer, WIDEN_WEIGHT),
                             NULL, d_wide, activation(blocks, layer, MLP_NORMED),
                             weight(blocks, layer, WIDEN_WEIGHT), N, C, 4 * C, false);
    norm_backward(blocks, weight_number(blocks, layer, MLP_NORM_GAIN), d_normed,
                  middle_state(blocks, layer), activation(blocks, layer, MLP_RSTD));
}

/* --- a stack ------------------------------------------------------------------------------------ */

static RngKey final_site(const T5Pass *blocks)
{
    return rng_key_site(blocks->pass->dropout_key, (uint32_t)blocks->final_site);
}

void t5_block_forward(const T5Pass *blocks)
{
    const Kernels *kernels = blocks->pass->kernels;
    const T5Stack *stack = blocks->stack;
    real *top = shared(blocks, TOP);
    kernels->relative_bias_forward(shared(blocks, BIAS), weight_at(blocks, BUCKET_TABLE),
                                   buckets_of(stack), DISTANCE, (int)stack->spec->n_head);
    for (int layer = 0; layer < stack->spec->n_layer; layer++) {
        attention_forward(blocks, layer, &own);
        if (stack->is_decoder) attention_forward(blocks, layer, &source);
        mlp_forward(blocks, layer);
    }
    kernels->rms_norm_forward(top, shared(blocks, LAST_RSTD), shared(blocks, LAST),
                              weight_at(blocks, final_gain(blocks)), blocks->stream->N,
                              (int)stack->spec->n_channel, EPSILON);
    kernels->dropout_forward(top, top, rate_of(blocks), final_site(blocks), size_of_states(blocks));
}

void t5_block_backward(const T5Pass *blocks)
{
    const Kernels *kernels = blocks->pass->kernels;
    const T5Stack *stack = blocks->stack;
    const int H = (int)stack->spec->n_head, gain = final_gain(blocks);
    real *d_state = work(blocks, D_STATE);
    real *d_bias = kernels->memory.clear(work(blocks, D_BIAS), (size_t)H * BIASES);
    real *d_buckets = gradient_at(blocks, BUCKET_TABLE);
    kernels->dropout_backward(d_state, d_state, rate_of(blocks), final_site(blocks),
                              size_of_states(blocks));
    kernels->rms_norm_backward(d_state, gradient_at(blocks, gain), d_state, shared(blocks, LAST),
                               weight_at(blocks, gain), shared(blocks, LAST_RSTD),
                               blocks->stream->N, (int)stack->spec->n_channel);
    for (int layer = (int)stack->spec->n_layer - 1; layer >= 0; layer--) {
        mlp_backward(blocks, layer);
        if (stack->is_decoder) attention_backward(blocks, layer, &source);
        attention_backward(blocks, layer, &own);
    }
    if (d_buckets)
        kernels->relative_bias_backward(d_buckets, d_bias, buckets_of(stack), DISTANCE, H);
}

/* --- what it takes ----------------------------------------------------------------------------- */

/* The products of a row take 2 * 12 C^2, a query and a key meet twice. */
double t5_block_flops(const T5Spec *spec, double rows, double pairs)
{
    const double C = (double)spec->n_channel;
    return 24.0 * C * C * rows + 4.0 * C * pairs;
}

double t5_block_source_flops(const T5Spec *spec, double rows, double source_rows)
{
    const double C = (double)spec->n_channel;
    return 4.0 * C * C * (rows + source_rows) + 4.0 * C * rows * source_rows;
}
