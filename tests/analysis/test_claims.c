#include "analysis/claims.h"

#include <criterion/criterion.h>
#include <math.h>

Test(claims, an_interval_above_zero_with_an_effect_that_matters_supports)
{
    cr_assert_eq(claims_verdict(CLAIM_SUPERIOR, (QuantityEstimate){0.05, 0.01, 0.09}, 0.02),
                 VERDICT_SUPPORTED);
}

Test(claims, an_effect_smaller_than_the_smallest_of_interest_is_undecided)
{
    cr_assert_eq(claims_verdict(CLAIM_SUPERIOR, (QuantityEstimate){0.01, 0.005, 0.015}, 0.02),
                 VERDICT_UNDECIDED);
}

Test(claims, an_interval_that_holds_zero_is_undecided)
{
    cr_assert_eq(claims_verdict(CLAIM_SUPERIOR, (QuantityEstimate){0.05, -0.01, 0.11}, 0.0),
                 VERDICT_UNDECIDED);
    cr_assert_eq(claims_verdict(CLAIM_SUPERIOR, (QuantityEstimate){0.0, 0.0, 0.0}, 0.0),
                 VERDICT_UNDECIDED);
}

Test(claims, an_interval_below_zero_contradicts)
{
    cr_assert_eq(claims_verdict(CLAIM_SUPERIOR, (QuantityEstimate){-0.05, -0.09, -0.01}, 0.02),
                 VERDICT_CONTRADICTED);
}

Test(claims, no_effect_with_an_interval_below_the_smallest_of_interest_contradicts)
{
    cr_assert_eq(claims_verdict(CLAIM_SUPERIOR, (QuantityEstimate){-0.001, -0.01, 0.009}, 0.01),
                 VERDICT_CONTRADICTED);
    cr_assert_eq(claims_verdict(CLAIM_SUPERIOR, (QuantityEstimate){-0.001, -0.02, 0.018}, 0.01),
                 VERDICT_UNDECIDED);
}

static Verdict verdict(ClaimRule rule, double low, double high)
{
    return claims_verdict(rule, (QuantityEstimate){(low + high) / 2, low, high}, 0.02);
}

Test(claims, no_worse_needs_the_interval_above_the_margin)
{
    cr_assert_eq(verdict(CLAIM_NOT_INFERIOR, -0.019, 0.03), VERDICT_SUPPORTED);
    cr_assert_eq(verdict(CLAIM_NOT_INFERIOR, -0.03, 0.03), VERDICT_UNDECIDED);
    cr_assert_eq(verdict(CLAIM_NOT_INFERIOR, -0.05, -0.021), VERDICT_CONTRADICTED);
}

Test(claims, alike_needs_the_interval_within_both_margins)
{
    cr_assert_eq(verdict(CLAIM_EQUIVALENT, -0.019, 0.019), VERDICT_SUPPORTED);
    cr_assert_eq(verdict(CLAIM_EQUIVALENT, -0.019, 0.03), VERDICT_UNDECIDED);
    cr_assert_eq(verdict(CLAIM_EQUIVALENT, 0.021, 0.05), VERDICT_CONTRADICTED);
    cr_assert_eq(verdict(CLAIM_EQUIVALENT, -0.05, -0.021), VERDICT_CONTRADICTED);
}

Test(claims, a_trend_needs_a_gain_and_an_order)
{
    const QuantityEstimate rising = {0.8, 0.4, 1}, unclear = {0.2, -0.2, 0.6},
                           falling = {-0.8, -1, -0.4};
    cr_assert_eq(claims_trend(VERDICT_SUPPORTED, rising), VERDICT_SUPPORTED);
    cr_assert_eq(claims_trend(VERDICT_SUPPORTED, unclear), VERDICT_UNDECIDED);
    cr_assert_eq(claims_trend(VERDICT_UNDECIDED, rising), VERDICT_UNDECIDED);
    cr_assert_eq(claims_trend(VERDICT_UNDECIDED, falling), VERDICT_CONTRADICTED);
}

Test(claims, what_is_not_a_number_is_undecided)
{
    const double nan = (double)NAN;
    for (int rule = 0; rule <= CLAIM_MOST; rule++)
        cr_assert_eq(claims_verdict((ClaimRule)rule, (QuantityEstimate){nan, nan, nan}, 0.02),
                     VERDICT_UNDECIDED);
}

Test(claims, the_p_value_is_that_of_what_the_verdict_rejects)
{
    static double draws[STATISTICS_DRAWS];
    for (int i = 0; i < STATISTICS_DRAWS; i++) draws[i] = 0.03 + 0.0001 * (i - 999) / 999;
    const Quantity effect = {QUANTITY_DRAWN, 0.03, STATISTICS_DRAWS, draws};
    cr_assert_float_eq(claims_p(CLAIM_SUPERIOR, VERDICT_SUPPORTED, &effect, 0.02), 0.001, 1e-12);
    cr_assert_float_eq(claims_p(CLAIM_EQUIVALENT, VERDICT_CONTRADICTED, &effect, 0.02), 0.001,
                       1e-12);
    cr_assert_gt(claims_p(CLAIM_EQUIVALENT, VERDICT_SUPPORTED, &effect, 0.03), 0.9);
}
