/* Long short-term memory in the framework of gpt: the paper's baseline, "a single layer 2048 unit LSTM"
 * (GPT-1, section 5). Token embedding, dropout, objective, tied softmax and heads are those of gpt; there
 * are no positions, since the state carries the order.
 *
 *   x = dropout(We[token])
 *   x = dropout(LSTM_l(x))             for each layer l; the equations stand in kernels/lstm_layer.h
 *   h = x P + p                        [n_hidden] to [n_channel]; left out where the two are the same
 *
 * The softmax is tied to the token table, so the top states must be as wide as its rows; the projection
 * lets the layers be wider. It is the map to the logits, cut in two.
 * Every sequence of a batch begins with a state of zeros; no state goes from one window of running text
 * to the next, so both architectures see the same context.
 * Dropout acts on what goes up, not on what a layer tells itself (Zaremba et al. 2014).
 *
 * Weights, in order (W [in,out]; C = n_channel, H = n_hidden, layer l is layer l + 1 of a transfer):
 *   token_embedding.weight [V,C]
 *   layer.L.input.weight [C or H,4H], layer.L.recurrent.weight [H,4H], layer.L.bias [4H]
 *   projection.weight [H,C], projection.bias [C]: transferred with the last layer
 *
 * 55,737,600 parameters at the paper's size (40,478 tokens of 768 channels, one layer of 2,048 units). */
#ifndef MODEL_LSTM_H
#define MODEL_LSTM_H

#include "model/architecture.h"
#include "model/lstm_spec.h"

extern const Architecture lstm;

#endif
