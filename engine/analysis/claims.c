#include "analysis/claims.h"

#include <math.h>

static Verdict judge(bool supported, bool contradicted)
{
    if (supported) return VERDICT_SUPPORTED;
    return contradicted ? VERDICT_CONTRADICTED : VERDICT_UNDECIDED;
}

/* Every comparison with NaN is false, which leaves the claim undecided. */
Verdict claims_verdict(ClaimRule rule, QuantityEstimate effect, double smallest_effect)
{
    double s = smallest_effect, mean = effect.mean, low = effect.low, high = effect.high;
    switch (rule) {
    case CLAIM_NOT_INFERIOR: return judge(low > -s, high < -s);
    case CLAIM_EQUIVALENT: return judge(low > -s && high<s, low> s || high < -s);
    default: return judge(low > 0 && mean >= s, high < 0 || (mean <= 0 && high < s));
    }
}

Verdict claims_trend(Verdict gain, QuantityEstimate order)
{
    return judge(gain == VERDICT_SUPPORTED && order.low > 0,
                 gain == VERDICT_CONTRADICTED || order.high < 0);
}

static double larger(double a, double b)
{
    return a > b || isnan(b) ? a : b;
}

double claims_p(ClaimRule rule, Verdict verdict, const Quantity *effect, double smallest_effect)
{
    const double s = smallest_effect;
    bool contradicted = verdict == VERDICT_CONTRADICTED;
    switch (rule) {
    case CLAIM_NOT_INFERIOR: return quantity_p(effect, -s);
    case CLAIM_EQUIVALENT:
        if (contradicted) return quantity_p(effect, effect->value > 0 ? s : -s);
        return larger(quantity_p(effect, -s), quantity_p(effect, s));
    default: {
        /* contradicted: below 0, or else below s */
        double p = quantity_p(effect, 0);
        double other = contradicted ? quantity_p(effect, s) : p;
        return other < p ? other : p;
    }
    }
}
