#include "report/claims.h"

#include <criterion/criterion.h>

Test(claims, an_interval_above_zero_with_an_effect_that_matters_supports)
{
    cr_assert_eq(claims_verdict(CLAIM_SUPERIOR, (QuantityEstimate){0.05, 0.01, 0.09}, 0.02),
                 CLAIMS_SUPPORTED);
}

Test(claims, an_effect_smaller_than_the_smallest_of_interest_is_undecided)
{
    cr_assert_eq(claims_verdict(CLAIM_SUPERIOR, (QuantityEstimate){0.01, 0.005, 0.015}, 0.02),
                 CLAIMS_UNDECIDED);
}

Test(claims, an_interval_that_holds_zero_is_undecided)
{
    cr_assert_eq(claims_verdict(CLAIM_SUPERIOR, (QuantityEstimate){0.05, -0.01, 0.11}, 0.0),
                 CLAIMS_UNDECIDED);
    cr_assert_eq(claims_verdict(CLAIM_SUPERIOR, (QuantityEstimate){0.0, 0.0, 0.0}, 0.0),
                 CLAIMS_UNDECIDED);
}

Test(claims, an_interval_below_zero_contradicts)
{
    cr_assert_eq(claims_verdict(CLAIM_SUPERIOR, (QuantityEstimate){-0.05, -0.09, -0.01}, 0.02),
                 CLAIMS_CONTRADICTED);
}

Test(claims, no_effect_with_an_interval_below_the_smallest_of_interest_contradicts)
{
    cr_assert_eq(claims_verdict(CLAIM_SUPERIOR, (QuantityEstimate){-0.001, -0.01, 0.009}, 0.01),
                 CLAIMS_CONTRADICTED);
    cr_assert_eq(claims_verdict(CLAIM_SUPERIOR, (QuantityEstimate){-0.001, -0.02, 0.018}, 0.01),
                 CLAIMS_UNDECIDED);
}
