/* Vectors of 256 bits that operands are packed in: 8 floats, or what 8 doubles come to as floats. */
#ifndef KERNELS_GEMM_VECTORS_H
#define KERNELS_GEMM_VECTORS_H

#include <immintrin.h>
#include <stddef.h>
#include <string.h>
#include "base/real.h"

enum { AT_ONCE = 8 };

static inline __m256 load_floats(const real *x)
{
#ifdef REPRISE_DOUBLE
    const __m128 low = _mm256_cvtpd_ps(_mm256_loadu_pd(x));
    return _mm256_set_m128(_mm256_cvtpd_ps(_mm256_loadu_pd(x + AT_ONCE / 2)), low);
#else
    return _mm256_loadu_ps(x);
#endif
}

/* The first n, then zeros; nothing behind them is read. */
static inline __m256 load_first_floats(const real *x, size_t n)
{
#ifdef REPRISE_DOUBLE
    real first[AT_ONCE] = {0};
    memcpy(first, x, (n < AT_ONCE ? n : AT_ONCE) * sizeof *x);
    return load_floats(first);
#else
    const __m256i place = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
    const int end = n < AT_ONCE ? (int)n : AT_ONCE;
    return _mm256_maskload_ps(x, _mm256_cmpgt_epi32(_mm256_set1_epi32(end), place));
#endif
}

/* Of 8 x 8: row i becomes what stood at place i of each row. */
static inline void transpose_floats(__m256 row[AT_ONCE])
{
    __m256 pair[AT_ONCE];
    for (size_t i = 0; i < AT_ONCE; i += 2) {
        pair[i] = _mm256_unpacklo_ps(row[i], row[i + 1]);
        pair[i + 1] = _mm256_unpackhi_ps(row[i], row[i + 1]);
    }
    for (size_t i = 0; i < AT_ONCE; i += 4)
        for (size_t j = 0; j < 2; j++) {
            row[i + 2 * j] = _mm256_shuffle_ps(pair[i + j], pair[i + 2 + j], 0x44);
            row[i + 2 * j + 1] = _mm256_shuffle_ps(pair[i + j], pair[i + 2 + j], 0xEE);
        }
    for (size_t i = 0; i < 4; i++) {
        pair[i] = _mm256_permute2f128_ps(row[i], row[i + 4], 0x20);
        pair[i + 4] = _mm256_permute2f128_ps(row[i], row[i + 4], 0x31);
    }
    for (size_t i = 0; i < AT_ONCE; i++) row[i] = pair[i];
}

#endif
