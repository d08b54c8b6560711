/* A tokenizer that has one token a letter: what is done with tokens can be written down in a test. */
#ifndef TESTS_LETTERS_RIG_H
#define TESTS_LETTERS_RIG_H

#include "text/tokenizer.h"

/* The scratch folder, in which the tokenizer is learnt by one thread, and *arena, in which it lives. */
Tokenizer *letters_rig_begin(Arena **arena);
void letters_rig_end(Arena *arena);

#endif
