/* Ways to the same product: for each precision one definition and several sets of instructions. */
#ifndef KERNELS_GEMM_WAY_H
#define KERNELS_GEMM_WAY_H

#include "kernels/gemm.h"

typedef struct GemmWay {
    const char *name;        /* "avx512": its instructions */
    bool (*supported)(void); /* by this processor */
    Gemm *whole, *tile;      /* kernels/gemm_tile.h */
    GemmPack *pack;
} GemmWay;

/* The quickest here, by a trial of each: whichever it is, the bits are the same. gemm_memory_take first. */
const GemmWay *gemm_way_quickest(const GemmWay *ways, int n_ways);

GemmPack gemm_fp32_avx512_pack, gemm_fp32_narrow_pack;
GemmPack gemm_bf16_amx_pack, gemm_bf16_avx512_bf16_pack, gemm_bf16_avx512_pack,
    gemm_bf16_narrow_pack;
Gemm gemm_fp32_avx512_whole, gemm_fp32_avx512_tile;
Gemm gemm_fp32_narrow_whole, gemm_fp32_narrow_tile;
Gemm gemm_bf16_amx_whole, gemm_bf16_amx_tile;
Gemm gemm_bf16_avx512_bf16_whole, gemm_bf16_avx512_bf16_tile;
Gemm gemm_bf16_avx512_whole, gemm_bf16_avx512_tile;
Gemm gemm_bf16_narrow_whole, gemm_bf16_narrow_tile;

#endif
