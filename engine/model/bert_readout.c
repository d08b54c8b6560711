#include "model/bert_readout.h"

#include "model/bert_spec.h"
#include "model/block.h"

enum { TRANSFORM_WEIGHT, TRANSFORM_BIAS, NORM_GAIN, NORM_BIAS };

static int weights(TensorTable *table, int n_channel, int n_vocab, Error *err)
{
    const size_t C = (size_t)n_channel, V = (size_t)n_vocab;
    const int layer = TENSOR_LAYER_TOP;
    const int first = top_dense_weights(table, n_channel, "readout.transform", err);
    const bool added =
        first >= 0 &&
        tensors_add(table, err, TENSOR_INIT_ONE, layer, 1, C, 1, "readout.norm.gain") >= 0 &&
        tensors_add(table, err, 0, layer, 1, C, 1, "readout.norm.bias") >= 0 &&
        tensors_add(table, err, TENSOR_BY_TOKEN, layer, 1, V, 1, TOP_TOKEN_BIAS) >= 0;
    return added ? first : -1;
}

typedef struct Kept {
    real *dense, *gelu, *y; /* [N,C] */
    real *mean, *rstd;      /* [N] */
} Kept;

static size_t kept(size_t N, size_t C)
{
    return 3 * N * C + 2 * N;
}

static size_t size_of(const TopPass *pass)
{
    return (size_t)pass->N * (size_t)pass->C;
}

static Kept parts(const TopPass *pass)
{
    const size_t n = size_of(pass);
    real *mean = pass->kept + 3 * n;
    return (Kept){pass->kept, pass->kept + n, pass->kept + 2 * n, mean, mean + pass->N};
}

static real *forward(const real *x, const TopPass *pass)
{
    const Kernels *kernels = pass->kernels;
    const Kept kept = parts(pass);
    top_dense_forward(kept.dense, x, pass);
    block_gelu_forward(pass->spec, kernels)(kept.gelu, kept.dense, size_of(pass));
    kernels->layernorm_forward(kept.y, kept.mean, kept.rstd, kept.gelu, top_weight(pass, NORM_GAIN),
                               top_weight(pass, NORM_BIAS), pass->N, pass->C, BERT_EPSILON);
    return kept.y;
}

static void backward(real *dx, real *dy, const real *x, const TopPass *pass)
{
    const Kernels *kernels = pass->kernels;
    const Kept kept = parts(pass);
    kernels->layernorm_backward(dy, top_gradient(pass, NORM_GAIN), top_gradient(pass, NORM_BIAS),
                                dy, kept.gelu, top_weight(pass, NORM_GAIN), kept.mean, kept.rstd,
                                pass->N, pass->C);
    block_gelu_backward(pass->spec, kernels)(dy, dy, kept.dense, size_of(pass));
    top_dense_backward(dx, dy, x, pass);
}

const Top bert_readout = {weights, kept, forward, backward};
