#include "report/claims.h"

#include <stddef.h>

const char *const claims_verdict_words[] = {"supported", "contradicted", "undecided", NULL};

ClaimsVerdict claims_verdict(double mean, double low, double high, double smallest_effect)
{
    if (low > 0 && mean >= smallest_effect) return CLAIMS_SUPPORTED;
    if (high < 0 || (mean <= 0 && high < smallest_effect)) return CLAIMS_CONTRADICTED;
    return CLAIMS_UNDECIDED;
}
