#include "cases.h"
#include <string.h>
#include "cases_activations.h"
#include "cases_logits.h"
#include "cases_losses.h"
#include "cases_norms.h"
#include "cases_relative_bias.h"
#include "cases_sequences.h"
#include "cases_tables.h"
#include "cases_updates.h"

/* Dropout rates stand in the shapes as per cent. */
static double rate_of(int percent)
{
    return percent / 100.0;
}

/* --- dropout, dropout_add: n, per cent ------------------------------------------------------------ */

static void dropout_sizes(CaseSizes *sizes, const int *dim)
{
    sizes->input[0] = sizes->output[0] = (size_t)dim[0];
}

static void dropout_forward(const Kernels *k, CaseRun *run)
{
    k->dropout_forward(run->output[0], run->input[0], rate_of(run->dim[1]), run->key,
                       run->sizes.input[0]);
}

static void dropout_backward(const Kernels *k, CaseRun *run)
{
    k->dropout_backward(run->dinput[0], run->doutput[0], rate_of(run->dim[1]), run->key,
                        run->sizes.input[0]);
}

static void dropout_add_sizes(CaseSizes *sizes, const int *dim)
{
    sizes->input[0] = sizes->input[1] = sizes->output[0] = (size_t)dim[0];
}

static void dropout_add_forward(const Kernels *k, CaseRun *run)
{
    k->dropout_add_forward(run->output[0], run->input[0], run->input[1], rate_of(run->dim[1]),
                           run->key, run->sizes.input[0]);
}

static void dropout_add_backward(const Kernels *k, CaseRun *run)
{
    memcpy(run->dinput[0], run->doutput[0], run->sizes.input[0] * sizeof(real));
    k->dropout_backward(run->dinput[1], run->doutput[0], rate_of(run->dim[1]), run->key,
                        run->sizes.input[0]);
}

/* --- linear: N, I, O, with bias (0 or 1) ------------------------------------------------------------ */

static void linear_sizes(CaseSizes *sizes, const int *dim)
{
    size_t N = (size_t)dim[0], I = (size_t)dim[1], O = (size_t)dim[2];
    sizes->input[0] = N * I;
    sizes->input[1] = I * O;
    sizes->input[2] = dim[3] ? O : 0;
    sizes->output[0] = N * O;
}

static void linear_forward(const Kernels *k, CaseRun *run)
{
    k->linear_forward(&k->products, run->output[0], run->input[0], run->input[1], run->input[2],
                      run->dim[0], run->dim[1], run->dim[2]);
}

static void linear_backward_to(const Kernels *k, CaseRun *run, bool add_dx)
{
    k->linear_backward(&k->products, run->dinput[0], run->dinput[1], run->dinput[2],
                       run->doutput[0], run->input[0], run->input[1], run->dim[0], run->dim[1],
                       run->dim[2], add_dx);
}

static void linear_backward(const Kernels *k, CaseRun *run)
{
    linear_backward_to(k, run, false);
}

static void linear_backward_adding(const Kernels *k, CaseRun *run)
{
    linear_backward_to(k, run, true);
}

/* --- accumulate: n; in place, here on a copy ----------------------------------------------------------------- */

static void accumulate_sizes(CaseSizes *sizes, const int *dim)
{
    sizes->input[0] = sizes->input[1] = sizes->output[0] = (size_t)dim[0];
    sizes->n_saved = 1;
}

static void accumulate_forward(const Kernels *k, CaseRun *run)
{
    memcpy(run->output[0], run->input[0], run->sizes.output[0] * sizeof(real));
    k->accumulate(run->output[0], run->input[1], run->sizes.output[0]);
}

/* --- scale: n; in place, here on a copy; a factor of 0.7 --------------------------------------------- */

static void scale_sizes(CaseSizes *sizes, const int *dim)
{
    sizes->input[0] = sizes->output[0] = (size_t)dim[0];
}

static void scale_forward(const Kernels *k, CaseRun *run)
{
    memcpy(run->output[0], run->input[0], run->sizes.output[0] * sizeof(real));
    k->scale(run->output[0], (real)0.7, run->sizes.output[0]);
}

/* The gradient is scaled in the same way. */
static void scale_backward(const Kernels *k, CaseRun *run)
{
    memcpy(run->dinput[0], run->doutput[0], run->sizes.output[0] * sizeof(real));
    k->scale(run->dinput[0], (real)0.7, run->sizes.output[0]);
}

/* --- norm_squared: n ----------------------------------------------------------------------------- */

static void norm_sizes(CaseSizes *sizes, const int *dim)
{
    sizes->input[0] = (size_t)dim[0];
    sizes->output[0] = 1;
    sizes->n_saved = 1;
}

static void norm_forward(const Kernels *k, CaseRun *run)
{
    run->output[0][0] = (real)k->norm_squared(run->input[0], run->sizes.input[0]);
}

/* --- the table ------------------------------------------------------------------------------------ */

/* clang-format off: a table */
/* Shapes that several rows share. */
#define ELEMENTS                                                                                   \
    {                                                                                              \
        {1}, {7}, {64},                                                                            \
        {                                                                                          \
            16384 + 3                                                                              \
        }                                                                                          \
    }
#define LENGTHS                                                                                    \
    {                                                                                              \
        {1}, {17},                                                                                 \
        {                                                                                          \
            16384 + 5                                                                              \
        }                                                                                          \
    }
#define RATES                                                                                      \
    {                                                                                              \
        {1, 10}, {8, 50}, {31, 10}, {1000, 0},                                                     \
        {                                                                                          \
            16384 + 33, 10                                                                         \
        }                                                                                          \
    }
#define ROWS                                                                                       \
    {                                                                                              \
        {1, 2}, {3, 7}, {5, 8}, {33, 67},                                                          \
        {                                                                                          \
            2, 1024 + 1                                                                            \
        }                                                                                          \
    }
#define MATRICES                                                                                   \
    {                                                                                              \
        {1, 1, 1, 1}, {3, 5, 7, 0}, {17, 33, 65, 1},                                               \
        {                                                                                          \
            130, 70, 129, 1                                                                        \
        }                                                                                          \
    }
#define HEADS                                                                                      \
    {                                                                                              \
        {1, 1, 1, 1, 1, 0}, {2, 2, 1, 3, 1, 10}, {5, 13, 1, 4, 3, 0}, {3, 67, 1, 8, 2, 10},        \
        {                                                                                          \
            2, 259, 40, 5, 1, 20                                                                   \
        }                                                                                          \
    }
#define BIASED_HEADS                                                                               \
    {                                                                                              \
        {1, 1, 1, 1, 1, 0, 0}, {2, 2, 1, 3, 1, 10, 1}, {5, 13, 1, 4, 3, 0, 20},                    \
            {3, 67, 1, 8, 2, 10, 30}, {2, 259, 40, 5, 1, 20, 70},                                  \
        {                                                                                          \
            60, 4, 1, 2, 3, 10, 128                                                                \
        }                                                                                          \
    }

const KernelCase kernel_cases[] = {
    {"gelu",
     ELEMENTS,
     {2048 * 1024},
     cases_activations_sizes,
     NULL,
     cases_activations_gelu_forward,
     cases_activations_gelu_backward,
     1},
    {"gelu_erf",
     ELEMENTS,
     {2048 * 1024},
     cases_activations_sizes,
     NULL,
     cases_activations_gelu_erf_forward,
     cases_activations_gelu_erf_backward,
     1},
    {"relu",
     ELEMENTS,
     {2048 * 1024},
     cases_activations_sizes,
     cases_activations_relu_prepare,
     cases_activations_relu_forward,
     cases_activations_relu_backward,
     1},
    {"tanh",
     ELEMENTS,
     {2048 * 1024},
     cases_activations_sizes,
     NULL,
     cases_activations_tanh_forward,
     cases_activations_tanh_backward,
     1},
    {"dropout", RATES, {2048 * 256, 10}, dropout_sizes, NULL, dropout_forward, dropout_backward, 1},
    {"dropout_add",
     RATES,
     {2048 * 256, 10},
     dropout_add_sizes,
     NULL,
     dropout_add_forward,
     dropout_add_backward,
     1 | 1 << 1},
    {"layernorm",
     ROWS,
     {2048, 256},
     cases_norms_layernorm_sizes,
     NULL,
     cases_norms_layernorm_forward,
     cases_norms_layernorm_backward,
     1},
    {"rms_norm",
     ROWS,
     {2048, 256},
     cases_norms_rms_norm_sizes,
     NULL,
     cases_norms_rms_norm_forward,
     cases_norms_rms_norm_backward,
     1},
    {"linear",
     MATRICES,
     {2048, 256, 1024, 1},
     linear_sizes,
     NULL,
     linear_forward,
     linear_backward,
     1},
    {"linear_adding",
     MATRICES,
     {2048, 256, 1024, 1},
     linear_sizes,
     NULL,
     linear_forward,
     linear_backward_adding,
     0},
    {"attention",
     HEADS,
     {16, 128, 128, 64, 4, 10},
     cases_sequences_attention_sizes,
     cases_sequences_packed_prepare,
     cases_sequences_causal_forward,
     cases_sequences_causal_backward,
     1},
    {"attention_bidirectional",
     HEADS,
     {16, 128, 128, 64, 4, 10},
     cases_sequences_attention_sizes,
     cases_sequences_packed_prepare,
     cases_sequences_bidirectional_forward,
     cases_sequences_bidirectional_backward,
     1},
    {"attention_cross",
     HEADS,
     {16, 128, 128, 64, 4, 10},
     cases_sequences_cross_sizes,
     cases_sequences_cross_prepare,
     cases_sequences_cross_forward,
     cases_sequences_cross_backward,
     1 | 1 << 1},
    {"attention_biased",
     BIASED_HEADS,
     {16, 128, 128, 64, 4, 10, 128},
     cases_sequences_biased_sizes,
     cases_sequences_packed_prepare,
     cases_sequences_causal_forward,
     cases_sequences_causal_backward,
     1},
    {"attention_bidirectional_biased",
     BIASED_HEADS,
     {16, 128, 128, 64, 4, 10, 128},
     cases_sequences_biased_sizes,
     cases_sequences_packed_prepare,
     cases_sequences_bidirectional_forward,
     cases_sequences_bidirectional_backward,
     1},
    {"attention_cross_biased",
     BIASED_HEADS,
     {16, 128, 128, 64, 4, 10, 128},
     cases_sequences_cross_biased_sizes,
     cases_sequences_cross_prepare,
     cases_sequences_cross_forward,
     cases_sequences_cross_backward,
     1 | 1 << 1},
    {"relative_bias",
     {{1, 2, 2, 0, 0}, {3, 32, 128, 1, 130}, {2, 32, 128, 0, 200}, {5, 8, 20, 1, 17}},
     {8, 32, 128, 1, 128},
     cases_relative_bias_sizes,
     NULL,
     cases_relative_bias_forward,
     cases_relative_bias_backward,
     0},
    {"lstm_layer",
     {{1, 1, 1, 1, 1}, {3, 4, 1, 2, 3}, {2, 5, 5, 9, 8}, {19, 7, 1, 5, 37}, {2, 2, 1, 1, 768 + 1}},
     {16, 128, 128, 256, 744},
     cases_sequences_lstm_layer_sizes,
     cases_sequences_packed_prepare,
     cases_sequences_lstm_layer_forward,
     cases_sequences_lstm_layer_backward,
     1},
    {"embedding",
     {{1, 1, 1, 1}, {7, 5, 3, 7}, {40, 33, 11, 0}, {67, 65, 13, 5}},
     {2048, 256, 8192, 128},
     cases_tables_embedding_sizes,
     cases_tables_embedding_prepare,
     cases_tables_embedding_forward,
     cases_tables_embedding_backward,
     0},
    {"embedding_segments",
     {{1, 1, 1, 1, 1}, {7, 5, 3, 7, 2}, {40, 33, 11, 0, 3}, {67, 65, 13, 5, 2}},
     {2048, 256, 8192, 128, 2},
     cases_tables_embedding_sizes,
     cases_tables_embedding_prepare,
     cases_tables_embedding_forward,
     cases_tables_embedding_backward,
     0},
    {"cross_entropy_tied",
     {{1, 1, 1}, {4, 3, 7}, {13, 17, 101}, {2 * CROSS_ENTROPY_CHUNK + 9, 3, 37}},
     {2048, 256, 8192},
     cases_losses_tied_sizes,
     cases_losses_tied_prepare,
     cases_losses_tied_forward,
     cases_losses_tied_backward,
     0},
    {"cross_entropy_tied_bias",
     {{1, 1, 1, 1}, {4, 3, 7, 1}, {13, 17, 101, 1}, {2 * CROSS_ENTROPY_CHUNK + 9, 3, 37, 1}},
     {2048, 256, 8192, 1},
     cases_losses_tied_sizes,
     cases_losses_tied_prepare,
     cases_losses_tied_forward,
     cases_losses_tied_backward,
     0},
    {"cross_entropy_rows",
     {{1, 1}, {7, 2}, {67, 5}},
     {32, 3},
     cases_losses_rows_sizes,
     cases_losses_rows_prepare,
     cases_losses_rows_forward,
     cases_losses_rows_backward,
     0},
    {"cross_entropy_soft",
     {{1, 1}, {7, 2}, {67, 6}},
     {32, 6},
     cases_losses_soft_sizes,
     cases_losses_soft_prepare,
     cases_losses_soft_forward,
     cases_losses_soft_backward,
     0},
    {"squared_error_rows",
     {{1}, {67}},
     {32},
     cases_losses_squared_sizes,
     cases_losses_squared_prepare,
     cases_losses_squared_forward,
     cases_losses_squared_backward,
     0},
    {"logits",
     {{1, 1, 1}, {3, 7, 70}, {5, 33, 131}},
     {1, 256, 8192},
     cases_logits_sizes,
     NULL,
     cases_logits_forward,
     NULL,
     0},
    {"logits_bias",
     {{1, 1, 1, 1}, {3, 7, 70, 1}, {5, 33, 131, 1}},
     {1, 256, 8192, 1},
     cases_logits_sizes,
     NULL,
     cases_logits_forward,
     NULL,
     0},
    {"logits_largest",
     {{1, 1, 1}, {4, 7, 70}, {67, 33, 131}},
     {256, 256, 8192},
     cases_logits_largest_sizes,
     cases_logits_largest_prepare,
     cases_logits_largest_forward,
     NULL,
     0},
    {"logits_largest_bias",
     {{1, 1, 1, 1}, {4, 7, 70, 1}, {67, 33, 131, 1}},
     {256, 256, 8192, 1},
     cases_logits_largest_sizes,
     cases_logits_largest_prepare,
     cases_logits_largest_forward,
     NULL,
     0},
    {"pool",
     {{1, 1, 1, 1}, {9, 4, 2, 5}, {5, 7, 1, 33}},
     {2048, 32, 2, 256},
     cases_tables_pool_sizes,
     cases_tables_pool_prepare,
     cases_tables_pool_forward,
     cases_tables_pool_backward,
     0},
    {"accumulate", LENGTHS, {5308416}, accumulate_sizes, NULL, accumulate_forward, NULL, 0},
    {"scale", LENGTHS, {1048576}, scale_sizes, NULL, scale_forward, scale_backward, 1},
    {"norm_squared",
     {{1}, {17}, {16384 + 5}, {600 * 16384 + 1}},
     {5308416},
     norm_sizes,
     NULL,
     norm_forward,
     NULL,
     0},
    {"adam_update",
     LENGTHS,
     {5308416},
     cases_updates_adam_sizes,
     cases_updates_adam_prepare,
     cases_updates_adam_forward,
     NULL,
     0},
    {"adafactor_update",
     {{1, 1}, {1, 17}, {1, 3000}, {2, 2}, {37, 5}, {5, 37}, {3, 2049}, {2500, 3}},
     {2304, 2304},
     cases_updates_adafactor_sizes,
     cases_updates_adafactor_prepare,
     cases_updates_adafactor_forward,
     NULL,
     0},
};
/* clang-format on */
const size_t kernel_n_cases = sizeof kernel_cases / sizeof kernel_cases[0];

const KernelCase *kernel_case_find(const char *name)
{
    for (size_t i = 0; i < kernel_n_cases; i++)
        if (strcmp(kernel_cases[i].name, name) == 0) return &kernel_cases[i];
    return NULL;
}

int kernel_case_n_shapes(const KernelCase *kernel_case)
{
    int n = 0;
    while (n < CASE_SHAPES && kernel_case->shapes[n][0] > 0) n++;
    return n;
}
