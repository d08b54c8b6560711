/* The products, written once for all ways. The source that includes it defines
 *
 *   WAY(product)   its name: of `whole`, a product shared out among the threads, and of `tile`
 *   Slot           what is multiplied at once of a row of a and a column of b: a pair of bfloat16, or one of
 *                  them as a float, the odd one of a pair first
 *   SLOTS          slots of a pair: 1 or 2
 *   slots_across   writes the slots of 8 lanes from their even and odd values: those of panel[0], and those
 *                  of panel[width] where a pair has two
 *   slots_along    writes the slots of one lane from 8 values, 4 pairs
 *   slot_multiply  sum + a b: a the same for all lanes
 *   Vector, WIDTH  float sums side by side, and how many
 *   ROWS, VECTORS  a micro-tile of c, its sums in registers: ROWS x (VECTORS * WIDTH)
 *
 * Operands are packed into panels, which the micro-kernel reads from front to back: a panel of a holds ROWS
 * rows and one of b COLUMNS columns, slot after slot, with zeros behind the last row or column. */
#include <immintrin.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include "base/parallel.h"
#include "base/real.h"
#include "kernels/bf16.h"
#include "kernels/flush.h"
#include "kernels/gemm_bf16_memory.h"
#include "kernels/gemm_bf16_ways.h"

enum { COLUMNS = VECTORS * WIDTH, PLACES = (ROWS + 7) / 8 * 8 };
enum { SLOTS_MOST = GEMM_BF16_K / 2 * SLOTS };

/* Lanes side by side in a panel, and places for them, a multiple of 8. */
typedef struct Panel {
    size_t lanes, width;
} Panel;
static const Panel panel_a = {ROWS, PLACES}, panel_b = {COLUMNS, COLUMNS};

_Static_assert(COLUMNS % 8 == 0 && GEMM_BF16_LANES % COLUMNS == 0,
               "panels of b have no places left over");
_Static_assert((GEMM_BF16_LANES / ROWS + 1) * PLACES <= GEMM_BF16_PLACES(GEMM_BF16_LANES),
               "panels of a fit");

static inline size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

static size_t pieces(size_t n, size_t piece)
{
    return (n + piece - 1) / piece;
}

/* Of so many values of k. */
static size_t slots_of(size_t K)
{
    return pieces(K, 2) * SLOTS;
}

/* --- packing ----------------------------------------------------------------------------------- */

/* Rows of a or columns of b, its lanes, of K values each. */
typedef struct Operand {
    const real *x;
    size_t lane_stride, k_stride; /* one of them is 1 */
    size_t lanes, K;
} Operand;

static Operand operand_part(const Operand *whole, size_t lane, size_t lanes, size_t k, size_t K)
{
    Operand part = *whole;
    part.x += lane * whole->lane_stride + k * whole->k_stride;
    part.lanes = smaller(whole->lanes - lane, lanes);
    part.K = smaller(whole->K - k, K);
    return part;
}

enum { AT_ONCE = 8 }; /* lanes, or values of k */

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

/* Of 8 x 8 slots: row i of `to`, up to n rows, takes the i-th slot of each row of `from`. */
static inline void transpose(Slot *to, size_t to_stride, const Slot *from, size_t from_stride,
                             size_t n)
{
    __m256 row[AT_ONCE], pair[AT_ONCE];
    for (size_t i = 0; i < AT_ONCE; i++)
        row[i] = _mm256_loadu_ps((const float *)(from + i * from_stride));
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
    for (size_t i = 0; i < n; i++) _mm256_storeu_ps((float *)(to + i * to_stride), pair[i]);
}

/* The slots of one lane whose values are neighbours in memory. */
static inline void lane_slots(Slot *slots, const real *x, size_t K)
{
    size_t k = 0;
    for (; k + AT_ONCE <= K; k += AT_ONCE) slots_along(slots + slots_of(k), load_rounded(x + k));
    if (k < K) slots_along(slots + slots_of(k), load_first(x + k, K - k));
}

/* Neighbours in memory are values of k: the slots of 8 lanes, lane by lane, then slot by slot. */
static inline void pack_along(Slot *panel, size_t width, const Operand *operand)
{
    Slot slots[AT_ONCE][SLOTS_MOST + AT_ONCE];
    const size_t n = slots_of(operand->K);
    for (size_t first = 0; first < width; first += AT_ONCE) {
        for (size_t i = 0; i < AT_ONCE; i++)
            if (first + i < operand->lanes)
                lane_slots(slots[i], operand->x + (first + i) * operand->lane_stride, operand->K);
            else memset(slots[i], 0, n * sizeof(Slot));
        for (size_t s = 0; s < n; s += AT_ONCE)
            transpose(panel + s * width + first, width, slots[0] + s, SLOTS_MOST + AT_ONCE,
                      smaller(n - s, AT_ONCE));
    }
}

/* The panels of a block that is at most GEMM_BF16_K deep. Across, some rows of memory are gone through at
 * once: the nearest cache holds them while each panel takes its lanes. */
static inline void pack_panels(Slot *panels, Panel panel, const Operand *operand)
{
    enum { ROWS_AT_ONCE = 16 };
    const bool across = operand->lane_stride == 1;
    const size_t step = across ? ROWS_AT_ONCE : GEMM_BF16_K, n = slots_of(operand->K);
    for (size_t k = 0; k < operand->K; k += step)
        for (size_t lane = 0; lane < operand->lanes; lane += panel.lanes) {
            const Operand part = operand_part(operand, lane, panel.lanes, k, step);
            Slot *to = panels + (lane / panel.lanes * n + slots_of(k)) * panel.width;
            if (across) pack_across(to, panel.width, &part);
            else pack_along(to, panel.width, &part);
        }
}

/* --- sums -------------------------------------------------------------------------------------- */

/* A part of c, and what its sums begin as. */
typedef struct Sums {
    real *c;
    const real *begin; /* NULL: as zeros */
    size_t c_stride, begin_stride;
    size_t rows, columns;
} Sums;

static Sums sums_part(const Sums *whole, size_t row, size_t rows, size_t column, size_t columns)
{
    Sums part = *whole;
    part.c += row * whole->c_stride + column;
    if (part.begin) part.begin += row * whole->begin_stride + column;
    part.rows = smaller(whole->rows - row, rows);
    part.columns = smaller(whole->columns - column, columns);
    return part;
}

/* What comes behind begins as what stands there now. */
static void sums_go_on(Sums *sums)
{
    sums->begin = sums->c;
    sums->begin_stride = sums->c_stride;
}

static inline Vector vector_load(const float *x)
{
    Vector sums;
    memcpy(&sums, x, sizeof sums);
    return sums;
}

/* A NaN becomes the one NaN. */
static inline void vector_store(float *x, Vector sums)
{
    typedef int32_t Bits __attribute__((vector_size(sizeof(Vector))));
    const Bits none = sums != sums, quiet = (Bits){0} + 0x7FC00000;
    const Bits bits = (none & quiet) | (~none & (Bits)sums);
    memcpy(x, &bits, sizeof bits);
}

/* ROWS x COLUMNS sums in registers. */
static inline void micro_kernel(float *c, size_t c_stride, const float *begin, size_t begin_stride,
                                const Slot *a, const Slot *b, size_t n_slots)
{
    Vector sum[ROWS][VECTORS];
    for (size_t r = 0; r < ROWS; r++)
        for (size_t v = 0; v < VECTORS; v++)
            sum[r][v] = begin ? vector_load(begin + r * begin_stride + v * WIDTH) : (Vector){0};
    for (size_t s = 0; s < n_slots; s++, a += panel_a.width, b += COLUMNS)
        for (size_t r = 0; r < ROWS; r++)
            for (size_t v = 0; v < VECTORS; v++)
                sum[r][v] = slot_multiply(sum[r][v], a + r, b + v * WIDTH);
    for (size_t r = 0; r < ROWS; r++)
        for (size_t v = 0; v < VECTORS; v++) vector_store(c + r * c_stride + v * WIDTH, sum[r][v]);
}

/* What is smaller than a micro-tile, or not of floats, is summed beside c. */
static void micro_edge(const Sums *sums, const Slot *a, const Slot *b, size_t n_slots)
{
    float beside[ROWS * COLUMNS] = {0};
    for (size_t r = 0; sums->begin && r < sums->rows; r++)
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
            micro_tile(&tile, a + row / ROWS * panel_a.width * n_slots, b + column * n_slots,
                       n_slots);
        }
}

static void multiply_flushed(const Sums *sums, const Slot *a, const Slot *b, size_t n_slots)
{
    const unsigned before = flush_begin();
    multiply_panels(sums, a, b, n_slots);
    flush_end(before);
}

/* --- the product -------------------------------------------------------------------------------- */

/* Both operands, and where their product goes. */
typedef struct Whole {
    Operand a, b;
    Sums sums;
} Whole;

static Whole whole_of(real *c, const real *a, const real *b, const GemmShape *shape)
{
    const size_t M = (size_t)shape->M, N = (size_t)shape->N, K = (size_t)shape->K;
    const size_t lda = (size_t)shape->lda, ldb = (size_t)shape->ldb, ldc = (size_t)shape->ldc;
    Whole whole = {
        .a = {a, shape->transpose_a ? 1 : lda, shape->transpose_a ? lda : 1, M, K},
        .b = {b, shape->transpose_b ? ldb : 1, shape->transpose_b ? 1 : ldb, N, K},
        .sums = {c, shape->bias, ldc, 0, M, N},
    };
    if (shape->add) whole.sums.begin = c, whole.sums.begin_stride = ldc;
    return whole;
}

/* What is packed at once. */
typedef struct Block {
    Whole part;
    Slot *a, *b; /* packed */
} Block;

/* Calls `multiply` for the product's parts of at most so many rows, columns and values of k, k from front to
 * back; once at least, for the sums of a product that has no k. */
static void each_block(const Whole *whole, size_t lanes, size_t depth, Block block,
                       void (*multiply)(Block *block))
{
    for (size_t m = 0; m < whole->sums.rows; m += lanes)
        for (size_t n = 0; n < whole->sums.columns; n += lanes) {
            block.part.sums = sums_part(&whole->sums, m, lanes, n, lanes);
            size_t k = 0;
            do {
                block.part.a = operand_part(&whole->a, m, lanes, k, depth);
                block.part.b = operand_part(&whole->b, n, lanes, k, depth);
                multiply(&block);
                sums_go_on(&block.part.sums);
                k += depth;
            } while (k < whole->a.K);
        }
}

static void multiply_alone(Block *block)
{
    pack_panels(block->a, panel_a, &block->part.a);
    pack_panels(block->b, panel_b, &block->part.b);
    multiply_flushed(&block->part.sums, block->a, block->b, slots_of(block->part.a.K));
}

void WAY(tile)(real *c, const real *a, const real *b, GemmShape shape)
{
    shape = gemm_dense(shape);
    const Whole whole = whole_of(c, a, b, &shape);
    const GemmBf16Memory memory = gemm_bf16_memory_own();
    each_block(&whole, GEMM_BF16_LANES, GEMM_BF16_K, (Block){.a = memory.a, .b = memory.b},
               multiply_alone);
}

/* --- the same shared out: each lane is packed once, by one thread, then each tile of c is summed by one */

enum { PANELS = 4 }; /* of each operand that a thread packs at once */
enum {
    TILE = 512,
    FEW = 16,
    SMALL = 64
}; /* lanes of a tile: fewer where there would be less than FEW tiles */

/* Where a lane's panel begins, that of the first lane of a panel, in the layer of values of k from `k` on. */
static Slot *packed_at(Slot *packed, Panel panel, const Operand *operand, size_t lane, size_t k)
{
    const size_t panels = pieces(operand->lanes, panel.lanes);
    const size_t n = slots_of(smaller(operand->K - k, GEMM_BF16_K));
    return packed + (panels * slots_of(k) + lane / panel.lanes * n) * panel.width;
}

static void pack_some(Slot *packed, Panel panel, const Operand *operand, size_t piece)
{
    const size_t lane = piece * PANELS * panel.lanes;
    for (size_t k = 0; k < operand->K; k += GEMM_BF16_K) {
        const Operand part = operand_part(operand, lane, PANELS * panel.lanes, k, GEMM_BF16_K);
        pack_panels(packed_at(packed, panel, operand, lane, k), panel, &part);
    }
}

static void pack_piece(void *context, size_t begin, size_t end, int thread)
{
    (void)thread, (void)end;
    const Block *block = context;
    const size_t n_a = pieces(block->part.a.lanes, PANELS * panel_a.lanes);
    if (begin < n_a) pack_some(block->a, panel_a, &block->part.a, begin);
    else pack_some(block->b, panel_b, &block->part.b, begin - n_a);
}

/* Rows and columns of a tile, multiples of a panel's lanes. */
typedef struct Tile {
    size_t rows, columns;
} Tile;

static Tile tile_of(const Sums *sums)
{
    size_t rows = TILE, columns = TILE;
    while (pieces(sums->rows, rows) * pieces(sums->columns, columns) < FEW && columns > SMALL) {
        if (rows >= columns) rows /= 2;
        else columns /= 2;
    }
    return (Tile){pieces(rows, ROWS) * ROWS, pieces(columns, COLUMNS) * COLUMNS};
}

static void multiply_tile(void *context, size_t begin, size_t end, int thread)
{
    (void)thread, (void)end;
    const Block *block = context;
    const Operand *a = &block->part.a, *b = &block->part.b;
    const Tile tile = tile_of(&block->part.sums);
    const size_t across = pieces(block->part.sums.columns, tile.columns);
    const size_t row = begin / across * tile.rows, column = begin % across * tile.columns;
    Sums sums = sums_part(&block->part.sums, row, tile.rows, column, tile.columns);
    size_t k = 0;
    do {
        multiply_flushed(&sums, packed_at(block->a, panel_a, a, row, k),
                         packed_at(block->b, panel_b, b, column, k),
                         slots_of(smaller(a->K - k, GEMM_BF16_K)));
        sums_go_on(&sums);
        k += GEMM_BF16_K;
    } while (k < a->K);
}

static void multiply_together(Block *block)
{
    const Tile tile = tile_of(&block->part.sums);
    parallel_for(pieces(block->part.a.lanes, PANELS * panel_a.lanes) +
                     pieces(block->part.b.lanes, PANELS * panel_b.lanes),
                 1, pack_piece, block);
    parallel_for(pieces(block->part.sums.rows, tile.rows) *
                     pieces(block->part.sums.columns, tile.columns),
                 1, multiply_tile, block);
}

void WAY(whole)(real *c, const real *a, const real *b, GemmShape shape)
{
    shape = gemm_dense(shape);
    const Whole whole = whole_of(c, a, b, &shape);
    const GemmBf16Memory memory = gemm_bf16_memory_shared();
    each_block(&whole, GEMM_BF16_SHARED_LANES, GEMM_BF16_SHARED_K,
               (Block){.a = memory.a, .b = memory.b}, multiply_together);
}
