/* Blocks of bfloat16, multiplied by one instruction (AMX): 16 x 16 sums over 32 values of k. */
#include <immintrin.h>
#include <stddef.h>
#include <stdint.h>
#include "base/real.h"
#include "kernels/flush.h"

enum { ROWS = 32, COLUMNS = 32, SIDE = 16 };
typedef uint32_t Slot; /* a pair of k, the odd value above the even one */
#define WAY(product) gemm_bf16_amx_##product
#include "kernels/gemm_bf16_squares.h"
#include "kernels/gemm_micro.h"

/* --- tiles ------------------------------------------------------------------------------------- */

/* All eight registers: 16 rows of 64 bytes. */
typedef struct TileSetting {
    uint8_t palette, start_row, reserved[14];
    uint16_t row_bytes[16];
    uint8_t rows[16];
} TileSetting;

static inline unsigned micro_begin(void)
{
    static const _Alignas(LINE)
        TileSetting setting = {.palette = 1,
                               .row_bytes = {LINE, LINE, LINE, LINE, LINE, LINE, LINE, LINE},
                               .rows = {SIDE, SIDE, SIDE, SIDE, SIDE, SIDE, SIDE, SIDE}};
    _tile_loadconfig(&setting);
    return flush_begin();
}

static inline void micro_end(unsigned before)
{
    flush_end(before);
    _tile_release();
}

/* The compiler does not know that tiles read memory: what was written before stands there. */
static inline void memory_is_written(void)
{
    __asm__ volatile("" ::: "memory");
}

/* Registers 0 to 3 are the sums' quarters. What a quarter has no sums for is neither loaded nor computed nor stored. */
typedef struct Quarters {
    bool right, below; /* there are columns, rows beyond the first 16 */
} Quarters;

static inline Quarters quarters_of(const Sums *sums)
{
    return (Quarters){.right = sums->columns > SIDE, .below = sums->rows > SIDE};
}

static inline void sums_load(const float *from, size_t stride, Quarters has)
{
    const float *below = from + SIDE * stride;
    const size_t bytes = stride * sizeof *from;
    memory_is_written();
    _tile_loadd(0, from, bytes);
    if (has.right) _tile_loadd(1, from + SIDE, bytes);
    if (has.below) _tile_loadd(2, below, bytes);
    if (has.right && has.below) _tile_loadd(3, below + SIDE, bytes);
}

static inline void sums_clear(void)
{
    _tile_zero(0);
    _tile_zero(1);
    _tile_zero(2);
    _tile_zero(3);
}

/* A micro-tile that is whole, and of floats, is loaded and stored where it lies, another one by way of memory
 * beside. */
static inline bool sums_whole(const Sums *sums)
{
    return sizeof(real) == sizeof(float) && sums->rows == ROWS && sums->columns == COLUMNS;
}

static inline void sums_begin(const Sums *sums)
{
    _Alignas(LINE) float beside[ROWS * COLUMNS];
    if (!sums->begin) {
        sums_clear();
    } else if (sums_whole(sums)) {
        sums_load((const float *)sums->begin, sums->begin_stride, quarters_of(sums));
    } else {
        for (size_t r = 0; r < sums->rows; r++)
            for (size_t i = 0; i < COLUMNS; i += SIDE)
                _mm512_store_ps(beside + r * COLUMNS + i,
                                load_first_16(sums->begin + r * sums->begin_stride + i,
                                              from_on(sums->columns, i)));
        sums_load(beside, COLUMNS, quarters_of(sums));
    }
}

static inline void block_multiply(const Slot *a, const Slot *b, Quarters has)
{
    const size_t a_bytes = SLOTS_OF_BLOCK * sizeof *a, b_bytes = COLUMNS * sizeof *b;
    _tile_loadd(4, a, a_bytes);
    _tile_loadd(6, b, b_bytes);
    if (has.right) _tile_loadd(7, b + SIDE, b_bytes);
    _tile_dpbf16ps(0, 4, 6);
    if (has.below) _tile_loadd(5, a + (size_t)SIDE * SLOTS_OF_BLOCK, a_bytes);
    if (has.right) _tile_dpbf16ps(1, 4, 7);
    if (has.below) _tile_dpbf16ps(2, 5, 6);
    if (has.right && has.below) _tile_dpbf16ps(3, 5, 7);
}

static inline void blocks_multiply(const Slot *a, const Slot *b, size_t n_slots, Quarters has)
{
    enum { BLOCK_OF_A = ROWS * SLOTS_OF_BLOCK, BLOCK_OF_B = COLUMNS * SLOTS_OF_BLOCK };
    memory_is_written();
    for (size_t s = 0; s < n_slots; s += SLOTS_OF_BLOCK, a += BLOCK_OF_A, b += BLOCK_OF_B)
        block_multiply(a, b, has);
}

static inline void sums_store(float *to, size_t stride, Quarters has)
{
    float *below = to + SIDE * stride;
    const size_t bytes = stride * sizeof *to;
    _tile_stored(0, to, bytes);
    if (has.right) _tile_stored(1, to + SIDE, bytes);
    if (has.below) _tile_stored(2, below, bytes);
    if (has.right && has.below) _tile_stored(3, below + SIDE, bytes);
}

static inline void sums_end(const Sums *sums)
{
    _Alignas(LINE) float beside[ROWS * COLUMNS];
    if (sums_whole(sums)) {
        sums_store((float *)sums->c, sums->c_stride, quarters_of(sums));
        return;
    }
    sums_store(beside, COLUMNS, quarters_of(sums));
    for (size_t r = 0; r < sums->rows; r++)
        for (size_t i = 0; i < sums->columns; i += SIDE)
            store_first_16(sums->c + r * sums->c_stride + i, from_on(sums->columns, i),
                           _mm512_load_ps(beside + r * COLUMNS + i));
}

static inline void micro_tile(const Sums *sums, const Slot *a, const Slot *b, size_t n_slots,
                              Ahead ahead)
{
    const Quarters has = quarters_of(sums);
    (void)ahead; /* tiles keep the loads busy */
    sums_begin(sums);
    if (has.right && has.below) blocks_multiply(a, b, n_slots, (Quarters){true, true});
    else blocks_multiply(a, b, n_slots, has);
    sums_end(sums);
}

#include "kernels/gemm_tile.h"
