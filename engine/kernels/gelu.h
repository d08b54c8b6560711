/* GELU (Hendrycks and Gimpel 2016) by the error function, as it is defined and as BERT was released with,
 *
 *   gelu_erf   y = x/2 * (1 + erf(x / sqrt(2)))
 *
 * and the tanh form that comes close to it (section 2; GPT-1, section 4.1):
 *
 *   gelu       y = x/2 * (1 + tanh(sqrt(2/pi) * (x + 0.044715 x^3)))
 *
 * Shapes  x, y, dx, dy: n values
 * Writes  forward overwrites y; backward overwrites dx, which may be dy
 * Saved   backward needs the x of the forward call */
#ifndef KERNELS_GELU_H
#define KERNELS_GELU_H

#include <stddef.h>
#include "base/real.h"

typedef void GeluForward(real *y, const real *x, size_t n);
typedef void GeluBackward(real *dx, const real *dy, const real *x, size_t n);

GeluForward gelu_forward_plain, gelu_forward_fast;
GeluBackward gelu_backward_plain, gelu_backward_fast;
GeluForward gelu_erf_forward_plain, gelu_erf_forward_fast;
GeluBackward gelu_erf_backward_plain, gelu_erf_backward_fast;

#endif
