/* How many tokens the rows of a data set are, by a tokenizer: all texts of a row together, without special tokens. */
#ifndef TASK_ROW_TOKENS_H
#define TASK_ROW_TOKENS_H

#include "data/dataset/dataset.h"
#include "text/tokenizer.h"

typedef struct RowTokens {
    size_t rows;
    size_t tokens;             /* of all rows */
    size_t unknown;            /* of these: characters that the vocabulary has not */
    size_t bytes;              /* of the texts */
    size_t median, most_of_95; /* of a row: half of the rows, and 95 of 100, have no more */
    size_t longest;
} RowTokens;

/* Not for 0 rows. */
bool row_tokens_examples(RowTokens *counts, const Tokenizer *tokenizer, const Examples *examples,
                         Arena *scratch, Error *err) MUST_USE;

/* The same of a corpus, a document a row. */
bool row_tokens_documents(RowTokens *counts, const Tokenizer *tokenizer, const Documents *documents,
                          Arena *scratch, Error *err) MUST_USE;

#endif
