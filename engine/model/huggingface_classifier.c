#include "model/huggingface_classifier.h"

#include <math.h>
#include <stdio.h>

#include "model/huggingface_names.h"

/* --- the shift ------------------------------------------------------------------------------- */

/* Solves G a = c for a symmetric positive definite G [n,n] by Cholesky's method, in place: G becomes its lower factor,
 * c becomes a. false: G is not definite, as far as can be told. */
static bool solve(double *G, double *c, size_t n)
{
    static const double least = 1e-10; /* share of a column that must be its own */
    for (size_t i = 0; i < n; i++) {
        const double whole = G[i * n + i];
        for (size_t j = 0; j <= i; j++) {
            double sum = G[i * n + j];
            for (size_t k = 0; k < j; k++) sum -= G[i * n + k] * G[j * n + k];
            if (j < i) G[i * n + j] = sum / G[j * n + j];
            else if (sum > least * whole) G[i * n + i] = sqrt(sum);
            else return false;
        }
        for (size_t k = 0; k < i; k++) c[i] -= G[i * n + k] * c[k];
        c[i] /= G[i * n + i];
    }
    for (size_t i = n; i-- > 0;) {
        for (size_t k = i + 1; k < n; k++) c[i] -= G[k * n + i] * c[k];
        c[i] /= G[i * n + i];
    }
    return true;
}

/* d = W a with W^T W a = c: of all d with W^T d = c the shortest. */
static bool find_shift(double *shift, const HuggingfaceHead *head, Arena *scratch, Error *err)
{
    const size_t n = (size_t)head->n_labels, C = (size_t)head->n_channel;
    double *gram = arena_alloc(scratch, n * n, sizeof *gram, err);
    double *a = gram ? arena_alloc(scratch, n, sizeof *a, err) : NULL;
    if (!a) return false;
    for (size_t i = 0; i < n; i++) {
        a[i] = (double)head->bias[i];
        for (size_t j = 0; j < n; j++)
            for (size_t k = 0; k < C; k++)
                gram[i * n + j] +=
                    (double)head->weight[k * n + i] * (double)head->weight[k * n + j];
    }
    if (!solve(gram, a, n))
        return error_set(err,
                         "the head of this task has a bias that the library's has not, and its "
                         "columns depend on each other, so that no layer norm can stand in");
    for (size_t k = 0; k < C; k++) {
        shift[k] = 0;
        for (size_t i = 0; i < n; i++) shift[k] += (double)head->weight[k * n + i] * a[i];
    }
    return true;
}

/* --- the tensors ------------------------------------------------------------------------------ */

static bool add_tensors(TensorTable *theirs, const TensorTable *base, const HuggingfaceHead *head,
                        Error *err)
{
    for (int i = 0; i < base->n; i++) {
        const TensorInfo *tensor = &base->items[i];
        if (tensors_add(theirs, err, tensor->flags, tensor->layer, tensor->rank, tensor->dim[0],
                        tensor->dim[1], "%s", tensor->name) < 0)
            return false;
    }
    return tensors_add(theirs, err, 0, TENSOR_LAYER_HEAD, 2, (size_t)head->n_labels,
                       (size_t)head->n_channel, "score.weight") >= 0;
}

/* Rows and columns change places. */
static bool fill_score(const TensorTable *theirs, real *block, const HuggingfaceHead *head,
                       Arena *scratch, Error *err)
{
    const TensorInfo *score = &theirs->items[theirs->n - 1];
    const size_t n = (size_t)head->n_labels, C = (size_t)head->n_channel;
    real *values = arena_alloc(scratch, score->n, sizeof *values, err);
    if (!values) return false;
    for (size_t k = 0; k < C; k++)
        for (size_t i = 0; i < n; i++) values[i * C + k] = head->weight[k * n + i];
    theirs->memory->copy_in(block + score->offset, values, score->n);
    return true;
}

/* The last tensor before the head is the bias of the last block's last layer norm. */
static bool shift_states(const TensorTable *theirs, real *block, const HuggingfaceHead *head,
                         Arena *scratch, Error *err)
{
    const TensorInfo *bias = &theirs->items[theirs->n - 2];
    double *shift = arena_alloc(scratch, bias->n, sizeof *shift, err);
    real *values = shift ? arena_alloc(scratch, bias->n, sizeof *values, err) : NULL;
    if (!values || !find_shift(shift, head, scratch, err)) return false;
    theirs->memory->copy_out(values, block + bias->offset, bias->n);
    for (size_t k = 0; k < bias->n; k++) values[k] = (real)((double)values[k] + shift[k]);
    theirs->memory->copy_in(block + bias->offset, values, bias->n);
    return true;
}

bool huggingface_classifier(TensorTable *theirs, real **block, const TensorTable *ours,
                            const real *weights, const HuggingfaceHead *head, Arena *arena,
                            Error *err)
{
    TensorTable base;
    *theirs = tensors_create(ours->memory, arena);
    if (!huggingface_names_table(&base, ours, arena, err) ||
        !add_tensors(theirs, &base, head, err) || !(*block = tensors_allocate(theirs, arena, err)))
        return false;
    for (int i = 0; i < base.n; i++)
        theirs->memory->copy(*block + theirs->items[i].offset, weights + base.items[i].offset,
                             base.items[i].n);
    return fill_score(theirs, *block, head, arena, err) &&
           shift_states(theirs, *block, head, arena, err);
}
