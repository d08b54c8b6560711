/* WordPiece as BERT's (Devlin et al. 2019; google-research/bert, tokenization.py: WordpieceTokenizer): of a word the
 * longest piece that it begins with is taken, of the rest the longest that continues a word ("##" before it), and so
 * on; a word that cannot be cut so as a whole is one unknown token. */
#ifndef TEXT_WORDPIECE_H
#define TEXT_WORDPIECE_H

#include "text/vocabulary.h"

/* Borrows the vocabulary; the texts are its. */
typedef struct Wordpiece {
    const Vocabulary *vocabulary;
    const char *prefix;      /* of pieces that continue a word: "##" */
    int unknown;             /* an id */
    int64_t most_characters; /* of a word; longer ones are unknown */
    WordTable inner;         /* continuing pieces without the prefix -> id */
    size_t longest;          /* bytes of the longest piece */
} Wordpiece;

enum { WORDPIECE_MOST_CHARACTERS = 100 }; /* of BERT's words */

/* Fills `inner` and `longest`, once the rest is there. */
bool wordpiece_prepare(Wordpiece *wordpiece, Arena *arena, Error *err) MUST_USE;

/* The ids of one word; returns how many, at most one for each byte. */
size_t wordpiece_encode_word(int *ids, const Wordpiece *wordpiece, const char *word, size_t size);

/* What a piece adds to a word, and whether it continues one. */
bool wordpiece_continues(const char **rest, const Wordpiece *wordpiece, int id);

#endif
