#include "text/sentencepiece_words.h"

#include <string.h>

#include "text/unicode.h"

static const char space_mark[] = SENTENCEPIECE_SPACE;
enum { N_MARK = sizeof space_mark - 1 };

static bool begins_with_mark(const char *text, size_t size)
{
    return size >= N_MARK && !memcmp(text, space_mark, N_MARK);
}

static bool add_mark(Buffer *words, Error *err)
{
    return buffer_add(words, space_mark, N_MARK, err);
}

/* --- as the model's own file ----------------------------------------------------------------- */

/* What the text's beginning is written as, and how many bytes of it that is. */
static size_t next_part(const char **put, size_t *n_put, const SentencepieceWords *settings,
                        const char *text, size_t left)
{
    size_t n = unigram_user_piece(settings->unigram, text, left);
    if (n == 0 && (n = charsmap_find(put, &settings->map, CHARSMAP_LONGEST, text, left)) > 0) {
        *n_put = strlen(*put);
        return n;
    }
    uint32_t character;
    *put = text;
    if (n == 0) n = (size_t)unicode_decode(&character, text, left);
    *n_put = n;
    if (n == 1 && (*text & 0x80)) { /* no UTF-8 */
        *put = "\xEF\xBF\xBD";
        *n_put = 3;
    }
    return n;
}

static bool add_marked(Buffer *words, const char *text, size_t size, Error *err)
{
    for (size_t i = 0; i < size; i++)
        if (!(text[i] == ' ' ? add_mark(words, err) : buffer_add_char(words, text[i], err)))
            return false;
    return true;
}

/* Bytes of white space that the text begins with. */
static size_t leading(const SentencepieceWords *settings, const char *text, size_t size)
{
    size_t at = 0;
    while (at < size) {
        const char *put;
        size_t n_put;
        const size_t n = next_part(&put, &n_put, settings, text + at, size - at);
        if (n_put != 1 || *put != ' ') break;
        at += n;
    }
    return at;
}

static void drop_last_marks(Buffer *words)
{
    while (words->size >= N_MARK &&
           begins_with_mark(words->data + words->size - N_MARK, words->size))
        words->size -= N_MARK;
    if (words->data) words->data[words->size] = '\0';
}

static bool run_own(Normalizer *normalizer, const char *text, size_t size, CleanupEvidence evidence,
                    Error *err)
{
    const SentencepieceWords *settings = normalizer->rules->settings;
    Buffer *words = &normalizer->words;
    bool after_space = settings->remove_spaces;
    size_t at = settings->remove_spaces ? leading(settings, text, size) : 0;
    (void)evidence;
    if (at >= size) return true;
    if (settings->add_prefix && !add_mark(words, err)) return false;
    while (at < size) {
        const char *put;
        size_t n_put;
        at += next_part(&put, &n_put, settings, text + at, size - at);
        while (after_space && n_put > 0 && *put == ' ') {
            put++;
            n_put--;
        }
        if (!add_marked(words, put, n_put, err)) return false;
        if (n_put > 0) after_space = settings->remove_spaces && put[n_put - 1] == ' ';
    }
    if (settings->remove_spaces) drop_last_marks(words);
    return true;
}

/* A newline is white space like any other, which a cut text has neither before nor behind it. */
static bool can_be_cut(const SentencepieceWords *settings)
{
    return settings->remove_spaces && settings->add_prefix && leading(settings, "\n", 1) == 1;
}

NormalizerRules sentencepiece_words_own(const SentencepieceWords *settings)
{
    return (NormalizerRules){
        .run = run_own, .settings = settings, .needs_whole = !can_be_cut(settings)};
}

/* --- as the library -------------------------------------------------------------------------------- */

/* The first rule that is found for a cluster of few bytes, or else for each of its characters. */
static bool map_cluster(Buffer *text, const Charsmap *map, const char *cluster, size_t size,
                        Error *err)
{
    enum { MOST_BYTES = 5 };
    const char *put;
    uint32_t character;
    if (size <= MOST_BYTES && charsmap_find(&put, map, CHARSMAP_SHORTEST, cluster, size) > 0)
        return buffer_add_text(text, put, err);
    for (size_t i = 0; i < size;) {
        const size_t n = (size_t)unicode_decode(&character, cluster + i, size - i);
        const bool maps = charsmap_find(&put, map, CHARSMAP_SHORTEST, cluster + i, n) > 0;
        if (!(maps ? buffer_add_text(text, put, err) : buffer_add(text, cluster + i, n, err)))
            return false;
        i += n;
    }
    return true;
}

/* Plain letters, digits and spaces stand alone. */
static bool is_plain(char c)
{
    return c >= ' ' && c < 0x7F;
}

static bool map_all(Buffer *mapped, const Charsmap *map, const char *text, size_t size, Error *err)
{
    for (size_t at = 0, n; at < size; at += n) {
        const bool alone = is_plain(text[at]) && (at + 1 == size || is_plain(text[at + 1]));
        n = alone ? 1 : unicode_grapheme(text + at, size - at);
        if (!map_cluster(mapped, map, text + at, n, err)) return false;
    }
    return true;
}

/* Bytes of the white space that the text begins with, one character of it; 0: none. */
static size_t space_bytes(const char *text, size_t size)
{
    uint32_t character;
    const size_t n = (size_t)unicode_decode(&character, text, size);
    return unicode_class(character) == UNICODE_SPACE ? n : 0;
}

static void strip(const char **text, size_t *size, const SentencepieceWords *settings)
{
    size_t n;
    while (settings->strip_left && *size > 0 && (n = space_bytes(*text, *size)) > 0) {
        *text += n;
        *size -= n;
    }
    size_t end = 0;
    for (size_t at = 0; at < *size;) {
        n = space_bytes(*text + at, *size - at);
        at += n > 0 ? n : 1;
        if (n == 0) end = at;
    }
    if (settings->strip_right) *size = end;
}

/* A stretch, its spaces as marks; the words in it are parted where that is wanted. */
static bool add_stretch(Buffer *words, const SentencepieceWords *settings, const char *text,
                        size_t size, Error *err)
{
    if (words->size > 0 && !buffer_add_char(words, ' ', err)) return false;
    const size_t begin = words->size;
    const bool is_marked = *text == ' ' || begins_with_mark(text, size);
    if (settings->add_prefix && !is_marked && !add_mark(words, err)) return false;
    for (size_t i = 0; i < size; i++) {
        const bool is_space = text[i] == ' ', is_mark = begins_with_mark(text + i, size - i);
        if (settings->remove_spaces && is_space && i > 0 && text[i - 1] == ' ') continue;
        if ((is_space || is_mark) && settings->split_words && words->size > begin &&
            !buffer_add_char(words, ' ', err))
            return false;
        if (!(is_space ? add_mark(words, err) : buffer_add_char(words, text[i], err))) return false;
    }
    return true;
}

static bool run_library(Normalizer *normalizer, const char *text, size_t size,
                        CleanupEvidence evidence, Error *err)
{
    const SentencepieceWords *settings = normalizer->rules->settings;
    Buffer *mapped = &normalizer->clean;
    (void)evidence;
    if (!map_all(mapped, &settings->map, text, size, err)) return false;
    const char *rest = mapped->data;
    size_t left = mapped->size;
    strip(&rest, &left, settings);
    if (!settings->split_spaces)
        return left == 0 || add_stretch(&normalizer->words, settings, rest, left, err);
    for (size_t at = 0, n; at < left; at += n) {
        n = space_bytes(rest + at, left - at);
        if (n > 0) continue;
        while (at + n < left && space_bytes(rest + at + n, left - at - n) == 0) n++;
        if (!add_stretch(&normalizer->words, settings, rest + at, n, err)) return false;
    }
    return true;
}

NormalizerRules sentencepiece_words_library(const SentencepieceWords *settings)
{
    return (NormalizerRules){
        .run = run_library, .settings = settings, .needs_whole = !settings->split_spaces};
}
