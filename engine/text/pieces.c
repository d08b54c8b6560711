#include "text/pieces.h"

#include <string.h>

enum { SMALLEST_PIECE_BYTES = 256 << 10 };

static size_t find_cut(const char *text, size_t from, size_t size)
{
    while (from < size) {
        const char *newline = memchr(text + from, '\n', size - from);
        if (!newline) break;
        from = (size_t)(newline - text) + 1;
        char next = from < size ? text[from] | 0x20 : 0;
        if (next >= 'a' && next <= 'z') return from;
    }
    return size;
}

static size_t cut_document(Piece *pieces, size_t index, const Document *document,
                           const NormalizerRules *rules)
{
    size_t n = 0, begin = 0;
    CleanupEvidence evidence = cleanup_examine(document->text, document->size);
    do {
        size_t left = document->size - begin;
        size_t end = left <= SMALLEST_PIECE_BYTES || rules->needs_whole
                         ? document->size
                         : find_cut(document->text, begin + SMALLEST_PIECE_BYTES, document->size);
        pieces[n++] = (Piece){index, document->text + begin, end - begin, begin == 0, evidence};
        begin = end;
    } while (begin < document->size);
    return n;
}

bool pieces_cut(Piece **pieces, size_t *n_pieces, const Documents *documents,
                const NormalizerRules *rules, Arena *arena, Error *err)
{
    size_t most = 0;
    for (size_t d = 0; d < documents->n; d++)
        most += documents->items[d].size / SMALLEST_PIECE_BYTES + 1;
    *pieces = arena_alloc(arena, most, sizeof **pieces, err);
    if (!*pieces) return false;
    *n_pieces = 0;
    for (size_t d = 0; d < documents->n; d++)
        *n_pieces += cut_document(*pieces + *n_pieces, d, &documents->items[d], rules);
    return true;
}
