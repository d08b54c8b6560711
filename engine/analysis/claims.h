/* The verdict on a claim, from the 95 % interval of its effect, the smallest effect of interest s >= 0 and
 * the rule (experiment_claim.h):
 *
 *   superior       supported     the whole interval is above 0, and the effect is at least s
 *                  contradicted  the whole interval is below 0; or the effect is not above 0 and the interval
 *                                is below s
 *   not inferior   supported     the whole interval is above -s; contradicted: it is below
 *   equivalent     supported     the whole interval is between -s and s; contradicted: it is outside
 *   most           as superior, of the share of tasks won less a half
 *   trend          supported     the gain is superior, and the interval of Kendall's tau is above 0
 *                  contradicted  the gain's verdict is that, or the interval of tau is below 0
 *
 * otherwise undecided: too little data, or an effect too small to matter. What is not a number, and what
 * nothing is known of but one value by chance (a single seed of what only varies by seeds), is undecided. */
#ifndef ANALYSIS_CLAIMS_H
#define ANALYSIS_CLAIMS_H

#include "question/experiment_claim.h"
#include "result/verdict.h"
#include "statistics/quantity.h"

/* Of any rule but the trend. */
Verdict claims_verdict(ClaimRule rule, QuantityEstimate effect, double smallest_effect);

/* Of a trend, from the verdict on its gain as superior, and tau. */
Verdict claims_trend(Verdict gain, QuantityEstimate order);

/* The p-value of what a verdict rejects: of an effect of 0 for one that is superior, of the nearer bound for
 * one that is equivalent. Of an undecided one: what being supported would have had to reject. */
double claims_p(ClaimRule rule, Verdict verdict, const Quantity *effect, double smallest_effect);

#endif
