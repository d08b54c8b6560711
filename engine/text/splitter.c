#include "text/splitter.h"

#include <string.h>
#include "text/splitter_words.h"
#include "text/stretches.h"
#include "text/unicode.h"

/* One stretch without spaces, and where its words go. */
typedef struct Splitter {
    const uint32_t *c; /* its characters */
    const unsigned char *class;
    uint32_t *suffix; /* stack: lengths of what came off the end, outermost first */
    size_t n_suffixes;
    char *out;
    size_t size;
    bool begun; /* a word stands before: a space is due */
} Splitter;

static bool is_letter(const Splitter *s, size_t at)
{
    return s->class[at] == UNICODE_LETTER;
}
static bool is_digit(const Splitter *s, size_t at)
{
    return s->class[at] == UNICODE_NUMBER;
}

static void emit(Splitter *s, size_t begin, size_t end)
{
    if (begin == end) return;
    if (s->begun) s->out[s->size++] = ' ';
    s->begun = true;
    for (size_t at = begin; at < end; at++)
        s->size += (size_t)unicode_encode(s->out + s->size, unicode_lower(s->c[at]));
}

/* The stretch in lower-case ASCII, for the word lists; 0: too long for them, or not ASCII. */
static size_t to_list_word(char word[SPLITTER_WORDS_LONGEST], const Splitter *s, size_t begin,
                           size_t end)
{
    if (end - begin > SPLITTER_WORDS_LONGEST) return 0;
    for (size_t at = begin; at < end; at++) {
        if (s->c[at] >= 0x80) return 0;
        word[at - begin] = (char)unicode_lower(s->c[at]);
    }
    return end - begin;
}

static size_t count_run(const Splitter *s, size_t begin, size_t end)
{
    size_t at = begin + 1;
    while (at < end && s->c[at] == s->c[begin]) at++;
    return at - begin;
}

/* Characters that stay on the word at either end. */
static bool sticks(uint32_t c)
{
    return c == '@' || c == '-' || c == '~' || c == '/' || c == '|' || c == '\\';
}

/* "u.s.", "j.", but not "i.": the pronoun, or a numeral, ends more sentences than an initial. */
static bool is_dotted(const Splitter *s, size_t begin, size_t end)
{
    size_t n = end - begin;
    if (n % 2 != 0) return false;
    for (size_t at = begin; at < end; at += 2)
        if (!is_letter(s, at) || s->c[at + 1] != '.') return false;
    return n > 2 || (s->c[begin] | 0x20) != 'i';
}

static bool is_kept(const Splitter *s, size_t begin, size_t end)
{
    size_t n = end - begin;
    if (n <= 1) return true;
    uint32_t first = s->c[begin];
    if ((first == '.' || (sticks(first) && first != '@')) && count_run(s, begin, end) == n)
        return true;
    if (is_dotted(s, begin, end)) return true;
    char word[SPLITTER_WORDS_LONGEST];
    size_t size = to_list_word(word, s, begin, end);
    return size > 0 && splitter_words_keeps(word, size);
}

static size_t prefix_length(const Splitter *s, size_t begin, size_t end)
{
    uint32_t c = s->c[begin];
    if (c == '.') {
        size_t run = count_run(s, begin, end);
        return run > 1 ? run : begin + 1 < end && is_letter(s, begin + 1);
    }
    if (c == '\'' || c == '`') return begin + 1 < end && s->c[begin + 1] == c ? 2 : 1;
    if (sticks(c)) return 0;
    return s->class[begin] == UNICODE_PUNCTUATION || s->class[begin] == UNICODE_SYMBOL;
}

/* 's 'm 'd 'll 're 've n't after a letter, a number or a period. */
static size_t clitic_length(const Splitter *s, size_t begin, size_t end)
{
    static const char *const clitics[] = {"'s", "'m", "'d", "'ll", "'re", "'ve", "n't"};
    for (size_t i = 0; i < sizeof clitics / sizeof *clitics; i++) {
        size_t n = strlen(clitics[i]);
        if (end - begin <= n) continue;
        bool same = true;
        for (size_t k = 0; same && k < n; k++)
            same = unicode_lower(s->c[end - n + k]) == (uint32_t)clitics[i][k];
        size_t before = end - n - 1;
        if (same && (is_letter(s, before) ||
                     (clitics[i][0] == '\'' && (is_digit(s, before) || s->c[before] == '.'))))
            return n;
    }
    return 0;
}

/* "km" in "10km": a listed unit directly after a number that begins the stretch. */
static size_t unit_length(const Splitter *s, size_t begin, size_t end)
{
    size_t unit = end;
    while (unit > begin && is_letter(s, unit - 1)) unit--;
    if (unit == end || unit == begin || !is_digit(s, unit - 1)) return 0;
    for (size_t at = begin; at < unit; at++)
        if (is_letter(s, at)) return 0;
    char word[SPLITTER_WORDS_LONGEST];
    size_t size = to_list_word(word, s, unit, end);
    return size > 0 && splitter_words_is_unit(word, size) ? size : 0;
}

static size_t suffix_length(const Splitter *s, size_t begin, size_t end)
{
    uint32_t c = s->c[end - 1];
    if (c == '.' || c == '\'' || c == '`') {
        size_t run = 1;
        while (run < end - begin && s->c[end - 1 - run] == c) run++;
        return c == '.' || run == 1 ? run : 2;
    }
    size_t clitic = clitic_length(s, begin, end);
    if (clitic > 0) return clitic;
    if (sticks(c)) return 0;
    if (s->class[end - 1] == UNICODE_PUNCTUATION || s->class[end - 1] == UNICODE_SYMBOL) return 1;
    return unit_length(s, begin, end);
}

/* How many characters at `at`, inside the stretch, are a word between two others. */
static size_t infix_length(const Splitter *s, size_t at, size_t end)
{
    uint32_t c = s->c[at];
    if (c == 0xAB || c == 0xBB || c == 0x201E) return 1;
    if (c == '.' || c == '-') {
        size_t run = count_run(s, at, end);
        if (run > 1) return run;
    }
    if ((c == '$' || c == 0xA3 || c == 0x20AC) && is_digit(s, at + 1)) return 1;
    if (c == '.') return unicode_is_lower(s->c[at - 1]) && unicode_is_upper(s->c[at + 1]);
    bool splits = c == '-' || c == ',' || c == ':' || c == '=' || c == '<' || c == '>' ||
                  c == '/' || c == '"';
    return splits && is_letter(s, at - 1) && is_letter(s, at + 1);
}

/* A part without punctuation at its ends: clitics, and words that are two. */
static void emit_part(Splitter *s, size_t begin, size_t end)
{
    size_t base = s->n_suffixes, length;
    while (!is_kept(s, begin, end) && (length = clitic_length(s, begin, end)) > 0) {
        s->suffix[s->n_suffixes++] = (uint32_t)length;
        end -= length;
    }
    char word[SPLITTER_WORDS_LONGEST];
    size_t size = to_list_word(word, s, begin, end);
    size_t cut = size > 0 ? splitter_words_cut(word, size) : 0;
    emit(s, begin, begin + cut);
    emit(s, begin + cut, end);
    while (s->n_suffixes > base) {
        length = s->suffix[--s->n_suffixes];
        emit(s, end, end + length);
        end += length;
    }
}

/* What is left when nothing more comes off the ends. */
static void emit_core(Splitter *s, size_t begin, size_t end)
{
    size_t part = begin;
    for (size_t at = begin + 1; at + 1 < end;) {
        size_t length = infix_length(s, at, end - 1);
        if (length == 0) {
            at++;
            continue;
        }
        bool abbreviation = s->c[at] == '.' && length == 1 && is_kept(s, part, at + 1);
        emit_part(s, part, abbreviation ? at + 1 : at);
        if (!abbreviation) emit(s, at, at + length);
        part = at += length;
    }
    emit_part(s, part, end);
}

/* The end comes off before the front, so that "'em." leaves "'em"; but "'mr." is "'" and "mr.". */
static void split_stretch(Splitter *s, size_t end)
{
    size_t begin = 0;
    bool kept = false;
    while (begin < end && !(kept = is_kept(s, begin, end))) {
        size_t prefix = prefix_length(s, begin, end);
        bool keeps_rest = prefix > 0 && prefix < end - begin && is_kept(s, begin + prefix, end);
        size_t suffix = keeps_rest ? 0 : suffix_length(s, begin, end);
        if (suffix > 0) {
            s->suffix[s->n_suffixes++] = (uint32_t)suffix;
            end -= suffix;
        } else if (prefix > 0) {
            emit(s, begin, begin + prefix);
            begin += prefix;
        } else {
            break;
        }
    }
    if (kept) emit(s, begin, end);
    else if (begin < end) emit_core(s, begin, end);
    while (s->n_suffixes > 0) {
        size_t length = s->suffix[--s->n_suffixes];
        emit(s, end, end + length);
        end += length;
    }
}

/* Most words: ASCII letters only, and none of those that are two. */
static bool add_simple(Buffer *words, bool begun, const char *text, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)text[i] | 0x20;
        if (c < 'a' || c > 'z') return false;
    }
    char *out = words->data + words->size;
    if (begun) *out++ = ' ';
    for (size_t i = 0; i < n; i++) out[i] = (char)(text[i] | 0x20);
    if (splitter_words_cut(out, n) > 0) return false;
    words->size += n + begun;
    return true;
}

/* Decodes n bytes without spaces and splits them. */
static bool add_stretch(Buffer *words, bool begun, const char *text, size_t n, Arena *scratch,
                        Error *err)
{
    ArenaMark mark = arena_mark(scratch);
    uint32_t *c = arena_alloc(scratch, n, sizeof *c, err);
    uint32_t *suffix = c ? arena_alloc(scratch, n, sizeof *suffix, err) : NULL;
    unsigned char *class = suffix ? arena_alloc(scratch, n, 1, err) : NULL;
    if (!class) return false;
    size_t length = 0;
    for (size_t at = 0; at < n; length++) {
        at += (size_t)unicode_decode(&c[length], text + at, n - at);
        class[length] = (unsigned char)unicode_class(c[length]);
    }
    Splitter s = {
        .c = c, .class = class, .suffix = suffix, .out = words->data + words->size, .begun = begun};
    split_stretch(&s, length);
    words->size += s.size;
    arena_reset(scratch, mark);
    return true;
}

static bool add_words(Buffer *words, bool begun, const char *text, size_t n, Arena *scratch,
                      Error *err)
{
    return add_simple(words, begun, text, n) || add_stretch(words, begun, text, n, scratch, err);
}

bool splitter_split(Buffer *words, const char *text, size_t size, Arena *scratch, Error *err)
{
    return stretches_split(words, text, size, add_words, scratch, err);
}
