#include "base/needs.h"

#include <string.h>

#include "base/size.h"

enum { ALIGNMENT = 64 }; /* of arenas */

bool needs_add(Needs *needs, void *place, size_t count, size_t size, Error *err)
{
    size_t bytes;
    if (!size_mul(&bytes, count, size) || !size_add(&bytes, bytes, ALIGNMENT - 1) ||
        !size_add(&needs->bytes, needs->bytes, bytes / ALIGNMENT * ALIGNMENT)) {
        error_set(err, "%zu elements of %zu bytes are more than memory can be addressed", count,
                  size);
        return error_hint(err, "make the model, its context or the batch smaller");
    }
    if (!needs->arena) return true;
    void *memory = arena_alloc(needs->arena, count, size, err);
    memcpy(place, &memory, sizeof memory);
    return memory != NULL;
}
