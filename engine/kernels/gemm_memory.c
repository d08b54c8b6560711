#include "kernels/gemm_memory.h"
#include "base/arena.h"
#include "base/parallel.h"
#include "base/real.h"

enum { OWN_A = GEMM_PLACES(GEMM_ROWS) * GEMM_K, OWN_B = GEMM_COLUMNS * GEMM_K, BOUNDARY = 64 };

static _Thread_local _Alignas(BOUNDARY) real own_a[OWN_A], own_b[OWN_B];
static real *shared_b;

void *gemm_memory_a(void)
{
    return own_a;
}

void *gemm_memory_b(void)
{
    return own_b;
}

void *gemm_memory_shared_b(void)
{
    return shared_b;
}

size_t gemm_memory_bytes(void)
{
    return (GEMM_SHARED_VALUES + (size_t)parallel_threads() * (OWN_A + OWN_B)) * sizeof(real);
}

bool gemm_memory_take(Error *err)
{
    static Arena *arena;
    if (!arena) arena = arena_create("matrix products", err);
    if (arena && !shared_b)
        shared_b = arena_alloc(arena, GEMM_SHARED_VALUES, sizeof *shared_b, err);
    return shared_b;
}
