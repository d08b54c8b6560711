#include "text/mojibake.h"

#include <stdbool.h>
#include "text/codepages.h"
#include "text/unicode.h"

enum { MOST_LAYERS = 3 }; /* text that was mis-decoded again and again */

/* The characters around a sequence that might be repaired; 0 at the ends of the line. */
typedef struct Context {
    uint32_t before;
    uint32_t second; /* the sequence's own second character */
    uint32_t after;
} Context;

static bool is_ascii_letter(uint32_t c)
{
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}
static bool is_ascii_lower(uint32_t c)
{
    return c >= 'a' && c <= 'z';
}

static bool is_letter(uint32_t c)
{
    return unicode_class(c) == UNICODE_LETTER;
}

/* Quotes, dashes, ellipsis and spaces: what may follow a letter at the end of a real word. */
static bool is_typographic(uint32_t c)
{
    return (c >= 0x2013 && c <= 0x2026) || c == 0xA0 || c == 0xAB || c == 0xBB;
}

/* Inside or at the start of a word in lower case: there no capital with an accent belongs. */
static bool is_in_lower_word(const Context *at)
{
    bool before = is_ascii_lower(at->before), after = is_ascii_lower(at->after);
    return (before || after) && !unicode_is_upper(at->before) && !unicode_is_upper(at->after);
}

/* Would an English book rather hold `c`, two bytes of UTF-8, than the two characters read for it? */
static bool is_likely_pair(uint32_t c, const Context *at)
{
    if (c < 0xA0) return at->second == c; /* "\u00C2\u0092": a stray C1 control */
    if (c >= 0x180) return false;
    if (is_letter(at->second) || (c >= 0x100 && is_typographic(at->second)))
        return is_in_lower_word(at);
    return !(unicode_is_upper(at->before) && is_typographic(at->second));
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

/* An a grave whose second byte, a no-break space, became a space or was lost: no word of small letters
 * ends in the capital A tilde that is left, and none consists of it. How many characters stand for it
 * at the beginning of the text; 0: none do. */
static size_t lone_a_grave_length(const uint32_t *text, size_t n, uint32_t before)
{
    if (text[0] != 0xC3 || unicode_is_upper(before) || (n > 1 && is_letter(text[1]))) return 0;
    return n > 2 && text[1] == ' ' && text[2] == ' ' ? 2 : 1;
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

/* Does the letter at text[at] give away windows-1252 read as Mac Central Europe? Only letters that
 * English books lack in that place: t caron for e acute, a capital after a small letter, s caron where
 * German has a umlaut ("Fr\u0161ulein": after a consonant, before u or another consonant). */
static bool is_mac_letter(const uint32_t *text, size_t n, size_t at)
{
    uint32_t before = at > 0 ? text[at - 1] : 0, after = at + 1 < n ? text[at + 1] : 0;
    switch (text[at]) {
    case 0x165: return true;
    case 0x172: return is_ascii_lower(before) || is_ascii_lower(after);
    case 0x170:
    case 0x17D:
    case 0xC1: return is_ascii_lower(before);
    case 0x161: {
        bool vowel_before = false, vowel_after = false;
        for (const char *vowel = "aeioy"; *vowel; vowel++) {
            vowel_before = vowel_before || (before | 0x20) == (uint32_t)*vowel;
            vowel_after = vowel_after || (after | 0x20) == (uint32_t)*vowel;
        }
        return is_ascii_letter(before) && is_ascii_letter(after) && !vowel_before &&
               (before | 0x20) != 'u' && !vowel_after;
    }
    default: return false;
    }
}

/* An i acute that was a closing quote: after punctuation, where no word begins. After a letter it may
 * be a name ("Marti"), and stays. */
static bool is_mac_quote(const uint32_t *text, size_t n, size_t at)
{
    if (text[at] != 0xED || at == 0 || (at + 1 < n && is_letter(text[at + 1]))) return false;
    for (const char *mark = ",.!?;:-"; *mark; mark++)
        if (text[at - 1] == (uint32_t)*mark) return true;
    return false;
}

/* windows-1252 read as Mac Central Europe: the letters of each word that gives itself away. */
static void repair_mac(uint32_t *text, size_t n)
{
    for (size_t begin = 0; begin < n;) {
        size_t end = begin;
        bool found = false;
        while (end < n && is_letter(text[end])) {
            found = found || is_mac_letter(text, n, end);
            end++;
        }
        for (size_t at = begin; at < end; at++) {
            if (is_mac_quote(text, n, at)) text[at] = '\'';
            if (!found || text[at] < 0x80) continue;
            unsigned byte = codepages_byte(CODEPAGE_MAC_CENTRAL_EUROPE, text[at]);
            if (byte >= 0xC0) text[at] = byte;
        }
        begin = end + 1;
    }
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
    if (suspicious) repair_mac(character, n);
    return n;
}

uint32_t mojibake_windows_1252(uint32_t byte)
{
    return codepages_character(CODEPAGE_WINDOWS_1252, byte);
}
