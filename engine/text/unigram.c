#include "text/unigram.h"

#include <float.h>
#include <math.h>
#include <string.h>

static const double UNKNOWN_PENALTY = 10; /* below the least score of any piece */
static const double USER_SCORE = -0.1; /* of a piece of type user: it is taken before all others */

/* --- the tree of pieces ---------------------------------------------------------------------- */

/* The node behind a byte; -1: no piece goes on so. */
static int64_t step(const Unigram *unigram, int64_t node, char byte)
{
    const int64_t edge = pair_table_find(&unigram->edges, (int)node, (int)(unsigned char)byte);
    return edge == PAIR_NONE ? -1 : edge + 1;
}

static bool is_in_tree(UnigramType type)
{
    return type == UNIGRAM_NORMAL || type == UNIGRAM_USER;
}

static bool add_to_tree(Unigram *unigram, int id, size_t *room, Arena *arena, Error *err)
{
    int64_t node = 0;
    for (const char *c = unigram->vocabulary->token[id]; *c; c++) {
        const size_t n_before = unigram->edges.n;
        node = pair_table_add(&unigram->edges, (int)node, (int)(unsigned char)*c, err) + 1;
        if (node <= 0) return false;
        if (unigram->edges.n == n_before) continue;
        int *ends =
            arena_grow(arena, unigram->ends, (size_t)node, room, sizeof *unigram->ends, err);
        if (!ends) return false;
        unigram->ends = ends;
        ends[node] = -1;
    }
    unigram->ends[node] = id;
    unigram->has_user = unigram->has_user || unigram->pieces[id].type == UNIGRAM_USER;
    return true;
}

static bool plant_tree(Unigram *unigram, Arena *arena, Error *err)
{
    size_t room = 0;
    unigram->edges = pair_table_create(arena);
    unigram->ends = arena_grow(arena, NULL, 0, &room, sizeof *unigram->ends, err);
    if (!unigram->ends) return false;
    unigram->ends[0] = -1;
    for (size_t id = 0; id < unigram->vocabulary->n; id++)
        if (is_in_tree(unigram->pieces[id].type) &&
            !add_to_tree(unigram, (int)id, &room, arena, err))
            return false;
    return true;
}

size_t unigram_user_piece(const Unigram *unigram, const char *text, size_t size)
{
    size_t found = 0;
    int64_t node = 0;
    if (!unigram->has_user) return 0;
    for (size_t i = 0; i < size && (node = step(unigram, node, text[i])) >= 0; i++) {
        const int id = unigram->ends[node];
        if (id >= 0 && unigram->pieces[id].type == UNIGRAM_USER) found = i + 1;
    }
    return found;
}

/* --- what every model must have ----------------------------------------------------------------- */

/* "<0x41>": 65; -1: no byte. */
static int byte_of(const char *token)
{
    static const char digits[] = "0123456789ABCDEF";
    if (strlen(token) != 6 || strncmp(token, "<0x", 3) != 0 || token[5] != '>') return -1;
    const char *high = strchr(digits, token[3]), *low = strchr(digits, token[4]);
    return high && low ? (int)(high - digits) * 16 + (int)(low - digits) : -1;
}

static bool find_unknown(Unigram *unigram, const char *path, Error *err)
{
    unigram->unknown = -1;
    for (size_t id = 0; id < unigram->vocabulary->n; id++) {
        if (unigram->pieces[id].type != UNIGRAM_UNKNOWN) continue;
        if (unigram->unknown >= 0)
            return error_set(err, "%s: the pieces %d and %zu are both the unknown one", path,
                             unigram->unknown, id);
        unigram->unknown = (int)id;
    }
    return unigram->unknown >= 0 || error_set(err, "%s: no piece is the unknown one", path);
}

static bool find_bytes(Unigram *unigram, const char *path, Error *err)
{
    for (int b = 0; b < 256; b++) unigram->byte[b] = -1;
    for (size_t id = 0; id < unigram->vocabulary->n; id++) {
        if (unigram->pieces[id].type != UNIGRAM_BYTE) continue;
        const int byte = byte_of(unigram->vocabulary->token[id]);
        if (byte < 0)
            return error_set(err, "%s: the piece %zu, '%s', is no byte", path, id,
                             unigram->vocabulary->token[id]);
        unigram->byte[byte] = (int)id;
    }
    for (int b = 0; unigram->has_bytes && b < 256; b++)
        if (unigram->byte[b] < 0)
            return error_set(err, "%s: there is no piece <0x%02X>, but all bytes are to be pieces",
                             path, (unsigned)b);
    return true;
}

static bool find_scores(Unigram *unigram, const char *path, Error *err)
{
    double least = (double)FLT_MAX;
    unigram->best_score = (double)FLT_MIN;
    for (size_t id = 0; id < unigram->vocabulary->n; id++) {
        const UnigramPiece *piece = &unigram->pieces[id];
        if (!isfinite(piece->score) || fabs(piece->score) > 1e30)
            return error_set(err, "%s: the score of piece %zu is no number that can be added", path,
                             id);
        if (piece->type != UNIGRAM_NORMAL) continue;
        if (piece->score < least) least = piece->score;
        if (piece->score > unigram->best_score) unigram->best_score = piece->score;
    }
    unigram->unknown_score = least - UNKNOWN_PENALTY;
    if (unigram->is_single) unigram->unknown_score = (double)(float)unigram->unknown_score;
    return true;
}

bool unigram_prepare(Unigram *unigram, const char *path, Arena *arena, Error *err)
{
    return find_unknown(unigram, path, err) && find_bytes(unigram, path, err) &&
           find_scores(unigram, path, err) && plant_tree(unigram, arena, err);
}

/* --- the best cut ------------------------------------------------------------------------------ */

/* Where the text is cut, of the best way to get there. */
typedef struct Cut {
    double sum;
    int id;           /* of the last piece */
    uint32_t n_bytes; /* of it; 0: no way was found so far */
} Cut;

static void offer(Cut *cut, const Unigram *unigram, double sum, int id, size_t n_bytes)
{
    if (unigram->is_single) sum = (double)(float)sum;
    if (cut->n_bytes == 0 || sum > cut->sum) *cut = (Cut){sum, id, (uint32_t)n_bytes};
}

static size_t character_bytes(const char *text, size_t left)
{
    const unsigned char first = (unsigned char)*text;
    const size_t n = first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    return n < left ? n : left;
}

static double user_score(const Unigram *unigram, size_t n_bytes)
{
    return (double)(float)((double)n_bytes * unigram->best_score + USER_SCORE);
}

/* All pieces that the text from cuts[0] on begins with; a character that is none is unknown. */
static void offer_pieces(Cut *cuts, const Unigram *unigram, const char *text, size_t left,
                         size_t n_character)
{
    bool has_character = false;
    int64_t node = 0;
    for (size_t i = 0; i < left && (node = step(unigram, node, text[i])) >= 0; i++) {
        const int id = unigram->ends[node];
        if (id < 0) continue;
        const UnigramPiece *piece = &unigram->pieces[id];
        const double score =
            piece->type == UNIGRAM_USER ? user_score(unigram, i + 1) : piece->score;
        offer(&cuts[i + 1], unigram, score + cuts[0].sum, id, i + 1);
        has_character = has_character || i + 1 == n_character;
    }
    if (!has_character)
        offer(&cuts[n_character], unigram, unigram->unknown_score + cuts[0].sum, unigram->unknown,
              n_character);
}

/* Where the next piece of the best way ends is put where it begins. */
static void turn_round(Cut *cuts, size_t size)
{
    uint32_t n_next = 0;
    int next = -1;
    for (size_t at = size;;) {
        const Cut cut = cuts[at];
        cuts[at].n_bytes = n_next;
        cuts[at].id = next;
        if (at == 0) return;
        n_next = cut.n_bytes;
        next = cut.id;
        at -= cut.n_bytes;
    }
}

/* Unknown characters one after the other are one token. */
static size_t write_ids(int *ids, const Unigram *unigram, const Cut *cuts, const char *text,
                        size_t size)
{
    size_t n = 0;
    for (size_t at = 0; at < size; at += cuts[at].n_bytes) {
        const int id = cuts[at].id;
        const bool is_unknown = id == unigram->unknown;
        if (is_unknown && unigram->has_bytes)
            for (size_t i = 0; i < cuts[at].n_bytes; i++)
                ids[n++] = unigram->byte[(unsigned char)text[at + i]];
        else if (!is_unknown || n == 0 || ids[n - 1] != id) ids[n++] = id;
    }
    return n;
}

bool unigram_encode(int *ids, size_t *n, const Unigram *unigram, const char *text, size_t size,
                    Arena *scratch, Error *err)
{
    const ArenaMark mark = arena_mark(scratch);
    Cut *cuts = arena_alloc(scratch, size + 1, sizeof *cuts, err);
    if (!cuts) return false;
    for (size_t at = 0; at < size;) {
        const size_t n_character = character_bytes(text + at, size - at);
        offer_pieces(cuts + at, unigram, text + at, size - at, n_character);
        at += n_character;
    }
    turn_round(cuts, size);
    *n = write_ids(ids, unigram, cuts, text, size);
    arena_reset(scratch, mark);
    return true;
}
