/* Each way's products (kernels/gemm_bf16_tile.h). */
#ifndef KERNELS_GEMM_BF16_WAYS_H
#define KERNELS_GEMM_BF16_WAYS_H

#include "kernels/gemm.h"

Gemm gemm_bf16_avx512_bf16_whole, gemm_bf16_avx512_bf16_tile;
Gemm gemm_bf16_avx512_whole, gemm_bf16_avx512_tile;
Gemm gemm_bf16_avx2_whole, gemm_bf16_avx2_tile;

#endif
