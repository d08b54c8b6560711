#include "text/wordpiece_words.h"

#include <string.h>

#include "text/unicode.h"

static bool add_character(Buffer *text, uint32_t character, Error *err)
{
    char bytes[UNICODE_MAX_BYTES];
    return buffer_add(text, bytes, (size_t)unicode_encode(bytes, character), err);
}

/* The blocks of CJK ideographs that BERT lists; not kana, not Hangul. */
static bool is_chinese(uint32_t c)
{
    static const struct {
        uint32_t first, last;
    } blocks[] = {{0x4E00, 0x9FFF},   {0x3400, 0x4DBF},   {0x20000, 0x2A6DF}, {0x2A700, 0x2B73F},
                  {0x2B740, 0x2B81F}, {0x2B820, 0x2CEAF}, {0xF900, 0xFAFF},   {0x2F800, 0x2FA1F}};
    for (size_t i = 0; c >= 0x3400 && i < sizeof blocks / sizeof *blocks; i++)
        if (c >= blocks[i].first && c <= blocks[i].last) return true;
    return false;
}

/* Categories Cc, Cf, Co and Cs, but for the three that are white space; of unassigned characters nobody knows. */
static bool is_control(uint32_t c)
{
    const char *category = unicode_category(c);
    return c != '\t' && c != '\n' && c != '\r' && category[0] == 'C' && category[1] != 'n';
}

static bool is_removed(uint32_t c)
{
    return c == 0 || c == UNICODE_REPLACEMENT || is_control(c);
}

static bool clean(Buffer *clean, const WordpieceWords *words, const char *text, size_t size,
                  Error *err)
{
    uint32_t c;
    for (size_t i = 0; i < size;) {
        i += (size_t)unicode_decode(&c, text + i, size - i);
        if (c >= ' ' && c < 0x7F) {
            if (!buffer_add_char(clean, (char)c, err)) return false;
            continue;
        }
        if (words->clean_text && is_removed(c)) continue;
        const bool apart = words->split_chinese && is_chinese(c);
        if ((apart && !buffer_add_char(clean, ' ', err)) || !add_character(clean, c, err) ||
            (apart && !buffer_add_char(clean, ' ', err)))
            return false;
    }
    return true;
}

static bool is_ascii(const Buffer *text)
{
    for (size_t i = 0; i < text->size; i++)
        if (text->data[i] & 0x80) return false;
    return true;
}

/* All of category P, and all of ASCII that is no letter, digit or space ("$", "^"). */
static bool is_punctuation(uint32_t c)
{
    if (c < 0x80)
        return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') ||
               (c >= '{' && c <= '~');
    return unicode_category(c)[0] == 'P';
}

/* Begins a word where none has begun since the last one ended. */
static bool part(Buffer *words, bool *in_word, Error *err)
{
    if (*in_word) return true;
    *in_word = true;
    return words->size == 0 || buffer_add_char(words, ' ', err);
}

/* One character that is no accent, in lower case where that is wanted. */
static bool add_to_words(Buffer *words, bool *in_word, uint32_t c, Error *err)
{
    if (unicode_class(c) == UNICODE_SPACE) {
        *in_word = false;
        return true;
    }
    const bool alone = is_punctuation(c);
    if (alone) *in_word = false;
    if (!part(words, in_word, err) || !add_character(words, c, err)) return false;
    *in_word = !alone;
    return true;
}

static bool split(Buffer *words, const WordpieceWords *settings, const char *text, size_t size,
                  Error *err)
{
    enum { DOTTED_I = 0x130, DOT_ABOVE = 0x307 }; /* the one letter whose lower case is two */
    bool in_word = false;
    uint32_t c;
    for (size_t i = 0; i < size;) {
        i += (size_t)unicode_decode(&c, text + i, size - i);
        if (settings->strip_accents && c >= 0x80 && !strcmp(unicode_category(c), "Mn")) continue;
        const bool dotted = settings->lower_case && c == DOTTED_I;
        if (settings->lower_case) c = dotted ? 'i' : unicode_lower(c);
        if (!add_to_words(words, &in_word, c, err) ||
            (dotted && !add_to_words(words, &in_word, DOT_ABOVE, err)))
            return false;
    }
    return true;
}

bool wordpiece_words_run(Normalizer *normalizer, const char *text, size_t size,
                         CleanupEvidence evidence, Error *err)
{
    const WordpieceWords *settings = normalizer->rules->settings;
    Buffer *cleaned = &normalizer->clean, *apart = &normalizer->standard;
    (void)evidence;
    if (!clean(cleaned, settings, text, size, err)) return false;
    const bool decompose = settings->strip_accents && !is_ascii(cleaned);
    if (decompose &&
        !unicode_decompose(apart, cleaned->data, cleaned->size, normalizer->scratch, err))
        return false;
    const Buffer *from = decompose ? apart : cleaned;
    return split(&normalizer->words, settings, from->data, from->size, err);
}
