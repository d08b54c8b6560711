#include "floor.h"
#include <assert.h>
#include <cblas.h>
#include <omp.h>
#include "base/parallel.h"

static void add(Floor *work, int M, int N, int K, int times)
{
    assert(work->n < FLOOR_PRODUCTS);
    work->product[work->n++] = (FloorProduct){M, N, K, times};
}

/* y = x W forward; dx = dy W^T and dW = x^T dy backward. */
static void add_linear(Floor *work, int N, int in, int out, int times)
{
    add(work, N, out, in, times);
    add(work, N, in, out, times);
    add(work, in, out, N, times);
}

/* Scores, probabilities and their gradients are T x T: two products forward, four backward. */
static void add_attention(Floor *work, int T, int D, int times)
{
    add(work, T, T, D, 2 * times);
    add(work, T, D, T, 4 * times);
}

static void list(Floor *work, const FloorShape *shape)
{
    const int N = shape->B * shape->T, C = shape->C;
    if (shape->units > 0) {
        add_linear(work, N, C, 4 * shape->units, shape->L);
        add_linear(work, N, shape->units, 4 * shape->units, shape->L);
        add_linear(work, N, shape->units, C, 1);
    } else {
        add_linear(work, N, C, 3 * C, shape->L);
        add_attention(work, shape->T, C / shape->H, shape->L * shape->H * shape->B);
        add_linear(work, N, C, C, shape->L);
        add_linear(work, N, C, 4 * C, shape->L);
        add_linear(work, N, 4 * C, C, shape->L);
    }
    add_linear(work, N, C, shape->V, 1);
}

static size_t larger(size_t a, size_t b)
{
    return a > b ? a : b;
}

bool floor_create(Floor *work, const FloorShape *shape, Arena *arena, Error *err)
{
    *work = (Floor){0};
    list(work, shape);
    size_t a = 0, b = 0, c = 0;
    for (int i = 0; i < work->n; i++) {
        const size_t M = (size_t)work->product[i].M, N = (size_t)work->product[i].N,
                     K = (size_t)work->product[i].K;
        a = larger(a, M * K), b = larger(b, K * N), c = larger(c, M * N);
    }
    work->a = arena_alloc(arena, a, sizeof(real), err);
    work->b = arena_alloc(arena, b, sizeof(real), err);
    work->c = arena_alloc(arena, c, sizeof(real), err);
    return work->a && work->b && work->c;
}

double floor_flops(const Floor *work)
{
    double flops = 0;
    for (int i = 0; i < work->n; i++)
        flops += 2.0 * work->product[i].M * work->product[i].N * work->product[i].K *
                 work->product[i].times;
    return flops;
}

void floor_run(void *context)
{
    const Floor *work = context;
    omp_set_num_threads(parallel_threads()); /* the library asks OpenMP */
    for (int i = 0; i < work->n; i++)
        for (int time = 0; time < work->product[i].times; time++) {
            const FloorProduct p = work->product[i];
            cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, p.M, p.N, p.K, 1, work->a, p.K,
                        work->b, p.N, 0, work->c, p.N);
        }
}
