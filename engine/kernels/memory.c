#include "kernels/memory.h"
#include <string.h>
#include "base/parallel.h"

bool memory_take_plain(real **block, size_t n, Needs *needs, Error *err)
{
    return needs_add(needs, block, n, sizeof **block, err);
}

real *memory_clear_plain(real *x, size_t n)
{
    return memset(x, 0, n * sizeof *x);
}

void memory_copy_plain(real *to, const real *from, size_t n)
{
    memcpy(to, from, n * sizeof *to);
}

/* --- fast ---------------------------------------------------------------------------------------- */

enum { MEMORY_CHUNK = 1 << 16 };

static void memory_clear_piece(void *context, size_t begin, size_t end, int thread)
{
    (void)thread;
    memory_clear_plain((real *)context + begin, end - begin);
}

real *memory_clear_fast(real *x, size_t n)
{
    parallel_for(n, MEMORY_CHUNK, memory_clear_piece, x);
    return x;
}
