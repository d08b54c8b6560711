#include "text/mojibake.h"

#include <stdbool.h>
#include "text/codepages.h"
#include "text/unicode.h"

enum { ACUTE_ACCENT = 0xB4, APOSTROPHE = 0x2019, TRADE_MARK = 0x2122 };
enum { MOST_LAYERS = 3 }; /* text that was mis-decoded again and again */

/* The characters around a sequence that might be repaired; 0 at the ends of the line. */
typedef struct Context {
    uint32_t before;
    uint32_t second; /* the sequence's own second character */
    uint32_t after;
} Context;

/* Quotes, dashes, ellipsis and spaces: what may follow a letter at the end of a real word. */
static bool is_typographic(uint32_t c)
{
    return (c >= 0x2013 && c <= 0x2026) || c == 0xA0 || c == 0xAB || c == 0xBB;
}

/* Inside or at the start of a word in lower case: there no capital with an accent belongs. */
static bool is_in_lower_word(const Context *at)
{
    bool before = unicode_is_ascii_lower(at->before), after = unicode_is_ascii_lower(at->after);
    return (before || after) && !unicode_is_upper(at->before) && !unicode_is_upper(at->after);
}

/* Would an English book rather hold `c`, two bytes of UTF-8, than the two characters read for it? */
static bool is_likely_pair(uint32_t c, const Context *at)
{
    bool follows_capital = unicode_is_upper(at->before);
    if (c < 0xA0) /* a stray C1 control, as it is or read as windows-1252 in its turn */
        return at->second == c || (!follows_capital && is_typographic(at->second));
    if (c >= 0x180) return false;
    if (at->second == ACUTE_ACCENT && c == 0xAB) return false; /* "`\u00AC\u00B4`" is a face */
    if (at->second == APOSTROPHE && c == 0xD2) return false;   /* several of a letter A tilde */
    if (unicode_is_letter(at->second) || (c >= 0x100 && is_typographic(at->second)))
        return is_in_lower_word(at);
    bool may_be_mark = c >= 0x100 || is_typographic(at->second) || at->second == TRADE_MARK;
    return !(follows_capital && may_be_mark);
}

/* The same for three and four bytes: dashes, quotes, ligatures, signs, pictures. */
static bool is_likely_long(uint32_t c)
{
    return (c >= 0x2009 && c <= 0x203A) || c == 0x20AC || c == 0x2122 || c == 0x2212 ||
           (c >= 0x2190 && c <= 0x21FF) || (c >= 0x2500 && c <= 0x27BF) ||
           (c >= 0xFB00 && c <= 0xFB06) || c == 0xFEFF || c == 0xFFFD ||
           (c >= 0x1F300 && c <= 0x1FAFF);
}

/* The character whose UTF-8 bytes, read in `page`, begin the n characters; 0: none likely. */
static uint32_t read_sequence(Codepage page, const uint32_t *text, size_t n, uint32_t before,
                              size_t *length)
{
    unsigned lead = codepages_byte(page, text[0]);
    if (lead < 0xC2 || lead > 0xF4) return 0;
    *length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (*length > n) return 0;
    char bytes[UNICODE_MAX_BYTES] = {(char)lead};
    for (size_t i = 1; i < *length; i++) {
        unsigned byte = codepages_byte(page, text[i]);
        if (byte < 0x80 || byte > 0xBF) return 0;
        bytes[i] = (char)byte;
    }
    uint32_t c;
    if (unicode_decode(&c, bytes, *length) != (int)*length) return 0;
    Context context = {before, text[1], *length < n ? text[*length] : 0};
    bool likely = *length == 2 ? is_likely_pair(c, &context) : is_likely_long(c);
    return likely ? c : 0;
}

/* An a grave whose second byte, a no-break space, became a space or was lost: at the end of a word of small
 * letters, or alone before one; in a row of capitals it is a letter. How many of n characters at `text` stand
 * for it; 0: none do. */
static size_t lone_a_grave_length(const uint32_t *text, size_t n, uint32_t before)
{
    if (text[0] != 0xC3 || unicode_is_upper(before) || (n > 1 && unicode_is_letter(text[1])))
        return 0;
    size_t n_spaces = 0;
    while (n_spaces + 1 < n && n_spaces < 2 && text[n_spaces + 1] == ' ') n_spaces++;
    bool before_word =
        n_spaces > 0 && n_spaces + 1 < n && unicode_is_ascii_lower(text[n_spaces + 1]);
    if (!before_word && !unicode_is_ascii_lower(before)) return 0;
    return n_spaces == 2 ? 2 : 1;
}

/* One layer of UTF-8 read in one of the code pages; returns the new count. */
static size_t repair_layer(uint32_t *text, size_t n)
{
    size_t kept = 0;
    for (size_t at = 0; at < n;) {
        uint32_t c = 0, before = kept > 0 ? text[kept - 1] : 0;
        size_t length = 1;
        for (int page = 0; text[at] >= 0x80 && !c && page <= CODEPAGE_MAC_ROMAN; page++)
            c = read_sequence((Codepage)page, text + at, n - at, before, &length);
        if (!c) {
            length = lone_a_grave_length(text + at, n - at, before);
            c = length > 0 ? 0xE0 : 0;
        }
        text[kept++] = c ? c : text[at];
        at += c ? length : 1;
    }
    return kept;
}

size_t mojibake_repair(uint32_t *character, size_t n)
{
    bool suspicious = false;
    for (size_t i = 0; i < n && !suspicious; i++)
        suspicious = (character[i] >= 0x80 && character[i] < 0x193) || character[i] == 0x201A ||
                     character[i] == 0x221A;
    for (int layer = 0; suspicious && layer < MOST_LAYERS; layer++) {
        size_t left = repair_layer(character, n);
        if (left == n) break;
        n = left;
    }
    return n;
}

uint32_t mojibake_windows_1252(uint32_t byte)
{
    return codepages_character(CODEPAGE_WINDOWS_1252, byte);
}
