/* Heads: pooled states to a task's outputs (GPT-1, section 3.2: P(y|x) = softmax(h W_y)).
 *
 * One state of each sequence is pooled: the last, that of the classify token; or the first, for an architecture
 * that has a pooler (model/top.h), which then transforms it. The states of both orders of a symmetric
 * example (similarity, regression) are added, where both are run. One linear layer gives an example's outputs: its
 * classes, one score an answer, or what a number is read from; head_kind.h says what they mean.
 * Classifier dropout acts on the pooled state; one mask serves all answers of a question.
 *
 * Outputs  example e of a packed group has outputs z[first[e]..first[e+1]) */
#ifndef TASK_HEAD_H
#define TASK_HEAD_H

#include "base/needs.h"
#include "model/batch.h"
#include "model/tensors.h"
#include "model/top.h"
#include "task/head_kind.h"
#include "task/sequences.h"

/* How a number is predicted, of the form regression. */
typedef enum HeadRegression {
    HEAD_SOFT_BINS,
    HEAD_SQUARED_ERROR,
} HeadRegression;
extern const char *const head_regression_words[]; /* "soft-bins", "squared-error"; NULL */

typedef struct Head {
    const HeadKind *kind;
    const char *name;  /* of its tensors: "head" is that of a task */
    bool beside_words; /* the model is asked for tokens, too */
    int states_added;  /* sequences whose states are added: 1, or 2 where both orders are run */
    int n_output;      /* columns of the linear layer */
    HeadRange range;   /* of the targets of a regression */
    int weight, bias;  /* tensors in the weight table; bias -1: none */
    const Top *pooler; /* the architecture's; NULL: none, and the last state is pooled */
    int pooler_first;  /* its first tensor in the weight table */
} Head;

/* What a head is told of the states that it is given. */
typedef struct HeadStates {
    const Top *pooler; /* NULL: none */
    bool texts_apart;  /* the two texts of a sequence are told apart: one order says all */
    bool answers;      /* they answer a source in words: no head is needed */
} HeadStates;

/* The head of a task: of its form, number of labels and range of targets. Soft bins need a range of
 * at most HEAD_KIND_MAX_BINS integers. */
Head head_of(const DatasetInfo *info, HeadRegression regression, HeadStates states);

/* The head of pre-training that says of a pair of texts whether the second follows the first, class 0, or is from
 * elsewhere, class 1 (learner/text_pairs.h). */
Head head_next_sentence(const Top *pooler);

/* What the outputs of one example say: a class, an answer, a number. */
double head_predict(const Head *head, const real *z, int n);

/* Adds the head's tensors to a weight table, the pooler's before them; of words there are none. A bias would cancel
 * in the softmax over answers, so a choice head has none. */
bool head_weights(Head *head, TensorTable *table, int n_channel, Error *err) MUST_USE;

/* Outputs of a group of so many examples, at most. */
size_t head_outputs(const Head *head, int n_examples, int n_sequences);

/* Memory for groups of up to n examples with q sequences, measured or taken. */
typedef struct HeadBuffers {
    real *pooled, *dropped, *dpooled; /* blocks [rows,C] */
    real *kept;                       /* block: what the pooler keeps, if there is one */
    real *z, *dz;                     /* blocks: outputs of all examples */
    int *row;                         /* [q] */
    int *first;                       /* [examples+1], into z */
} HeadBuffers;

bool head_buffers(HeadBuffers *buffers, const Head *head, const Memory *memory, int n_examples,
                  int n_sequences, int n_channel, Needs *needs, Error *err) MUST_USE;

/* One group of examples whose sequences are the batch, in order. */
typedef struct HeadPass {
    const Head *head;
    HeadBuffers *buffers;
    const void *spec; /* the architecture's own struct */
    const Kernels *kernels;
    const TensorTable *table;
    const real *weights;
    real *gradients; /* NULL: evaluation; else backward runs too and ADDS */
    const Batch *batch;
    const double *truth; /* [examples]; NaN: not known, no loss */
    int n_examples;
    int n_channel;
    const real *states;    /* [N,C] */
    real *dstates;         /* ADDED to when gradients are given */
    double example_weight; /* of each example's loss in the sum: 1 / examples of the whole update */
    double dropout;        /* 0 in evaluation */
    RngKey dropout_key;
} HeadPass;

/* Fills buffers->z, and the gradients when asked. Returns the sum of the losses. */
double head_run(const HeadPass *pass);

#endif
