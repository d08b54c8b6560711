/* Times of every kernel at the shape of its row in tests/kernels/cases.c, and of the matrix products
 * alone of a training step at the same shape: what a whole step is held against.
 *
 *     build/float/bench_kernels [kernel]          JSON on standard output */
#include <stdio.h>
#include <string.h>
#include "../kernels/cases.h"
#include "base/parallel.h"
#include "kernels/gemm.h"
#include "timing.h"

static const double BUDGET_SECONDS = 0.3;

/* --- kernels ------------------------------------------------------------------------------------- */

typedef struct KernelWork {
    const KernelCase *kernel_case;
    CaseRun run;
} KernelWork;

static void forward_work(void *context)
{
    KernelWork *work = context;
    work->kernel_case->forward(&kernels_fast, &work->run);
}

static void backward_work(void *context)
{
    KernelWork *work = context;
    work->kernel_case->backward(&kernels_fast, &work->run);
}

static bool bench_kernel(Json *json, const KernelCase *kernel_case, Arena *arena, Error *err)
{
    KernelWork work = {.kernel_case = kernel_case};
    Json *row = json_new_object(arena, err);
    if (!row || !json_set(json, kernel_case->name, row, err)) return false;
    Arena *tensors = arena_create("tensors", err);
    if (!tensors) return false;
    bool done = case_prepare(&work.run, kernel_case, kernel_case->bench, tensors, err);
    if (done) {
        Timing forward = timing_measure(forward_work, &work, BUDGET_SECONDS);
        done = json_set(row, "forward", timing_json(forward, arena, err), err);
    }
    if (done && kernel_case->backward) {
        Timing backward = timing_measure(backward_work, &work, BUDGET_SECONDS);
        done = json_set(row, "backward", timing_json(backward, arena, err), err);
    }
    arena_destroy(tensors);
    return done;
}

/* --- matrix products of a training step -------------------------------------------------------------- */

enum { L = 4, C = 256, T = 128, B = 16, V = 8192, N = B * T };

typedef struct Product {
    int I, O, times; /* of a linear map [N,I] -> [N,O]; each also has two products backward */
} Product;

static const Product products[] = {
    {C, 3 * C, L}, {C, C, L}, {C, 4 * C, L}, {4 * C, C, L}, {C, V, 1},
};
enum { N_PRODUCTS = sizeof products / sizeof products[0] };

typedef struct ProductWork {
    real *x, *W, *y;
} ProductWork;

static void product_work(void *context)
{
    const ProductWork *work = context;
    for (int p = 0; p < N_PRODUCTS; p++)
        for (int time = 0; time < products[p].times; time++) {
            const int I = products[p].I, O = products[p].O, rows = O == V ? CROSS_ENTROPY_CHUNK : N;
            for (int n = 0; n < N; n += rows) {
                gemm_fast(work->y, work->x, work->W, (GemmShape){.M = rows, .N = O, .K = I});
                gemm_fast(work->x, work->y, work->W,
                          (GemmShape){.M = rows, .N = I, .K = O, .transpose_b = true});
                gemm_fast(work->W, work->x, work->y,
                          (GemmShape){.M = I, .N = O, .K = rows, .transpose_a = true});
            }
        }
}

static double product_flops(void)
{
    double flops = 0;
    for (int p = 0; p < N_PRODUCTS; p++)
        flops += 6.0 * N * products[p].I * products[p].O * products[p].times;
    return flops;
}

static bool bench_products(Json *json, Arena *arena, Error *err)
{
    ProductWork work = {.x = arena_alloc(arena, (size_t)N * 4 * C, sizeof(real), err),
                        .W = arena_alloc(arena, (size_t)V * C, sizeof(real), err),
                        .y =
                            arena_alloc(arena, (size_t)CROSS_ENTROPY_CHUNK * V, sizeof(real), err)};
    if (!work.x || !work.W || !work.y) return false;
    Timing timing = timing_measure(product_work, &work, 4 * BUDGET_SECONDS);
    Json *row = timing_json(timing, arena, err);
    return row && json_set(json, "matrix products of a step", row, err) &&
           json_set(row, "gflop", json_new_number(1e-9 * product_flops(), arena, err), err) &&
           json_set(row, "gflops",
                    json_new_number(1e-9 * product_flops() / timing.best_seconds, arena, err), err);
}

/* --- all ----------------------------------------------------------------------------------------- */

static bool bench_all(const char *only, Arena *arena, Error *err)
{
    Json *json = json_new_object(arena, err), *kernels = json_new_object(arena, err);
    if (!json || !json_set(json, "machine", timing_machine(arena, err), err)) return false;
    if (!json_set(json, "kernels", kernels, err)) return false;
    for (size_t i = 0; i < kernel_n_cases; i++)
        if ((!only || strcmp(only, kernel_cases[i].name) == 0) &&
            !bench_kernel(kernels, &kernel_cases[i], arena, err))
            return false;
    if (!only && !bench_products(json, arena, err)) return false;
    const char *text = json_print(json, arena, err);
    return text && fputs(text, stdout) >= 0;
}

int main(int argc, char **argv)
{
    Error err = {0};
    Arena *arena = arena_create("bench", &err);
    bool done = arena && gemm_start(&err) && bench_all(argc > 1 ? argv[1] : NULL, arena, &err);
    if (!done) fprintf(stderr, "%s\n", err.text);
    arena_destroy(arena);
    return done ? 0 : 1;
}
