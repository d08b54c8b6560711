/* One sequential product, written once for all ways. The source that includes it defines
 *
 *   WAY            the product's name
 *   Slot           what is multiplied at once of a row of a and a column of b: a pair of bfloat16, or one of
 *                  them as a float
 *   SLOTS          slots of a pair: 1 or 2
 *   Vector, WIDTH  float sums side by side, and how many
 *   ROWS, VECTORS  a micro-tile of c, its sums in registers: ROWS x (VECTORS * WIDTH)
 *   slot_put       writes the slots of a pair: panel[0], and panel[width] where there are two
 *   slot_multiply  sum + a b: a the same for all lanes
 *   vector_load, vector_store, vector_number (a NaN becomes the one NaN)
 *
 * Operands are packed into panels, which the micro-kernel reads from front to back: a panel of a holds ROWS
 * rows and one of b COLUMNS columns, slot after slot, with zeros behind the last row or column. */
#include <stddef.h>
#include "base/real.h"
#include "kernels/bf16.h"
#include "kernels/flush.h"
#include "kernels/gemm_bf16_ways.h"

enum { COLUMNS = VECTORS * WIDTH };
enum { SLOTS_MOST = GEMM_BF16_K / 2 * SLOTS };
_Static_assert((GEMM_BF16_ROWS + ROWS) * SLOTS_MOST * sizeof(Slot) <= GEMM_BF16_BLOCK_BYTES,
               "rows");
_Static_assert(GEMM_BF16_COLUMNS % COLUMNS == 0, "columns");

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

/* Neighbours in memory are lanes: one slot of all of them at a time. */
static inline void pack_across(Slot *panel, size_t width, const Operand *operand)
{
    const size_t lanes = operand->lanes;
    for (size_t k = 0; k < operand->K; k += 2, panel += SLOTS * width) {
        const real *even = operand->x + k * operand->k_stride, *odd = even + operand->k_stride;
        if (lanes == width && k + 1 < operand->K) /* a constant where it is inlined: vector code */
            for (size_t i = 0; i < width; i++)
                slot_put(panel + i, width, (float)even[i], (float)odd[i]);
        else
            for (size_t i = 0; i < width; i++)
                slot_put(panel + i, width, i < lanes ? (float)even[i] : 0,
                         i < lanes && k + 1 < operand->K ? (float)odd[i] : 0);
    }
}

/* Neighbours in memory are values of k: the slots of one lane side by side first, which is vector code,
 * then to their places. */
static inline void pack_along(Slot *panel, size_t width, const Operand *operand)
{
    Slot slots[SLOTS_MOST];
    const size_t pairs = operand->K / 2, n = operand_slots(operand);
    for (size_t i = 0; i < operand->lanes; i++) {
        const real *x = operand->x + i * operand->lane_stride;
        for (size_t p = 0; p < pairs; p++)
            slot_put(slots + p * SLOTS, 1, (float)x[2 * p], (float)x[2 * p + 1]);
        if (operand->K % 2) slot_put(slots + n - SLOTS, 1, (float)x[operand->K - 1], 0);
        for (size_t s = 0; s < n; s++) panel[s * width + i] = slots[s];
    }
    for (size_t i = operand->lanes; i < width; i++)
        for (size_t s = 0; s < n; s++) panel[s * width + i] = 0;
}

static inline void pack_panels(Slot *panels, size_t width, const Operand *operand)
{
    for (size_t lane = 0; lane < operand->lanes; lane += width) {
        const Operand part = operand_part(operand, lane, width, 0, operand->K);
        if (operand->lane_stride == 1) pack_across(panels, width, &part);
        else pack_along(panels, width, &part);
        panels += operand_slots(operand) * width;
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
