#include "task/head.h"

#include <math.h>

const char *const head_regression_words[] = {"soft-bins", "squared-error", NULL};

static const HeadKind *kind_of(DatasetForm form, HeadRegression regression, bool answers)
{
    if (answers) return form == DATASET_REGRESSION ? &head_kind_number_words : &head_kind_words;
    if (form == DATASET_MULTIPLE_CHOICE) return &head_kind_choice;
    if (form != DATASET_REGRESSION) return &head_kind_classes;
    return regression == HEAD_SOFT_BINS ? &head_kind_soft_bins : &head_kind_squared_error;
}

Head head_of(const DatasetInfo *info, HeadRegression regression, HeadStates states)
{
    Head head = {
        .name = "head",
        .kind = kind_of(info->form, regression, states.answers),
        .states_added =
            !states.texts_apart && !states.answers && sequences_both_orders(info->form) ? 2 : 1,
        .n_output = 1,
        .range = {info->low, info->high},
        .weight = -1,
        .bias = -1,
        .pooler = states.pooler,
    };
    if (head.kind == &head_kind_classes) head.n_output = info->n_labels;
    if (head.kind == &head_kind_soft_bins) head.n_output = (int)head_kind_bins(head.range);
    return head;
}

Head head_next_sentence(const Top *pooler)
{
    return (Head){
        .name = TOP_NEXT_SENTENCE,
        .kind = &head_kind_classes,
        .beside_words = true,
        .states_added = 1,
        .n_output = 2,
        .weight = -1,
        .bias = -1,
        .pooler = pooler,
    };
}

double head_predict(const Head *head, const real *z, int n)
{
    return head->kind->predict(z, n, head->range);
}

bool head_weights(Head *head, TensorTable *table, int n_channel, Error *err)
{
    if (head->kind->is_words) return true;
    if (head->pooler) {
        head->pooler_first = head->pooler->weights(table, n_channel, 0, err);
        if (head->pooler_first < 0) return false;
    }
    head->weight = tensors_add(table, err, TENSOR_DECAY | TENSOR_INIT_NORMAL, TENSOR_LAYER_HEAD, 2,
                               (size_t)n_channel, (size_t)head->n_output, "%s.weight", head->name);
    if (head->weight < 0) return false;
    if (head->kind->is_choice) return true;
    head->bias = tensors_add(table, err, 0, TENSOR_LAYER_HEAD, 1, (size_t)head->n_output, 1,
                             "%s.bias", head->name);
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
    if (head->kind->is_words)
        return memory->take(&buffers->z, outputs, needs, err) &&
               needs_add(needs, &buffers->first, examples + 1, sizeof(int), err);
    return memory->take(&buffers->pooled, sequences * C, needs, err) &&
           memory->take(&buffers->dropped, sequences * C, needs, err) &&
           memory->take(&buffers->dpooled, sequences * C, needs, err) &&
           memory->take(&buffers->z, outputs, needs, err) &&
           memory->take(&buffers->dz, outputs, needs, err) &&
           (!head->pooler ||
            memory->take(&buffers->kept, head->pooler->kept(sequences, C), needs, err)) &&
           needs_add(needs, &buffers->row, sequences, sizeof(int), err) &&
           needs_add(needs, &buffers->first, examples + 1, sizeof(int), err);
}

/* Which row of each sequence is pooled, and where each example's outputs begin. */
static void find_rows(const HeadPass *pass)
{
    const Batch *batch = pass->batch;
    HeadBuffers *buffers = pass->buffers;
    const int *start = batch->target.start;
    for (int s = 0; s < batch->S; s++)
        buffers->row[s] = pass->head->pooler ? start[s] : start[s + 1] - 1;
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
static void drop(const HeadPass *pass, const real *pooled)
{
    const HeadBuffers *buffers = pass->buffers;
    size_t C = (size_t)pass->n_channel;
    for (int e = 0; e < pass->n_examples; e++) {
        RngKey key = rng_key_site(pass->dropout_key, (uint32_t)e);
        int begin, end;
        pooled_rows(pass, e, &begin, &end);
        for (size_t r = (size_t)begin; r < (size_t)end; r++)
            pass->kernels->dropout_forward(buffers->dropped + r * C, pooled + r * C, pass->dropout,
                                           key, C);
    }
}

/* In place. */
static void drop_backward(const HeadPass *pass)
{
    size_t C = (size_t)pass->n_channel;
    for (int e = 0; e < pass->n_examples; e++) {
        RngKey key = rng_key_site(pass->dropout_key, (uint32_t)e);
        int begin, end;
        pooled_rows(pass, e, &begin, &end);
        for (size_t r = (size_t)begin; r < (size_t)end; r++) {
            real *dpooled = pass->buffers->dpooled + r * C;
            pass->kernels->dropout_backward(dpooled, dpooled, pass->dropout, key, C);
        }
    }
}

static TopPass pooler_pass(const HeadPass *pass, int n_pooled)
{
    return (TopPass){.spec = pass->spec,
                     .kernels = pass->kernels,
                     .table = pass->table,
                     .weights = pass->weights,
                     .gradients = pass->gradients,
                     .first = pass->head->pooler_first,
                     .N = n_pooled,
                     .C = pass->n_channel,
                     .kept = pass->buffers->kept};
}

/* From dz back to the states; the dropped rows, no longer needed, take the gradient of what the pooler was given. */
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
    drop_backward(pass);
    real *gradient = buffers->dpooled;
    if (head->pooler) {
        const TopPass pooler = pooler_pass(pass, n_pooled);
        head->pooler->backward(buffers->dropped, gradient, buffers->pooled, &pooler);
        gradient = buffers->dropped;
    }
    pass->kernels->pool_backward(pass->dstates, gradient, buffers->row, n_pooled,
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
    const TopPass pooler = pooler_pass(pass, n_pooled);
    drop(pass, head->pooler ? head->pooler->forward(buffers->pooled, &pooler) : buffers->pooled);
    pass->kernels->linear_forward(&pass->kernels->products, buffers->z, buffers->dropped,
                                  pass->weights + items[head->weight].offset,
                                  head->bias < 0 ? NULL : pass->weights + items[head->bias].offset,
                                  n_pooled, C, head->n_output);
    double sum = 0;
    for (int e = 0; e < pass->n_examples; e++) sum += example_loss(pass, e);
    if (pass->gradients) backward(pass, n_pooled);
    return sum;
}
