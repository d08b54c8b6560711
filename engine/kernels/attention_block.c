#include "kernels/attention_block.h"
#include "kernels/wide.h"

enum { QUERIES = ATTENTION_BLOCK_QUERIES, KEYS = ATTENTION_BLOCK_KEYS };

void attention_block_meet(real *score, const real *a, size_t stride_a, const real *b,
                          const AttentionBlock *block)
{
    const GemmShape shape = {.M = (int)block->rows,
                             .N = (int)block->columns,
                             .K = (int)block->head.D,
                             .lda = (int)stride_a,
                             .ldb = (int)block->head.key_stride,
                             .ldc = KEYS,
                             .transpose_b = true};
    block->head.products->tile(score, a, b, shape);
}

void attention_block_take(real *c, size_t stride_c, bool add, const real *score, const real *b,
                          const AttentionBlock *block)
{
    const GemmShape shape = {.M = (int)block->rows,
                             .N = (int)block->head.D,
                             .K = (int)block->columns,
                             .lda = KEYS,
                             .ldb = (int)block->head.key_stride,
                             .ldc = (int)stride_c,
                             .add = add};
    block->head.products->tile(c, score, b, shape);
}

void attention_block_give(real *c, const real *score, const real *a, size_t stride_a,
                          const AttentionBlock *block)
{
    const GemmShape shape = {.M = (int)block->columns,
                             .N = (int)block->head.D,
                             .K = (int)block->rows,
                             .lda = KEYS,
                             .ldb = (int)stride_a,
                             .ldc = (int)block->head.key_stride,
                             .transpose_a = true,
                             .add = true};
    block->head.products->tile(c, score, a, shape);
}

/* --- bias: a block has few distances, and a row's lie side by side, one further on than those of the next row ------ */

enum { DISTANCES = QUERIES + KEYS - 1 };

/* Which bias the d-th distance of the block has; row r begins with distance number QUERIES - 1 - r. */
static ptrdiff_t attention_block_reached(const AttentionBlock *block, ptrdiff_t d)
{
    const ptrdiff_t least = (ptrdiff_t)block->j - (ptrdiff_t)block->i - (QUERIES - 1);
    return attention_head_reached(&block->head, least + d);
}

WIDE static void attention_block_add_bias(real *score, const AttentionBlock *block)
{
    const real scale = block->head.scale;
    real bias[DISTANCES];
    for (int d = 0; d < DISTANCES; d++)
        bias[d] = block->head.bias[attention_block_reached(block, d)];
    for (size_t r = 0; r < block->rows; r++, score += KEYS) {
        const real *of_row = bias + (QUERIES - 1 - r);
        for (size_t j = 0; j < block->columns; j++) score[j] = scale * score[j] + of_row[j];
    }
}

void attention_block_scores(real *score, const AttentionBlock *block)
{
    const AttentionHead *head = &block->head;
    attention_block_meet(score, head->q + block->i * head->query_stride, head->query_stride,
                         head->k + block->j * head->key_stride, block);
    if (head->bias) attention_block_add_bias(score, block);
}

WIDE static void attention_block_add_rows(real *sum, const real *ds, const AttentionBlock *block)
{
    for (size_t r = 0; r < block->rows; r++, ds += KEYS) {
        real *of_row = sum + (QUERIES - 1 - r);
        for (size_t j = 0; j < block->columns; j++) of_row[j] += ds[j];
    }
}

void attention_block_bias(const real *ds, const AttentionBlock *block)
{
    real sum[DISTANCES] = {0};
    attention_block_add_rows(sum, ds, block);
    for (int d = 0; d < DISTANCES; d++)
        block->dbias[attention_block_reached(block, d)] += sum[d] / block->head.scale;
}
