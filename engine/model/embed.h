/* The bottom of an architecture: token and position embeddings of a stream, with dropout
 * (GPT-1, section 3.1). */
#ifndef MODEL_EMBED_H
#define MODEL_EMBED_H

#include "model/architecture.h"

typedef struct Embed {
    const ModelPass *pass;
    const Stream *stream;
    int token_table;    /* its place in the table of weights */
    int position_table; /* -1: none */
    int segment_table;  /* -1: none */
    double dropout;     /* of the spec; off unless training */
    int site;           /* of its dropout */
} Embed;

/* Overwrites y [N,C]. */
void embed_forward(real *y, const Embed *embed);

/* ADDS to the gradients of the tables; dx [N,C] is overwritten: the gradient behind dropout. */
void embed_backward(real *dx, const real *dy, const Embed *embed);

#endif
