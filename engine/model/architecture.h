/* Architectures: packed token ids to top states (DESIGN, "Architecture, objective, head").
 *
 * An architecture knows no optimizer, task, loss or file. A registry row is found by name when a spec
 * is read; the training step follows its pointers. Adding one is one file plus one row in
 * architectures.c. */
#ifndef MODEL_ARCHITECTURE_H
#define MODEL_ARCHITECTURE_H

#include "base/rng.h"
#include "kernels/kernels.h"
#include "model/batch.h"
#include "model/tensors.h"
#include "model/top.h"
#include "spec/field.h"

/* What every architecture can say about itself. */
typedef struct ModelShape {
    int n_channel; /* width of the top states */
    int n_context; /* longest sequence */
    int n_layer;   /* layers that can be transferred, embeddings not counted */
} ModelShape;

/* Sites of a micro-batch's dropout stream: so many a layer, the embeddings being layer 0, so that a further
 * layer never shifts the masks of another; from DROPOUT_SITE_HEAD on they belong to the head. */
enum { DROPOUT_SITES_A_LAYER = 8, DROPOUT_SITE_HEAD = 1 << 20 };

/* One forward or backward pass. All blocks are borrowed; each is described by the table of the same
 * name below. */
typedef struct ModelPass {
    const void *spec; /* the architecture's own struct */
    const Kernels *kernels;
    const Batch *batch;
    const real *weights;
    real *gradients; /* backward ADDS; NULL in evaluation */
    real *activations;
    real *work; /* gradients of activations; NULL in evaluation */
    const TensorTable *weights_table, *activations_table, *work_table;
    AttentionMask mask; /* the architecture's */
    bool training;      /* dropout on */
    RngKey dropout_key; /* of this micro-batch; see DROPOUT_SITE_HEAD */
} ModelPass;

typedef struct Architecture {
    SpecEntry entry; /* name, help, fields */
    /* What a state depends on: causal, its own row and those before it in the sequence; bidirectional,
     * every row of the sequence. */
    AttentionMask mask;
    bool reads_source; /* and every row of the batch's source; a batch has two streams then */
    /* Texts of a sequence that it is told apart by segment; 0: it is told of none. One that is told knows where
     * sequences begin and end, too: running text is framed for it (task/special_tokens.h). */
    int n_segment;
    /* What stands between its states and the softmax over the vocabulary, and between the state of a whole
     * sequence, that of its first row, and a task; NULL: nothing, and a task is given the last row's. */
    const Top *readout, *pooler;
    ModelShape (*shape)(const void *spec);
    /* The tables, in the same order every time; n_vocab counts added special tokens. The first weight
     * is the token table [n_vocab, C], named TENSORS_TOKEN_TABLE. N rows of a stream and S
     * sequences are the most that will be used; a pass may have fewer. */
    bool (*weights)(TensorTable *table, const void *spec, int n_vocab, Error *err);
    bool (*activations)(TensorTable *table, const void *spec, int N, int S, Error *err);
    bool (*work)(TensorTable *table, const void *spec, int N, int S, Error *err);
    void (*forward)(const ModelPass *pass);
    /* Reads the gradient of the top states from architecture->state_gradients and destroys it. */
    void (*backward)(const ModelPass *pass);
    real *(*states)(const ModelPass *pass); /* [N,C], in activations */
    real *(*state_gradients)(
        const ModelPass *pass); /* [N,C], in work; the caller zeroes and fills it */
    /* Floating-point operations of the matrix products and attention, forward only, for one sequence
     * of T tokens (and of what reads one a source of n_source), without the softmax over the vocabulary. */
    double (*flops)(const void *spec, int T, int n_source);
    /* Layers, or single steps of them, that forward over T tokens has to take one after another, however
     * many processors there are. */
    double (*steps)(const void *spec, int T);
} Architecture;

extern const SpecRegistry architectures; /* kind "architecture" */

/* The registry row behind a spec's choice. */
const Architecture *architecture_of(const SpecEntryChoice *choice);

/* The weights of a language model, behind those of the architecture its readout if it has one. */
bool architecture_language_model(TensorTable *table, const Architecture *architecture,
                                 const void *spec, int n_vocab, Error *err) MUST_USE;

/* Can its states be asked for the next token of a running text: they depend on what stands before it, and on
 * nothing else? */
bool architecture_continues_text(const Architecture *architecture);

#endif
