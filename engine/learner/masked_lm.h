/* The masked language model (Devlin et al. 2019, section 3.1): some tokens are hidden and guessed from all
 * the others.
 *
 *   asked    round(0.15 T) of a sequence's T tokens, one at least, every choice of them as likely
 *   given    the mask token for 80 % of these, any token of the text's vocabulary for 10 %, the right one
 *            for 10 %
 *
 * The likelihood of a stretch of a text is a pseudo-likelihood (Salazar et al. 2020, section 2.2): each of its
 * tokens is masked alone and given all others, a pass a token. That of a word of several tokens is thereby high,
 * since its pieces tell each other.
 *
 * What stands between the states and the softmax is the architecture's readout (model/top.h). */
#ifndef LEARNER_MASKED_LM_H
#define LEARNER_MASKED_LM_H

#include "learner/objective.h"

extern const Objective masked_lm;

#endif
