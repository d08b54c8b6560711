#include "kernels/pool.h"
#include <stddef.h>

void pool_forward_plain(real *y, const real *x, const int *row, int G, int k, int C)
{
    for (size_t g = 0; g < (size_t)G; g++)
        for (size_t c = 0; c < (size_t)C; c++) {
            real sum = 0;
            for (size_t r = g * (size_t)k; r < (g + 1) * (size_t)k; r++)
                sum += x[(size_t)row[r] * C + c];
            y[g * C + c] = sum;
        }
}

void pool_backward_plain(real *dx, const real *dy, const int *row, int G, int k, int C)
{
    for (size_t g = 0; g < (size_t)G; g++)
        for (size_t r = g * (size_t)k; r < (g + 1) * (size_t)k; r++)
            for (size_t c = 0; c < (size_t)C; c++) dx[(size_t)row[r] * C + c] += dy[g * C + c];
}
