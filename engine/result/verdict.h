/* What is said of a claim (analysis/claims.h says when). */
#ifndef RESULT_VERDICT_H
#define RESULT_VERDICT_H

typedef enum Verdict { VERDICT_SUPPORTED, VERDICT_CONTRADICTED, VERDICT_UNDECIDED } Verdict;
extern const char *const verdict_words[]; /* "supported", ...; NULL-terminated */

#endif
