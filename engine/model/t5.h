/* The encoder-decoder as published (Raffel et al. 2020, section 2.1; the released version 1.0): an encoder sees all of
 * the source, and the blocks of a decoder look at its states behind their own causal attention.
 *
 *   source states  encoder(dropout(We[source token]))
 *   states         C^-1/2 decoder(dropout(We[target token]), source states)
 *
 * Blocks: model/t5_block.h. The softmax is tied to We, which is why the states are scaled.
 *
 * Weights, in order: token_embedding.weight [V,C], of both streams and of the softmax; encoder.*, decoder.*
 * (model/t5_block.h). n_layer counts the blocks of each stack; in a transfer the encoder's come first, and the norm
 * of a stack belongs to its last block. No table has a row a position: n_context bounds what is read, not what
 * could be.
 *
 * Initial values are normal, of deviation 1 for tokens, (C D)^-1/2 for queries, (4 C)^-1/2 for the narrowing matrix,
 * C^-1/2 for all others; D is C/H.
 *
 * 60,506,624 parameters at the size of T5-small (32,128 tokens, 6 and 6 layers, 512 channels). */
#ifndef MODEL_T5_H
#define MODEL_T5_H

#include "model/architecture.h"
#include "model/t5_spec.h"

extern const Architecture t5;

#endif
