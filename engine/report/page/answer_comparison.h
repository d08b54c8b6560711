/* How two results differ, for who asked: what they are, the numbers as tables, what moved of verdicts, what cannot be
 * compared. */
#ifndef REPORT_ANSWER_COMPARISON_H
#define REPORT_ANSWER_COMPARISON_H

#include "analysis/comparison.h"

/* In lines of at most `width` columns; 0: as Markdown. */
bool answer_comparison(Buffer *text, const Comparison *comparison, size_t width,
                       Error *err) MUST_USE;

/* Only the numbers that moved, in columns of these names. */
bool answer_comparison_moved(Buffer *text, const Comparison *comparison, const char *a,
                             const char *b, size_t width, Error *err) MUST_USE;

#endif
