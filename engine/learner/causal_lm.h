/* The causal language model (GPT-1, section 3.1): every token predicts the one behind it. */
#ifndef LEARNER_CAUSAL_LM_H
#define LEARNER_CAUSAL_LM_H

#include "learner/objective.h"

extern const Objective causal_lm;

#endif
