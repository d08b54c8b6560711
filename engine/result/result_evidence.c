#include "result/result_evidence.h"

#include <string.h>

#include "base/file.h"
#include "question/experiment_asked.h"
#include "result/result_document.h"

bool result_evidence_exists(bool *exists, const Result *result, Error *err)
{
    const char *path = file_join(result->arena, result->folder, EVIDENCE_FILE, err);
    *exists = path && (result->evidence_sha256 || file_exists(path));
    return path != NULL;
}

static bool is_missing(const Result *result, const char *path, Error *err)
{
    if (result->evidence_sha256) {
        error_usage(err, "%s: is missing", path);
        return result_document_damaged(err, path);
    }
    error_set(err, "%s: there is no %s: the result cannot be recomputed", result->folder,
              EVIDENCE_FILE);
    return experiment_asked_hint(err, result->experiment->name, result->experiment->scale,
                                 " adds it where all stages are in the store");
}

/* Even what no number follows from, as the losses of epochs. */
static bool check(const Result *result, const char *path, Error *err)
{
    HashText hash;
    if (!file_exists(path)) return is_missing(result, path, err);
    if (!result->evidence_sha256) return true;
    if (!hash_file(&hash, path, err)) return false;
    if (!strcmp(hash.text, result->evidence_sha256)) return true;
    error_usage(err, "%s: is not what was written: its SHA-256 is %.12s..., not %.12s...", path,
                hash.text, result->evidence_sha256);
    return result_document_damaged(err, path);
}

bool result_evidence_read(Evidence *evidence, const Result *result, Error *err)
{
    const char *path = file_join(result->arena, result->folder, EVIDENCE_FILE, err);
    return path && check(result, path, err) &&
           evidence_read(evidence, path, result->experiment, result->numbers, result->arena, err);
}

bool result_evidence_find(const Evidence **evidence, const Result *result, Error *err)
{
    const char *path = file_join(result->arena, result->folder, EVIDENCE_FILE, err);
    Evidence *read = arena_alloc(result->arena, 1, sizeof *read, err);
    *evidence = path && read && file_exists(path) ? read : NULL;
    return path && read && (!*evidence || result_evidence_read(read, result, err));
}
