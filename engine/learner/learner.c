#include "learner/learner.h"

#include <assert.h>
#include <math.h>

#include "base/needs.h"

/* A model with the head of a task is asked for no tokens, or by what needs no readout. */
static bool has_readout(const Learner *learner)
{
    return learner->architecture->readout && (!learner->has_head || learner->head.beside_words);
}

static bool readout_weights(Learner *learner, Error *err)
{
    TensorTable *table = &learner->weights_table;
    if (!has_readout(learner)) return true;
    learner->readout.first = learner->architecture->readout->weights(
        table, learner->shape.n_channel, learner->n_vocab, err);
    learner->readout.token_bias = tensors_find(table, TOP_TOKEN_BIAS);
    return learner->readout.first >= 0;
}

static bool take_readout(Learner *learner, bool training, Needs *needs, Error *err)
{
    const Memory *memory = &learner->kernels->memory;
    LearnerReadout *readout = &learner->readout;
    const size_t rows = (size_t)learner->max_rows, C = (size_t)learner->shape.n_channel;
    return memory->take(&readout->asked, rows * C, needs, err) &&
           memory->take(&readout->kept, learner->architecture->readout->kept(rows, C), needs,
                        err) &&
           needs_add(needs, &readout->loss, rows, sizeof(real), err) &&
           needs_add(needs, &readout->weight, rows, sizeof(real), err) &&
           needs_add(needs, &readout->row, rows, sizeof(int), err) &&
           needs_add(needs, &readout->target, rows, sizeof(int), err) &&
           (!training || (memory->take(&readout->d_asked, rows * C, needs, err) &&
                          memory->take(&readout->d_output, rows * C, needs, err)));
}

static bool build_tables(Learner *learner, const LearnerSetup *setup, Arena *arena, Error *err)
{
    const Memory *memory = &setup->kernels->memory;
    learner->weights_table = tensors_create(memory, arena);
    learner->activations_table = tensors_create(memory, arena);
    learner->work_table = tensors_create(memory, arena);
    const Architecture *architecture = learner->architecture;
    if (!architecture->weights(&learner->weights_table, learner->spec, setup->n_vocab, err))
        return false;
    if (!readout_weights(learner, err)) return false;
    if (learner->has_head &&
        !head_weights(&learner->head, &learner->weights_table, learner->shape.n_channel, err))
        return false;
    return architecture->activations(&learner->activations_table, learner->spec, setup->max_rows,
                                     setup->max_sequences, err) &&
           architecture->work(&learner->work_table, learner->spec, setup->max_rows,
                              setup->max_sequences, err);
}

/* The only statement of how much memory a learner is: `needs` measures or takes it. */
static bool take_memory(Learner *learner, const LearnerSetup *setup, Needs *needs, Error *err)
{
    const Memory *memory = &setup->kernels->memory;
    size_t n_weights = learner->weights_table.n_elements, rows = (size_t)setup->max_rows;
    size_t n_logits =
        cross_entropy_scratch(setup->max_rows, learner->shape.n_channel, setup->n_vocab);
    bool ok =
        memory->take(&learner->weights, n_weights, needs, err) &&
        memory->take(&learner->activations, learner->activations_table.n_elements, needs, err) &&
        needs_add(needs, &learner->row_loss, rows, sizeof(real), err) &&
        needs_add(needs, &learner->row_weight, rows, sizeof(real), err) &&
        needs_add(needs, &learner->position, rows, sizeof(int), err) &&
        needs_add(needs, &learner->target, rows, sizeof(int), err) &&
        memory->take(&learner->logits, n_logits, needs, err);
    if (ok && learner->architecture->reads_source)
        ok = needs_add(needs, &learner->source_position, rows, sizeof(int), err);
    if (ok && learner->architecture->n_segment > 0)
        ok = needs_add(needs, &learner->segment, rows, sizeof(int), err);
    if (ok && has_readout(learner)) ok = take_readout(learner, setup->training, needs, err);
    for (int k = 0; ok && setup->training && k < (setup->n_sums ? setup->n_sums : 1); k++)
        ok = memory->take(&learner->sum[k], n_weights, needs, err);
    learner->gradients = learner->sum[0];
    if (ok && setup->training)
        ok = (setup->no_first_moment || memory->take(&learner->m, n_weights, needs, err)) &&
             memory->take(&learner->v, n_weights, needs, err) &&
             memory->take(&learner->work, learner->work_table.n_elements, needs, err);
    if (ok && learner->has_head)
        ok = head_buffers(&learner->head_buffers, &learner->head, memory, setup->max_examples,
                          setup->max_sequences, learner->shape.n_channel, needs, err);
    return ok;
}

static void begin(Learner *learner, const LearnerSetup *setup)
{
    *learner = (Learner){
        .architecture = architecture_of(setup->model),
        .spec = setup->model->spec,
        .kernels = setup->kernels,
        .text = setup->text,
        .n_vocab = setup->n_vocab,
        .max_rows = setup->max_rows,
        .max_sequences = setup->max_sequences,
        .max_examples = setup->max_examples,
        .has_head = setup->head || setup->next_sentence,
        .readout.token_bias = -1,
    };
    learner->shape = learner->architecture->shape(learner->spec);
    if (setup->head) learner->head = *setup->head;
    else if (setup->next_sentence)
        learner->head = head_next_sentence(learner->architecture->pooler);
}

bool learner_create(Learner *learner, const LearnerSetup *setup, Arena *arena, Error *err)
{
    begin(learner, setup);
    Needs needs = {.arena = arena};
    return setup->kernels->start(err) && build_tables(learner, setup, arena, err) &&
           take_memory(learner, setup, &needs, err);
}

bool learner_measure(size_t *bytes, size_t *n_parameters, const LearnerSetup *setup, Arena *scratch,
                     Error *err)
{
    Learner learner;
    begin(&learner, setup);
    ArenaMark mark = arena_mark(scratch);
    size_t before = arena_used_bytes(scratch);
    Needs needs = {.arena = NULL};
    bool ok =
        build_tables(&learner, setup, scratch, err) && take_memory(&learner, setup, &needs, err);
    if (ok) {
        *bytes = needs.bytes + (arena_used_bytes(scratch) - before) + setup->kernels->start_bytes();
        *n_parameters = learner.weights_table.n_parameters;
    }
    arena_reset(scratch, mark);
    return ok;
}

static Stream stream_of(int *position, const int *token, const int *start, int S)
{
    for (int s = 0; s < S; s++)
        for (int row = start[s]; row < start[s + 1]; row++) position[row] = row - start[s];
    return (Stream){.N = start[S], .token = token, .position = position, .start = start};
}

/* All of the first text. */
static void clear_segments(Learner *learner, Stream *stream)
{
    if (learner->architecture->n_segment == 0) return;
    for (int row = 0; row < stream->N; row++) learner->segment[row] = 0;
    stream->segment = learner->segment;
}

void learner_tell_segments(Learner *learner, const Batch *batch, const int *second)
{
    if (learner->architecture->n_segment == 0) return;
    const int *start = batch->target.start;
    for (int s = 0; s < batch->S; s++)
        for (int row = start[s] + second[s]; row < start[s + 1]; row++) learner->segment[row] = 1;
}

Batch learner_batch(Learner *learner, const int *token, const int *start, int S)
{
    assert(!learner->architecture->reads_source);
    return learner_batch_sharing(learner, token, start, S, (LearnerSource){0});
}

Batch learner_batch_from(Learner *learner, const int *token, const int *start, const int *source,
                         const int *source_start, int S)
{
    const LearnerSource own = {source, source_start, S, start};
    return learner_batch_sharing(learner, token, start, S, own);
}

Batch learner_batch_sharing(Learner *learner, const int *token, const int *start, int S,
                            LearnerSource source)
{
    Batch batch = {.S = S, .target = stream_of(learner->position, token, start, S)};
    if (learner->architecture->reads_source && source.n > 0) {
        batch.source = stream_of(learner->source_position, source.token, source.start, source.n);
        batch.n_sources = source.n;
        batch.looks = source.looks;
    }
    clear_segments(learner, &batch.target);
    return batch;
}

void learner_zero_gradients(Learner *learner)
{
    learner->kernels->memory.clear(learner->gradients, learner->weights_table.n_elements);
}

static bool check_block(const Learner *learner, const real *block, const char *prefix, Error *err)
{
    const TensorTable *table = &learner->weights_table;
    if (!block || isfinite(learner->kernels->norm_squared(block, table->n_elements))) return true;
    const TensorInfo *tensor = tensors_not_finite(table, block);
    return !tensor || error_set(err, "tensor '%s%s' holds a value that is not a finite number",
                                prefix, tensor->name);
}

const char *learner_second_moment(const Learner *learner)
{
    return learner->m ? "adam.v." : "adafactor.v.";
}

bool learner_check_finite(const Learner *learner, Error *err)
{
    return check_block(learner, learner->weights, "", err) &&
           check_block(learner, learner->m, "adam.m.", err) &&
           check_block(learner, learner->v, learner_second_moment(learner), err);
}

static ModelPass pass_of(Learner *learner, const Batch *batch, bool training, RngKey dropout_key)
{
    return (ModelPass){
        .spec = learner->spec,
        .kernels = learner->kernels,
        .batch = batch,
        .weights = learner->weights,
        .gradients = learner->gradients,
        .activations = learner->activations,
        .work = learner->work,
        .weights_table = &learner->weights_table,
        .activations_table = &learner->activations_table,
        .work_table = &learner->work_table,
        .mask = learner->architecture->mask,
        .training = training,
        .dropout_key = dropout_key,
    };
}

void learner_forward(Learner *learner, const Batch *batch, bool training, RngKey dropout_key)
{
    ModelPass pass = pass_of(learner, batch, training, dropout_key);
    learner->architecture->forward(&pass);
}

real *learner_states(Learner *learner)
{
    ModelPass pass = pass_of(learner, NULL, false, (RngKey){0});
    return learner->architecture->states(&pass);
}

real *learner_state_gradients(Learner *learner, const Batch *batch)
{
    ModelPass pass = pass_of(learner, batch, true, (RngKey){0});
    return learner->kernels->memory.clear(learner->architecture->state_gradients(&pass),
                                          (size_t)batch->target.N *
                                              (size_t)learner->shape.n_channel);
}

void learner_backward(Learner *learner, const Batch *batch, RngKey dropout_key)
{
    ModelPass pass = pass_of(learner, batch, true, dropout_key);
    learner->architecture->backward(&pass);
}

void learner_keep_states(Learner *learner, const int *row, int n)
{
    size_t C = (size_t)learner->shape.n_channel;
    real *states = learner_states(learner);
    for (int i = 0; i < n; i++)
        if (row[i] != i)
            learner->kernels->memory.copy(states + (size_t)i * C, states + (size_t)row[i] * C, C);
}

double learner_head(Learner *learner, const Batch *batch, const double *truth, int n_examples,
                    real *dstates, double example_weight, double dropout, RngKey dropout_key)
{
    HeadPass pass = {
        .head = &learner->head,
        .buffers = &learner->head_buffers,
        .spec = learner->spec,
        .kernels = learner->kernels,
        .table = &learner->weights_table,
        .weights = learner->weights,
        .gradients = dstates ? learner->gradients : NULL,
        .batch = batch,
        .truth = truth,
        .n_examples = n_examples,
        .n_channel = learner->shape.n_channel,
        .states = learner_states(learner),
        .dstates = dstates,
        .example_weight = example_weight,
        .dropout = dropout,
        .dropout_key = dropout_key,
    };
    return head_run(&pass);
}
