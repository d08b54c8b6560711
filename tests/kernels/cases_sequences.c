#include "cases_sequences.h"

/* --- attention: S, longest, shortest, D, H, per cent, reach of a bias --------------------------------- */

/* Lengths from the longest down, then around again. */
static int sequence_length(int s, int longest, int shortest)
{
    const int span = longest - shortest + 1;
    return shortest + (span - 1 + s * (span / 3 + 1)) % span;
}

static int packed_rows(const int *dim)
{
    int rows = 0;
    for (int s = 0; s < dim[0]; s++) rows += sequence_length(s, dim[1], dim[2]);
    return rows;
}

void cases_sequences_packed_prepare(CaseRun *run)
{
    for (int s = 0; s < run->dim[0]; s++)
        run->index[0][s + 1] = run->index[0][s] + sequence_length(s, run->dim[1], run->dim[2]);
}

/* Queries, keys and values side by side in one row, as in self-attention. */
void cases_sequences_attention_sizes(CaseSizes *sizes, const int *dim)
{
    size_t N = (size_t)packed_rows(dim), H = (size_t)dim[4], C = (size_t)dim[3] * H;
    sizes->input[0] = N * 3 * C;
    sizes->output[0] = N * C;
    sizes->output[1] = N * H;
    sizes->n_saved = 1;
    sizes->index[0] = (size_t)dim[0] + 1;
}

static size_t bias_size(const int *dim)
{
    return (size_t)dim[4] * (2 * (size_t)dim[6] + 1);
}

void cases_sequences_biased_sizes(CaseSizes *sizes, const int *dim)
{
    cases_sequences_attention_sizes(sizes, dim);
    sizes->input[1] = bias_size(dim);
}

/* With a bias the scale is another than what D says. */
static AttentionShape attention_shape(const CaseRun *run, AttentionMask mask, const real *bias)
{
    const int C = run->dim[3] * run->dim[4];
    return (AttentionShape){.S = run->dim[0],
                            .C = C,
                            .H = run->dim[4],
                            .query_start = run->index[0],
                            .key_start = run->index[0],
                            .query_stride = 3 * C,
                            .key_stride = 3 * C,
                            .mask = mask,
                            .scale = bias ? 0.8 : attention_scale(run->dim[3]),
                            .bias = bias,
                            .bias_reach = run->dim[6],
                            .rate = run->dim[5] / 100.0,
                            .key = run->key};
}

static void self_attention_forward(const Kernels *k, CaseRun *run, AttentionMask mask)
{
    const AttentionShape shape = attention_shape(run, mask, run->input[1]);
    const real *qkv = run->input[0];
    k->attention_forward(&k->products, run->output[0], run->output[1], qkv, qkv + shape.C,
                         qkv + 2 * shape.C, &shape);
}

static void self_attention_backward(const Kernels *k, CaseRun *run, AttentionMask mask)
{
    const AttentionShape shape = attention_shape(run, mask, run->input[1]);
    const real *qkv = run->input[0];
    real *dqkv = run->dinput[0];
    k->attention_backward(&k->products, dqkv, dqkv + shape.C, dqkv + 2 * shape.C, run->dinput[1],
                          run->doutput[0], qkv, qkv + shape.C, qkv + 2 * shape.C, run->output[0],
                          run->output[1], &shape);
}

void cases_sequences_causal_forward(const Kernels *k, CaseRun *run)
{
    self_attention_forward(k, run, ATTENTION_CAUSAL);
}

void cases_sequences_causal_backward(const Kernels *k, CaseRun *run)
{
    self_attention_backward(k, run, ATTENTION_CAUSAL);
}

void cases_sequences_bidirectional_forward(const Kernels *k, CaseRun *run)
{
    self_attention_forward(k, run, ATTENTION_BIDIRECTIONAL);
}

void cases_sequences_bidirectional_backward(const Kernels *k, CaseRun *run)
{
    self_attention_backward(k, run, ATTENTION_BIDIRECTIONAL);
}

/* Keys and values of another stream, whose sequences are as long as the next one's queries and two
 * longer: rows of 2C, apart from the queries' rows of C. */
static int cross_keys(const int *dim, int s)
{
    return sequence_length(s + 1, dim[1], dim[2]) + 2;
}

void cases_sequences_cross_sizes(CaseSizes *sizes, const int *dim)
{
    size_t N = (size_t)packed_rows(dim), H = (size_t)dim[4], C = (size_t)dim[3] * H, M = 0;
    for (int s = 0; s < dim[0]; s++) M += (size_t)cross_keys(dim, s);
    sizes->input[0] = N * C;
    sizes->input[1] = M * 2 * C;
    sizes->output[0] = N * C;
    sizes->output[1] = N * H;
    sizes->n_saved = 1;
    sizes->index[0] = sizes->index[1] = (size_t)dim[0] + 1;
}

void cases_sequences_cross_biased_sizes(CaseSizes *sizes, const int *dim)
{
    cases_sequences_cross_sizes(sizes, dim);
    sizes->input[2] = bias_size(dim);
}

void cases_sequences_cross_prepare(CaseRun *run)
{
    cases_sequences_packed_prepare(run);
    for (int s = 0; s < run->dim[0]; s++)
        run->index[1][s + 1] = run->index[1][s] + cross_keys(run->dim, s);
}

static AttentionShape cross_shape(const CaseRun *run)
{
    AttentionShape shape = attention_shape(run, ATTENTION_BIDIRECTIONAL, run->input[2]);
    shape.key_start = run->index[1];
    shape.query_stride = shape.C;
    shape.key_stride = 2 * shape.C;
    return shape;
}

void cases_sequences_cross_forward(const Kernels *k, CaseRun *run)
{
    const AttentionShape shape = cross_shape(run);
    const real *kv = run->input[1];
    k->attention_forward(&k->products, run->output[0], run->output[1], run->input[0], kv,
                         kv + shape.C, &shape);
}

void cases_sequences_cross_backward(const Kernels *k, CaseRun *run)
{
    const AttentionShape shape = cross_shape(run);
    const real *kv = run->input[1];
    k->attention_backward(&k->products, run->dinput[0], run->dinput[1], run->dinput[1] + shape.C,
                          run->dinput[2], run->doutput[0], run->input[0], kv, kv + shape.C,
                          run->output[0], run->output[1], &shape);
}

/* --- lstm_layer: S, longest, shortest, I, H --------------------------------------------------------- */

void cases_sequences_lstm_layer_sizes(CaseSizes *sizes, const int *dim)
{
    const int rows = packed_rows(dim);
    const size_t N = (size_t)rows, I = (size_t)dim[3], H = (size_t)dim[4];
    const size_t forward = lstm_layer_forward_scratch(dim[0], dim[4]);
    const size_t backward = lstm_layer_backward_scratch(rows, dim[0], dim[4]);
    sizes->input[0] = N * I;
    sizes->input[1] = I * LSTM_GATES * H;
    sizes->input[2] = H * LSTM_GATES * H;
    sizes->input[3] = LSTM_GATES * H;
    sizes->output[0] = sizes->output[1] = N * H;
    sizes->output[2] = N * LSTM_GATES * H;
    sizes->n_saved = 2;
    sizes->index[0] = (size_t)dim[0] + 1;
    sizes->scratch = forward > backward ? forward : backward;
}

void cases_sequences_lstm_layer_forward(const Kernels *k, CaseRun *run)
{
    const int *dim = run->dim;
    k->lstm_layer_forward(&k->products, run->output[0], run->output[1], run->output[2],
                          run->input[0], run->input[1], run->input[2], run->input[3], run->index[0],
                          run->scratch, packed_rows(dim), dim[0], dim[3], dim[4]);
}

void cases_sequences_lstm_layer_backward(const Kernels *k, CaseRun *run)
{
    const int *dim = run->dim;
    k->lstm_layer_backward(&k->products, run->dinput[0], run->dinput[1], run->dinput[2],
                           run->dinput[3], run->doutput[0], run->input[0], run->input[1],
                           run->input[2], run->output[0], run->output[1], run->output[2],
                           run->index[0], run->scratch, packed_rows(dim), dim[0], dim[3], dim[4]);
}
