/* Whether the parts of a result fit each other: what is drawn and recomputed relies on it. */
#ifndef RESULT_RESULT_CHECK_H
#define RESULT_RESULT_CHECK_H

#include "result/result.h"

/* False with every place of `path` that does not fit: another list of cells than the experiment's, a run or a score
 * that is missing or out of order, a language model of no cell, a curve without points. */
bool result_check(const Result *result, const char *path, Error *err) MUST_USE;

#endif
