/* Token-level perplexity by document: exp of the mean negative log-likelihood of every token
 * that has a predecessor in its window (GPT-1, section 4.1 reports 18.4). */
#ifndef TRAIN_PERPLEXITY_H
#define TRAIN_PERPLEXITY_H

#include "train/learner.h"
#include "train/windows.h"

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
    double perplexity; /* exp(loss / n_tokens) */
} PerplexityReport;

/* Scores the wanted documents with the learner's weights; windows as in training. */
bool perplexity_measure(PerplexityReport *report, Learner *learner, const TokenFile *file,
                        const bool *wanted, Arena *arena, Error *err) MUST_USE;

#endif
