/* What stands between the states of a bert and the softmax over the vocabulary (Devlin et al. 2019, section 3.1; the
 * released code):
 *
 *   y = LN(gelu(x W + b)), and the softmax is over y E^T + token_bias
 *
 * Weights, in order (W [in,out])
 *   readout.transform.weight [C,C], .bias   readout.norm.gain [C], .bias   readout.token_bias [V] */
#ifndef MODEL_BERT_READOUT_H
#define MODEL_BERT_READOUT_H

#include "model/top.h"

extern const Top bert_readout;

#endif
