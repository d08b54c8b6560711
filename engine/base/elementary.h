/* exp, log, tanh, cos and friends as our own fixed polynomials: the same bits on every machine, because
 * no libm is asked (STYLE, section 6). Error bounds stand beside each and are tested.
 *
 * The `elementary_*f` forms are float, branch-free and inline so that loops over them vectorise; in
 * the double build `real` work uses the double forms. Write elementary_exp(x) for the build's real.
 *
 * Special values  exp: -inf -> 0, overflow -> inf, NaN -> NaN; log: 0 -> -inf, negative -> NaN */
#ifndef BASE_ELEMENTARY_H
#define BASE_ELEMENTARY_H

#include "base/real.h"

static inline float elementary_expf(float x);
static inline float elementary_logf(float x);
static inline float elementary_tanhf(float x);

double elementary_exp64(double x);
double elementary_log64(double x);
double elementary_tanh64(double x);
double elementary_cos64(double x); /* |x| <= 2^20 */
double elementary_sin64(double x);

#endif
