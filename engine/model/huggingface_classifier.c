#include "model/huggingface_classifier.h"

#include <math.h>

#define HEAD_WEIGHT "head.weight"
#define HEAD_BIAS   "head.bias"

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

/* The table, in which a head has a bias. */
static bool with_bias(TensorTable *table, const HuggingfaceHead *head, Error *err)
{
    return tensors_find(table, HEAD_BIAS) >= 0 ||
           tensors_add(table, err, 0, TENSOR_LAYER_HEAD, 1, (size_t)head->n_labels, 1, HEAD_BIAS) >=
               0;
}

/* A block of `whole` that begins with one of `ours`. */
static real *with_head(const TensorTable *whole, const TensorTable *ours, const real *weights,
                       const HuggingfaceHead *head, Arena *arena, Error *err)
{
    real *values = arena_alloc(arena, ours->n_elements, sizeof *values, err);
    real *block = values ? tensors_allocate(whole, arena, err) : NULL;
    if (!block) return NULL;
    const TensorInfo *weight = tensors_named(whole, HEAD_WEIGHT);
    const TensorInfo *bias = tensors_named(whole, HEAD_BIAS);
    ours->memory->copy_out(values, weights, ours->n_elements);
    whole->memory->copy_in(block, values, ours->n_elements);
    whole->memory->copy_in(block + weight->offset, head->weight, weight->n);
    whole->memory->copy_in(block + bias->offset, head->bias, bias->n);
    return block;
}

real *huggingface_classifier(HuggingfaceNames *names, const HuggingfaceFamily *family,
                             const TensorTable *ours, const real *weights,
                             const HuggingfaceHead *head, Arena *arena, Error *err)
{
    TensorTable whole = *ours; /* the same tensors, and perhaps one behind them */
    if (!with_bias(&whole, head, err) ||
        !huggingface_names_table(names, family, &whole, arena, err))
        return NULL;
    const real *own = with_head(&whole, ours, weights, head, arena, err);
    real *block = own ? huggingface_names_values(names, &whole, own, arena, err) : NULL;
    const bool done = block && (!family->head_without_bias ||
                                shift_states(&names->theirs, block, head, arena, err));
    return done ? block : NULL;
}
