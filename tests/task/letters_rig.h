/* A tokenizer that has one token a letter: what is done with tokens can be written down in a test. */
#ifndef TESTS_LETTERS_RIG_H
#define TESTS_LETTERS_RIG_H

#include "text/tokenizer.h"

/* Learnt in the scratch folder, which is there. */
Tokenizer *letters_rig_tokenizer(Arena *arena);

#endif
