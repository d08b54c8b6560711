/* One row for each kernel: its shapes, its tensors and how to call it. The gradient check, plain
 * against fast, the thread check and the benchmark all come from that row. */
#ifndef TESTS_KERNELS_CASES_H
#define TESTS_KERNELS_CASES_H

#include "base/arena.h"
#include "base/rng.h"
#include "kernels/kernels.h"

enum { CASE_TENSORS = 5, CASE_INDEXES = 3, CASE_SHAPES = 10, CASE_DIMS = 7 };

/* How many values each tensor has; 0: no such tensor. */
typedef struct CaseSizes {
    size_t input[CASE_TENSORS];
    size_t output[CASE_TENSORS]; /* the differentiable ones first ... */
    int n_saved;                 /* ... then those that backward merely reads */
    size_t index[CASE_INDEXES];
    size_t scratch;
} CaseSizes;

/* One kernel at one shape. */
typedef struct CaseRun {
    const int *dim;
    CaseSizes sizes;
    int n_inputs, n_outputs, n_differentiable;
    real *input[CASE_TENSORS], *output[CASE_TENSORS];
    real *dinput[CASE_TENSORS], *doutput[CASE_TENSORS];
    int *index[CASE_INDEXES]; /* tokens, targets, starts ... */
    real *scratch;
    RngKey key;
} CaseRun;

typedef void CaseSizing(CaseSizes *sizes, const int *dim);
typedef void CasePreparation(CaseRun *run); /* fills indexes, repairs inputs */
typedef void CaseCall(const Kernels *kernels, CaseRun *run);

typedef struct KernelCase {
    const char *name;
    int shapes[CASE_SHAPES]
              [CASE_DIMS]; /* up to a row of zeros; the letters stand beside each row */
    int bench[CASE_DIMS];  /* a training step's: 16 sequences of 128, 256 channels */
    CaseSizing *sizes;
    CasePreparation *prepare; /* may be NULL */
    CaseCall *forward;
    CaseCall *backward; /* NULL: not differentiated */
    unsigned
        overwrites; /* bit t: backward overwrites the gradient of input t, else it adds to it */
} KernelCase;

extern const KernelCase kernel_cases[];
extern const size_t kernel_n_cases;
const KernelCase *kernel_case_find(const char *name);
int kernel_case_n_shapes(const KernelCase *kernel_case);

/* Inputs, output gradients and (to show that backward adds) input gradients are filled with noise. */
bool case_prepare(CaseRun *run, const KernelCase *kernel_case, const int *dim, Arena *arena,
                  Error *err) MUST_USE;

#endif
