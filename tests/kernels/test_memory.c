#include <criterion/criterion.h>
#include <string.h>
#include "base/arena.h"
#include "base/parallel.h"
#include "kernels/kernels.h"

enum { N = (1 << 16) + 100 };

static Arena *arena;
static Error error;

static void start(void)
{
    arena = arena_create("test", &error);
    cr_assert(arena, "%s", error.text);
    parallel_set_threads(2);
}

static void stop(void)
{
    arena_destroy(arena);
}

TestSuite(memory, .init = start, .fini = stop);

static const Kernels *const tables[] = {&kernels_plain, &kernels_fast};
enum { N_TABLES = sizeof tables / sizeof *tables };

static real *take(const Memory *memory, size_t n)
{
    real *block;
    Needs needs = {.arena = arena};
    cr_assert(memory->take(&block, n, &needs, &error), "%s", error.text);
    return block;
}

Test(memory, is_measured_as_it_is_taken)
{
    for (int t = 0; t < N_TABLES; t++) {
        real *block = NULL;
        Needs measured = {.arena = NULL}, taken = {.arena = arena};
        cr_assert(tables[t]->memory.take(&block, N, &measured, &error));
        cr_expect_null(block);
        cr_assert(tables[t]->memory.take(&block, N, &taken, &error));
        cr_expect_not_null(block);
        cr_expect_eq(measured.bytes, taken.bytes);
        cr_expect_geq(measured.bytes, N * sizeof(real));
    }
}

Test(memory, is_zero_when_it_is_taken_and_when_it_is_cleared)
{
    static const real zeros[N];
    for (int t = 0; t < N_TABLES; t++) {
        const Memory *memory = &tables[t]->memory;
        real *block = take(memory, N + 1);
        cr_expect_arr_eq(block, zeros, sizeof zeros);
        for (int i = 0; i <= N; i++) block[i] = (real)(i + 1);
        cr_expect_eq(memory->clear(block, N), block);
        cr_expect_arr_eq(block, zeros, sizeof zeros);
        cr_expect_eq(block[N], N + 1, "one behind the last is left alone");
    }
}

Test(memory, is_copied_in_about_and_out)
{
    const real from[3] = {1, 2, 3};
    for (int t = 0; t < N_TABLES; t++) {
        const Memory *memory = &tables[t]->memory;
        real *first = take(memory, 3), *second = take(memory, 3), to[3] = {0};
        memory->copy_in(first, from, 3);
        memory->copy(second, first, 3);
        memory->copy_out(to, second, 3);
        cr_expect_arr_eq(to, from, sizeof to);
        memory->copy(second, first, 0);
    }
}

Test(memory, that_is_too_much_is_an_error)
{
    real *block;
    Needs needs = {.arena = arena};
    cr_expect_not(kernels_plain.memory.take(&block, SIZE_MAX / 2, &needs, &error));
}
