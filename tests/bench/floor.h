/* The floor under a training step: its matrix products at their real shapes and nothing else, each one
 * call of OpenBLAS in fp32 on all threads. Attention counts as full T x T, though half is masked; the
 * products that a backward pass makes again are not counted. */
#ifndef TESTS_BENCH_FLOOR_H
#define TESTS_BENCH_FLOOR_H

#include "base/arena.h"
#include "base/real.h"

typedef struct FloorShape {
    int L, C, H, T, B, V;
    int units; /* of an LSTM, whose recurrent products count as one of all rows; 0: a Transformer */
} FloorShape;

enum { FLOOR_PRODUCTS = 64 };

typedef struct FloorProduct {
    int M, N, K, times;
} FloorProduct;

typedef struct Floor {
    FloorProduct product[FLOOR_PRODUCTS];
    int n;
    real *a, *b, *c;
} Floor;

bool floor_create(Floor *work, const FloorShape *shape, Arena *arena, Error *err) MUST_USE;
double floor_flops(const Floor *work);
void floor_run(void *work); /* a TimedWork */

#endif
