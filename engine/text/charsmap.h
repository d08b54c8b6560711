/* SentencePiece's precompiled character map: which strings are written otherwise before a text is cut into pieces
 * (Kudo and Richardson 2018, section 3.2). nmt_nfkc, T5's, has about 25,000 rules.
 *
 * Layout    uint32 bytes of the trie; the trie, a double array of uint32 units (Darts, Yata et al. 2007); what is put
 *           in place, each text ended by a zero byte. Little-endian
 * Errors    whatever the bytes are, no unit and no text outside them is read
 * Threads   read-only once read */
#ifndef TEXT_CHARSMAP_H
#define TEXT_CHARSMAP_H

#include <stdint.h>
#include "base/arena.h"

typedef struct Charsmap {
    const uint32_t *units;
    size_t n_units;
    const char *texts;
    size_t n_texts; /* bytes of all of them */
} Charsmap;

/* Copies the bytes into the arena; none at all: a map without rules. */
bool charsmap_read(Charsmap *map, const char *bytes, size_t size, Arena *arena,
                   Error *err) MUST_USE;

typedef enum CharsmapMatch {
    CHARSMAP_LONGEST,  /* as SentencePiece */
    CHARSMAP_SHORTEST, /* as Hugging Face's library, which takes the first that it finds */
} CharsmapMatch;

/* What is put in place of the text's beginning, and how many bytes that takes the place of; 0: no rule begins so. */
size_t charsmap_find(const char **put, const Charsmap *map, CharsmapMatch match, const char *text,
                     size_t size);

#endif
