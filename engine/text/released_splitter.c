#include "text/released_splitter.h"

#include <string.h>
#include "text/released_words.h"
#include "text/stretches.h"
#include "text/unicode.h"

enum { DEGREE = 0xB0, DOTTED_CAPITAL_I = 0x130, DOT_ABOVE = 0x307 };
enum { CAPITAL_SIGMA = 0x3A3, FINAL_SIGMA = 0x3C2 };

/* One stretch without spaces, and where its words go. */
typedef struct Splitter {
    const uint32_t *c; /* its characters */
    uint32_t *suffix;  /* stack: lengths of what came off the end, outermost first */
    size_t n_suffixes;
    char *out;
    size_t size;
    bool begun; /* a word stands before: a space is due */
} Splitter;

/* --- characters ----------------------------------------------------------------------------------- */

static bool is_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}

static bool is_one_of(uint32_t c, const char *list)
{
    return c > 0 && c < 0x80 && strchr(list, (int)c);
}

/* Scripts without case count as small letters and as capitals: Hebrew, Arabic, Bengali, Sinhala. */
static bool is_uncased(uint32_t c)
{
    bool in_script = (c >= 0x5D0 && c <= 0x77F) || (c >= 0x8A0 && c <= 0x8C9) ||
                     (c >= 0x980 && c <= 0x9FF) || (c >= 0xD80 && c <= 0xDFF) ||
                     (c >= 0xFB1D && c <= 0xFDFB) || (c >= 0xFE70 && c <= 0xFEFC);
    return in_script && unicode_class(c) == UNICODE_LETTER;
}

/* The scripts that the rules know: Latin, and parts of Greek and Cyrillic. */
static bool is_known_script(uint32_t c)
{
    if (c < 0x2B0) return c != 0xB5;
    return (c >= 0x386 && c <= 0x3CE) || (c >= 0x410 && c <= 0x44F) || c == 0x401 || c == 0x451 ||
           (c >= 0x1D00 && c <= 0x1EFF) || (c >= 0x212A && c <= 0x2184) ||
           (c >= 0x2C60 && c <= 0x2C7F) || (c >= 0xA722 && c <= 0xA7FF) ||
           (c >= 0xAB30 && c <= 0xAB6D) || (c >= 0xFF21 && c <= 0xFF5A);
}

static bool is_small(uint32_t c)
{
    if (c < 0x80) return c >= 'a' && c <= 'z';
    return (unicode_is_lower(c) && is_known_script(c)) || is_uncased(c);
}

static bool is_capital(uint32_t c)
{
    if (c < 0x80) return c >= 'A' && c <= 'Z';
    return (unicode_is_upper(c) && is_known_script(c)) || is_uncased(c);
}

static bool is_letter(uint32_t c)
{
    return is_small(c) || is_capital(c);
}

/* Letters, digits, underscore: what an address begins and ends with. */
static bool is_word_character(uint32_t c)
{
    UnicodeClass class = unicode_class(c);
    return c == '_' || class == UNICODE_LETTER || class == UNICODE_NUMBER;
}

static bool is_picture(uint32_t c)
{
    return c >= 0x80 && unicode_is_picture(c);
}

/* Marks and quotes that come off both ends. */
static bool is_mark(uint32_t c)
{
    if (c < 0x80) return is_one_of(c, ",:;!?()[]{}<>_#*&'\"`");
    static const uint16_t marks[] = {
        0xA1,   0xAB,   0xB4,   0xB7,   0xBB,   0xBF,   0x60C,  0x61B,  0x61F,  0x66A,
        0x964,  0x2018, 0x2019, 0x201A, 0x201C, 0x201D, 0x201E, 0x2026, 0x3001, 0x3002,
        0x3008, 0x3009, 0x300A, 0x300B, 0x300C, 0x300D, 0x300E, 0x300F, 0x3010, 0x3011,
        0x3014, 0x3015, 0xFF01, 0xFF08, 0xFF09, 0xFF0C, 0xFF1A, 0xFF1B, 0xFF1F, 0xFF5E,
    };
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (marks[i] == c) return true;
    return false;
}

static bool is_currency(uint32_t c)
{
    return c == '$' || c == 0xA3 || c == 0xA5 || c == 0xE3F || c == 0x20AC || c == 0x20BD ||
           c == 0xFDFC;
}

/* --- rules ---------------------------------------------------------------------------------------- */

static size_t count_run(const Splitter *s, size_t begin, size_t end)
{
    size_t at = begin + 1;
    while (at < end && s->c[at] == s->c[begin]) at++;
    return at - begin;
}

/* "US$", "C$", "A$" at `begin`; 0: none. */
static size_t dollar_length(const Splitter *s, size_t begin, size_t end)
{
    const uint32_t *c = s->c + begin;
    size_t n = end - begin;
    if (n >= 3 && c[0] == 'U' && c[1] == 'S' && c[2] == '$') return 3;
    return n >= 2 && (c[0] == 'C' || c[0] == 'A') && c[1] == '$' ? 2 : 0;
}

static size_t prefix_length(const Splitter *s, size_t begin, size_t end)
{
    uint32_t c = s->c[begin];
    if (c == '.') {
        size_t run = count_run(s, begin, end);
        return run > 1 ? run : 0;
    }
    if (c == '`') return count_run(s, begin, end) > 1 ? 2 : 1;
    if (is_mark(c) || is_currency(c) || is_picture(c) || c == '%' || c == '=' || c == '+' ||
        c == 0xA7)
        return 1;
    return dollar_length(s, begin, end);
}

/* The stretch as ASCII bytes; 0: too long for the lists, or not ASCII. */
static size_t to_bytes(char bytes[RELEASED_WORDS_LONGEST], const Splitter *s, size_t begin,
                       size_t end)
{
    if (end - begin > RELEASED_WORDS_LONGEST) return 0;
    for (size_t at = begin; at < end; at++) {
        if (s->c[at] >= 0x80) return 0;
        bytes[at - begin] = (char)s->c[at];
    }
    return end - begin;
}

static bool find_listed(ReleasedCuts *cuts, const Splitter *s, size_t begin, size_t end)
{
    *cuts = (ReleasedCuts){0};
    uint32_t c = s->c[begin];
    if (end - begin == 2 && s->c[begin + 1] == '.' && (c == 0xE4 || c == 0xF6 || c == 0xFC))
        return true;
    char word[RELEASED_WORDS_LONGEST];
    size_t n = to_bytes(word, s, begin, end);
    return n > 0 && released_words_find(cuts, word, n);
}

/* A unit, or a currency, after a digit. A raised 2 or 3 may stand after the metres. */
static size_t after_digit_length(const Splitter *s, size_t begin, size_t end)
{
    uint32_t last = s->c[end - 1];
    if (is_currency(last) || last == '+') {
        size_t n = 1;
        if (last == '$' && end - begin > 3 && dollar_length(s, end - 3, end) == 3) n = 3;
        else if (last == '$' && end - begin > 2 && dollar_length(s, end - 2, end) == 2) n = 2;
        if (end - begin > n && is_digit(s->c[end - 1 - n])) return n;
        return end - begin > 1 && is_digit(s->c[end - 2]) ? 1 : 0;
    }
    size_t unit = end;
    while (unit > begin && !is_digit(s->c[unit - 1])) unit--;
    if (unit == begin || unit == end) return 0;
    bool raised = last == 0xB2 || last == 0xB3;
    if (end - unit == 2 && s->c[unit] == 0xB5 && (last == 'g' || last == 'm')) return 2;
    char word[RELEASED_WORDS_LONGEST];
    size_t n = to_bytes(word, s, unit, raised ? end - 1 : end);
    if (n == 0 || !released_words_is_unit(word, n)) return 0;
    bool metres =
        word[n - 1] == 'm' && (n == 1 || (n == 2 && is_one_of((uint32_t)word[0], "kdcm")));
    return raised && !metres ? 0 : end - unit;
}

/* Does a final period come off after this? */
static bool ends_sentence(const Splitter *s, size_t begin, size_t period)
{
    if (period == begin) return false;
    uint32_t c = s->c[period - 1];
    if (is_small(c) || is_digit(c) || is_one_of(c, "\"%'()+,-:?]`|") || c == 0xB2) return true;
    if (c >= 0x80 && is_mark(c) && (c == 0xAB || c == 0xB4 || c == 0xBB || c >= 0x2018))
        return c != 0x2026;
    if (period - begin < 2) return false;
    if (s->c[period - 2] == DEGREE && is_one_of(c, "FfCcKk")) return true;
    return is_capital(c) && is_capital(s->c[period - 2]);
}

static size_t suffix_length(const Splitter *s, size_t begin, size_t end)
{
    uint32_t last = s->c[end - 1], before = end - begin > 1 ? s->c[end - 2] : 0;
    if (last == '.') {
        size_t run = 1;
        while (run < end - begin && s->c[end - 1 - run] == '.') run++;
        return run > 1 ? run : ends_sentence(s, begin, end - 1);
    }
    if ((last == '\'' || last == '`') && before == last) return 2;
    if ((last == 's' || last == 'S') && before == '\'') return 2;
    if (is_mark(last) || is_picture(last)) return 1;
    return after_digit_length(s, begin, end);
}

static size_t infix_length(const Splitter *s, size_t at, size_t end)
{
    uint32_t c = s->c[at], before = s->c[at - 1], after = at + 1 < end ? s->c[at + 1] : 0;
    if (c == '.' && after == '.') return count_run(s, at, end);
    if (c == '.') return is_small(before) && is_capital(after);
    if (c == 0x2026 || is_picture(c)) return 1;
    if (c == '^') return is_digit(before) && is_digit(after);
    return is_one_of(c, ":<>=") && is_letter(before) && is_letter(after);
}

/* Labels of small letters, digits and hyphens with periods between, and then one of two small letters or
 * more: at `at`, whatever follows. */
static bool begins_host(const Splitter *s, size_t at, size_t end)
{
    bool named = false; /* a label stands before the period */
    for (size_t label = at; at < end; at++) {
        uint32_t c = s->c[at];
        if (named && at == label + 1 && is_one_of(c, "abcdefghijklmnopqrstuvwxyz") &&
            is_one_of(s->c[label], "abcdefghijklmnopqrstuvwxyz"))
            return true;
        if (c == '.') {
            if (at == label || s->c[at - 1] == '-') return false;
            named = true;
            label = at + 1;
        } else if (!is_one_of(c, "abcdefghijklmnopqrstuvwxyz0123456789-")) {
            return false;
        }
    }
    return false;
}

static bool is_address(const Splitter *s, size_t begin, size_t end)
{
    if (!is_word_character(s->c[begin])) return false;
    if (!is_word_character(s->c[end - 1]) && s->c[end - 1] != '/') return false;
    if (begins_host(s, begin, end)) return true;
    for (size_t at = begin + 1; at < end; at++)
        if (s->c[at] == '@' && begins_host(s, at + 1, end)) return true;
    return false;
}

/* --- words ---------------------------------------------------------------------------------------- */

/* Lower case as in full case mapping: a capital I with a dot keeps it, a sigma at the end is a final one. */
static void emit(Splitter *s, size_t begin, size_t end)
{
    if (begin == end) return;
    if (s->begun) s->out[s->size++] = ' ';
    s->begun = true;
    for (size_t at = begin; at < end; at++) {
        uint32_t c = unicode_lower(s->c[at]);
        bool ends = at > begin && unicode_is_letter(s->c[at - 1]) &&
                    (at + 1 == end || !unicode_is_letter(s->c[at + 1]));
        if (s->c[at] == CAPITAL_SIGMA && ends) c = FINAL_SIGMA;
        if (s->c[at] == DOTTED_CAPITAL_I) c = 'i';
        s->size += (size_t)unicode_encode(s->out + s->size, c);
        if (s->c[at] == DOTTED_CAPITAL_I)
            s->size += (size_t)unicode_encode(s->out + s->size, DOT_ABOVE);
    }
}

static void emit_cut(Splitter *s, size_t begin, size_t end, const ReleasedCuts *cuts)
{
    size_t part = begin;
    for (size_t i = 0; i < cuts->n; i++) {
        emit(s, part, begin + cuts->at[i]);
        part = begin + cuts->at[i];
    }
    emit(s, part, end);
}

static void emit_core(Splitter *s, size_t begin, size_t end)
{
    size_t part = begin;
    for (size_t at = begin + 1; at < end;) {
        size_t length = infix_length(s, at, end);
        if (length > 0) {
            emit(s, part, at);
            emit(s, at, at + length);
            part = at + length;
        }
        at += length > 0 ? length : 1;
    }
    emit(s, part, end);
}

/* Takes off the front what `minus` leaves listed, or the end, or both at once; false: nothing more. */
static bool take_off(Splitter *s, size_t *begin, size_t *end)
{
    ReleasedCuts cuts;
    size_t n = *end - *begin;
    size_t prefix = prefix_length(s, *begin, *end), suffix = 0;
    bool rest_is_listed = prefix > 0 && prefix < n && find_listed(&cuts, s, *begin + prefix, *end);
    if (!rest_is_listed) suffix = suffix_length(s, *begin, *end);
    if (suffix > 0 && suffix < n && find_listed(&cuts, s, *begin, *end - suffix)) prefix = 0;
    if (prefix + suffix > n) suffix = 0;
    emit(s, *begin, *begin + prefix);
    *begin += prefix;
    if (suffix > 0) s->suffix[s->n_suffixes++] = (uint32_t)suffix;
    *end -= suffix;
    return prefix + suffix > 0;
}

static void split_stretch(Splitter *s, size_t end)
{
    size_t begin = 0;
    ReleasedCuts cuts;
    bool listed = false, address = false;
    while (begin < end && !(listed = find_listed(&cuts, s, begin, end)) &&
           !(address = is_address(s, begin, end)) && take_off(s, &begin, &end)) {
    }
    if (listed) emit_cut(s, begin, end, &cuts);
    else if (address) emit(s, begin, end);
    else if (begin < end) emit_core(s, begin, end);
    while (s->n_suffixes > 0) {
        size_t length = s->suffix[--s->n_suffixes];
        emit(s, end, end + length);
        end += length;
    }
}

/* Decodes n bytes without spaces and splits them. */
static bool add_stretch(Buffer *words, bool begun, const char *text, size_t n, Arena *scratch,
                        Error *err)
{
    ArenaMark mark = arena_mark(scratch);
    uint32_t *c = arena_alloc(scratch, n, sizeof *c, err);
    uint32_t *suffix = c ? arena_alloc(scratch, n, sizeof *suffix, err) : NULL;
    if (!suffix) return false;
    size_t length = 0;
    for (size_t at = 0; at < n; length++)
        at += (size_t)unicode_decode(&c[length], text + at, n - at);
    Splitter s = {.c = c, .suffix = suffix, .out = words->data + words->size, .begun = begun};
    split_stretch(&s, length);
    words->size += s.size;
    arena_reset(scratch, mark);
    return true;
}

bool released_splitter_split(Buffer *words, const char *text, size_t size, Arena *scratch,
                             Error *err)
{
    return stretches_split(words, text, size, add_stretch, scratch, err);
}
