/* Labelled examples to token sequences: the paper's input transformations (GPT-1, section 3.3,
 * figure 1).
 *
 *   classification    [start] text [classify]
 *   entailment        [start] premise [delimiter] hypothesis [classify]
 *   similarity        both orders, as two sequences whose states are added; regression likewise
 *   multiple choice   [start] context [delimiter] answer_k [classify] for each answer k
 *
 * The bracketed ones are special tokens. Of framed ones (task/special_tokens.h) the last is a delimiter, and one
 * order says all: [CLS] a [SEP] b [SEP] (Devlin et al. 2019, section 4). Truncation: while a sequence is
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
    /* [n_sequences] where in it the second text begins, or its length; of framed ones, else NULL. */
    int *second;
    int *token;
    double *truth;   /* [n] class, right answer or target; NaN: not public */
    const char **id; /* [n], borrowed from the examples */
    int n_truncated; /* sequences that lost tokens; of text to text examples */
    int longest;     /* tokens of the longest sequence, or source */
    /* Of text to text (task/text_to_text.h), else NULL: example e has source[source_start[e]..source_start[e+1]),
     * and each token's row is to predict asked. */
    int *source, *source_start, *asked;
    int *right; /* [n] the right one of an example's sequences, from 0; -1: not public */
} Sequences;

/* The shortest context in which every text keeps a token. */
int sequences_least_context(DatasetForm form);

/* Two texts in no order: both orders are run, but by models that are told the texts apart. */
bool sequences_both_orders(DatasetForm form);

/* Texts of all examples one behind the other, each with its tokens: one bulk call encodes them on every core. */
bool sequences_encode_texts(TokenList **texts, const Examples *examples, const Tokenizer *tokenizer,
                            Arena *arena, Error *err) MUST_USE;

bool sequences_encode(Sequences *sequences, const Examples *examples, DatasetForm form,
                      const Tokenizer *tokenizer, const SpecialTokens *special, int n_context,
                      Arena *arena, Error *err) MUST_USE;

#endif
