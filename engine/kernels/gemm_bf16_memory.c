#include "kernels/gemm_bf16_memory.h"
#include "base/arena.h"
#include "base/parallel.h"

static GemmBf16Memory own[PARALLEL_MAX_THREADS], shared;

GemmBf16Memory gemm_bf16_memory_own(void)
{
    return own[parallel_thread()];
}

GemmBf16Memory gemm_bf16_memory_shared(void)
{
    return shared;
}

/* Once. */
static bool take(GemmBf16Memory *memory, Arena *arena, size_t lanes, size_t depth, Error *err)
{
    const size_t n = GEMM_BF16_PLACES(lanes) * depth;
    if (!memory->a) memory->a = arena_alloc(arena, n, sizeof(float), err);
    if (!memory->b) memory->b = arena_alloc(arena, n, sizeof(float), err);
    return memory->a && memory->b;
}

bool gemm_bf16_memory_take(Error *err)
{
    static Arena *arena;
    if (!arena) arena = arena_create("bf16 products", err);
    if (!arena || !take(&shared, arena, GEMM_BF16_SHARED_LANES, GEMM_BF16_SHARED_K, err))
        return false;
    for (int thread = 0; thread < parallel_threads(); thread++)
        if (!take(&own[thread], arena, GEMM_BF16_LANES, GEMM_BF16_K, err)) return false;
    return true;
}
