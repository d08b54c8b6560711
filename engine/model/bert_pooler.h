/* What a task is given of a bert: the state of the first row, transformed (Devlin et al. 2019, section 4; the released
 * code):
 *
 *   y = tanh(x W + b)
 *
 * Weights, in order (W [in,out])
 *   pooler.weight [C,C], .bias */
#ifndef MODEL_BERT_POOLER_H
#define MODEL_BERT_POOLER_H

#include "model/top.h"

extern const Top bert_pooler;

#endif
