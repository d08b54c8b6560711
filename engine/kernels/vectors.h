/* Vectors that every processor has which runs us: of 256 bits with AVX2, of 128 with NEON. What computes in them is
 * written once, in these types; only here are instructions named, and both kinds give the same bits. */
#ifndef KERNELS_VECTORS_H
#define KERNELS_VECTORS_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include "base/real.h"

#ifdef __x86_64__
#include <immintrin.h>
#define VECTORS_NAME "avx2"
enum { VECTOR_BYTES = 32 };
#else
#include <arm_neon.h>
#define VECTORS_NAME "neon"
enum { VECTOR_BYTES = 16 };
#endif

typedef real Reals __attribute__((vector_size(VECTOR_BYTES)));
typedef float Floats __attribute__((vector_size(VECTOR_BYTES)));
typedef uint64_t Words __attribute__((vector_size(VECTOR_BYTES)));

/* Floats that operands are packed in, or what as many doubles come to as floats. */
enum { AT_ONCE = VECTOR_BYTES / sizeof(float) };

#ifdef __x86_64__

static inline void store_floats(float *to, Floats floats)
{
    _mm256_storeu_ps(to, floats);
}

static inline Floats load_floats(const real *x)
{
#ifdef REPRISE_DOUBLE
    const __m128 low = _mm256_cvtpd_ps(_mm256_loadu_pd(x));
    return _mm256_set_m128(_mm256_cvtpd_ps(_mm256_loadu_pd(x + AT_ONCE / 2)), low);
#else
    return _mm256_loadu_ps(x);
#endif
}

/* a b + c, rounded once, where a is the same for all. */
static inline Floats multiply_floats(const float *a, const float *b, Floats c)
{
    return _mm256_fmadd_ps(_mm256_set1_ps(*a), _mm256_loadu_ps(b), c);
}

static inline Reals multiply_reals(const real *a, const real *b, Reals c)
{
#ifdef REPRISE_DOUBLE
    return _mm256_fmadd_pd(_mm256_set1_pd(*a), _mm256_loadu_pd(b), c);
#else
    return multiply_floats(a, b, c);
#endif
}

/* a where it is greater, else b */
static inline Reals greater_reals(Reals a, Reals b)
{
#ifdef REPRISE_DOUBLE
    return _mm256_max_pd(a, b);
#else
    return _mm256_max_ps(a, b);
#endif
}

/* bf16_round (kernels/bf16.h) of each. */
static inline Floats round_to_bf16(Floats x)
{
    const __m256i bits = _mm256_castps_si256(x), upper = _mm256_set1_epi32((int)0xFFFF0000U);
    const __m256i odd = _mm256_and_si256(_mm256_srli_epi32(bits, 16), _mm256_set1_epi32(1));
    const __m256i half = _mm256_add_epi32(odd, _mm256_set1_epi32(0x7FFF));
    const __m256i nan = _mm256_castps_si256(_mm256_cmp_ps(x, x, _CMP_UNORD_Q)); /* all bits set */
    const __m256i nearest = _mm256_or_si256(_mm256_add_epi32(bits, half), nan);
    const __m256i exponent = _mm256_and_si256(bits, _mm256_set1_epi32(0x7F800000));
    const __m256i small = _mm256_cmpeq_epi32(exponent, _mm256_setzero_si256());
    return _mm256_castsi256_ps(_mm256_andnot_si256(small, _mm256_and_si256(nearest, upper)));
}

/* Of as many rows: row i becomes what stood at place i of each row. */
static inline void transpose_floats(Floats row[AT_ONCE])
{
    Floats pair[AT_ONCE];
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

/* Of their low halves. */
static inline Words multiply_words(Words words, uint32_t by)
{
    return (Words)_mm256_mul_epu32((__m256i)words, _mm256_set1_epi64x(by));
}

/* Stores first[0], second[0], first[1], ... */
static inline void interleave_words(void *to, Words first, Words second)
{
    const __m256i even = _mm256_unpacklo_epi64((__m256i)first, (__m256i)second);
    const __m256i odd = _mm256_unpackhi_epi64((__m256i)first, (__m256i)second);
    _mm256_storeu_si256(to, _mm256_permute2x128_si256(even, odd, 0x20));
    _mm256_storeu_si256((__m256i *)to + 1, _mm256_permute2x128_si256(even, odd, 0x31));
}

#else

static inline void store_floats(float *to, Floats floats)
{
    vst1q_f32(to, floats);
}

static inline Floats load_floats(const real *x)
{
#ifdef REPRISE_DOUBLE
    return vcombine_f32(vcvt_f32_f64(vld1q_f64(x)), vcvt_f32_f64(vld1q_f64(x + AT_ONCE / 2)));
#else
    return vld1q_f32(x);
#endif
}

static inline Floats multiply_floats(const float *a, const float *b, Floats c)
{
    return vfmaq_n_f32(c, vld1q_f32(b), *a);
}

static inline Reals multiply_reals(const real *a, const real *b, Reals c)
{
#ifdef REPRISE_DOUBLE
    return vfmaq_n_f64(c, vld1q_f64(b), *a);
#else
    return multiply_floats(a, b, c);
#endif
}

static inline Reals greater_reals(Reals a, Reals b)
{
#ifdef REPRISE_DOUBLE
    return vbslq_f64(vcgtq_f64(a, b), a, b);
#else
    return vbslq_f32(vcgtq_f32(a, b), a, b);
#endif
}

static inline Floats round_to_bf16(Floats x)
{
    const uint32x4_t bits = vreinterpretq_u32_f32(x);
    const uint32x4_t odd = vandq_u32(vshrq_n_u32(bits, 16), vdupq_n_u32(1));
    const uint32x4_t half = vaddq_u32(odd, vdupq_n_u32(0x7FFF));
    const uint32x4_t number = vceqq_f32(x, x); /* all bits set */
    const uint32x4_t nearest = vornq_u32(vaddq_u32(bits, half), number);
    const uint32x4_t large = vtstq_u32(bits, vdupq_n_u32(0x7F800000));
    return vreinterpretq_f32_u32(vandq_u32(vandq_u32(nearest, vdupq_n_u32(0xFFFF0000)), large));
}

static inline void transpose_floats(Floats row[AT_ONCE])
{
    const float32x4x2_t upper = vtrnq_f32(row[0], row[1]), lower = vtrnq_f32(row[2], row[3]);
    for (size_t i = 0; i < 2; i++) {
        row[i] = vcombine_f32(vget_low_f32(upper.val[i]), vget_low_f32(lower.val[i]));
        row[i + 2] = vcombine_f32(vget_high_f32(upper.val[i]), vget_high_f32(lower.val[i]));
    }
}

static inline Words multiply_words(Words words, uint32_t by)
{
    return vmull_n_u32(vmovn_u64(words), by);
}

static inline void interleave_words(void *to, Words first, Words second)
{
    vst1q_u64(to, vzip1q_u64(first, second));
    vst1q_u64((uint64_t *)to + 2, vzip2q_u64(first, second));
}

#endif

/* The first n, then zeros; nothing behind them is read. */
static inline Floats load_first_floats(const real *x, size_t n)
{
#if defined __x86_64__ && !defined REPRISE_DOUBLE
    const __m256i place = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
    const int end = n < AT_ONCE ? (int)n : AT_ONCE;
    return _mm256_maskload_ps(x, _mm256_cmpgt_epi32(_mm256_set1_epi32(end), place));
#else
    if (n >= AT_ONCE) return load_floats(x);
    real first[AT_ONCE] = {0};
    memcpy(first, x, n * sizeof *x);
    return load_floats(first);
#endif
}

#endif
