#include "kernels/squared_error.h"
#include <stddef.h>

void squared_error_rows_plain(real *loss, real *dz, const real *z, const real *target,
                              const real *weight, int N)
{
    for (int n = 0; n < N; n++) {
        const real difference = z[n] - target[n];
        loss[n] = difference * difference;
        if (dz) dz[n] += weight[n] * 2 * difference;
    }
}
