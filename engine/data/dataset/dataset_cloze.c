#include "data/dataset/dataset_cloze.h"

#include <assert.h>
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { LEAST_LETTERS = 6 };

/* A word of a passage, without the marks at its ends. */
typedef struct Word {
    const char *text;
    size_t size;
    bool plain; /* English letters throughout */
    bool apart; /* between white space: no marks */
} Word;

/* --- words ---------------------------------------------------------------------------------------- */

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Bytes of a mark of ASCII, or of U+2000 to U+203F, such as dashes and quotation marks; 0: none. */
static size_t mark_size(const char *text, size_t size)
{
    if (size >= 3 && memcmp(text, "\xE2\x80", 2) == 0) return 3;
    return size > 0 && ispunct((unsigned char)text[0]) ? 1 : 0;
}

static Word without_marks(const char *text, size_t size)
{
    Word word = {.text = text, .size = size, .plain = true};
    for (size_t mark; (mark = mark_size(word.text, word.size)) > 0; word.size -= mark)
        word.text += mark;
    while (word.size > 0) {
        const size_t wide = word.size >= 3 ? mark_size(word.text + word.size - 3, 3) : 0;
        const size_t mark = wide == 3 ? 3 : mark_size(word.text + word.size - 1, 1);
        if (mark == 0) break;
        word.size -= mark;
    }
    for (size_t i = 0; i < word.size; i++) word.plain = word.plain && is_letter(word.text[i]);
    word.apart = word.size == size;
    return word;
}

/* The next word at or behind *at, which it moves on; false: there is none. */
static bool next_word(Word *word, const char **at)
{
    static const char space[] = " \t\r\n";
    const char *begin = *at + strspn(*at, space);
    const size_t size = strcspn(begin, space);
    *at = begin + size;
    *word = without_marks(begin, size);
    return size > 0;
}

static bool is_same(const Word *a, const Word *b)
{
    return a->size == b->size && strncasecmp(a->text, b->text, a->size) == 0;
}

static int count(const char *passage, const Word *wanted)
{
    int n = 0;
    Word word;
    while (next_word(&word, &passage)) n += is_same(&word, wanted);
    return n;
}

static bool is_candidate(const Word *word)
{
    if (!word->plain || word->size < LEAST_LETTERS) return false;
    for (size_t i = 0; i < word->size; i++)
        if (!islower((unsigned char)word->text[i])) return false;
    return true;
}

/* --- the gap and what may stand there --------------------------------------------------------------- */

static bool find_gap(Word *gap, const char *passage)
{
    int n = 0, i = 0, nearest = INT32_MAX;
    Word word;
    for (const char *at = passage; next_word(&word, &at);) n++;
    for (const char *at = passage; next_word(&word, &at); i++) {
        const int distance = abs(2 * i + 1 - n);
        if (2 * distance > n || distance >= nearest) continue;
        if (!word.apart || !is_candidate(&word) || count(passage, &word) != 2) continue;
        *gap = word;
        nearest = distance;
    }
    return nearest < INT32_MAX;
}

static size_t common_ending(const Word *a, const Word *b)
{
    size_t n = 0;
    while (n < a->size && n < b->size && a->text[a->size - 1 - n] == b->text[b->size - 1 - n]) n++;
    return n;
}

static size_t apart_in_length(const Word *a, const Word *b)
{
    return a->size > b->size ? a->size - b->size : b->size - a->size;
}

/* Whether a word is more like the gap's than another that stands before it. */
static bool is_nearer(const Word *word, const Word *other, const Word *gap)
{
    const size_t ending = common_ending(word, gap), other_ending = common_ending(other, gap);
    if (ending != other_ending) return ending > other_ending;
    return apart_in_length(word, gap) < apart_in_length(other, gap);
}

/* Writes at most `most` words, the nearest first; returns how many. */
static size_t find_others(Word *others, size_t most, const char *passage, const Word *gap)
{
    size_t n = 0;
    Word word;
    for (const char *at = passage; next_word(&word, &at);) {
        if (!is_candidate(&word) || count(passage, &word) != 1) continue;
        size_t place = n;
        while (place > 0 && is_nearer(&word, &others[place - 1], gap)) place--;
        if (place == most) continue;
        n += n < most;
        memmove(others + place + 1, others + place, (n - 1 - place) * sizeof *others);
        others[place] = word;
    }
    return n;
}

bool dataset_cloze_fits(const char *passage, int64_t candidates)
{
    Word gap, word;
    int64_t n = 1;
    if (!find_gap(&gap, passage)) return false;
    for (const char *at = passage; next_word(&word, &at);)
        n += is_candidate(&word) && count(passage, &word) == 1;
    return n >= candidates;
}

/* --- the example ------------------------------------------------------------------------------------ */

static int by_alphabet(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* A piece of the passage without the white space at its ends. */
static const char *piece(const char *text, const char *end, Arena *arena, Error *err)
{
    while (text < end && isspace((unsigned char)text[0])) text++;
    while (end > text && isspace((unsigned char)end[-1])) end--;
    return arena_text_span(arena, text, (size_t)(end - text), err);
}

static const char *side_of(const char *passage, const Word *gap)
{
    Word word;
    for (const char *at = passage; next_word(&word, &at);)
        if (word.text < gap->text && is_same(&word, gap)) return "before";
    return "behind";
}

bool dataset_cloze_split(Example *example, int64_t candidates, Arena *arena, Error *err)
{
    const char *passage = example->text[0], *right;
    const size_t n = (size_t)candidates - 1;
    Word gap = {0}, *others = arena_alloc(arena, n, sizeof *others, err);
    const bool has_gap = find_gap(&gap, passage);
    assert(has_gap);
    (void)has_gap;
    *example = (Example){.id = example->id,
                         .n_texts = 3 + (int)n,
                         .text = arena_alloc(arena, 3 + n, sizeof *example->text, err),
                         .facet = arena_alloc(arena, 1, sizeof *example->facet, err),
                         .target = example->target};
    if (!others || !example->text || !example->facet) return false;
    const size_t n_others = find_others(others, n, passage, &gap);
    assert(n_others == n);
    (void)n_others;
    example->text[0] = piece(passage, gap.text, arena, err);
    example->text[1] = piece(gap.text + gap.size, passage + strlen(passage), arena, err);
    example->text[2] = right = arena_text_span(arena, gap.text, gap.size, err);
    for (size_t k = 0; k < n; k++)
        example->text[3 + k] = arena_text_span(arena, others[k].text, others[k].size, err);
    for (int k = 0; k < example->n_texts; k++)
        if (!example->text[k]) return false;
    qsort(example->text + 2, n + 1, sizeof *example->text, by_alphabet);
    while (example->text[2 + example->label] != right) example->label++;
    example->facet[0] = side_of(passage, &gap);
    return true;
}
