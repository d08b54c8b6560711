/* The memory of a case, filled with noise. */
#include "cases.h"

static bool case_tensor(real **tensor, size_t size, uint64_t *stream, Arena *arena, Error *err)
{
    *tensor = NULL;
    if (size == 0) return true;
    *tensor = arena_alloc(arena, size, sizeof(real), err);
    if (!*tensor) return false;
    RngKey key = rng_key(*stream += 1, RNG_TEST, 0);
    for (size_t i = 0; i < size; i++) (*tensor)[i] = (real)(2 * rng_uniform(key, i) - 1);
    return true;
}

bool case_prepare(CaseRun *run, const KernelCase *kernel_case, const int *dim, Arena *arena,
                  Error *err)
{
    uint64_t stream = 0;
    *run = (CaseRun){.dim = dim, .key = rng_key_site(rng_key(7, RNG_DROPOUT, 3), 5)};
    kernel_case->sizes(&run->sizes, dim);
    for (int i = 0; i < CASE_TENSORS; i++) {
        const size_t input = run->sizes.input[i], output = run->sizes.output[i];
        if (!case_tensor(&run->input[i], input, &stream, arena, err)) return false;
        if (!case_tensor(&run->dinput[i], input, &stream, arena, err)) return false;
        if (!case_tensor(&run->output[i], output, &stream, arena, err)) return false;
        if (!case_tensor(&run->doutput[i], output, &stream, arena, err)) return false;
        if (input) run->n_inputs = i + 1;
        if (output) run->n_outputs = i + 1;
    }
    run->n_differentiable = run->n_outputs - run->sizes.n_saved;
    for (int i = 0; i < CASE_INDEXES; i++) {
        run->index[i] = arena_alloc(arena, run->sizes.index[i], sizeof(int), err);
        if (!run->index[i]) return false;
    }
    run->scratch = arena_alloc(arena, run->sizes.scratch, sizeof(real), err);
    if (!run->scratch) return false;
    if (kernel_case->prepare) kernel_case->prepare(run);
    return true;
}
