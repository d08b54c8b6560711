/* The bidirectional encoder as published (Devlin et al. 2019, section 3 and appendix A.2; the released code):
 * the blocks of gpt, each state seeing the whole sequence, over three embeddings.
 *
 *   h = dropout(LN0(We[token] + Wp[position] + Ws[segment]))
 *   n = LN1(h + dropout(attention(h)));   h = LN2(n + dropout(mlp(n)))
 *
 * Epsilon of the layer norms is 1e-12. What stands on top of it: model/bert_readout.h, model/bert_pooler.h.
 *
 * Weights, in order (W [in,out], as the kernels multiply; block b is layer b + 1 of a transfer):
 *   token_embedding.weight [V,C]   position_embedding.weight [T,C]   segment_embedding.weight [2,C]
 *   embedding_norm.gain [C], .bias
 *   block.B.* as those of gpt (model/gpt.h)
 *
 * 109,482,240 parameters at the size of BERT-base (30,522 tokens), the pooler's among them.
 *
 * Differs: initial values are N(0, 0.02), not cut off at two deviations. */
#ifndef MODEL_BERT_H
#define MODEL_BERT_H

#include "model/architecture.h"

extern const Architecture bert;

#endif
