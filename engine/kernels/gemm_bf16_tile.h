/* One sequential product, written once for all ways. The source that includes it defines
 *
 *   WAY            the product's name
 *   Slot           what is multiplied at once of a row of a and a column of b: a pair of bfloat16, or one of
 *                  them as a float, the odd one of a pair first
 *   SLOTS          slots of a pair: 1 or 2
 *   slots_across   writes the slots of 8 lanes from their even and odd values: those of panel[0], and those
 *                  of panel[width] where a pair has two
 *   slots_along    writes the slots of one lane from 8 values, 4 pairs
 *   slot_multiply  sum + a b: a the same for all lanes
 *   Vector, WIDTH  float sums side by side, and how many; vector_load, vector_store, vector_number (a NaN
 *                  becomes the one NaN)
 *   ROWS, VECTORS  a micro-tile of c, its sums in registers: ROWS x (VECTORS * WIDTH)
 *
 * Operands are packed into panels, which the micro-kernel reads from front to back: a panel of a holds ROWS
 * rows and one of b COLUMNS columns, slot after slot, with zeros behind the last row or column. */
#include <immintrin.h>
#include <stddef.h>
#include <string.h>
#include "base/real.h"
#include "kernels/bf16.h"
#include "kernels/flush.h"
#include "kernels/gemm_bf16_ways.h"

enum { COLUMNS = VECTORS * WIDTH };
enum { SLOTS_MOST = GEMM_BF16_K / 2 * SLOTS };
_Static_assert((GEMM_BF16_ROWS + ROWS) * SLOTS_MOST * sizeof(Slot) <= GEMM_BF16_BLOCK_BYTES,
               "rows");
_Static_assert(GEMM_BF16_COLUMNS % COLUMNS == 0, "columns");
_Static_assert(COLUMNS % 8 == 0 && (ROWS % 8 == 0 || ROWS < 8), "lanes are packed by 8");

static inline size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* --- packing ----------------------------------------------------------------------------------- */

/* Rows of a or columns of b, its lanes, of K values each. */
typedef struct Operand {
    const real *x;
    size_t lane_stride, k_stride; /* one of them is 1 */
    size_t lanes, K;
} Operand;

static size_t operand_slots(const Operand *operand)
{
    return (operand->K + 1) / 2 * SLOTS;
}

static Operand operand_part(const Operand *whole, size_t lane, size_t lanes, size_t k, size_t K)
{
    Operand part = *whole;
    part.x += lane * whole->lane_stride + k * whole->k_stride;
    part.lanes = smaller(whole->lanes - lane, lanes);
    part.K = smaller(whole->K - k, K);
    return part;
}

enum { AT_ONCE = 8 }; /* lanes, or values of k, and slots that are written beyond the last */

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

static inline __m256 load_rounded(const real *x)
{
#ifdef REPRISE_DOUBLE
    const __m128 low = _mm256_cvtpd_ps(_mm256_loadu_pd(x));
    return rounded(_mm256_set_m128(_mm256_cvtpd_ps(_mm256_loadu_pd(x + AT_ONCE / 2)), low));
#else
    return rounded(_mm256_loadu_ps(x));
#endif
}

/* The first n, then zeros; nothing behind them is read. */
static inline __m256 load_first(const real *x, size_t n)
{
    real first[AT_ONCE] = {0};
    memcpy(first, x, smaller(n, AT_ONCE) * sizeof *x);
    return load_rounded(first);
}

/* Neighbours in memory are lanes: a pair of all of them after the other. */
static inline void pack_across(Slot *panel, size_t width, const Operand *operand)
{
    const size_t K = operand->K, lanes = operand->lanes;
    for (size_t k = 0; k < K; k += 2, panel += SLOTS * width) {
        const real *even = operand->x + k * operand->k_stride, *odd = even + operand->k_stride;
        for (size_t i = 0; i < width; i += AT_ONCE) {
            const size_t n = i < lanes ? lanes - i : 0;
            const bool whole = n >= AT_ONCE && k + 1 < K;
            slots_across(panel + i, width, whole ? load_rounded(even + i) : load_first(even + i, n),
                         whole ? load_rounded(odd + i) : load_first(odd + i, k + 1 < K ? n : 0));
        }
    }
}

/* 8 x 8 slots: row i of `to` takes the i-th slot of each row of `from`. */
static inline void transpose(Slot *to, size_t to_stride, const Slot *from, size_t from_stride)
{
    __m256 row[AT_ONCE], pair[AT_ONCE];
    for (size_t i = 0; i < AT_ONCE; i++) row[i] = _mm256_loadu_ps((const float *)(from + i * from_stride));
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
    for (size_t i = 0; i < AT_ONCE; i++) _mm256_storeu_ps((float *)(to + i * to_stride), pair[i]);
}

/* The slots of one lane whose values are neighbours in memory. */
static inline void lane_slots(Slot *slots, const real *x, size_t K)
{
    size_t k = 0;
    for (; k + AT_ONCE <= K; k += AT_ONCE) slots_along(slots + k / 2 * SLOTS, load_rounded(x + k));
    if (k < K) slots_along(slots + k / 2 * SLOTS, load_first(x + k, K - k));
}

/* Neighbours in memory are values of k: the slots of 8 lanes, lane by lane, then slot by slot. A panel that
 * is narrower than 8 lanes is written beyond its edge, where the next slot comes. */
static inline void pack_along(Slot *panel, size_t width, const Operand *operand)
{
    Slot slots[AT_ONCE][SLOTS_MOST + AT_ONCE];
    const size_t n = operand_slots(operand);
    for (size_t first = 0; first < width; first += AT_ONCE) {
        for (size_t i = 0; i < AT_ONCE; i++)
            if (first + i < operand->lanes)
                lane_slots(slots[i], operand->x + (first + i) * operand->lane_stride, operand->K);
            else
                memset(slots[i], 0, n * sizeof(Slot));
        for (size_t s = 0; s < n; s += AT_ONCE)
            transpose(panel + s * width + first, width, slots[0] + s, SLOTS_MOST + AT_ONCE);
    }
}

/* All panels of a block. Across, some rows of memory are gone through at once: the nearest cache holds them
 * while each panel takes its lanes; not if panels are narrow, and written beyond their end. */
static inline void pack_panels(Slot *panels, size_t width, const Operand *operand)
{
    enum { ROWS_AT_ONCE = 16 };
    const bool across = operand->lane_stride == 1;
    const size_t step = across && width % AT_ONCE == 0 ? ROWS_AT_ONCE : GEMM_BF16_K;
    const size_t n = operand_slots(operand);
    for (size_t k = 0; k < operand->K; k += step)
        for (size_t lane = 0; lane < operand->lanes; lane += width) {
            const Operand part = operand_part(operand, lane, width, k, step);
            Slot *panel = panels + lane * n + k / 2 * SLOTS * width;
            if (across) pack_across(panel, width, &part);
            else pack_along(panel, width, &part);
        }
}

/* --- sums -------------------------------------------------------------------------------------- */

/* A part of c, and what its sums begin as. */
typedef struct Sums {
    real *c;
    const real *begin;
    size_t c_stride, begin_stride;
    size_t rows, columns;
} Sums;

static Sums sums_part(const Sums *whole, size_t row, size_t rows, size_t column, size_t columns)
{
    Sums part = *whole;
    part.c += row * whole->c_stride + column;
    part.begin += row * whole->begin_stride + column;
    part.rows = smaller(whole->rows - row, rows);
    part.columns = smaller(whole->columns - column, columns);
    return part;
}

/* ROWS x COLUMNS sums in registers. */
static inline void micro_kernel(float *c, size_t c_stride, const float *begin, size_t begin_stride,
                                const Slot *a, const Slot *b, size_t n_slots)
{
    Vector sum[ROWS][VECTORS];
    for (size_t r = 0; r < ROWS; r++)
        for (size_t v = 0; v < VECTORS; v++)
            sum[r][v] = vector_load(begin + r * begin_stride + v * WIDTH);
    for (size_t s = 0; s < n_slots; s++, a += ROWS, b += COLUMNS)
        for (size_t r = 0; r < ROWS; r++)
            for (size_t v = 0; v < VECTORS; v++)
                sum[r][v] = slot_multiply(sum[r][v], a + r, b + v * WIDTH);
    for (size_t r = 0; r < ROWS; r++)
        for (size_t v = 0; v < VECTORS; v++)
            vector_store(c + r * c_stride + v * WIDTH, vector_number(sum[r][v]));
}

/* What is smaller than a micro-tile, or not of floats, is summed beside c. */
static void micro_edge(const Sums *sums, const Slot *a, const Slot *b, size_t n_slots)
{
    float beside[ROWS * COLUMNS] = {0};
    for (size_t r = 0; r < sums->rows; r++)
        for (size_t i = 0; i < sums->columns; i++)
            beside[r * COLUMNS + i] = (float)sums->begin[r * sums->begin_stride + i];
    micro_kernel(beside, COLUMNS, beside, COLUMNS, a, b, n_slots);
    for (size_t r = 0; r < sums->rows; r++)
        for (size_t i = 0; i < sums->columns; i++)
            sums->c[r * sums->c_stride + i] = (real)beside[r * COLUMNS + i];
}

static inline void micro_tile(const Sums *sums, const Slot *a, const Slot *b, size_t n_slots)
{
#ifndef REPRISE_DOUBLE
    if (sums->rows == ROWS && sums->columns == COLUMNS) {
        micro_kernel(sums->c, sums->c_stride, sums->begin, sums->begin_stride, a, b, n_slots);
        return;
    }
#endif
    micro_edge(sums, a, b, n_slots);
}

/* A panel of b stays in the nearest cache while all panels of a pass by it. */
__attribute__((noinline)) static void multiply_panels(const Sums *sums, const Slot *a,
                                                      const Slot *b, size_t n_slots)
{
    for (size_t column = 0; column < sums->columns; column += COLUMNS)
        for (size_t row = 0; row < sums->rows; row += ROWS) {
            const Sums tile = sums_part(sums, row, ROWS, column, COLUMNS);
            micro_tile(&tile, a + row * n_slots, b + column * n_slots, n_slots);
        }
}

/* --- the product -------------------------------------------------------------------------------- */

/* One block of b with all of a. */
static void multiply_block(const Sums *sums, const Operand *a, const Operand *b)
{
    char *blocks = gemm_bf16_blocks();
    Slot *packed_a = (Slot *)blocks, *packed_b = (Slot *)(blocks + GEMM_BF16_BLOCK_BYTES);
    pack_panels(packed_b, COLUMNS, b);
    for (size_t row = 0; row < sums->rows; row += GEMM_BF16_ROWS) {
        const Operand rows = operand_part(a, row, GEMM_BF16_ROWS, 0, a->K);
        const Sums part = sums_part(sums, row, GEMM_BF16_ROWS, 0, sums->columns);
        pack_panels(packed_a, ROWS, &rows);
        const unsigned before = flush_begin();
        multiply_panels(&part, packed_a, packed_b, operand_slots(&rows));
        flush_end(before);
    }
}

void WAY(real *c, const real *a, const real *b, GemmShape shape)
{
    static const real zeros[GEMM_BF16_COLUMNS];
    shape = gemm_dense(shape);
    const size_t M = (size_t)shape.M, N = (size_t)shape.N, K = (size_t)shape.K;
    const size_t lda = (size_t)shape.lda, ldb = (size_t)shape.ldb, ldc = (size_t)shape.ldc;
    const Operand rows = {a, shape.transpose_a ? 1 : lda, shape.transpose_a ? lda : 1, M, K};
    const Operand columns = {b, shape.transpose_b ? ldb : 1, shape.transpose_b ? 1 : ldb, N, K};
    for (size_t n = 0; n < N; n += GEMM_BF16_COLUMNS) {
        Sums sums = {c + n, shape.bias ? shape.bias + n : zeros, ldc, 0,
                     M,     smaller(N - n, GEMM_BF16_COLUMNS)};
        if (shape.add) sums.begin = sums.c, sums.begin_stride = ldc;
        size_t k = 0;
        do {
            const Operand a_block = operand_part(&rows, 0, M, k, GEMM_BF16_K);
            const Operand b_block = operand_part(&columns, n, GEMM_BF16_COLUMNS, k, GEMM_BF16_K);
            multiply_block(&sums, &a_block, &b_block);
            sums.begin = sums.c, sums.begin_stride = ldc;
            k += GEMM_BF16_K;
        } while (k < K);
    }
}
