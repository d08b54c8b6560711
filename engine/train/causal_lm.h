/* The causal language model (GPT-1, section 3.1): every token predicts the one behind it. */
#ifndef TRAIN_CAUSAL_LM_H
#define TRAIN_CAUSAL_LM_H

#include "train/objective.h"

extern const Objective causal_lm;

#endif
