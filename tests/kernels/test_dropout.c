#include <criterion/criterion.h>
#include <math.h>
#include "kernels/dropout.h"
#include "kernels/dropout_mask.h"
#include "kernels/dropout_mask_run.h"
#include "kernels/processor.h"

static RngKey some_key(void)
{
    return rng_key_site(rng_key(11, RNG_DROPOUT, 5), 9);
}

static const double RATE = 0.25;

static void chosen_run(real *factor, const DropoutMaskSetting *setting, size_t first, size_t n)
{
    dropout_mask(factor, RATE, setting->key, first, n);
}

static void check_mask(DropoutMaskRun *run, size_t first, size_t n)
{
    enum { ROOM = 128 };
    const DropoutMaskSetting setting = {
        .key = some_key(), .threshold = 65536 / 4, .scale = dropout_mask_scale(RATE)};
    real factor[ROOM];
    run(factor, &setting, first, n);
    for (size_t i = 0; i < n; i++)
        cr_assert_eq(factor[i], dropout_mask_factor(RATE, some_key(), first + i),
                     "first %zu, value %zu", first, i);
}

Test(dropout, the_mask_is_the_definition)
{
    enum { MOST = 100 };
    const size_t firsts[] = {0, 8, 24, 1000, ((size_t)1 << 35) - 16, ((size_t)1 << 36) + 8};
    for (size_t f = 0; f < sizeof firsts / sizeof firsts[0]; f++)
        for (size_t n = 1; n <= MOST; n += 9) {
            check_mask(dropout_mask_narrow_run, firsts[f], n);
#ifdef __x86_64__
            if (processor_has_avx512()) check_mask(dropout_mask_avx512_run, firsts[f], n);
#endif
            check_mask(chosen_run, firsts[f], n);
        }
}

Test(dropout, keeps_the_share_that_the_rate_says)
{
    enum { N = 100000 };
    const double rate = 0.1;
    int dropped = 0;
    for (size_t i = 0; i < N; i++) dropped += dropout_mask_factor(rate, some_key(), i) == 0;
    cr_expect_lt(fabs(dropped - rate * N), 4 * sqrt(rate * (1 - rate) * N), "%d dropped", dropped);
}

Test(dropout, keeps_the_expected_value)
{
    const double rate = 0.25; /* a multiple of 1/65536: exact */
    cr_expect_float_eq((double)dropout_mask_scale(rate) * (1 - rate), 1, 1e-7);
}

Test(dropout, rate_zero_copies)
{
    const real x[3] = {1, (real)-0.3, 7};
    real y[3];
    dropout_forward_plain(y, x, 0, some_key(), 3);
    cr_expect_arr_eq(y, x, sizeof y);
    dropout_forward_fast(y, x, 0, some_key(), 3);
    cr_expect_arr_eq(y, x, sizeof y);
}

Test(dropout, forward_may_work_in_place)
{
    enum { N = 500 };
    real x[N], y[N];
    for (int i = 0; i < N; i++) x[i] = (real)i;
    dropout_forward_fast(y, x, 0.5, some_key(), N);
    dropout_forward_fast(x, x, 0.5, some_key(), N);
    cr_expect_arr_eq(x, y, sizeof y);
}

Test(dropout, other_sites_and_steps_draw_other_masks)
{
    enum { N = 64 };
    const RngKey keys[] = {some_key(), rng_key_site(some_key(), 10),
                           rng_key_site(rng_key(11, RNG_DROPOUT, 6), 9)};
    for (int other = 1; other < 3; other++) {
        int same = 0;
        for (size_t i = 0; i < N; i++)
            same +=
                dropout_mask_factor(0.5, keys[0], i) == dropout_mask_factor(0.5, keys[other], i);
        cr_expect_lt(same, N * 3 / 4);
    }
}
