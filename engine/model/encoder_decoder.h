/* A Transformer of two streams (Vaswani et al. 2017), of the blocks and settings of gpt: an encoder sees all of
 * the source, and the blocks of a decoder look at the encoder's states behind their causal attention.
 *
 *   source states  blocks over dropout(We[token] + Wp[position]), bidirectional
 *   states         blocks over dropout(We[token] + Wq[position]), causal, each looking at the source states
 *
 * Weights, in order: token_embedding.weight [V,C], of both streams and of the tied softmax;
 * encoder.position_embedding.weight, decoder.position_embedding.weight [T,C]; encoder.block.B.*,
 * decoder.block.B.* (model/block.h). n_layer counts the blocks of each stack; in a transfer the encoder's come
 * first.
 *
 * Differs: the published one has no learned positions; T5 norms before each part, without biases, and has
 * relative positions. */
#ifndef MODEL_ENCODER_DECODER_H
#define MODEL_ENCODER_DECODER_H

#include "model/architecture.h"

extern const Architecture encoder_decoder;

#endif
