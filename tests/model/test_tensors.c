#include <criterion/criterion.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "base/parallel.h"
#include "kernels/kernels.h"
#include "model/tensors.h"

TestSuite(tensors);

static Arena *new_arena(void)
{
    Error err = {0};
    Arena *arena = arena_create("test", &err);
    cr_assert(arena, "%s", err.text);
    return arena;
}

enum { ROWS = 300, COLUMNS = 211 };

/* A drawn matrix, a gain, a bias and a further drawn matrix. */
static TensorTable four_tensors(Arena *arena)
{
    Error err = {0};
    TensorTable table = tensors_create(&kernels_fast.memory, arena);
    const unsigned matrix = TENSOR_DECAY | TENSOR_INIT_NORMAL;
    cr_assert_eq(tensors_add(&table, &err, matrix, 0, 2, ROWS, COLUMNS, "first.%s", "weight"), 0);
    cr_assert_eq(tensors_add(&table, &err, TENSOR_INIT_ONE, 1, 1, 7, 0, "gain"), 1);
    cr_assert_eq(tensors_add(&table, &err, 0, 1, 1, 9, 0, "bias"), 2);
    cr_assert_eq(tensors_add(&table, &err, matrix, 2, 2, ROWS, COLUMNS, "second.weight"), 3);
    return table;
}

static real *initialized(const TensorTable *table, uint64_t seed)
{
    Error err = {0};
    real *block = tensors_allocate(table, table->arena, &err);
    cr_assert(block, "%s", err.text);
    tensors_initialize(table, block, seed);
    return block;
}

Test(tensors, start_on_64_bytes_and_do_not_overlap)
{
    Arena *arena = new_arena();
    const TensorTable table = four_tensors(arena);
    size_t end = 0;
    for (int i = 0; i < table.n; i++) {
        cr_expect_eq(table.items[i].offset * sizeof(real) % 64, 0);
        cr_expect_geq(table.items[i].offset, end);
        end = table.items[i].offset + table.items[i].n;
    }
    cr_expect_geq(table.n_elements, end);
    cr_expect_eq((uintptr_t)initialized(&table, 1) % 64, 0);
    arena_destroy(arena);
}

Test(tensors, count_parameters_without_the_gaps)
{
    Arena *arena = new_arena();
    cr_expect_eq(four_tensors(arena).n_parameters, 2 * ROWS * COLUMNS + 7 + 9);
    arena_destroy(arena);
}

Test(tensors, are_found_by_their_whole_name)
{
    Arena *arena = new_arena();
    const TensorTable table = four_tensors(arena);
    cr_expect_eq(tensors_find(&table, "first.weight"), 0);
    cr_expect_eq(tensors_find(&table, "bias"), 2);
    cr_expect_eq(tensors_find(&table, "first"), -1);
    arena_destroy(arena);
}

Test(tensors, keep_everything_when_a_table_grows)
{
    Arena *arena = new_arena();
    Error err = {0};
    TensorTable table = tensors_create(&kernels_fast.memory, arena);
    for (int i = 0; i < 1000; i++)
        cr_assert_eq(tensors_add(&table, &err, 0, i, 1, 3, 0, "tensor.%d", i), i);
    cr_expect_eq(tensors_find(&table, "tensor.999"), 999);
    cr_expect_eq(table.items[500].layer, 500);
    cr_expect_eq(table.n_parameters, 3000);
    arena_destroy(arena);
}

Test(tensors, too_large_for_the_address_space_are_an_error)
{
    Arena *arena = new_arena();
    Error err = {0};
    TensorTable table = tensors_create(&kernels_fast.memory, arena);
    cr_expect_eq(tensors_add(&table, &err, 0, 0, 2, SIZE_MAX / 4, 3, "huge"), -1);
    cr_expect(strstr(err.text, "'huge'"), "%s", err.text);
    cr_expect_eq(table.n, 0);
    arena_destroy(arena);
}

/* Moments of n draws of N(0, deviation), each within five of its standard errors. */
static void expect_normal(const real *values, size_t n, double deviation)
{
    const double size = (double)n, root = sqrt(size);
    double sum = 0, squares = 0, fourth = 0;
    for (size_t i = 0; i < n; i++) {
        const double z = (double)values[i] / deviation;
        sum += z;
        squares += z * z;
        fourth += z * z * z * z;
    }
    cr_expect_lt(fabs(sum / size), 5 / root, "mean");
    cr_expect_lt(fabs(squares / size - 1), 5 * sqrt(2) / root, "variance");
    cr_expect_lt(fabs(fourth / size - 3), 5 * sqrt(96) / root, "kurtosis");
}

Test(tensors, begin_as_the_paper_has_them)
{
    Arena *arena = new_arena();
    const TensorTable table = four_tensors(arena);
    const real *block = initialized(&table, 5);
    for (int i = 0; i < 7; i++) cr_expect_eq(block[table.items[1].offset + (size_t)i], 1);
    for (int i = 0; i < 9; i++) cr_expect_eq(block[table.items[2].offset + (size_t)i], 0);
    expect_normal(block, table.items[0].n, 0.02);
    arena_destroy(arena);
}

Test(tensors, of_layers_without_normalization_begin_by_their_inputs)
{
    Arena *arena = new_arena();
    Error err = {0};
    TensorTable table = tensors_create(&kernels_fast.memory, arena);
    cr_assert_eq(tensors_add(&table, &err, TENSOR_INIT_FAN_IN, 1, 2, 64, 300, "matrix"), 0);
    expect_normal(initialized(&table, 5), table.items[0].n, 0.125);
    arena_destroy(arena);
}

Test(tensors, draw_from_streams_of_their_own)
{
    Arena *arena = new_arena();
    const TensorTable table = four_tensors(arena);
    const real *block = initialized(&table, 5);
    const real *second = block + table.items[3].offset;
    size_t n_equal = 0;
    for (size_t i = 0; i < table.items[0].n; i++) n_equal += block[i] == second[i];
    cr_expect_lt(n_equal, table.items[0].n / 100);
    arena_destroy(arena);
}

Test(tensors, draw_the_same_on_any_number_of_threads_and_another_by_seed)
{
    Arena *arena = new_arena();
    const TensorTable table = four_tensors(arena);
    const size_t bytes = table.n_elements * sizeof(real);
    parallel_set_threads(1);
    const real *one = initialized(&table, 5);
    parallel_set_threads(3);
    const real *three = initialized(&table, 5), *other = initialized(&table, 6);
    cr_expect(memcmp(one, three, bytes) == 0);
    cr_expect(memcmp(one, other, bytes) != 0);
    arena_destroy(arena);
}

Test(tensors, name_the_first_that_is_not_all_finite_numbers)
{
    Error err = {0};
    Arena *arena = new_arena();
    TensorTable table = tensors_create(&kernels_fast.memory, arena);
    tensors_add(&table, &err, 0, 0, 1, 5, 0, "first"); /* and a gap, which does not count */
    tensors_add(&table, &err, 0, 0, 1, 4, 0, "second");
    tensors_add(&table, &err, 0, 0, 1, 4, 0, "third");
    real *block = tensors_allocate(&table, arena, &err);
    cr_assert(block, "%s", err.text);
    block[5] = (real)NAN;
    cr_expect_null(tensors_not_finite(&table, block));
    block[table.items[2].offset] = (real)INFINITY;
    cr_expect_str_eq(tensors_not_finite(&table, block)->name, "third");
    block[table.items[1].offset + 3] = (real)NAN;
    cr_expect_str_eq(tensors_not_finite(&table, block)->name, "second");
    arena_destroy(arena);
}

Test(tensors, freeze_the_layers_asked_for_and_some_rows_of_the_token_table)
{
    Error err = {0};
    Arena *arena = new_arena();
    TensorTable table = tensors_create(&kernels_fast.memory, arena);
    tensors_add(&table, &err, TENSOR_BY_TOKEN, TENSOR_LAYER_EMBEDDING, 2, 5, 3, "tokens");
    tensors_add(&table, &err, 0, 1, 1, 4, 0, "first");
    tensors_add(&table, &err, 0, 2, 1, 4, 0, "second");
    tensors_add(&table, &err, 0, TENSOR_LAYER_HEAD, 1, 4, 0, "head");
    real *gradients = tensors_allocate(&table, arena, &err);
    cr_assert(gradients, "%s", err.text);
    for (size_t i = 0; i < table.n_elements; i++) gradients[i] = 1;

    tensors_freeze(&table, 1, 2);
    cr_expect_eq(table.items[0].n_frozen, 2 * 3);
    cr_expect_eq(table.items[1].n_frozen, 4);
    cr_expect_eq(table.items[2].n_frozen, 0);
    cr_expect_eq(table.items[3].n_frozen, 0);

    tensors_zero_frozen(&table, gradients);
    cr_expect_eq(gradients[5], 0);
    cr_expect_eq(gradients[6], 1);
    cr_expect_eq(gradients[table.items[1].offset + 3], 0);
    cr_expect_eq(gradients[table.items[2].offset], 1);
    arena_destroy(arena);
}
