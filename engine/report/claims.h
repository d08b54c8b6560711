/* The verdict on a claim, from the 95 % interval of the paired effect (better minus worse) and the smallest
 * effect of interest s >= 0:
 *
 *   supported     the whole interval is above 0, and the effect is at least s
 *   contradicted  the whole interval is below 0; or the effect is not above 0 and the interval is below s
 *   undecided     otherwise: too little data, or an effect too small to matter */
#ifndef REPORT_CLAIMS_H
#define REPORT_CLAIMS_H

typedef enum ClaimsVerdict {
    CLAIMS_SUPPORTED,
    CLAIMS_CONTRADICTED,
    CLAIMS_UNDECIDED
} ClaimsVerdict;
extern const char *const claims_verdict_words[]; /* "supported", ...; NULL-terminated */

ClaimsVerdict claims_verdict(double mean, double low, double high, double smallest_effect);

#endif
