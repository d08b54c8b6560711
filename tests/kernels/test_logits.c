#include <criterion/criterion.h>
#include "kernels/kernels.h"

static const Kernels *const tables[] = {&kernels_plain, &kernels_fast};
enum { N_TABLES = 2, C = 2, V = 3 };

static const real x[C] = {1, 2}, E[V * C] = {3, 0, 0, 2, 1, 1}; /* products: 3, 4, 3 */

static bool is_largest(const Kernels *table, const real *bias, int target)
{
    bool largest;
    table->logits_largest(&largest, x, E, bias, &target, 1, C, V);
    return largest;
}

Test(logits, a_bias_by_token_is_added_to_the_products)
{
    const real bias[V] = {(real)0.5, -4, 7};
    for (int k = 0; k < N_TABLES; k++) {
        real z[V];
        tables[k]->logits(z, x, E, bias, 1, C, V);
        cr_expect_eq(z[0], (real)3.5);
        cr_expect_eq(z[1], 0);
        cr_expect_eq(z[2], 10);
        tables[k]->logits(z, x, E, NULL, 1, C, V);
        cr_expect_eq(z[0], 3);
    }
}

Test(logits, a_bias_by_token_decides_which_is_largest)
{
    const real bias[V] = {0, -2, 1};
    for (int k = 0; k < N_TABLES; k++) {
        cr_expect(is_largest(tables[k], NULL, 1));
        cr_expect_not(is_largest(tables[k], NULL, 2));
        cr_expect(is_largest(tables[k], bias, 2));
        cr_expect_not(is_largest(tables[k], bias, 1));
    }
}

Test(logits, the_first_of_equals_is_the_largest)
{
    const real bias[V] = {1, 0, 1};
    for (int k = 0; k < N_TABLES; k++) {
        cr_expect(is_largest(tables[k], bias, 0));
        cr_expect_not(is_largest(tables[k], bias, 1));
        cr_expect_not(is_largest(tables[k], bias, 2));
    }
}

/* What a float does not tell apart from 4 still decides. */
Test(logits, a_sum_with_a_bias_is_not_rounded)
{
    const real bias[V] = {1 + (real)0x1p-23, 0, 0};
    for (int k = 0; k < N_TABLES; k++) {
        cr_expect(is_largest(tables[k], bias, 0));
        cr_expect_not(is_largest(tables[k], bias, 1));
    }
}
