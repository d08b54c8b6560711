#include "stages/arithmetic.h"

#include <string.h>

static const SpecField arithmetic_fields[] = {ARITHMETIC_FIELDS(0), SPEC_END};
const SpecTable arithmetic_table = {"arithmetic", sizeof(Arithmetic), arithmetic_fields, NULL};

Arithmetic arithmetic_here(const Kernels *kernels)
{
    return (Arithmetic){kernels->name, gemm_core()};
}

bool arithmetic_fill(void *document, const StageRequest *request, Arena *arena, Error *err)
{
    (void)arena;
    (void)err;
    *(Arithmetic *)document = arithmetic_here(request->kernels);
    return true;
}

const Kernels *arithmetic_kernels(const Arithmetic *arithmetic, Error *err)
{
    const Kernels *kernels = kernels_find(arithmetic->kernels);
    if (!kernels) error_set(err, "unknown kernels '%s'", arithmetic->kernels);
    if (strcmp(arithmetic->blas_core, gemm_core()) == 0) return kernels;
    error_set(err, "it is to be computed as '%s', but this process computes as '%s'",
              arithmetic->blas_core, gemm_core());
    return NULL;
}
