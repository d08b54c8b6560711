/* Packs panels for products of tiles: squares of 16 lanes and 16 pairs of k. In a panel of a the pairs of a lane
 * lie together, in one of b the lanes of a pair. Whole squares behind the last lane are left as they are. The source
 * that includes it defines Slot, a pair of bfloat16. */
#ifndef KERNELS_GEMM_BF16_SQUARES_H
#define KERNELS_GEMM_BF16_SQUARES_H

#include <immintrin.h>
#include <stdbool.h>
#include <stddef.h>
#include "base/real.h"
#include "kernels/gemm_micro.h"
#include "kernels/gemm_operand.h"

enum { SQUARE = 16, SLOTS_OF_BLOCK = SQUARE, VALUES_OF_BLOCK = 2 * SQUARE };

/* How far ahead is asked for of the memory: lanes of a row of them, and values of k of a lane. */
enum { LANES_AHEAD = 64, VALUES_AHEAD = 128 };

/* Of so many values of k: whole blocks. */
static inline size_t slots_of(size_t K)
{
    return (K + VALUES_OF_BLOCK - 1) / VALUES_OF_BLOCK * SLOTS_OF_BLOCK;
}

/* The first n of 16, then zeros; nothing behind them is read. */
static inline __m512 load_first_16(const real *x, size_t n)
{
    const unsigned some = n < SQUARE ? (1U << n) - 1 : 0xFFFFU;
#ifdef REPRISE_DOUBLE
    const __m256 low = _mm512_cvtpd_ps(_mm512_maskz_loadu_pd((__mmask8)some, x));
    const __m256 high = _mm512_cvtpd_ps(_mm512_maskz_loadu_pd((__mmask8)(some >> 8), x + 8));
    return _mm512_insertf32x8(_mm512_castps256_ps512(low), high, 1);
#else
    return _mm512_maskz_loadu_ps((__mmask16)some, x);
#endif
}

/* Nothing behind the first n is written. */
static inline void store_first_16(real *x, size_t n, __m512 values)
{
    const unsigned some = n < SQUARE ? (1U << n) - 1 : 0xFFFFU;
#ifdef REPRISE_DOUBLE
    const __m512d low = _mm512_cvtps_pd(_mm512_castps512_ps256(values));
    const __m512d high = _mm512_cvtps_pd(_mm512_extractf32x8_ps(values, 1));
    _mm512_mask_storeu_pd(x, (__mmask8)some, low);
    _mm512_mask_storeu_pd(x + SQUARE / 2, (__mmask8)(some >> 8), high);
#else
    _mm512_mask_storeu_ps(x, (__mmask16)some, values);
#endif
}

/* As bfloat16: 16 values and 16 that come behind them. */
static inline __m512i nearest_32(__m512 first, __m512 second)
{
    return (__m512i)_mm512_cvtne2ps_pbh(second, first);
}

/* The pairs of a lane. */
static inline __m512i pairs_along(const real *x, size_t n)
{
    return nearest_32(load_first_16(x, n), load_first_16(x + SQUARE, from_on(n, SQUARE)));
}

/* A pair of the lanes. */
static inline __m512i pairs_across(const real *even, size_t n_even, const real *odd, size_t n_odd)
{
    const __m512i in_turn =
        _mm512_set_epi16(31, 15, 30, 14, 29, 13, 28, 12, 27, 11, 26, 10, 25, 9, 24, 8, 23, 7, 22, 6,
                         21, 5, 20, 4, 19, 3, 18, 2, 17, 1, 16, 0);
    const __m512i both = nearest_32(load_first_16(even, n_even), load_first_16(odd, n_odd));
    return _mm512_permutexvar_epi16(in_turn, both);
}

/* Row i becomes what stood at place i of each row. */
static inline void transpose_square(__m512i row[SQUARE])
{
    __m512i other[SQUARE];
    for (size_t i = 0; i < SQUARE; i += 2) {
        other[i] = _mm512_unpacklo_epi32(row[i], row[i + 1]);
        other[i + 1] = _mm512_unpackhi_epi32(row[i], row[i + 1]);
    }
    for (size_t i = 0; i < SQUARE; i += 4)
        for (size_t j = 0; j < 2; j++) {
            row[i + 2 * j] = _mm512_unpacklo_epi64(other[i + j], other[i + 2 + j]);
            row[i + 2 * j + 1] = _mm512_unpackhi_epi64(other[i + j], other[i + 2 + j]);
        }
    for (size_t i = 0; i < SQUARE; i += 8)
        for (size_t j = 0; j < 4; j++) {
            other[i + j] = _mm512_shuffle_i32x4(row[i + j], row[i + 4 + j], 0x88);
            other[i + 4 + j] = _mm512_shuffle_i32x4(row[i + j], row[i + 4 + j], 0xDD);
        }
    for (size_t j = 0; j < 4; j++) {
        row[j] = _mm512_shuffle_i32x4(other[j], other[8 + j], 0x88);
        row[8 + j] = _mm512_shuffle_i32x4(other[j], other[8 + j], 0xDD);
        row[4 + j] = _mm512_shuffle_i32x4(other[4 + j], other[12 + j], 0x88);
        row[12 + j] = _mm512_shuffle_i32x4(other[4 + j], other[12 + j], 0xDD);
    }
}

static inline void store_square(Slot *block, const Panel *panel, size_t lane, const __m512i row[])
{
    const size_t step = panel->of_a ? SLOTS_OF_BLOCK : panel->width;
    block += panel->of_a ? lane * SLOTS_OF_BLOCK : lane;
    for (size_t i = 0; i < SQUARE; i++) _mm512_storeu_si512(block + i * step, row[i]);
}

/* Neighbours in memory are values of k. */
static inline void pack_along(Slot *to, const Panel *panel, const Operand *operand)
{
    for (size_t lane = 0; lane < operand->lanes; lane += SQUARE)
        for (size_t k = 0; k < operand->K; k += VALUES_OF_BLOCK) {
            __m512i row[SQUARE];
            for (size_t i = 0; i < SQUARE; i++) {
                const real *ahead =
                    operand->x + (lane + i) * operand->lane_stride + k + VALUES_AHEAD;
                __builtin_prefetch(ahead);
                __builtin_prefetch(ahead + SQUARE);
            }
            for (size_t i = 0; i < SQUARE; i++)
                row[i] = lane + i < operand->lanes
                             ? pairs_along(operand->x + (lane + i) * operand->lane_stride + k,
                                           operand->K - k)
                             : _mm512_setzero_si512();
            if (!panel->of_a) transpose_square(row);
            store_square(to + slots_of(k) * panel->width, panel, lane, row);
        }
}

/* Neighbours in memory are lanes. */
static inline void pack_across(Slot *to, const Panel *panel, const Operand *operand)
{
    const size_t K = operand->K;
    for (size_t k = 0; k < K; k += VALUES_OF_BLOCK)
        for (size_t lane = 0; lane < operand->lanes; lane += SQUARE) {
            __m512i row[SQUARE];
            const size_t n = from_on(operand->lanes, lane);
            for (size_t i = 0; i < SQUARE; i++) {
                const size_t even = k + 2 * i;
                const real *x = operand->x + even * operand->k_stride + lane;
                __builtin_prefetch(x + LANES_AHEAD);
                __builtin_prefetch(x + operand->k_stride + LANES_AHEAD);
                row[i] =
                    pairs_across(x, even < K ? n : 0, x + operand->k_stride, even + 1 < K ? n : 0);
            }
            if (panel->of_a) transpose_square(row);
            store_square(to + slots_of(k) * panel->width, panel, lane, row);
        }
}

#endif
