/* Memory that can be measured before it is taken: one list of what is needed serves both (STYLE,
 * section 5). Without an arena only the bytes are added up, exactly as arena_used_bytes would. */
#ifndef BASE_NEEDS_H
#define BASE_NEEDS_H

#include "base/arena.h"

typedef struct Needs {
    Arena *arena; /* NULL: measure only */
    size_t bytes; /* of everything so far */
} Needs;

/* `count` elements of `size` bytes. The pointer at *place (a pointer to any type) is set when there is
 * an arena, and left alone otherwise. */
bool needs_add(Needs *needs, void *place, size_t count, size_t size, Error *err) MUST_USE;

#endif
