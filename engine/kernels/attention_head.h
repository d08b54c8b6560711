/* One head of one sequence: what the definition of attention and its blocks (kernels/attention_block.h) share. */
#ifndef KERNELS_ATTENTION_HEAD_H
#define KERNELS_ATTENTION_HEAD_H

#include <stddef.h>
#include "kernels/attention_shape.h"
#include "kernels/gemm.h"

typedef struct AttentionHead {
    const real *q, *k, *v; /* its first rows */
    size_t query_stride, key_stride, D;
    size_t n_queries, n_keys;
    real scale;
    const real *bias; /* that of distance 0: from bias[-reach] to bias[reach]; NULL: none */
    ptrdiff_t reach;
    AttentionMask mask;
    const Products *products;
} AttentionHead;

/* Where head h has the bias of distance 0, among those of all heads. */
static inline size_t attention_head_middle(const AttentionShape *shape, size_t h)
{
    const size_t reach = (size_t)shape->bias_reach;
    return h * (2 * reach + 1) + reach;
}

static inline AttentionHead attention_head(const Products *products, const real *q, const real *k,
                                           const real *v, const AttentionShape *shape, size_t s,
                                           size_t h)
{
    const size_t D = (size_t)(shape->C / shape->H);
    const size_t query = (size_t)shape->query_start[s], key = (size_t)shape->key_start[s];
    const size_t query_stride = (size_t)shape->query_stride, key_stride = (size_t)shape->key_stride;
    return (AttentionHead){.q = q + query * query_stride + h * D,
                           .k = k + key * key_stride + h * D,
                           .v = v + key * key_stride + h * D,
                           .query_stride = query_stride,
                           .key_stride = key_stride,
                           .D = D,
                           .n_queries = (size_t)shape->query_start[s + 1] - query,
                           .n_keys = (size_t)shape->key_start[s + 1] - key,
                           .scale = (real)shape->scale,
                           .bias =
                               shape->bias ? shape->bias + attention_head_middle(shape, h) : NULL,
                           .reach = shape->bias_reach,
                           .mask = shape->mask,
                           .products = products};
}

/* Keys before this one are shown to query i. */
static inline size_t attention_head_shown(const AttentionHead *head, size_t i)
{
    return head->mask == ATTENTION_CAUSAL ? i + 1 : head->n_keys;
}

/* Which bias a key has that lies so far behind the query. */
static inline ptrdiff_t attention_head_reached(const AttentionHead *head, ptrdiff_t distance)
{
    if (distance < -head->reach) return -head->reach;
    return distance > head->reach ? head->reach : distance;
}

#endif
