/* Labelled examples as text to text (Raffel et al. 2020, section 2.4 and appendix D): the source asks, and each
 * answer that a task has is a target of its own, whose likelihood decides.
 *
 *   classification    NAME sentence: text
 *   entailment        NAME premise: text hypothesis: text
 *   similarity        NAME sentence1: text sentence2: text; regression likewise
 *   multiple choice   NAME context: text choice1: answer choice2: answer ...
 *
 * NAME is the data set's. Targets are the names of the labels; choice1, choice2, ...; of a regression numbers, one in
 * every TEXT_TO_TEXT_STEPS-th of the range (from 0 to 5: 0.0, 0.2, ... 5.0), the nearest of which is right. A source
 * ends in the token `end`; a target's rows are given `start` and its words, and are to predict its words and `end`.
 *
 * Truncation as of other sequences (task/sequences.h). Names, fields and answers are encoded one by one: they meet at
 * the ends of words. */
#ifndef TASK_TEXT_TO_TEXT_H
#define TASK_TEXT_TO_TEXT_H

#include "task/sequences.h"

enum { TEXT_TO_TEXT_STEPS = 25 };

/* The sequences of an example are its answers, each with the example's source. */
bool text_to_text_encode(Sequences *sequences, const Examples *examples, const DatasetInfo *info,
                         const Tokenizer *tokenizer, const SpecialTokens *special, int n_context,
                         Arena *arena, Error *err) MUST_USE;

#endif
