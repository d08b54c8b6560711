/* Labelled examples to texts whose likelihood decides, for a language model that was never fine-tuned
 * (GPT-1, section 5, "Zero-shot behaviors"). What is scored of each text stands in brackets:
 *
 *   acceptability     \n [text]
 *   minimal-pairs     \n [text]                           for the good one and the bad one
 *   words             \n text suffix [word]                for each label's word
 *   choice            \n context [answer]                  for each answer
 *   winograd          \n before referent [after]           for each referent
 *   cloze             \n before [candidate] after          for each candidate
 *   last-word         \n passage [word]
 *
 * A text begins behind a newline, as paragraphs of the corpus do, so that its first token is predicted
 * too. Parts are encoded one by one: they meet at the ends of words. There are no special tokens. A text
 * that is longer than a model takes keeps its end, and of a cloze what stands around the gap; what is first then has
 * no prediction. */
#ifndef TASK_CONTINUATIONS_H
#define TASK_CONTINUATIONS_H

#include "data/dataset/dataset.h"
#include "text/tokenizer.h"

/* All in one arena. Text q holds token[start[q]..start[q+1]], of which those from from[q] on, and of
 * cloze before until[q] (counted within the text, from at least 1), are scored; example e owns texts first[e]..first[e+1]. */
typedef struct Continuations {
    int n; /* examples */
    int n_texts;
    int *first; /* [n+1] */
    int *start; /* [n_texts+1] */
    int *from;  /* [n_texts] */
    int *until; /* [n_texts] of cloze: where what is scored ends; NULL: with the texts */
    int *token;
    double *truth; /* [n] class or answer, from 0; 1 for last-word: the word is right; 1 for minimal
                        pairs: the good sentence is likelier */
    const char **id; /* [n], borrowed from the examples */
    int n_cut;       /* texts that lost some of their tokens */
} Continuations;

bool continuations_encode(Continuations *continuations, const Examples *examples,
                          const DatasetInfo *info, const Tokenizer *tokenizer, int longest,
                          Arena *arena, Error *err) MUST_USE; /* longest: tokens of a text */

/* The likelihood is that of texts as wholes, not of what follows a beginning. */
bool continuations_are_whole(DatasetHeuristic heuristic);

#endif
