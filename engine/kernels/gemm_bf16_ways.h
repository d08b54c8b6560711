/* What the ways of kernels/gemm_bf16.h share: where a thread packs, and each way's product. */
#ifndef KERNELS_GEMM_BF16_WAYS_H
#define KERNELS_GEMM_BF16_WAYS_H

#include <stdint.h>
#include "kernels/gemm.h"

/* Values of k that are packed at once, in pairs. With 512 rows and columns, a block of pairs takes 256 KiB and
 * one of floats 512 KiB, so that both operands stay in a core's second cache; c is read and written again
 * for each block of k, 1/64 of the multiply-adds of 256. */
enum { GEMM_BF16_K = 256 };
enum { GEMM_BF16_ROWS = 512, GEMM_BF16_COLUMNS = 512 };

/* Bytes for one packed block, whatever the way: floats, and rows up to a multiple of a micro-tile's. */
enum { GEMM_BF16_BLOCK_BYTES = (GEMM_BF16_ROWS + 32) * GEMM_BF16_K * 4 };

/* The calling thread's memory, two blocks on a boundary of 64 bytes. */
void *gemm_bf16_blocks(void);

Gemm gemm_bf16_avx512_bf16, gemm_bf16_avx512, gemm_bf16_avx2;

#endif
