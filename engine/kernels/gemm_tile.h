/* The products, written once for all ways and precisions. The source that includes it defines
 *
 *   WAY(product)   its name: of `whole`, a product shared out among the threads, of `tile` and of `pack`
 *   Slot           what is multiplied at once of a row of a and a column of b
 *   slots_of       how many of so many values of k
 *   pack_across, pack_along   write a panel's slots: neighbours in memory are its lanes, or values of k
 *   ROWS, COLUMNS  of a micro-tile of c
 *   micro_tile     its sums over the slots of two panels, between micro_begin and micro_end
 *
 * Operands are packed into panels, which the micro-kernel reads from front to back: a panel of a holds ROWS
 * rows and one of b COLUMNS columns, slot after slot; what stands behind the last row or column
 * ends up in no c. */
#include <assert.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include "base/parallel.h"
#include "base/real.h"
#include "kernels/gemm_memory.h"
#include "kernels/gemm_micro.h"
#include "kernels/gemm_operand.h"
#include "kernels/gemm_way.h"

static const Panel panel_a = {.lanes = ROWS, .width = PLACES, .of_a = true},
                   panel_b = {.lanes = COLUMNS, .width = COLUMNS};

_Static_assert(COLUMNS % 8 == 0 && GEMM_COLUMNS % COLUMNS == 0,
               "panels of b have no places left over");
_Static_assert(GEMM_K % GEMM_BLOCK == 0 && GEMM_SHARED_K % GEMM_K == 0,
               "passes cut no block, and a layer begins where they do");
_Static_assert(sizeof(Slot) <= sizeof(real) && COLUMNS <= 32, "gemm_packed_values is enough");
_Static_assert(GEMM_ROWS % ROWS == 0 && GEMM_ROWS / ROWS * PLACES <= GEMM_PLACES(GEMM_ROWS),
               "panels of a fit");

static size_t pieces(size_t n, size_t piece)
{
    return (n + piece - 1) / piece;
}

static size_t multiple(size_t n, size_t of)
{
    return pieces(n, of) * of;
}

/* A part of panels of n slots, at most GEMM_K deep. Across, some rows of memory are gone through at once: the
 * nearest cache holds them while each panel takes its lanes. */
static inline void pack_panels(Slot *panels, Panel panel, size_t n, const Operand *operand)
{
    enum { ROWS_AT_ONCE = GEMM_BLOCK };
    const bool across = operand->lane_stride == 1;
    const size_t step = across ? ROWS_AT_ONCE : GEMM_K;
    for (size_t k = 0; k < operand->K; k += step)
        for (size_t lane = 0; lane < operand->lanes; lane += panel.lanes) {
            const Operand part = operand_part(operand, lane, panel.lanes, k, step);
            Slot *to = panels + (lane / panel.lanes * n + slots_of(k)) * panel.width;
            if (across) pack_across(to, &panel, &part);
            else pack_along(to, &panel, &part);
        }
}

/* --- sums -------------------------------------------------------------------------------------- */

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

/* A panel of b stays in the nearest cache while all panels of a pass by it. */
__attribute__((noinline)) static void multiply_panels(const Sums *sums, const Slot *a,
                                                      const Slot *b, size_t n_slots)
{
    const size_t share = COLUMNS * n_slots * sizeof(Slot) / pieces(sums->rows, ROWS);
    for (size_t column = 0; column < sums->columns; column += COLUMNS)
        for (size_t row = 0; row < sums->rows; row += ROWS) {
            const Sums tile = sums_part(sums, row, ROWS, column, COLUMNS);
            const Slot *panel = b + column * n_slots;
            const Ahead ahead = {tile.c + ROWS * tile.c_stride,
                                 (const char *)(panel + COLUMNS * n_slots) + row / ROWS * share};
            micro_tile(&tile, a + row / ROWS * PLACES * n_slots, panel, n_slots, ahead);
        }
}

static void multiply_between(const Sums *sums, const Slot *a, const Slot *b, size_t n_slots)
{
    const unsigned before = micro_begin();
    multiply_panels(sums, a, b, n_slots);
    micro_end(before);
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

/* A part of the product, its b packed at once. a is packed by each piece for itself, piece by piece. */
typedef struct Pass {
    Whole part;
    Slot *b;
    size_t rows, columns; /* of a piece */
} Pass;

/* Calls `multiply` for the passes of a product, k from front to back; once at least, for the sums of a
 * product that has no k. */
static void each_pass(const Whole *whole, size_t columns, size_t depth, Slot *b,
                      void (*multiply)(Pass *pass))
{
    for (size_t n = 0; n < whole->sums.columns; n += columns) {
        Pass pass = {.part.sums = sums_part(&whole->sums, 0, whole->sums.rows, n, columns), .b = b};
        size_t k = 0;
        do {
            pass.part.a = operand_part(&whole->a, 0, whole->a.lanes, k, depth);
            pass.part.b = operand_part(&whole->b, n, columns, k, depth);
            multiply(&pass);
            sums_go_on(&pass.part.sums);
            k += depth;
        } while (k < whole->a.K);
    }
}

/* Where the panels of columns from `column` on begin, in the layer of values of k from `k` on. */
static Slot *packed_at(const Pass *pass, size_t column, size_t k)
{
    const Operand *b = &pass->part.b;
    const size_t n = slots_of(smaller(b->K - k, GEMM_K));
    return pass->b + multiple(b->lanes, COLUMNS) * slots_of(k) + column * n;
}

static void pack_part(const Pass *pass, size_t column, size_t columns, size_t k, size_t K)
{
    const size_t layer = k / GEMM_K * GEMM_K;
    const Operand part = operand_part(&pass->part.b, column, columns, k, K);
    const size_t n = slots_of(smaller(pass->part.b.K - layer, GEMM_K));
    pack_panels(packed_at(pass, column, layer) + slots_of(k - layer) * COLUMNS, panel_b, n, &part);
}

static void multiply_piece(const Pass *pass, size_t row, size_t column)
{
    Sums sums = sums_part(&pass->part.sums, row, pass->rows, column, pass->columns);
    Slot *own = gemm_memory_a();
    size_t k = 0;
    do {
        const Operand a = operand_part(&pass->part.a, row, pass->rows, k, GEMM_K);
        pack_panels(own, panel_a, slots_of(a.K), &a);
        multiply_between(&sums, own, packed_at(pass, column, k), slots_of(a.K));
        sums_go_on(&sums);
        k += GEMM_K;
    } while (k < pass->part.a.K);
}

static void multiply_alone(Pass *pass)
{
    pass->rows = GEMM_ROWS;
    pass->columns = pass->part.sums.columns;
    pack_part(pass, 0, pass->columns, 0, GEMM_K);
    for (size_t row = 0; row < pass->part.sums.rows; row += pass->rows)
        multiply_piece(pass, row, 0);
}

static void multiply_packed(const Whole *whole, const real *b)
{
    const Pass pass = {.part = *whole,
                       .b = (Slot *)(uintptr_t)b,
                       .rows = GEMM_ROWS,
                       .columns = whole->sums.columns};
    for (size_t row = 0; row < whole->sums.rows; row += GEMM_ROWS) multiply_piece(&pass, row, 0);
}

void WAY(tile)(real *c, const real *a, const real *b, GemmShape shape)
{
    shape = gemm_dense(shape);
    const Whole whole = whole_of(c, a, b, &shape);
    if (shape.packed) multiply_packed(&whole, b);
    else each_pass(&whole, GEMM_COLUMNS, GEMM_K, gemm_memory_b(), multiply_alone);
}

/* --- the same shared out ------------------------------------------------------------------------ */

/* What a thread packs at once: what lies together in memory. */
enum { COLUMNS_AT_ONCE = 4 * COLUMNS, K_AT_ONCE = GEMM_BLOCK };

static void pack_some_columns(void *context, size_t begin, size_t end, int thread)
{
    (void)thread, (void)end;
    const Pass *pass = context;
    for (size_t k = 0; k < pass->part.b.K; k += GEMM_K)
        pack_part(pass, begin * COLUMNS_AT_ONCE, COLUMNS_AT_ONCE, k, GEMM_K);
}

static void pack_some_rows(void *context, size_t begin, size_t end, int thread)
{
    (void)thread, (void)end;
    const Pass *pass = context;
    pack_part(pass, 0, pass->part.b.lanes, begin * K_AT_ONCE, K_AT_ONCE);
}

static void pack_together(Pass *pass)
{
    const Operand *b = &pass->part.b;
    if (b->lane_stride == 1) parallel_for(pieces(b->K, K_AT_ONCE), 1, pack_some_rows, pass);
    else parallel_for(pieces(b->lanes, COLUMNS_AT_ONCE), 1, pack_some_columns, pass);
}

/* Some pieces for each thread, so that all end at about the same time: fewer rows each, and where that is
 * not enough, fewer columns, for which a is packed again. */
static void choose_pieces(Pass *pass)
{
    enum { FOR_A_THREAD = 4, FEWEST_ROWS = 64, FEWEST_COLUMNS = 128 };
    const size_t rows = pass->part.sums.rows, columns = pass->part.sums.columns;
    const size_t threads = (size_t)parallel_threads(), wanted = threads * FOR_A_THREAD;
    size_t high = multiple(pieces(rows, GEMM_ROWS), threads), wide = 1;
    if (high < wanted) high = smaller(wanted, pieces(rows, FEWEST_ROWS));
    if (high < wanted) wide = smaller(pieces(wanted, high), pieces(columns, FEWEST_COLUMNS));
    pass->rows = smaller(multiple(pieces(rows, high), ROWS), GEMM_ROWS);
    pass->columns = multiple(pieces(columns, wide), COLUMNS);
}

static size_t pieces_across(const Pass *pass)
{
    return pieces(pass->part.sums.columns, pass->columns);
}

static void multiply_some(void *context, size_t begin, size_t end, int thread)
{
    (void)thread, (void)end;
    const Pass *pass = context;
    const size_t across = pieces_across(pass);
    multiply_piece(pass, begin / across * pass->rows, begin % across * pass->columns);
}

void WAY(pack)(real *packed, const real *b, GemmShape shape)
{
    shape = gemm_dense(shape);
    Pass pass = {.part = whole_of(NULL, NULL, b, &shape), .b = (Slot *)packed};
    pack_together(&pass);
}

static void multiply_together(Pass *pass)
{
    choose_pieces(pass);
    pack_together(pass);
    parallel_for(pieces(pass->part.sums.rows, pass->rows) * pieces_across(pass), 1, multiply_some,
                 pass);
}

void WAY(whole)(real *c, const real *a, const real *b, GemmShape shape)
{
    assert(!shape.packed);
    shape = gemm_dense(shape);
    if (shape.M == 0 || shape.N == 0) return;
    const Whole whole = whole_of(c, a, b, &shape);
    const size_t depth =
        smaller(multiple((size_t)shape.K + 1, GEMM_BLOCK), GEMM_SHARED_K); /* not 0 */
    const size_t columns = GEMM_SHARED_VALUES / depth / COLUMNS * COLUMNS;
    each_pass(&whole, columns, depth, gemm_memory_shared_b(), multiply_together);
}
