/* result.json as JSON, checked before anything in it is believed: it is whole, of a format that this program reads, and
 * its numbers have the hash that was written with them. */
#ifndef RESULT_RESULT_DOCUMENT_H
#define RESULT_RESULT_DOCUMENT_H

#include "base/hash.h"
#include "base/json.h"

#define RESULT_DOCUMENT_FILE "result.json"
enum { RESULT_DOCUMENT_FORMAT = 1 };

/* An object with the object "numbers"; *hash: of these. NULL: an error of usage, with the way back to what was
 * committed. */
Json *result_document_read(HashText *hash, const char *path, Arena *arena, Error *err) MUST_USE;

/* Adds that way as a hint. Always returns false. */
bool result_document_damaged(Error *err, const char *path);

#endif
