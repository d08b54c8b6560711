#include "stages/arithmetic.h"

static const SpecField arithmetic_fields[] = {ARITHMETIC_FIELDS(0), SPEC_END};
const SpecTable arithmetic_table = {"arithmetic", sizeof(Arithmetic), arithmetic_fields, NULL};

Arithmetic arithmetic_here(const Kernels *kernels)
{
    return (Arithmetic){kernels->name};
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
    return kernels;
}
