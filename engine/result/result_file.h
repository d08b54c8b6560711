/* result.json: what an experiment found, the spec it found it with, and where it comes from. */
#ifndef RESULT_RESULT_FILE_H
#define RESULT_RESULT_FILE_H

#include "result/result.h"

bool result_file_write(const Result *result, Error *err) MUST_USE;

/* All of a result but its folder, curves and the version before. Parts that an older version lacks are empty. */
bool result_file_read(Result *result, const char *path, Arena *arena, Error *err) MUST_USE;

/* Notes down the hash of the evidence that lies beside it, and changes nothing else. */
bool result_file_seal(const Result *result, Error *err) MUST_USE;

/* The claims of a document, resolved or not: a list of ExperimentClaim; none if it has none. */
bool result_file_read_claims(SpecList *claims, const Json *document, const char *path, Arena *arena,
                             Error *err) MUST_USE;

#endif
