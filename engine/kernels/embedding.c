#include "kernels/embedding.h"
#include <stddef.h>
#include <string.h>
#include "base/parallel.h"

void embedding_forward_plain(real *y, const int *token, const int *position, const int *segment,
                             const real *token_table, const real *position_table,
                             const real *segment_table, int N, int C)
{
    for (size_t n = 0; n < (size_t)N; n++)
        for (size_t c = 0; c < (size_t)C; c++) {
            real sum = token_table[(size_t)token[n] * (size_t)C + c];
            if (position_table) sum += position_table[(size_t)position[n] * (size_t)C + c];
            if (segment_table) sum += segment_table[(size_t)segment[n] * (size_t)C + c];
            y[n * (size_t)C + c] = sum;
        }
}

void embedding_backward_plain(real *dtoken_table, real *dposition_table, real *dsegment_table,
                              const real *dy, const int *token, const int *position,
                              const int *segment, int N, int C)
{
    for (size_t n = 0; n < (size_t)N; n++)
        for (size_t c = 0; c < (size_t)C; c++) {
            real d = dy[n * C + c];
            dtoken_table[(size_t)token[n] * C + c] += d;
            if (dposition_table) dposition_table[(size_t)position[n] * C + c] += d;
            if (dsegment_table) dsegment_table[(size_t)segment[n] * C + c] += d;
        }
}

/* --- fast: forward by rows; backward by columns, so that rows of one token never meet ------------------- */

enum { EMBEDDING_ROWS = 32, EMBEDDING_COLUMNS = 32 };

typedef struct EmbeddingJob {
    real *y, *dtoken_table, *dposition_table, *dsegment_table;
    const real *dy, *token_table, *position_table, *segment_table;
    const int *token, *position, *segment;
    size_t N, C;
} EmbeddingJob;

static void embedding_add_row(real *restrict sum, const real *restrict row, size_t begin,
                              size_t end)
{
    for (size_t c = begin; c < end; c++) sum[c] += row[c];
}

static void embedding_forward_piece(void *context, size_t begin, size_t end, int thread)
{
    (void)thread;
    const EmbeddingJob *job = context;
    for (size_t n = begin; n < end; n++) {
        const real *token_row = job->token_table + (size_t)job->token[n] * job->C;
        real *y = job->y + n * job->C;
        memcpy(y, token_row, job->C * sizeof *y);
        if (job->position_table)
            embedding_add_row(y, job->position_table + (size_t)job->position[n] * job->C, 0,
                              job->C);
        if (job->segment_table)
            embedding_add_row(y, job->segment_table + (size_t)job->segment[n] * job->C, 0, job->C);
    }
}

static void embedding_backward_piece(void *context, size_t begin, size_t end, int thread)
{
    (void)thread;
    const EmbeddingJob *job = context;
    const size_t C = job->C;
    for (size_t n = 0; n < job->N; n++) {
        const real *dy = job->dy + n * C;
        embedding_add_row(job->dtoken_table + (size_t)job->token[n] * C, dy, begin, end);
        if (job->dposition_table)
            embedding_add_row(job->dposition_table + (size_t)job->position[n] * C, dy, begin, end);
        if (job->dsegment_table)
            embedding_add_row(job->dsegment_table + (size_t)job->segment[n] * C, dy, begin, end);
    }
}

void embedding_forward_fast(real *y, const int *token, const int *position, const int *segment,
                            const real *token_table, const real *position_table,
                            const real *segment_table, int N, int C)
{
    EmbeddingJob job = {.y = y,
                        .token = token,
                        .position = position,
                        .segment = segment,
                        .token_table = token_table,
                        .position_table = position_table,
                        .segment_table = segment_table,
                        .C = (size_t)C};
    parallel_for((size_t)N, EMBEDDING_ROWS, embedding_forward_piece, &job);
}

void embedding_backward_fast(real *dtoken_table, real *dposition_table, real *dsegment_table,
                             const real *dy, const int *token, const int *position,
                             const int *segment, int N, int C)
{
    EmbeddingJob job = {.dtoken_table = dtoken_table,
                        .dposition_table = dposition_table,
                        .dsegment_table = dsegment_table,
                        .dy = dy,
                        .token = token,
                        .position = position,
                        .segment = segment,
                        .N = (size_t)N,
                        .C = (size_t)C};
    parallel_for((size_t)C, EMBEDDING_COLUMNS, embedding_backward_piece, &job);
}
