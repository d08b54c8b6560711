/* What two results share of a number, and so the interval of the difference. */
#ifndef ANALYSIS_COMPARISON_SHARED_H
#define ANALYSIS_COMPARISON_SHARED_H

#include "analysis/comparison_row.h"
#include "analysis/measure.h"

typedef struct ComparisonPair {
    ComparisonSide side[2];
    bool drawn;           /* both have evidence */
    Measures drawn_of[2]; /* then */
    Arena *arena;
} ComparisonPair;

bool comparison_shared_make(ComparisonPair *pair, const ComparisonSide *before,
                            const ComparisonSide *after, Arena *arena, Error *err) MUST_USE;

/* The same tasks with the same metrics. */
bool comparison_shared_tasks(const ComparisonPair *pair);

/* The metric of a task, of a zero-shot one too; NULL: it is not known. */
const char *comparison_shared_metric(const Result *result, const char *task);

/* Whether perplexities and losses of a cell are of the same texts, in the same tokens. */
bool comparison_shared_language(const ComparisonPair *pair, const char *cell);

/* Fills a row's interval, and what it is from. */
bool comparison_shared_score(ComparisonRow *row, const ComparisonPair *pair,
                             const NumbersScore *was, const NumbersScore *now, Error *err) MUST_USE;
bool comparison_shared_probe(ComparisonRow *row, const ComparisonPair *pair,
                             const NumbersProbe *was, const NumbersProbe *now, Error *err) MUST_USE;

#endif
