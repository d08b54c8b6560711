/* Labelled examples to token sequences: the paper's input transformations (GPT-1, section 3.3,
 * figure 1).
 *
 *   classification    [start] text [classify]
 *   entailment        [start] premise [delimiter] hypothesis [classify]
 *   similarity        both orders, as two sequences whose states are added; regression likewise
 *   multiple choice   [start] context [delimiter] answer_k [classify] for each answer k
 *
 * The bracketed ones are special tokens. Truncation: while a sequence is
 * longer than the context, the longest field loses its last token (the released code cuts every
 * field at half the context; on a small context that would throw away text that fits). The context of
 * a multiple choice loses its first token instead: a question about a passage stands at its end. */
#ifndef TASK_SEQUENCES_H
#define TASK_SEQUENCES_H

#include "data/dataset/dataset.h"
#include "task/special_tokens.h"
#include "text/tokenizer.h"

/* Encoded examples, all in one arena. Sequence q holds token[start[q]..start[q+1]]; example e owns
 * sequences first[e]..first[e+1]. The classify token is the last of its sequence. */
typedef struct Sequences {
    DatasetForm form;
    int n; /* examples */
    int n_sequences;
    int *first; /* [n+1] */
    int *start; /* [n_sequences+1] */
    int *token;
    double *truth;   /* [n] class, right answer or target; NaN: not public */
    const char **id; /* [n], borrowed from the examples */
    int n_truncated; /* sequences that lost tokens */
    int longest;     /* tokens of the longest sequence */
} Sequences;

/* The shortest context in which every text keeps a token. */
int sequences_least_context(DatasetForm form);

/* Two texts in no order: both orders are run. */
bool sequences_both_orders(DatasetForm form);

bool sequences_encode(Sequences *sequences, const Examples *examples, DatasetForm form,
                      const Tokenizer *tokenizer, const SpecialTokens *special, int n_context,
                      Arena *arena, Error *err) MUST_USE;

#endif
