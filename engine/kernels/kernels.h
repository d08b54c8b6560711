/* The kernel table: the one interface between models and arithmetic (DESIGN, "One kernel table").
 *
 * Each kernel has a header of its own with its function types, formula and contract, a `_plain`
 * version that is the definition, and may have a `_fast` one. A back end is one table: it hands out the
 * memory, makes the products and has the kernels. It starts from the definitions and overrides those that
 * it does better. The training step gets a table and never names a kernel.
 *
 * Shared conventions
 *   Shapes   row-major, last index fastest; N rows (tokens of a packed batch), C channels, H heads,
 *            D = C/H, V vocabulary; sequences are runs of rows, start[s]..start[s+1]
 *   Order    outputs, inputs, saved values, dimensions; a kernel that multiplies is given the products of
 *            its back end before them
 *   Memory   blocks and lists as kernels/memory.h has them
 *   Backward ADDS to the gradients of weights, and overwrites those of what came in (headers say where not)
 *   Pure     no allocation, input/output, errors or globals; scratch memory is passed in, but for what a
 *            product packs its operands into
 *   Bits     results do not depend on the number of threads */
#ifndef KERNELS_KERNELS_H
#define KERNELS_KERNELS_H

#include "kernels/accumulate.h"
#include "kernels/adafactor.h"
#include "kernels/adam.h"
#include "kernels/attention.h"
#include "kernels/cross_entropy.h"
#include "kernels/dropout.h"
#include "kernels/embedding.h"
#include "kernels/gelu.h"
#include "kernels/gemm_bf16.h"
#include "kernels/gemm_fp32.h"
#include "kernels/gemm_memory.h"
#include "kernels/layernorm.h"
#include "kernels/linear.h"
#include "kernels/logits.h"
#include "kernels/lstm_layer.h"
#include "kernels/memory.h"
#include "kernels/norm.h"
#include "kernels/pool.h"
#include "kernels/relative_bias.h"
#include "kernels/relu.h"
#include "kernels/rms_norm.h"
#include "kernels/scale.h"
#include "kernels/squared_error.h"
#include "kernels/tanh.h"

/* What the operands of matrix products are, attention's included; but what a recurrent layer multiplies step by
 * step (lstm_layer.h) stays as it is. Everything else is real in both: sums, weights, gradients, moments, norms,
 * softmax, losses. */
typedef enum Precision {
    PRECISION_FP32, /* as they are */
    PRECISION_BF16, /* the nearest bfloat16 (kernels/gemm_bf16.h) */
} Precision;
extern const char *const kernels_precision_words[]; /* NULL-terminated, in the order of the enum */

typedef struct Kernels {
    const char *name;
    Precision precision;
    /* Takes what the back end needs, before use; how many bytes that is. */
    bool (*start)(Error *err);
    size_t (*start_bytes)(void);
    Memory memory;
    Products products;
    EmbeddingForward *embedding_forward;
    EmbeddingBackward *embedding_backward;
    LayernormForward *layernorm_forward;
    LayernormBackward *layernorm_backward;
    RmsNormForward *rms_norm_forward;
    RmsNormBackward *rms_norm_backward;
    LinearForward *linear_forward;
    LinearBackward *linear_backward;
    GeluForward *gelu_forward;
    GeluBackward *gelu_backward;
    GeluForward *gelu_erf_forward;
    GeluBackward *gelu_erf_backward;
    ReluForward *relu_forward;
    ReluBackward *relu_backward;
    TanhForward *tanh_forward;
    TanhBackward *tanh_backward;
    AttentionForward *attention_forward;
    AttentionBackward *attention_backward;
    RelativeBiasForward *relative_bias_forward;
    RelativeBiasBackward *relative_bias_backward;
    LstmLayerForward *lstm_layer_forward;
    LstmLayerBackward *lstm_layer_backward;
    DropoutForward *dropout_forward;
    DropoutBackward *dropout_backward;
    DropoutAddForward *dropout_add_forward;
    CrossEntropyTied *cross_entropy_tied;
    CrossEntropyRows *cross_entropy_rows;
    CrossEntropySoft *cross_entropy_soft;
    Logits *logits;
    LogitsLargest *logits_largest;
    SquaredErrorRows *squared_error_rows;
    PoolForward *pool_forward;
    PoolBackward *pool_backward;
    Accumulate *accumulate;
    Scale *scale;
    NormSquared *norm_squared;
    AdamUpdate *adam_update;
    AdafactorUpdate *adafactor_update;
} Kernels;

/* Where every back end starts from: the definition of each kernel, a row each. */
/* clang-format off */
#define KERNELS_PLAIN                                                                            \
    .name = "plain",                                                                             \
    .start = gemm_fp32_start,                                                                    \
    .start_bytes = gemm_memory_bytes,                                                            \
    .memory = {memory_take_plain, memory_clear_plain, memory_copy_plain, memory_copy_plain,      \
               memory_copy_plain},                                                               \
    .products = {gemm_fp32_plain, gemm_fp32_plain, gemm_pack_plain, gemm_fp32_operand},          \
    .embedding_forward = embedding_forward_plain,                                                \
    .embedding_backward = embedding_backward_plain,                                              \
    .layernorm_forward = layernorm_forward_plain,                                                \
    .layernorm_backward = layernorm_backward_plain,                                              \
    .rms_norm_forward = rms_norm_forward_plain, .rms_norm_backward = rms_norm_backward_plain,    \
    .linear_forward = linear_forward_plain, .linear_backward = linear_backward_plain,            \
    .gelu_forward = gelu_forward_plain, .gelu_backward = gelu_backward_plain,                    \
    .gelu_erf_forward = gelu_erf_forward_plain, .gelu_erf_backward = gelu_erf_backward_plain,    \
    .relu_forward = relu_forward_plain, .relu_backward = relu_backward_plain,                    \
    .tanh_forward = tanh_forward_plain, .tanh_backward = tanh_backward_plain,                    \
    .attention_forward = attention_forward_plain,                                                \
    .attention_backward = attention_backward_plain,                                              \
    .relative_bias_forward = relative_bias_forward_plain,                                        \
    .relative_bias_backward = relative_bias_backward_plain,                                      \
    .lstm_layer_forward = lstm_layer_forward_plain,                                              \
    .lstm_layer_backward = lstm_layer_backward_plain,                                            \
    .dropout_forward = dropout_forward_plain, .dropout_backward = dropout_backward_plain,        \
    .dropout_add_forward = dropout_add_forward_plain,                                            \
    .cross_entropy_tied = cross_entropy_tied_plain,                                              \
    .cross_entropy_rows = cross_entropy_rows_plain,                                              \
    .cross_entropy_soft = cross_entropy_soft_plain,                                              \
    .logits = logits_plain,                                                                      \
    .logits_largest = logits_largest_plain,                                                      \
    .squared_error_rows = squared_error_rows_plain,                                              \
    .pool_forward = pool_forward_plain, .pool_backward = pool_backward_plain,                    \
    .accumulate = accumulate_plain,                                                              \
    .scale = scale_plain,                                                                        \
    .norm_squared = norm_squared_plain,                                                          \
    .adam_update = adam_update_plain,                                                            \
    .adafactor_update = adafactor_update_plain
/* clang-format on */

extern const Kernels kernels_plain, kernels_fast;

/* "plain" or "fast", in fp32; NULL: unknown. */
const Kernels *kernels_find(const char *name);

/* The same back end in this precision. */
const Kernels *kernels_in(const Kernels *kernels, Precision precision);

#endif
