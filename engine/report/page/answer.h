/* What an experiment found, for who has just run it: its question, the verdicts in words, the tables. */
#ifndef REPORT_ANSWER_H
#define REPORT_ANSWER_H

#include "result/result.h"

/* In lines of at most `width` columns. */
bool answer_terminal(Buffer *text, const Result *result, size_t width, Error *err) MUST_USE;
bool answer_markdown(Buffer *text, const Result *result, Error *err) MUST_USE;

#endif
