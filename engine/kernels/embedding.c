#include "kernels/embedding.h"
#include <stddef.h>
#include "base/parallel.h"

void embedding_forward_plain(real *y, const int *token, const int *position,
                             const real *token_table, const real *position_table, int N, int C)
{
    for (size_t n = 0; n < (size_t)N; n++) {
        const real *token_row = token_table + (size_t)token[n] * C;
        const real *position_row = position_table ? position_table + (size_t)position[n] * C : NULL;
        for (int c = 0; c < C; c++)
            y[n * C + c] = token_row[c] + (position_row ? position_row[c] : 0);
    }
}

void embedding_backward_plain(real *dtoken_table, real *dposition_table, const real *dy,
                              const int *token, const int *position, int N, int C, int V, int T)
{
    (void)V, (void)T;
    for (size_t n = 0; n < (size_t)N; n++)
        for (size_t c = 0; c < (size_t)C; c++) {
            real d = dy[n * C + c];
            dtoken_table[(size_t)token[n] * C + c] += d;
            if (dposition_table) dposition_table[(size_t)position[n] * C + c] += d;
        }
}

/* --- fast: forward by rows; backward by columns, so that rows of one token never meet ------------------- */

enum { EMBEDDING_ROWS = 32, EMBEDDING_COLUMNS = 32 };

typedef struct EmbeddingJob {
    real *y, *dtoken_table, *dposition_table;
    const real *dy, *token_table, *position_table;
    const int *token, *position;
    size_t N, C;
} EmbeddingJob;

static void embedding_forward_piece(void *context, size_t begin, size_t end, int thread)
{
    (void)thread;
    const EmbeddingJob *job = context;
    embedding_forward_plain(job->y + begin * job->C, job->token + begin,
                            job->position ? job->position + begin : NULL, job->token_table,
                            job->position_table, (int)(end - begin), (int)job->C);
}

static void embedding_add_row(real *restrict table, size_t row, const real *restrict dy,
                              const EmbeddingJob *job, size_t begin, size_t end)
{
    for (size_t c = begin; c < end; c++) table[row * job->C + c] += dy[c];
}

static void embedding_backward_piece(void *context, size_t begin, size_t end, int thread)
{
    (void)thread;
    const EmbeddingJob *job = context;
    for (size_t n = 0; n < job->N; n++) {
        const real *dy = job->dy + n * job->C;
        embedding_add_row(job->dtoken_table, (size_t)job->token[n], dy, job, begin, end);
        if (job->dposition_table)
            embedding_add_row(job->dposition_table, (size_t)job->position[n], dy, job, begin, end);
    }
}

void embedding_forward_fast(real *y, const int *token, const int *position, const real *token_table,
                            const real *position_table, int N, int C)
{
    EmbeddingJob job = {.y = y,
                        .token = token,
                        .position = position,
                        .token_table = token_table,
                        .position_table = position_table,
                        .C = (size_t)C};
    parallel_for((size_t)N, EMBEDDING_ROWS, embedding_forward_piece, &job);
}

void embedding_backward_fast(real *dtoken_table, real *dposition_table, const real *dy,
                             const int *token, const int *position, int N, int C, int V, int T)
{
    (void)V, (void)T;
    EmbeddingJob job = {.dtoken_table = dtoken_table,
                        .dposition_table = dposition_table,
                        .dy = dy,
                        .token = token,
                        .position = position,
                        .N = (size_t)N,
                        .C = (size_t)C};
    parallel_for((size_t)C, EMBEDDING_COLUMNS, embedding_backward_piece, &job);
}
