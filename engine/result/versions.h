/* The versions of a result: results/NAME/SCALE/v001, v002, ... */
#ifndef RESULT_VERSIONS_H
#define RESULT_VERSIONS_H

#include "base/lock.h"
#include "result/numbers.h"

typedef struct Versions {
    const char *folder; /* results/NAME/SCALE */
    TextList names;     /* "v001", ..., oldest first */
} Versions;

/* A folder that is not there has no versions. */
bool versions_list(Versions *versions, const char *results, const char *name, const char *scale,
                   Arena *arena, Error *err) MUST_USE;

/* The folder of the version before `version` among those beside `folder`, its own; NULL in *before: there is none. */
bool versions_before(const char **before, const char *folder, const char *version, Arena *arena,
                     Error *err) MUST_USE;

/* The versions in a folder, if it is one. */
bool versions_list_in(Versions *versions, const char *folder, Arena *arena, Error *err) MUST_USE;

/* The name of the version after the last. NULL on failure. */
const char *versions_next(const Versions *versions, Arena *arena, Error *err) MUST_USE;

/* The last one that git tracks; without git or outside a repository the last one; NULL: there is none. */
bool versions_last_committed(const char **version, const Versions *versions, Arena *arena,
                             Error *err) MUST_USE;

/* A file of a version. */
char *versions_path(const Versions *versions, const char *version, const char *file, Arena *arena,
                    Error *err) MUST_USE;

/* The turn to write into `folder`, or into a version in it, which is made if it is not there. The lock is given back by
 * lock_give_back. */
bool versions_lock(Lock *lock, const char *folder, Arena *arena, Error *err) MUST_USE;

/* The numbers of a version, from its result.json, and their hash. */
bool versions_read(Numbers *numbers, HashText *hash, const Versions *versions, const char *version,
                   Arena *arena, Error *err) MUST_USE;

#endif
