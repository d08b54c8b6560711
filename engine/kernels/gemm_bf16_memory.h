/* What products of bfloat16 pack their operands into. */
#ifndef KERNELS_GEMM_BF16_MEMORY_H
#define KERNELS_GEMM_BF16_MEMORY_H

#include <stddef.h>
#include "base/error.h"

/* Values of k that a micro-kernel sums at once: a panel of 32 columns then takes 16 KiB as pairs and 32 KiB as
 * floats, what the nearest cache holds; c is read and written once for 256 multiply-adds a value. */
enum { GEMM_BF16_K = 256 };

/* What is packed at once of each operand. By a thread for itself: 256 KiB as pairs, 512 KiB as floats, so
 * that both stay in a core's second cache. For all threads: at most 16 MiB, in the last cache. */
enum { GEMM_BF16_LANES = 512 };
enum { GEMM_BF16_SHARED_LANES = 2048, GEMM_BF16_SHARED_K = 2048 };

/* Places for so many lanes: panels may have some beside their last lane, half as many again at most. */
#define GEMM_BF16_PLACES(lanes) ((lanes) + (lanes) / 2)

typedef struct GemmBf16Memory {
    void *a, *b; /* on a boundary of 64 bytes */
} GemmBf16Memory;

GemmBf16Memory gemm_bf16_memory_own(void); /* of the calling thread */
GemmBf16Memory gemm_bf16_memory_shared(void);

/* For each of parallel_threads(), and for all; what is there already stays. Kept until the program ends. */
bool gemm_bf16_memory_take(Error *err) MUST_USE;

#endif
