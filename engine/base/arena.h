/* Memory by lifetime: the only malloc of the engine.
 *
 * An arena hands out zeroed memory, 64-byte aligned, until it is reset to a mark or destroyed; nothing
 * is freed piece by piece. Under AddressSanitizer the gaps between pieces are poisoned.
 *
 * Ownership  the creator of an arena destroys it; memory lives until reset or destroy
 * Errors     out of memory is an ordinary error that names the arena and the bytes asked for
 * Threads    an arena is used by one thread at a time */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include "base/error.h"

typedef struct Arena Arena;
typedef struct ArenaMark {
    void *block;
    size_t used_bytes; /* of that block */
    void *deferred;
    size_t n_bytes; /* of the arena */
} ArenaMark;

Arena *arena_create(const char *name, Error *err) MUST_USE;
void arena_destroy(Arena *arena); /* NULL does nothing */

/* `count` elements of `size` bytes; count == 0 gives a valid pointer to nothing. */
void *arena_alloc(Arena *arena, size_t count, size_t size, Error *err) MUST_USE;

/* Room for one more behind the `n` of `size` bytes at `items`, of which there is *room so far (NULL and 0: none): items
 * itself, or a copy with twice the room; the old one stays with the arena. NULL: no memory, and *room is as it was. */
void *arena_grow(Arena *arena, void *items, size_t n, size_t *room, size_t size,
                 Error *err) MUST_USE;

/* Copies of text, zero-terminated. */
char *arena_text(Arena *arena, const char *text, Error *err) MUST_USE;
char *arena_text_span(Arena *arena, const char *text, size_t size, Error *err) MUST_USE;
char *arena_format(Arena *arena, Error *err, const char *format, ...) PRINTF_LIKE(3, 4) MUST_USE;

/* Everything allocated after the mark is given back; what was deferred after it runs first. The arena
 * keeps the memory for what is allocated next; only destroying it gives memory back to the system. */
ArenaMark arena_mark(Arena *arena);
void arena_reset(Arena *arena, ArenaMark mark);

/* Calls release(object) when the arena is reset to an earlier mark or destroyed, last first. On
 * failure release(object) is called at once. For objects of outside libraries. */
bool arena_defer(Arena *arena, void (*release)(void *), void *object, Error *err) MUST_USE;

/* The same for pages that were mapped (mmap). */
bool arena_defer_unmap(Arena *arena, void *bytes, size_t size, Error *err) MUST_USE;

/* Bytes handed out, each piece rounded up to 64: what a plan that adds up its pieces foresees. */
size_t arena_used_bytes(const Arena *arena);
size_t arena_peak_bytes(const Arena *arena);

/* Tests only: the n-th allocation from now on (counting from 1) fails, and all after it; 0 turns it
 * off. */
void arena_fail_at(long n);

#endif
