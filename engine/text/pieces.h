/* Documents cut into pieces that are normalized on their own, by several threads, to the same words as
 * the whole: at a newline that an ASCII letter follows, which no rules look across but those that need
 * documents whole. The newline before a piece is the word "\n" before it, where rules have that word. */
#ifndef TEXT_PIECES_H
#define TEXT_PIECES_H

#include "base/arena.h"
#include "base/document.h"
#include "text/normalizer.h"

typedef struct Piece {
    size_t document; /* its index */
    const char *text;
    size_t size;
    bool is_first;            /* of its document */
    CleanupEvidence evidence; /* of its document */
} Piece;

/* In document order; an empty document has one empty piece. */
bool pieces_cut(Piece **pieces, size_t *n_pieces, const Documents *documents,
                const NormalizerRules *rules, Arena *arena, Error *err) MUST_USE;

#endif
