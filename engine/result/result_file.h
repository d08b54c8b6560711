/* result.json: what an experiment found, the spec it found it with, and where it comes from. */
#ifndef RESULT_RESULT_FILE_H
#define RESULT_RESULT_FILE_H

#include "result/draft.h"
#include "result/provenance.h"

bool result_file_write(const Draft *draft, const HashText *numbers_hash,
                       const Provenance *provenance, Error *err) MUST_USE;

typedef struct ResultFile {
    const char *experiment, *scale, *version, *title;
    SpecList claims; /* of ExperimentClaim, as the spec had them */
    Findings findings;
} ResultFile;

/* The claims of a document, resolved or not: a list of ExperimentClaim; none if it has none. */
bool result_file_read_claims(SpecList *claims, const Json *document, const char *path, Arena *arena,
                             Error *err) MUST_USE;

/* Parts that an older version lacks are empty. */
bool result_file_read(ResultFile *file, const char *path, Arena *arena, Error *err) MUST_USE;

#endif
