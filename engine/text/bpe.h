/* Byte-pair encoding as in the released GPT-1 code (Sennrich et al. 2016): a word begins as its
 * characters, the last one marked with </w>; the adjacent pair that stands first in the list of merges
 * is joined everywhere in the word, from the left, until no pair of the word is in the list. */
#ifndef TEXT_BPE_H
#define TEXT_BPE_H

#include "text/vocabulary.h"

typedef struct Bpe Bpe;

enum {
    BPE_UNKNOWN = 0,         /* the id of <unk> */
    BPE_LONGEST_TOKEN = 256, /* bytes; longer ones are neither learnt nor read */
};

/* Reads a file of merges: a "#version" line, then one merge a line, a newline at the end. Each merge's
 * parts and result must be in the vocabulary, which is borrowed. */
Bpe *bpe_read(const char *path, const Vocabulary *vocabulary, Arena *arena, Error *err) MUST_USE;

/* Writes the ids of one word (valid UTF-8, at least one byte) and returns how many; `ids` has room for
 * `size` of them. A symbol that is not in the vocabulary becomes BPE_UNKNOWN. */
size_t bpe_encode_word(int *ids, const Bpe *bpe, const char *word, size_t size);

/* The first symbols of a word, its characters; shared with training. `find` gives a symbol's id. */
typedef int BpeFindSymbol(const void *context, const char *symbol, size_t size);
size_t bpe_first_symbols(int *ids, const char *word, size_t size, BpeFindSymbol *find,
                         const void *context);

/* Joins `left` `right` into `joined` everywhere among n ids, from the left; returns the new count. */
size_t bpe_join(int *ids, size_t n, int left, int right, int joined);

#endif
