#include "base/arena.h"

#include "base/size.h"

#include <assert.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/asan_interface.h>
enum { GAP_BYTES = 64 }; /* poisoned, between two pieces */
#define POISON(start, size)   __asan_poison_memory_region(start, size)
#define UNPOISON(start, size) __asan_unpoison_memory_region(start, size)
#else
enum { GAP_BYTES = 0 };
#define POISON(start, size)   ((void)(start), (void)(size))
#define UNPOISON(start, size) ((void)(start), (void)(size))
#endif

enum {
    ALIGNMENT = 64,
    FIRST_BLOCK_BYTES = 16 << 10,
    LARGEST_USUAL_BLOCK_BYTES = 1 << 20,
    MAPPED_FROM_BYTES = 256 << 10, /* mapped memory comes zeroed, page by page when it is touched */
    HUGE_PAGES_FROM_BYTES = 4 << 20,
};

/* A block starts with this header, padded to ALIGNMENT. */
typedef struct Block {
    struct Block *previous;
    size_t capacity; /* bytes after the header */
    size_t used_bytes;
    size_t dirty_bytes; /* from here on the memory is known to be zero */
} Block;

typedef struct Deferred {
    struct Deferred *previous;
    void (*release)(void *object);
    void *object;
} Deferred;

struct Arena {
    Block *block; /* the newest */
    Block *spare; /* given back by a reset, for the next allocations that fit */
    Deferred *deferred;
    size_t n_bytes, n_peak_bytes; /* of pieces, gaps not counted */
    char name[64];
};

/* Failure injection: allocations left until the first that fails; 0 is off, negative: all fail. */
static atomic_long fail_countdown;

void arena_fail_at(long n)
{
    atomic_store(&fail_countdown, n);
}

static bool fails_on_purpose(void)
{
    long left = atomic_load_explicit(&fail_countdown, memory_order_relaxed);
    if (left == 0) return false;
    if (left < 0) return true;
    if (atomic_fetch_sub(&fail_countdown, 1) > 1) return false;
    atomic_store(&fail_countdown, -1);
    return true;
}

static size_t round_up(size_t size, size_t to)
{
    return (size + to - 1) / to * to;
}

enum { HEADER_BYTES = (sizeof(Block) + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT };

static char *block_data(Block *block)
{
    return (char *)block + HEADER_BYTES;
}

static bool block_is_mapped(size_t capacity)
{
    return HEADER_BYTES + capacity >= MAPPED_FROM_BYTES;
}

static Block *block_create(size_t capacity)
{
    size_t bytes = HEADER_BYTES + capacity;
    Block *block;
    if (block_is_mapped(capacity)) {
        block = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (block == MAP_FAILED) return NULL;
        if (bytes >= HUGE_PAGES_FROM_BYTES) madvise(block, bytes, MADV_HUGEPAGE);
    } else {
        block = aligned_alloc(ALIGNMENT, bytes);
        if (!block) return NULL;
    }
    *block = (Block){.capacity = capacity, .dirty_bytes = block_is_mapped(capacity) ? 0 : capacity};
    POISON(block_data(block), capacity);
    return block;
}

static void block_destroy(Block *block)
{
    size_t capacity = block->capacity;
    UNPOISON(block_data(block), capacity);
    if (block_is_mapped(capacity)) munmap(block, HEADER_BYTES + capacity);
    else free(block);
}

static void destroy_chain(Block **chain)
{
    while (*chain) {
        Block *block = *chain;
        *chain = block->previous;
        block_destroy(block);
    }
}

Arena *arena_create(const char *name, Error *err)
{
    Arena *arena = fails_on_purpose() ? NULL : calloc(1, sizeof *arena);
    if (!arena) {
        error_set(err, "out of memory: no room for arena '%s'", name);
        return NULL;
    }
    snprintf(arena->name, sizeof arena->name, "%s", name);
    return arena;
}

static void release_deferred(Arena *arena, const Deferred *until)
{
    while (arena->deferred != until) {
        Deferred *deferred = arena->deferred;
        arena->deferred = deferred->previous;
        deferred->release(deferred->object);
    }
}

void arena_destroy(Arena *arena)
{
    if (!arena) return;
    release_deferred(arena, NULL);
    destroy_chain(&arena->block);
    destroy_chain(&arena->spare);
    free(arena);
}

/* Takes the smallest spare block with room for `size` bytes; NULL: none. */
static Block *take_spare(Arena *arena, size_t size)
{
    Block **best = NULL;
    for (Block **link = &arena->spare; *link; link = &(*link)->previous) {
        if ((*link)->capacity >= size && (!best || (*link)->capacity < (*best)->capacity))
            best = link;
    }
    if (!best) return NULL;
    Block *block = *best;
    *best = block->previous;
    return block;
}

/* Usual blocks double, so that small arenas stay small and large ones have few blocks. */
static size_t usual_capacity(const Arena *arena)
{
    size_t usual = FIRST_BLOCK_BYTES;
    if (arena->block) usual = 2 * (HEADER_BYTES + arena->block->capacity);
    if (usual > LARGEST_USUAL_BLOCK_BYTES) usual = LARGEST_USUAL_BLOCK_BYTES;
    return usual - HEADER_BYTES;
}

/* A block with room for `size` bytes becomes the newest. Spare blocks that are all too small go back
 * to the system before more is asked of it, so an arena never keeps more than it once needed. */
static bool add_block(Arena *arena, size_t size)
{
    Block *block = take_spare(arena, size);
    if (!block) {
        destroy_chain(&arena->spare);
        size_t usual = usual_capacity(arena), wanted = size > usual ? size : usual;
        if (wanted > SIZE_MAX - HEADER_BYTES - ALIGNMENT) return false;
        block = block_create(round_up(wanted, ALIGNMENT));
        if (!block) return false;
    }
    block->previous = arena->block;
    arena->block = block;
    return true;
}

static void *out_of_memory(const Arena *arena, size_t count, size_t size, Error *err)
{
    error_set(err, "out of memory: arena '%s' holds %.1f MB and cannot get %zu x %zu bytes more",
              arena->name, (double)arena->n_bytes / 1e6, count, size);
    error_hint(err, "a smaller model, batch or corpus, or a machine with more memory");
    return NULL;
}

void *arena_alloc(Arena *arena, size_t count, size_t size, Error *err)
{
    size_t bytes;
    if (fails_on_purpose() || !size_mul(&bytes, count, size) ||
        bytes > SIZE_MAX - ALIGNMENT - GAP_BYTES)
        return out_of_memory(arena, count, size, err);
    size_t rounded = round_up(bytes, ALIGNMENT);
    if (!arena->block || arena->block->capacity - arena->block->used_bytes < rounded + GAP_BYTES) {
        if (!add_block(arena, rounded + GAP_BYTES)) return out_of_memory(arena, count, size, err);
    }
    Block *block = arena->block;
    char *piece = block_data(block) + block->used_bytes;
    UNPOISON(piece, bytes);
    size_t end = block->used_bytes + rounded;
    if (block->used_bytes < block->dirty_bytes) {
        size_t dirty = block->dirty_bytes - block->used_bytes;
        memset(piece, 0, dirty < bytes ? dirty : bytes);
    }
    if (block->dirty_bytes < end) block->dirty_bytes = end;
    block->used_bytes = end + GAP_BYTES;
    arena->n_bytes += rounded;
    if (arena->n_bytes > arena->n_peak_bytes) arena->n_peak_bytes = arena->n_bytes;
    return piece;
}

char *arena_text_span(Arena *arena, const char *text, size_t size, Error *err)
{
    size_t with_zero;
    if (!size_add(&with_zero, size, 1)) return out_of_memory(arena, 1, size, err);
    char *copy = arena_alloc(arena, with_zero, 1, err);
    if (copy && size > 0) memcpy(copy, text, size);
    return copy;
}

void *arena_grow(Arena *arena, void *items, size_t n, size_t *room, size_t size, Error *err)
{
    enum { FIRST_ROOM = 8 };
    if (n < *room) return items;
    const size_t larger = *room ? 2 * *room : FIRST_ROOM;
    void *grown = arena_alloc(arena, larger, size, err);
    if (!grown) return NULL;
    if (n > 0) memcpy(grown, items, n * size);
    *room = larger;
    return grown;
}

char *arena_text(Arena *arena, const char *text, Error *err)
{
    return arena_text_span(arena, text, strlen(text), err);
}

char *arena_format(Arena *arena, Error *err, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int size = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    assert(size >= 0);
    char *text = arena_alloc(arena, (size_t)size + 1, 1, err);
    if (!text) return NULL;
    va_start(arguments, format);
    vsnprintf(text, (size_t)size + 1, format, arguments);
    va_end(arguments);
    return text;
}

ArenaMark arena_mark(Arena *arena)
{
    return (ArenaMark){.block = arena->block,
                       .used_bytes = arena->block ? arena->block->used_bytes : 0,
                       .deferred = arena->deferred,
                       .n_bytes = arena->n_bytes};
}

void arena_reset(Arena *arena, ArenaMark mark)
{
    release_deferred(arena, mark.deferred);
    while (arena->block != mark.block) {
        Block *block = arena->block;
        assert(block && "the mark belongs to this arena and no earlier mark was reset to since");
        arena->block = block->previous;
        block->previous = arena->spare;
        block->used_bytes = 0;
        POISON(block_data(block), block->capacity);
        arena->spare = block;
    }
    if (arena->block) {
        assert(mark.used_bytes <= arena->block->used_bytes);
        arena->block->used_bytes = mark.used_bytes;
        POISON(block_data(arena->block) + mark.used_bytes,
               arena->block->capacity - mark.used_bytes);
    }
    arena->n_bytes = mark.n_bytes;
}

bool arena_defer(Arena *arena, void (*release)(void *), void *object, Error *err)
{
    Deferred *deferred = arena_alloc(arena, 1, sizeof *deferred, err);
    if (!deferred) {
        release(object);
        return false;
    }
    *deferred = (Deferred){.previous = arena->deferred, .release = release, .object = object};
    arena->deferred = deferred;
    return true;
}

typedef struct Mapping {
    void *bytes;
    size_t size;
} Mapping;

static void unmap(void *object)
{
    const Mapping *mapping = object;
    munmap(mapping->bytes, mapping->size);
}

bool arena_defer_unmap(Arena *arena, void *bytes, size_t size, Error *err)
{
    Mapping *mapping = arena_alloc(arena, 1, sizeof *mapping, err);
    if (!mapping) {
        munmap(bytes, size);
        return false;
    }
    *mapping = (Mapping){bytes, size};
    return arena_defer(arena, unmap, mapping, err);
}

size_t arena_used_bytes(const Arena *arena)
{
    return arena->n_bytes;
}

size_t arena_peak_bytes(const Arena *arena)
{
    return arena->n_peak_bytes;
}
