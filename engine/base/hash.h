/* SHA-256 (libcrypto's). Digests are lower-case hexadecimal text. */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include <stdint.h>
#include "base/arena.h"

enum { HASH_TEXT_SIZE = 65 };
typedef struct HashText {
    char text[HASH_TEXT_SIZE];
} HashText;
typedef struct Hash Hash; /* a running hash */

Hash *hash_begin(Arena *arena, Error *err) MUST_USE;
void hash_add(Hash *hash, const void *bytes, size_t size);
void hash_add_line(Hash *hash, const HashText *digest, const char *name); /* as sha256sum lists */
HashText hash_end(Hash *hash); /* the hash may not be used after */

HashText hash_bytes(const void *bytes, size_t size);
/* Of a large one, asks on the way whether to stop (base/interrupt.h). */
bool hash_file(HashText *digest, const char *path, Error *err) MUST_USE;

/* Whether a text is so many lower-case hexadecimal digits and nothing else. */
bool hash_is_digits(const char *text, size_t digits);

/* What git calls the content of a file: SHA-1 over "blob SIZE", a zero byte and the content. */
bool hash_file_for_git(HashText *digest, const char *path, Error *err) MUST_USE;

/* 64 well-mixed bits of some bytes (the first 8 of SHA-256, big-endian): stable choices by content. */
uint64_t hash_u64(const void *bytes, size_t size);

#endif
