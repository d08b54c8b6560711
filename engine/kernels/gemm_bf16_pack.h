/* How products of bfloat16 pack: every value rounded, in pairs of k. The source that includes it defines
 *
 *   Slot           a pair of bfloat16, or one of them as a float, the odd one of a pair first
 *   SLOTS          slots of a pair: 1 or 2
 *   slots_across   writes the slots of 8 lanes from their even and odd values: those of panel[0], and those
 *                  of panel[width] where a pair has two
 *   slots_along    writes the slots of one lane from 8 values, 4 pairs */
#ifndef KERNELS_GEMM_BF16_PACK_H
#define KERNELS_GEMM_BF16_PACK_H

#include <stdbool.h>
#include <stdint.h>
#include "kernels/gemm_memory.h"
#include "kernels/gemm_operand.h"
#include "kernels/gemm_vectors.h"

typedef float Sum;

/* Of so many values of k. */
static inline size_t slots_of(size_t K)
{
    return (K + 1) / 2 * SLOTS;
}

/* bf16_round of 8 values, in vectors. */
static inline __m256 rounded(__m256 x)
{
    const __m256i sign = _mm256_set1_epi32(INT32_MIN), upper = _mm256_set1_epi32((int)0xFFFF0000U);
    const __m256i bits = _mm256_castps_si256(x), size = _mm256_andnot_si256(sign, bits);
    const __m256i odd = _mm256_and_si256(_mm256_srli_epi32(bits, 16), _mm256_set1_epi32(1));
    const __m256i half = _mm256_add_epi32(odd, _mm256_set1_epi32(0x7FFF));
    const __m256i nan = _mm256_cmpgt_epi32(size, _mm256_set1_epi32(0x7F800000));
    const __m256i small = _mm256_cmpgt_epi32(_mm256_set1_epi32(0x00800000), size);
    const __m256i quiet = _mm256_or_si256(bits, _mm256_set1_epi32(0x00400000));
    __m256i nearest = _mm256_blendv_epi8(_mm256_add_epi32(bits, half), quiet, nan);
    nearest = _mm256_blendv_epi8(nearest, _mm256_and_si256(bits, sign), small);
    return _mm256_castsi256_ps(_mm256_and_si256(nearest, upper));
}

/* Neighbours in memory are lanes: a pair of all of them after the other. */
static inline void pack_across(Slot *panel, size_t width, const Operand *operand)
{
    const size_t K = operand->K, lanes = operand->lanes;
    for (size_t k = 0; k < K; k += 2, panel += SLOTS * width) {
        const real *even = operand->x + k * operand->k_stride, *odd = even + operand->k_stride;
        for (size_t i = 0; i < width; i += AT_ONCE) {
            const size_t n = i < lanes ? lanes - i : 0, n_odd = k + 1 < K ? n : 0;
            slots_across(panel + i, width, rounded(load_first_floats(even + i, n)),
                         rounded(load_first_floats(odd + i, n_odd)));
        }
    }
}

/* The slots of one lane whose values are neighbours in memory. */
static inline void lane_slots(Slot *slots, const real *x, size_t K)
{
    size_t k = 0;
    for (; k + AT_ONCE <= K; k += AT_ONCE)
        slots_along(slots + slots_of(k), rounded(load_floats(x + k)));
    if (k < K) slots_along(slots + slots_of(k), rounded(load_first_floats(x + k, K - k)));
}

/* Neighbours in memory are values of k: the slots of 8 lanes, lane by lane, then slot by slot. */
static inline void pack_along(Slot *panel, size_t width, const Operand *operand)
{
    Slot slots[AT_ONCE][GEMM_K / 2 * SLOTS + AT_ONCE];
    const size_t n = slots_of(operand->K);
    for (size_t first = 0; first < width; first += AT_ONCE) {
        for (size_t i = 0; i < AT_ONCE; i++)
            if (first + i < operand->lanes)
                lane_slots(slots[i], operand->x + (first + i) * operand->lane_stride, operand->K);
            else memset(slots[i], 0, n * sizeof(Slot));
        for (size_t s = 0; s < n; s += AT_ONCE) {
            __m256 row[AT_ONCE];
            for (size_t i = 0; i < AT_ONCE; i++)
                row[i] = _mm256_loadu_ps((const float *)(slots[i] + s));
            transpose_floats(row);
            for (size_t i = 0; i < AT_ONCE && s + i < n; i++)
                _mm256_storeu_ps((float *)(panel + (s + i) * width + first), row[i]);
        }
    }
}

/* A sum that is not a number becomes the one NaN. */
static inline Vector settled(Vector sums)
{
    typedef int32_t Bits __attribute__((vector_size(sizeof(Vector))));
    const Bits none = sums != sums, quiet = (Bits){0} + 0x7FC00000;
    return (Vector)((none & quiet) | (~none & (Bits)sums));
}

#endif
