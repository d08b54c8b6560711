/* A learner: one model with its memory, ready for passes over packed batches.
 *
 * It joins the architecture and an optional head, and owns
 * nothing: all memory is in the arena it was made in. The tables are built before memory exists,
 * so learner_measure gives the bytes that learner_create takes. */
#ifndef LEARNER_LEARNER_H
#define LEARNER_LEARNER_H

#include "model/architecture.h"
#include "task/head.h"
#include "task/special_tokens.h"

typedef struct LearnerSetup {
    const SpecEntryChoice *model; /* architecture and its spec */
    const Kernels *kernels;
    TextTokens text;             /* of its vocabulary */
    int n_vocab;                 /* special tokens included */
    int max_rows, max_sequences; /* of one micro-batch */
    int max_examples;            /* of one micro-batch, for the head */
    const Head *head;            /* NULL: none */
    bool next_sentence;   /* with head NULL: head_next_sentence beside what predicts tokens */
    bool training;        /* memory for gradients and moments */
    bool no_first_moment; /* the optimizer has none */
    int n_sums;           /* blocks of gradients that are kept at the same time; 0: one */
} LearnerSetup;

enum { LEARNER_MOST_SUMS = 17 };

/* Of an architecture with a readout, in a model that predicts tokens: room for the rows that are asked. */
typedef struct LearnerReadout {
    int first, token_bias;    /* tensors in the table of weights; bias -1: none */
    real *asked, *kept;       /* blocks: states of these rows, and what the readout keeps of them */
    real *d_asked, *d_output; /* blocks */
    real *loss, *weight;      /* [max_rows] */
    int *row, *target;        /* [max_rows] */
} LearnerReadout;

typedef struct Learner {
    const Architecture *architecture;
    const void *spec;
    const Kernels *kernels;
    ModelShape shape;
    TextTokens text;
    int n_vocab;
    int max_rows, max_sequences, max_examples;
    TensorTable weights_table, activations_table, work_table;
    /* Blocks of weights_table (kernels/memory.h). m may be NULL. Gradients are one of the sums, the first unless somebody
     * is adding up others. */
    real *weights, *gradients, *m, *v, *sum[LEARNER_MOST_SUMS];
    real *activations, *work;
    real *row_loss, *row_weight; /* [max_rows] */
    int *position, *target;      /* [max_rows] */
    int *source_position;        /* [max_rows], of an architecture that reads a source */
    int *segment;                /* [max_rows], of an architecture that is told of segments */
    real *logits;                /* scratch of the tied softmax */
    LearnerReadout readout;
    bool has_head;
    Head head;
    HeadBuffers head_buffers;
} Learner;

bool learner_create(Learner *learner, const LearnerSetup *setup, Arena *arena, Error *err) MUST_USE;

/* Bytes that learner_create and its back end take, without taking them; the scratch arena is left as it was. */
bool learner_measure(size_t *bytes, size_t *n_parameters, const LearnerSetup *setup, Arena *scratch,
                     Error *err) MUST_USE;

/* A packed micro-batch over borrowed tokens: fills positions. `start` has S+1 rows from 0. Of an architecture that
 * reads no source. */
Batch learner_batch(Learner *learner, const int *token, const int *start, int S);

/* The same with a source, a sequence of it for each of the target; one that reads none does not look at it. */
Batch learner_batch_from(Learner *learner, const int *token, const int *start, const int *source,
                         const int *source_start, int S);

/* The same where several sequences may look at one of the source (model/batch.h). */
typedef struct LearnerSource {
    const int *token, *start;
    int n; /* sequences */
    const int *looks;
} LearnerSource;
Batch learner_batch_sharing(Learner *learner, const int *token, const int *start, int S,
                            LearnerSource source);

/* Tells a batch of its sequences' second texts: sequence s has one from its token second[s] on, or none if that is
 * its length. Before, all is of the first; an architecture that is told of no segments is left alone. */
void learner_tell_segments(Learner *learner, const Batch *batch, const int *second);

void learner_zero_gradients(Learner *learner);

/* What names of tensors of v begin with, in resume points and messages; those of m with "adam.m.". */
const char *learner_second_moment(const Learner *learner);

/* Every weight and moment is a finite number; else the error names the tensor. Kernels may make numbers of what is
 * none, so whatever runs a model to measure it asks first. */
bool learner_check_finite(const Learner *learner, Error *err) MUST_USE;

/* Forward; then the objective of the caller; then backward over what learner_state_gradients
 * holds. */
void learner_forward(Learner *learner, const Batch *batch, bool training, RngKey dropout_key);
real *learner_states(Learner *learner);                              /* [N,C] of the last forward */
real *learner_state_gradients(Learner *learner, const Batch *batch); /* zeroed, to be added to */
void learner_backward(Learner *learner, const Batch *batch, RngKey dropout_key);

/* Moves the states of these rows, which rise, to the front: the last forward is then one of n rows to
 * a softmax over them, which costs less. No backward after it. */
void learner_keep_states(Learner *learner, const int *row, int n);

/* The head on the last forward: fills head_buffers.z, returns the sum of the losses.
 * `dstates` NULL: evaluation; else gradients of example_weight * sum are added. */
double learner_head(Learner *learner, const Batch *batch, const double *truth, int n_examples,
                    real *dstates, double example_weight, double dropout, RngKey dropout_key);

#endif
