/* Token files: the encoded documents of a corpus, memory-mapped for reading.
 *
 * Layout, little-endian: 8 bytes magic "REPTOK01"; uint64 documents n, tokens, bytes an id (2 or 4);
 * uint64 offset[n+1] (tokens before each document); the ids. Document names stand in a JSON list beside
 * it (PATH with .json for .bin). */
#ifndef TEXT_TOKEN_FILE_H
#define TEXT_TOKEN_FILE_H

#include <stdint.h>
#include "base/arena.h"

typedef struct TokenFile {
    size_t n_documents, n_tokens;
    const uint64_t *offset; /* [n_documents+1] */
    const uint16_t *narrow; /* ids when they fit 16 bits, else NULL */
    const uint32_t *wide;
    const char **name; /* [n_documents] */
} TokenFile;

/* Writes both files atomically. `n_vocab` decides the width. */
bool token_file_write(const char *path, const int *ids, const size_t *offset,
                      const char *const *name, size_t n_documents, int n_vocab, Arena *scratch,
                      Error *err) MUST_USE;

/* Maps the file; memory and map belong to the arena. A damaged file is an error: offsets rise from 0 to
 * n_tokens, and every id is below `n_vocab`, for which the file is read once. n_vocab 0: the caller looks
 * at no id. */
bool token_file_open(TokenFile *file, const char *path, int n_vocab, Arena *arena,
                     Error *err) MUST_USE;

static inline int token_file_at(const TokenFile *file, size_t i)
{
    return file->narrow ? (int)file->narrow[i] : (int)file->wide[i];
}

#endif
