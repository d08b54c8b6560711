#include "kernels/gemm_memory.h"
#include "base/arena.h"
#include "base/parallel.h"
#include "base/real.h"

static void *own_a[PARALLEL_MAX_THREADS], *own_b[PARALLEL_MAX_THREADS], *shared_b;

void *gemm_memory_a(void)
{
    return own_a[parallel_thread()];
}

void *gemm_memory_b(void)
{
    return own_b[parallel_thread()];
}

void *gemm_memory_shared_b(void)
{
    return shared_b;
}

enum { OWN_A = GEMM_PLACES(GEMM_ROWS) * GEMM_K, OWN_B = GEMM_COLUMNS * GEMM_K };

size_t gemm_memory_bytes(void)
{
    return (GEMM_SHARED_VALUES + (size_t)parallel_threads() * (OWN_A + OWN_B)) * sizeof(real);
}

/* Once. */
static bool take(void **memory, Arena *arena, size_t n, Error *err)
{
    if (!*memory) *memory = arena_alloc(arena, n, sizeof(real), err);
    return *memory;
}

bool gemm_memory_take(Error *err)
{
    static Arena *arena;
    if (!arena) arena = arena_create("matrix products", err);
    if (!arena || !take(&shared_b, arena, GEMM_SHARED_VALUES, err)) return false;
    for (int thread = 0; thread < parallel_threads(); thread++)
        if (!take(&own_a[thread], arena, OWN_A, err) || !take(&own_b[thread], arena, OWN_B, err))
            return false;
    return true;
}
