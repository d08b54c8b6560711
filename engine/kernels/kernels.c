#include "kernels/kernels.h"
#include <string.h>

const char *const kernels_precision_words[] = {"fp32", "bf16", NULL};

/* clang-format off */
#define KERNELS_FAST                                                                             \
    KERNELS_PLAIN,                                                                               \
    .name = "fast",                                                                              \
    .memory.clear = memory_clear_fast,                                                           \
    .products = {gemm_fp32_fast, gemm_fp32_tile, gemm_fp32_pack, gemm_fp32_operand},                  \
    .embedding_forward = embedding_forward_fast,                                                 \
    .embedding_backward = embedding_backward_fast,                                               \
    .layernorm_forward = layernorm_forward_fast,                                                 \
    .layernorm_backward = layernorm_backward_fast,                                               \
    .rms_norm_forward = rms_norm_forward_fast,                                                   \
    .rms_norm_backward = rms_norm_backward_fast,                                                 \
    .linear_backward = linear_backward_fast,                                                     \
    .gelu_forward = gelu_forward_fast,                                                           \
    .gelu_backward = gelu_backward_fast,                                                         \
    .gelu_erf_forward = gelu_erf_forward_fast,                                                   \
    .gelu_erf_backward = gelu_erf_backward_fast,                                                 \
    .relu_forward = relu_forward_fast,                                                           \
    .relu_backward = relu_backward_fast,                                                         \
    .tanh_forward = tanh_forward_fast,                                                           \
    .tanh_backward = tanh_backward_fast,                                                         \
    .attention_forward = attention_forward_fast,                                                 \
    .attention_backward = attention_backward_fast,                                               \
    .lstm_layer_forward = lstm_layer_forward_fast,                                               \
    .lstm_layer_backward = lstm_layer_backward_fast,                                             \
    .dropout_forward = dropout_forward_fast,                                                     \
    .dropout_backward = dropout_backward_fast,                                                   \
    .dropout_add_forward = dropout_add_forward_fast,                                             \
    .cross_entropy_tied = cross_entropy_tied_fast,                                               \
    .cross_entropy_rows = cross_entropy_rows_fast,                                               \
    .cross_entropy_soft = cross_entropy_soft_fast,                                               \
    .logits = logits_fast,                                                                       \
    .logits_largest = logits_largest_fast,                                                       \
    .accumulate = accumulate_fast,                                                               \
    .scale = scale_fast,                                                                         \
    .norm_squared = norm_squared_fast,                                                           \
    .adam_update = adam_update_fast,                                                             \
    .adafactor_update = adafactor_update_fast

#define KERNELS_BF16(whole, tile, pack)                                                          \
    .precision = PRECISION_BF16,                                                                 \
    .start = gemm_bf16_start,                                                                    \
    .products = {whole, tile, pack, gemm_bf16_operand}
/* clang-format on */

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Woverride-init" /* what a back end is for */

const Kernels kernels_plain = {KERNELS_PLAIN};
const Kernels kernels_fast = {KERNELS_FAST};
static const Kernels kernels_plain_bf16 = {
    KERNELS_PLAIN, KERNELS_BF16(gemm_bf16_plain, gemm_bf16_plain, gemm_pack_plain)};
static const Kernels kernels_fast_bf16 = {
    KERNELS_FAST, KERNELS_BF16(gemm_bf16_fast, gemm_bf16_tile, gemm_bf16_pack)};

#pragma GCC diagnostic pop

static const Kernels *kernels_among(const char *name, Precision precision)
{
    static const Kernels *const tables[] = {&kernels_plain, &kernels_fast, &kernels_plain_bf16,
                                            &kernels_fast_bf16};
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        if (strcmp(name, tables[i]->name) == 0 && precision == tables[i]->precision)
            return tables[i];
    return NULL;
}

const Kernels *kernels_find(const char *name)
{
    return kernels_among(name, PRECISION_FP32);
}

const Kernels *kernels_in(const Kernels *kernels, Precision precision)
{
    return kernels->precision == precision ? kernels : kernels_among(kernels->name, precision);
}
