#include "text/mojibake_mac.h"

#include <string.h>
#include "text/codepages.h"
#include "text/unicode.h"

enum { FEWEST_CLUES = 2 }; /* one may be a name */

enum { T_CARON = 0x165, S_CARON = 0x161, I_ACUTE = 0xED };

static bool is_one_of(uint32_t c, const char *list)
{
    return c > 0 && c < 0x80 && strchr(list, (int)c);
}

/* Capitals that stand for o umlaut, o circumflex, e diaeresis and c cedilla inside a word. */
static bool is_mac_capital(uint32_t c)
{
    return c == 0x172 || c == 0x170 || c == 0x17D || c == 0xC1;
}

/* --- what a text as a whole says ----------------------------------------------------------------- */

/* Central European languages have t caron as well ("rados\u0165", "Ba\u0165a"), but not before e, not before
 * these consonants, and not at the end after those. */
static bool is_e_acute(uint32_t before, uint32_t after)
{
    if (after == 'e' || is_one_of(after, "bcdfglprv")) return true;
    return !unicode_is_letter(after) && is_one_of(before, "bdfgnpt");
}

/* A closing quote: after punctuation, where no word begins or ends. */
static bool is_quote(uint32_t before, uint32_t c, uint32_t after)
{
    return c == I_ACUTE && is_one_of(before, ",.!?;:") && !unicode_is_letter(after);
}

static bool is_clue(uint32_t before, uint32_t c, uint32_t after)
{
    if (c == T_CARON) return is_e_acute(before, after);
    if (is_mac_capital(c))
        return unicode_is_ascii_lower(before) &&
               (unicode_is_ascii_lower(after) || !unicode_is_letter(after));
    return is_quote(before, c, after);
}

/* Letters that no Western character is read as: c, e and r caron, l caron and stroke, c acute, ogoneks. */
static bool is_counter_clue(uint32_t c)
{
    static const uint16_t letters[] = {0x10D, 0x11B, 0x159, 0x13E, 0x142, 0x107, 0x105, 0x119};
    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
        if (letters[i] == c) return true;
    return false;
}

bool mojibake_mac_is_likely(const char *text, size_t size)
{
    size_t n_clues = 0, n_counter_clues = 0;
    for (size_t at = 0; at < size;) {
        if ((unsigned char)text[at] < 0x80) {
            at++;
            continue;
        }
        uint32_t c, after = 0;
        uint32_t before = at > 0 && (unsigned char)text[at - 1] < 0x80 ? (uint32_t)text[at - 1] : 0;
        at += (size_t)unicode_decode(&c, text + at, size - at);
        if (at < size) unicode_decode(&after, text + at, size - at);
        n_clues += is_clue(before, c, after);
        n_counter_clues += is_counter_clue(c);
    }
    return n_clues >= FEWEST_CLUES && n_clues > n_counter_clues;
}

/* --- the words of such a text -------------------------------------------------------------------- */

/* Does the letter at text[at] show that its word was read wrongly? s caron is a umlaut in German words
 * ("Fr\u0161ulein"): after a consonant, before u or another consonant. */
static bool is_mac_letter(const uint32_t *text, size_t n, size_t at)
{
    uint32_t before = at > 0 ? text[at - 1] : 0, after = at + 1 < n ? text[at + 1] : 0;
    switch (text[at]) {
    case T_CARON: return true;
    case 0x172: return unicode_is_ascii_lower(before) || unicode_is_ascii_lower(after);
    case 0x170:
    case 0x17D:
    case 0xC1: return unicode_is_ascii_lower(before);
    case S_CARON:
        return before < 0x80 && after < 0x80 && unicode_is_letter(before) &&
               unicode_is_letter(after) && !is_one_of(before | 0x20, "aeiouy") &&
               !is_one_of(after | 0x20, "aeioy");
    default: return false;
    }
}

/* Whether the i acute at text[at] was a closing quote; after a letter it may be a name ("Mart\u00ED"). */
static bool is_mac_quote(const uint32_t *text, size_t n, size_t at)
{
    if (at == 0 || (at + 1 < n && unicode_is_letter(text[at + 1]))) return false;
    return text[at] == I_ACUTE && is_one_of(text[at - 1], ",.!?;:-");
}

void mojibake_mac_repair(uint32_t *text, size_t n)
{
    for (size_t begin = 0; begin < n;) {
        size_t end = begin;
        bool found = false;
        while (end < n && unicode_is_letter(text[end])) {
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
