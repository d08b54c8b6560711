/* What moved of verdicts and thresholds between two results (analysis/changes.h). */
#ifndef REPORT_ANSWER_CHANGES_H
#define REPORT_ANSWER_CHANGES_H

#include "result/result.h"

/* Behind a title and an empty line before it, in lines of at most `width` columns; 0: as Markdown. Nothing where nothing
 * moved. `claims`: of ChangesClaim. */
bool answer_changes(Buffer *text, const char *title, const SpecList *claims, size_t width,
                    Error *err) MUST_USE;

/* Since the version before: "v003 -> v004". */
bool answer_changes_since(Buffer *text, const Result *result, size_t width, Error *err) MUST_USE;

#endif
