/* Heads: pooled states to a task's outputs (GPT-1, section 3.2: P(y|x) = softmax(h W_y)).
 *
 * The state at each sequence's classify token is pooled; the states of both orders of a
 * similarity example are added. One linear layer gives the classes, or, for multiple choice, one
 * score an answer and a softmax over the answers. Classifier dropout acts on the pooled state;
 * one mask serves all answers of a question.
 *
 * Outputs  example e of a packed group has outputs z[first[e]..first[e+1]): its classes or its
 *          answers */
#ifndef TASK_HEAD_H
#define TASK_HEAD_H

#include "base/needs.h"
#include "kernels/kernels.h"
#include "model/batch.h"
#include "model/tensors.h"
#include "task/sequences.h"

typedef struct Head {
    bool choice;      /* a score an answer instead of classes */
    int states_added; /* sequences whose states are added: 1, or 2 for similarity */
    int n_output;     /* columns of the linear layer: classes, or 1 */
    int weight, bias; /* tensors in the weight table; bias -1: none */
} Head;

Head head_of(DatasetForm form, int n_labels);

/* Adds the head's tensors to a weight table. A bias would cancel in the softmax over answers, so a
 * choice head has none. */
bool head_weights(Head *head, TensorTable *table, int n_channel, Error *err) MUST_USE;

/* Memory for groups of up to n examples with q sequences, measured or taken. */
typedef struct HeadBuffers {
    real *pooled, *dropped, *dpooled; /* [rows,C] */
    real *z, *dz;                     /* outputs of all examples */
    real *loss, *weight;              /* [examples] */
    int *row;                         /* [q] */
    int *first;                       /* [examples+1], into z */
} HeadBuffers;

bool head_buffers(HeadBuffers *buffers, const Head *head, int n_examples, int n_sequences,
                  int n_channel, Needs *needs, Error *err) MUST_USE;

/* One group of examples whose sequences are the batch, in order. */
typedef struct HeadPass {
    const Head *head;
    HeadBuffers *buffers;
    const Kernels *kernels;
    const TensorTable *table;
    const real *weights;
    real *gradients; /* NULL: evaluation; else backward runs too and ADDS */
    const Batch *batch;
    const double *truth; /* [examples] class or right answer; NaN: not known, no loss */
    int n_examples;
    int n_channel;
    const real *states;    /* [N,C] */
    real *dstates;         /* ADDED to when gradients are given */
    double example_weight; /* of each example's loss in the sum: 1 / examples of the whole update */
    double dropout;        /* 0 in evaluation */
    RngKey dropout_key;
} HeadPass;

/* Fills buffers->z and buffers->loss, and the gradients when asked. Returns the sum of the
 * losses. */
double head_run(const HeadPass *pass);

#endif
