/* What the ways of kernels/gemm_bf16.h share: where they pack, and each way's products. */
#ifndef KERNELS_GEMM_BF16_WAYS_H
#define KERNELS_GEMM_BF16_WAYS_H

#include <stddef.h>
#include "kernels/gemm.h"

/* Values of k that a micro-kernel sums at once: a panel of 32 columns then takes 16 KiB as pairs and 32 KiB as
 * floats, what the nearest cache holds; c is read and written once for 256 multiply-adds a value. */
enum { GEMM_BF16_K = 256 };

/* What is packed at once of each operand. By a thread for itself: 256 KiB as pairs, 512 KiB as floats, so
 * that both stay in a core's second cache. For all threads: at most 16 MiB, in the last cache. */
enum { GEMM_BF16_LANES = 512 };
enum { GEMM_BF16_SHARED_LANES = 2048, GEMM_BF16_SHARED_K = 2048 };

typedef struct GemmBf16Memory {
    void *a, *b; /* on a boundary of 64 bytes */
} GemmBf16Memory;

GemmBf16Memory gemm_bf16_own_memory(void); /* of the calling thread */
GemmBf16Memory gemm_bf16_shared_memory(void);

Gemm gemm_bf16_avx512_bf16_whole, gemm_bf16_avx512_bf16_tile;
Gemm gemm_bf16_avx512_whole, gemm_bf16_avx512_tile;
Gemm gemm_bf16_avx2_whole, gemm_bf16_avx2_tile;

#endif
