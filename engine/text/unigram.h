/* The unigram language model of SentencePiece (Kudo 2018; google/sentencepiece, unigram_model.cc): a text is cut into
 * the pieces whose scores, which are logarithms of probabilities, add up to the most.
 *
 * Sums  as SentencePiece keeps them, in single precision from the text's beginning on, so that cuts which are equally
 *       good are chosen between as it does; or in double, as Hugging Face's library
 * Ties  go to the cut whose last piece begins first */
#ifndef TEXT_UNIGRAM_H
#define TEXT_UNIGRAM_H

#include "text/pair_table.h"
#include "text/vocabulary.h"

typedef enum UnigramType { /* numbered as in SentencePiece's files */
                           UNIGRAM_NORMAL = 1,
                           UNIGRAM_UNKNOWN = 2,
                           UNIGRAM_CONTROL = 3, /* stands for no text: <pad>, </s> */
                           UNIGRAM_USER =
                               4, /* taken wherever it stands, and written as it stands */
                           UNIGRAM_UNUSED = 5,
                           UNIGRAM_BYTE = 6, /* <0x00> to <0xFF>, of characters that no piece has */
} UnigramType;

typedef struct UnigramPiece {
    double score;
    UnigramType type;
} UnigramPiece;

typedef struct Unigram {
    const Vocabulary *vocabulary; /* borrowed, as are ... */
    const UnigramPiece *pieces;   /* ... the pieces, by id */
    bool is_single;               /* sums in single precision */
    bool has_bytes;               /* what is in no piece becomes its bytes, not the unknown token */
    bool has_user;                /* a piece of that type */
    int unknown;
    int byte[256];        /* ids; -1: there is none */
    double unknown_score; /* of a character in no piece */
    double best_score;    /* of any piece; above 0 */
    PairTable edges; /* of the tree of pieces: node and byte -> next node, less 1; the root is 0 */
    int *ends;       /* by node: the piece that ends there, or -1 */
} Unigram;

/* Fills the rest, once vocabulary, pieces, is_single and has_bytes are there. `path` is named in messages: without
 * exactly one unknown piece, or with has_bytes and a byte that is missing, there is no such model. */
bool unigram_prepare(Unigram *unigram, const char *path, Arena *arena, Error *err) MUST_USE;

/* Bytes of the longest piece of type user that the text begins with; 0: none. */
size_t unigram_user_piece(const Unigram *unigram, const char *text, size_t size);

/* The ids of a text without spaces, at most one for each byte: `ids` has room for so many. */
bool unigram_encode(int *ids, size_t *n, const Unigram *unigram, const char *text, size_t size,
                    Arena *scratch, Error *err) MUST_USE;

#endif
