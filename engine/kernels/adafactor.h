/* One AdaFactor update (Shazeer and Stern 2018, algorithms 4 to 6; no first moment) of a matrix whose second moment is
 * kept by rows and by columns alone, or of a single row that keeps it whole.
 *
 *   q = gradient^2 + epsilon1
 *   R > 1:  r_i = (1 - share) r_i + share * mean_j q;   c_j = (1 - share) c_j + share * mean_i q
 *           u = gradient / (sqrt(r_i / mean r) * sqrt(c_j))
 *   R == 1: c_j = (1 - share) c_j + share * q;   u = gradient / sqrt(c_j)
 *   w = w - rate * (by_scale: max(epsilon2, rms(w)), else 1) * u / max(1, rms(u) / clip)
 *
 * share is t^-0.8 of update t, counted from 1: the first forgets what was there. What factoring one row or one column
 * gives is its whole second moment, so these cases agree.
 *
 * Shapes  weight, gradient [R,C]; v: R values r, then C values c; of a single row its C values c
 * Writes  weight, v in place */
#ifndef KERNELS_ADAFACTOR_H
#define KERNELS_ADAFACTOR_H

#include <stdbool.h>
#include <stddef.h>
#include "base/real.h"

typedef struct AdafactorStep {
    double rate;               /* schedule included */
    double share;              /* of the new squares in their means */
    double epsilon1, epsilon2; /* added to squares; least scale of a weight */
    double clip;               /* most root mean square of u; 0: no limit */
    bool by_scale;
} AdafactorStep;

typedef void AdafactorUpdate(real *weight, real *v, const real *gradient, AdafactorStep step,
                             size_t R, size_t C);
AdafactorUpdate adafactor_update_plain, adafactor_update_fast;

#endif
