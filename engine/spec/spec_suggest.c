/* Unknown words: the nearest known spelling, and messages that name the known ones. */
#include "spec/field.h"

#include <ctype.h>
#include <string.h>

enum { LONGEST_WORD = 64 }; /* longer ones are not worth a guess */

static size_t smallest(size_t a, size_t b)
{
    return a < b ? a : b;
}

static bool same_letter(char a, char b)
{
    return tolower((unsigned char)a) == tolower((unsigned char)b);
}

/* Insertions, deletions, replacements and swaps of neighbours that turn a into b, case aside
 * (optimal string alignment). Both are at most LONGEST_WORD long. */
static size_t edit_distance(const char *a, size_t n_a, const char *b, size_t n_b)
{
    size_t rows[3][LONGEST_WORD + 1];
    for (size_t j = 0; j <= n_b; j++) rows[0][j] = j;
    for (size_t i = 1; i <= n_a; i++) {
        size_t *row = rows[i % 3];
        const size_t *last = rows[(i + 2) % 3], *before_last = rows[(i + 1) % 3];
        row[0] = i;
        for (size_t j = 1; j <= n_b; j++) {
            size_t replaced = last[j - 1] + !same_letter(a[i - 1], b[j - 1]);
            row[j] = smallest(replaced, smallest(last[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && same_letter(a[i - 1], b[j - 2]) &&
                same_letter(a[i - 2], b[j - 1]))
                row[j] = smallest(row[j], before_last[j - 2] + 1);
        }
    }
    return rows[n_a % 3][n_b];
}

const char *spec_suggest_nearest(const char *word, const char *const *words, size_t n)
{
    size_t length = strlen(word);
    if (length == 0 || length > LONGEST_WORD) return NULL;
    const char *nearest = NULL;
    size_t least = 0;
    for (size_t i = 0; i < n; i++) {
        size_t known = strlen(words[i]);
        if (known > LONGEST_WORD) continue;
        size_t distance = edit_distance(word, length, words[i], known);
        size_t tolerated = (length > known ? length : known) / 3;
        if (distance > (tolerated ? tolerated : 1) || distance >= length) continue;
        if (!nearest || distance < least) {
            nearest = words[i];
            least = distance;
        }
    }
    return nearest;
}

/* "a, b, c" added to the buffer; in quotation marks where one has a comma itself. */
static bool add_words(Buffer *text, const char *const *words, size_t n, Error *err)
{
    const char *mark = "";
    for (size_t i = 0; i < n; i++)
        if (strchr(words[i], ',')) mark = "'";
    for (size_t i = 0; i < n; i++)
        if (!buffer_format(text, err, "%s%s%s%s", i ? ", " : "", mark, words[i], mark))
            return false;
    return n > 0 || buffer_add_text(text, "none", err);
}

bool spec_suggest_hint(const SpecReader *reader, const char *word, const char *const *words,
                       size_t n)
{
    Error lost = {0};
    Buffer text = buffer_create(reader->arena);
    if (!add_words(&text, words, n, &lost)) return false;
    const char *nearest = spec_suggest_nearest(word, words, n);
    if (nearest) return error_hint(reader->err, "'%s' (known: %s)", nearest, text.data);
    if (n == 0) return error_hint(reader->err, "leave it out: nothing is known here");
    return error_hint(reader->err, n > 1 ? "one of %s" : "'%s'", text.data);
}
