/* Documents cut into pieces that are normalized on their own, by several threads, to the same words as
 * the whole: at a newline that an ASCII letter follows, which neither clean-up nor splitting looks
 * across. The newline before a piece is the word "\n" before it. */
#ifndef TEXT_PIECES_H
#define TEXT_PIECES_H

#include "base/arena.h"
#include "base/document.h"
#include "text/cleanup.h"

typedef struct Piece {
    size_t document; /* its index */
    const char *text;
    size_t size;
    bool is_first;            /* of its document */
    CleanupEvidence evidence; /* of its document */
} Piece;

/* In document order; an empty document has one empty piece. */
bool pieces_cut(Piece **pieces, size_t *n_pieces, const Documents *documents, Arena *arena,
                Error *err) MUST_USE;

#endif
