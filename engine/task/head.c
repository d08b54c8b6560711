#include "task/head.h"

#include <math.h>

const char *const head_regression_words[] = {"soft-bins", "squared-error", NULL};

static const HeadKind *kind_of(DatasetForm form, HeadRegression regression)
{
    if (form == DATASET_MULTIPLE_CHOICE) return &head_kind_choice;
    if (form != DATASET_REGRESSION) return &head_kind_classes;
    return regression == HEAD_SOFT_BINS ? &head_kind_soft_bins : &head_kind_squared_error;
}

Head head_of(const DatasetInfo *info, HeadRegression regression)
{
    Head head = {
        .kind = kind_of(info->form, regression),
        .states_added = sequences_both_orders(info->form) ? 2 : 1,
        .n_output = 1,
        .range = {info->low, info->high},
        .weight = -1,
        .bias = -1,
    };
    if (head.kind == &head_kind_classes) head.n_output = info->n_labels;
    if (head.kind == &head_kind_soft_bins) head.n_output = (int)head_kind_bins(head.range);
    return head;
}

double head_predict(const Head *head, const real *z, int n)
{
    return head->kind->predict(z, n, head->range);
}

bool head_weights(Head *head, TensorTable *table, int n_channel, Error *err)
{
    head->weight = tensors_add(table, err, TENSOR_DECAY | TENSOR_INIT_NORMAL, TENSOR_LAYER_HEAD, 2,
                               (size_t)n_channel, (size_t)head->n_output, "head.weight");
    if (head->weight < 0) return false;
    if (head->kind->is_choice) return true;
    head->bias =
        tensors_add(table, err, 0, TENSOR_LAYER_HEAD, 1, (size_t)head->n_output, 1, "head.bias");
    return head->bias >= 0;
}

size_t head_outputs(const Head *head, int n_examples, int n_sequences)
{
    return head->kind->is_choice ? (size_t)n_sequences
                                 : (size_t)n_examples * (size_t)head->n_output;
}

bool head_buffers(HeadBuffers *buffers, const Head *head, const Memory *memory, int n_examples,
                  int n_sequences, int n_channel, Needs *needs, Error *err)
{
    size_t examples = (size_t)n_examples, sequences = (size_t)n_sequences, C = (size_t)n_channel;
    size_t outputs = head_outputs(head, n_examples, n_sequences);
    return memory->take(&buffers->pooled, sequences * C, needs, err) &&
           memory->take(&buffers->dropped, sequences * C, needs, err) &&
           memory->take(&buffers->dpooled, sequences * C, needs, err) &&
           memory->take(&buffers->z, outputs, needs, err) &&
           memory->take(&buffers->dz, outputs, needs, err) &&
           needs_add(needs, &buffers->row, sequences, sizeof(int), err) &&
           needs_add(needs, &buffers->first, examples + 1, sizeof(int), err);
}

/* Where each sequence's classify token is, and where each example's outputs begin. */
static void find_rows(const HeadPass *pass)
{
    const Batch *batch = pass->batch;
    HeadBuffers *buffers = pass->buffers;
    for (int s = 0; s < batch->S; s++) buffers->row[s] = batch->target.start[s + 1] - 1;
    if (pass->head->kind->is_choice) return; /* the caller's groups are already in first */
    for (int e = 0; e <= pass->n_examples; e++) buffers->first[e] = e * pass->head->n_output;
}

/* Rows of the pooled states that belong to example e. */
static void pooled_rows(const HeadPass *pass, int e, int *begin, int *end)
{
    *begin = pass->head->kind->is_choice ? pass->buffers->first[e] : e;
    *end = pass->head->kind->is_choice ? pass->buffers->first[e + 1] : e + 1;
}

/* One mask an example, shared by its answers: the stream's site is the example. */
static void drop(const HeadPass *pass, bool backward)
{
    const HeadBuffers *buffers = pass->buffers;
    size_t C = (size_t)pass->n_channel;
    for (int e = 0; e < pass->n_examples; e++) {
        RngKey key = rng_key_site(pass->dropout_key, (uint32_t)e);
        int begin, end;
        pooled_rows(pass, e, &begin, &end);
        for (size_t r = (size_t)begin; r < (size_t)end; r++) {
            if (backward)
                pass->kernels->dropout_backward(buffers->pooled + r * C, buffers->dpooled + r * C,
                                                pass->dropout, key, C);
            else
                pass->kernels->dropout_forward(buffers->dropped + r * C, buffers->pooled + r * C,
                                               pass->dropout, key, C);
        }
    }
}

/* From dz back to the states; the pooled buffer, no longer needed, takes its own gradient. */
static void backward(const HeadPass *pass, int n_pooled)
{
    const Head *head = pass->head;
    HeadBuffers *buffers = pass->buffers;
    const TensorInfo *items = pass->table->items;
    int C = pass->n_channel;
    pass->kernels->linear_backward(
        &pass->kernels->products, buffers->dpooled, pass->gradients + items[head->weight].offset,
        head->bias < 0 ? NULL : pass->gradients + items[head->bias].offset, buffers->dz,
        buffers->dropped, pass->weights + items[head->weight].offset, n_pooled, C, head->n_output,
        false);
    drop(pass, true);
    pass->kernels->pool_backward(pass->dstates, buffers->pooled, buffers->row, n_pooled,
                                 head->states_added, C);
}

/* The loss of example e, and its gradient in the outputs. */
static double example_loss(const HeadPass *pass, int e)
{
    const Head *head = pass->head;
    const HeadBuffers *buffers = pass->buffers;
    int begin = buffers->first[e], n = buffers->first[e + 1] - begin;
    real *dz = buffers->dz + begin;
    pass->kernels->memory.clear(dz, (size_t)n);
    if (isnan(pass->truth[e])) return 0;
    return (double)head->kind->loss(pass->gradients ? dz : NULL, buffers->z + begin, n,
                                    pass->truth[e], head->range, (real)pass->example_weight,
                                    pass->kernels);
}

double head_run(const HeadPass *pass)
{
    const Head *head = pass->head;
    HeadBuffers *buffers = pass->buffers;
    const TensorInfo *items = pass->table->items;
    int C = pass->n_channel, n_pooled = pass->batch->S / head->states_added;
    find_rows(pass);
    pass->kernels->pool_forward(buffers->pooled, pass->states, buffers->row, n_pooled,
                                head->states_added, C);
    drop(pass, false);
    pass->kernels->linear_forward(&pass->kernels->products, buffers->z, buffers->dropped,
                                  pass->weights + items[head->weight].offset,
                                  head->bias < 0 ? NULL : pass->weights + items[head->bias].offset,
                                  n_pooled, C, head->n_output);
    double sum = 0;
    for (int e = 0; e < pass->n_examples; e++) sum += example_loss(pass, e);
    if (pass->gradients) backward(pass, n_pooled);
    return sum;
}
