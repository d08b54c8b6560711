#include "text/sentencepiece_model.h"

#include <string.h>

#include "text/unicode.h"

bool sentencepiece_model_add(SentencepieceModel *model, const char *piece, size_t size,
                             UnigramPiece what, const char *path, Arena *arena, Error *err)
{
    const size_t n = model->vocabulary->n;
    if (size == 0) return error_set(err, "%s: piece %zu is empty", path, n);
    if (memchr(piece, 0, size) || !unicode_is_valid(piece, size))
        return error_set(err, "%s: piece %zu is not UTF-8", path, n);
    UnigramPiece *pieces =
        arena_grow(arena, model->pieces, n, &model->room, sizeof *model->pieces, err);
    if (!pieces) return false;
    model->pieces = pieces;
    pieces[n] = what;
    const int id = vocabulary_add(model->vocabulary, piece, size, err);
    return id >= 0 &&
           ((size_t)id == n || error_set(err, "%s: piece %zu, '%s', is there already, as %d", path,
                                         n, model->vocabulary->token[id], id));
}
