/* Dropout whose mask is drawn again in backward instead of being stored (Srivastava et al. 2014).
 *
 * Value i is kept when a 16-bit draw of stream `key` at index i is at or above round(rate * 65536), and
 * then scaled by 1 / (1 - threshold/65536); the draw of value i is half-word i % 8 of Philox block i / 8.
 * rate == 0 copies.
 *
 *   dropout:      y = mask(x)        dx = mask(dy)
 *   dropout_add:  y = x + mask(r)    the residual branch: dx = dy, and dr is that of dropout
 *
 * Shapes  x, y, r, dx, dy: n values
 * Writes  forward overwrites y (may be x itself), backward dx (may be dy itself) */
#ifndef KERNELS_DROPOUT_H
#define KERNELS_DROPOUT_H

#include <stddef.h>
#include "base/real.h"
#include "base/rng.h"

typedef void DropoutForward(real *y, const real *x, double rate, RngKey key, size_t n);
typedef void DropoutBackward(real *dx, const real *dy, double rate, RngKey key, size_t n);
typedef void DropoutAddForward(real *y, const real *x, const real *r, double rate, RngKey key,
                               size_t n);

DropoutForward dropout_forward_plain, dropout_forward_fast;
DropoutBackward dropout_backward_plain, dropout_backward_fast;
DropoutAddForward dropout_add_forward_plain, dropout_add_forward_fast;

#endif
