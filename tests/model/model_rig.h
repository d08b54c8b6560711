/* One model with its memory and a loss, as the tests of architectures use it: a language-model term over
 * rows plus a linear head on pooled states. Failures of memory end the test. */
#ifndef TESTS_MODEL_RIG_H
#define TESTS_MODEL_RIG_H

#include "model/architecture.h"

/* One row per architecture and size: everything test_architecture.c says is said of each. */
typedef struct ModelCase {
    const char *name;
    const Architecture *architecture;
    const void *spec;
    int n_vocab;
    int n_sequences;
    int length[16]; /* of each sequence */
} ModelCase;

extern const ModelCase model_cases[]; /* ends with an unnamed row */

typedef struct Objective {
    const int *target;  /* [N]; -1: none */
    const real *weight; /* [N] */
    const int *pooled;  /* [G], rows */
    const int *label;   /* [G] */
    int G;              /* 0: no head */
} Objective;

typedef struct Rig {
    Arena *arena;
    const Architecture *architecture;
    const void *spec;
    const Kernels *kernels;
    int n_vocab, n_class, C;
    int head_weight, head_bias; /* indices in the weight table */
    TensorTable weights_table, activations_table, work_table;
    real *weights, *gradients, *activations, *work;
    real *row_loss;             /* [N] */
    real *outputs, *class_loss; /* [G,n_class], [G] */
    bool training;
    RngKey dropout_key;
    Batch batch;
    Objective objective;
} Rig;

/* Room for a few rows more than the batch has, so that a pass with fewer is the rule. n_class 0: no head. */
void rig_create(Rig *rig, const Architecture *architecture, const void *spec, int n_vocab,
                int n_class, const Kernels *kernels, const Batch *batch);
void rig_destroy(Rig *rig);

/* A rig for a case: weights N(0, 0.2) around their places, tokens and objective drawn, dropout on. */
void rig_create_case(Rig *rig, const ModelCase *c, const Kernels *kernels);

/* Packs the sequences of these lengths; tokens are left 0. Memory from the arena. */
Batch rig_batch(Arena *arena, const int *length, int n_sequences);
void rig_look(Batch *batch, Stream source); /* each sequence at its own */
int *rig_tokens(const Rig *rig);            /* those of a rig's own batch, writable */

void rig_forward(Rig *rig);
const real *rig_states(const Rig *rig);
double rig_loss(Rig *rig);     /* forward and loss; keeps row_loss, outputs, class_loss */
double rig_backward(Rig *rig); /* the same, then ADDS to gradients */
void rig_logits(const Rig *rig, real *logits); /* [N,V] of the last forward */

#endif
