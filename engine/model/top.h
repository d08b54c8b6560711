/* Tops: small networks between the states of an architecture and what is asked of them, over rows that were
 * picked. An architecture names two (model/architecture.h):
 *
 *   readout   rows that are to predict a token: what the softmax over the vocabulary multiplies
 *             (learner/tied_softmax.h)
 *   pooler    rows that stand for a sequence: what a task's head sees (task/head.h)
 *
 * Their tensors stand behind those of the architecture, in a model that is asked such things. */
#ifndef MODEL_TOP_H
#define MODEL_TOP_H

#include "kernels/kernels.h"
#include "model/tensors.h"

/* The names of a pooler's tensors begin so. Those of a language model that was published with one are kept for
 * tasks. */
#define TOP_POOLER "pooler."

/* Those of what says of a pair of texts, behind a pooler, whether the second follows the first, in pre-training
 * alone. */
#define TOP_NEXT_SENTENCE "next_sentence"

/* A bias a token of the softmax, [n_vocab]; of readouts that have one. */
#define TOP_TOKEN_BIAS "readout.token_bias"

/* One pass over N rows. All blocks are borrowed. */
typedef struct TopPass {
    const void *spec; /* the architecture's own struct */
    const Kernels *kernels;
    const TensorTable *table;
    const real *weights;
    real *gradients; /* NULL: evaluation */
    int first;       /* its first tensor in the table */
    int N, C;
    real *kept; /* [top->kept(N, C)], from forward to backward */
} TopPass;

typedef struct Top {
    /* Adds its tensors; n_vocab as an architecture's. Returns the index of the first, -1 on failure. */
    int (*weights)(TensorTable *table, int n_channel, int n_vocab, Error *err);
    size_t (*kept)(size_t N, size_t C); /* reals */
    /* x [N,C]; returns its output [N,C], which is kept. */
    real *(*forward)(const real *x, const TopPass *pass);
    /* From dy [N,C], which it destroys, to dx [N,C], which it overwrites; ADDS to the gradients. */
    void (*backward)(real *dx, real *dy, const real *x, const TopPass *pass);
} Top;

/* A tensor of the pass, counted from its first. Of a gradient NULL: all of it is frozen, and not wanted. */
const real *top_weight(const TopPass *pass, int i);
real *top_gradient(const TopPass *pass, int i);

/* The layer that every top begins with, y = x W + b; W is tensor 0 and b tensor 1. Adds these two, flags of a matrix
 * and a bias, as NAME.weight and NAME.bias; the other functions have Top's contract for x, dx, dy. */
int top_dense_weights(TensorTable *table, int n_channel, const char *name, Error *err);
void top_dense_forward(real *y, const real *x, const TopPass *pass);
void top_dense_backward(real *dx, const real *dy, const real *x, const TopPass *pass);

#endif
