/* Seals: whether a file that is gone on from later is still what was written.
 *
 * Beside PATH lies PATH.seal with the SHA-256 of the whole file. It is broken (empty) while the file is replaced, so
 * that a process that is killed in between leaves a file that is whole but not vouched for, never one that looks
 * damaged. Who wants to know asks seal_check before anything is read. */
#ifndef BASE_SEAL_H
#define BASE_SEAL_H

#include "base/json.h"

#define SEAL_SUFFIX ".seal"

/* Around writing `path`: before its first byte, and when it has its name. */
bool seal_break(const char *path, Error *err) MUST_USE;
bool seal_set(const char *path, Error *err) MUST_USE;

/* Write the file and seal it. */
bool seal_write(const char *path, const void *bytes, size_t size, Error *err) MUST_USE;
bool seal_write_json(const char *path, const Json *json, Arena *scratch, Error *err) MUST_USE;

/* Removes the file and its seal; absent: fine. */
bool seal_remove(const char *path, Error *err) MUST_USE;

/* Whether a name is that of a seal. */
bool seal_is_name(const char *name);

/* *sealed: there is a seal, be it broken. What the file is not, although a seal that is whole says so, goes to
 * `damage`, which is otherwise left as it is. A file that cannot be read just now is no damage but an error. */
bool seal_check(bool *sealed, Error *damage, const char *path, Arena *arena, Error *err) MUST_USE;

#endif
