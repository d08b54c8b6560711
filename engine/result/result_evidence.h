/* The evidence of a version, from its folder, held to the hash that its result.json notes down. */
#ifndef RESULT_RESULT_EVIDENCE_H
#define RESULT_RESULT_EVIDENCE_H

#include "result/evidence.h"
#include "result/result.h"

/* Whether there is any: versions of before there was evidence have none. */
bool result_evidence_exists(bool *exists, const Result *result, Error *err) MUST_USE;

/* A folder without evidence, or with other evidence than what was written, is an error. */
bool result_evidence_read(Evidence *evidence, const Result *result, Error *err) MUST_USE;

/* The same where a result may have come alone; NULL in *evidence: there lies none beside it. */
bool result_evidence_find(const Evidence **evidence, const Result *result, Error *err) MUST_USE;

#endif
