#include "kernels/embedding.h"
#include <stddef.h>

void embedding_forward_plain(real *y, const int *token, const int *position, const real *token_table,
                             const real *position_table, int N, int C)
{
    for (size_t n = 0; n < (size_t)N; n++)
        for (size_t c = 0; c < (size_t)C; c++) {
            real sum = token_table[(size_t)token[n] * C + c];
            if (position_table) sum += position_table[(size_t)position[n] * C + c];
            y[n * C + c] = sum;
        }
}

void embedding_backward_plain(real *dtoken_table, real *dposition_table, const real *dy, const int *token,
                              const int *position, int N, int C, int V, int T)
{
    (void)V, (void)T;
    for (size_t n = 0; n < (size_t)N; n++)
        for (size_t c = 0; c < (size_t)C; c++) {
            real d = dy[n * C + c];
            dtoken_table[(size_t)token[n] * C + c] += d;
            if (dposition_table) dposition_table[(size_t)position[n] * C + c] += d;
        }
}
