/* Times of every kernel at the shape of its row in tests/kernels/cases.c.
 *
 *     build/float/bench_kernels [kernel]          JSON on standard output */
#include <stdio.h>
#include <string.h>
#include "../kernels/cases.h"
#include "kernels/gemm_fp32.h"
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
    const char *text = json_print(json, arena, err);
    return text && fputs(text, stdout) >= 0;
}

int main(int argc, char **argv)
{
    Error err = {0};
    Arena *arena = arena_create("bench", &err);
    bool done = arena && gemm_fp32_start(&err) && bench_all(argc > 1 ? argv[1] : NULL, arena, &err);
    if (!done) fprintf(stderr, "%s\n", err.text);
    arena_destroy(arena);
    return done ? 0 : 1;
}
