/* Token-level perplexity by document: exp of the mean negative log-likelihood of every token that the
 * objective asks for; of a causal language model, all that have a predecessor in their window (GPT-1,
 * section 4.1 reports 18.4). Bits per byte tell the same of the text itself, so that models with other
 * tokenizers can be compared: the negative log-likelihood to base 2 over the bytes that the predicted tokens
 * stand for. */
#ifndef MEASURE_PERPLEXITY_H
#define MEASURE_PERPLEXITY_H

#include "learner/learner.h"
#include "learner/windows.h"

typedef struct DocumentScore {
    const char *name;
    double loss;     /* sum of negative log-likelihoods, natural logarithm */
    size_t n_tokens; /* predicted */
} DocumentScore;

typedef struct PerplexityReport {
    size_t n;
    DocumentScore *documents;
    double loss; /* over all documents */
    size_t n_tokens;
    size_t n_bytes;       /* that the predicted tokens stand for; 0: not known */
    double perplexity;    /* exp(loss / n_tokens) */
    double bits_per_byte; /* loss / (log 2 * n_bytes); 0: not known */
} PerplexityReport;

/* Scores the wanted documents with the learner's weights; windows as in training, asked about as the
 * model was pre-trained: where the objective asks for some tokens only, those are what is predicted.
 * `token_bytes`: of each token of the text's vocabulary; NULL: not known. Stand-ins have none. */
bool perplexity_measure(PerplexityReport *report, Learner *learner, const WindowsQuestion *question,
                        const TokenFile *file, const bool *wanted, const int *token_bytes,
                        Arena *arena, Error *err) MUST_USE;

#endif
