/* The registry of objectives. Settings name one by its number. */
#ifndef LEARNER_OBJECTIVES_H
#define LEARNER_OBJECTIVES_H

#include "learner/objective.h"

extern const char *const objectives_words[]; /* NULL-terminated: "causal-lm", ... */

const Objective *objectives_at(int number);
bool objectives_fits(int number, const Architecture *architecture);

/* The first that fits; every architecture has one. */
int objectives_for(const Architecture *architecture);

const Objective *objectives_of(const Architecture *architecture); /* the row of that */

/* The vocabularies of its language model and of the tasks behind it, whatever objective it was trained by:
 * with the stand-ins that one that fits may need. */
SpecialTokens objectives_tokens(const Architecture *architecture, TextTokens text);

/* A token that its vocabulary lacks, of those that objectives_tokens would then put behind: special_tokens_lacking. */
const char *objectives_lacking(const Architecture *architecture, TextTokens text);

/* Tokens of running text that a sequence has room for: its context without the frame. */
int objectives_text_length(const Architecture *architecture, int n_context);

#endif
