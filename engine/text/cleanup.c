#include "text/cleanup.h"

#include <string.h>
#include "text/entities.h"
#include "text/mojibake.h"
#include "text/mojibake_mac.h"
#include "text/plain_lines.h"
#include "text/unicode.h"

enum { NOT_HERE = 0, ESCAPE = 0x1B, REMOVED = 0xFFFFFFFF };

/* The letters a ligature stands for; NULL: not a ligature. */
static const char *ligature_letters(uint32_t c)
{
    static const char *const presentation[] = {"ff", "fi", "fl", "ffi", "ffl", "st", "st"};
    static const char *const digraph[] = {"DZ", "Dz", "dz"};
    static const char *const caron[] = {"D\xC5\xBD", "D\xC5\xBE", "d\xC5\xBE", "LJ", "Lj",
                                        "lj",        "NJ",        "Nj",        "nj"};
    if (c >= 0xFB00 && c <= 0xFB06) return presentation[c - 0xFB00];
    if (c >= 0x1F1 && c <= 0x1F3) return digraph[c - 0x1F1];
    if (c >= 0x1C4 && c <= 0x1CC) return caron[c - 0x1C4];
    if (c == 0x132) return "IJ";
    if (c == 0x133) return "ij";
    if (c == 0x149) return "'n";
    return NULL;
}

static bool is_removed(uint32_t c)
{
    return c < '\t' || c == 0x0B || (c >= 0x0E && c < ' ') || c == 0x7F || c == 0xAD ||
           c == 0x200B || c == 0x2060 || (c >= 0x206A && c <= 0x206F) || c == 0xFEFF ||
           (c >= 0xFFF9 && c <= 0xFFFC);
}

/* One character for one; REMOVED: nothing. */
static uint32_t clean_character(uint32_t c)
{
    if (c >= ' ' && c < 0x7F) return c;
    if (c >= 0x80 && c <= 0x9F) c = mojibake_windows_1252(c);
    if (is_removed(c)) return REMOVED;
    if (c == '\r' || c == 0x2028 || c == 0x2029) return '\n';
    if (c == 0x2BC || (c >= 0x2018 && c <= 0x201B)) return '\'';
    if (c >= 0x201C && c <= 0x201F) return '"';
    if (c >= 0x2010 && c <= 0x2012) return '-';
    if (c >= 0xFF01 && c <= 0xFF5E) return c - 0xFF01 + '!';
    if (c == 0x3000) return ' ';
    return c;
}

/* Takes out what tells a terminal to colour or move: ESC [ numbers letter. Returns the new count. */
static size_t remove_terminal_codes(uint32_t *character, size_t n)
{
    size_t kept = 0;
    for (size_t at = 0; at < n;) {
        size_t end = at + 2;
        bool begins = character[at] == ESCAPE && at + 1 < n && character[at + 1] == '[';
        while (begins && end < n && character[end] >= '0' && character[end] <= ';') end++;
        bool is_code =
            begins && end < n && (character[end] | 0x20) >= 'a' && (character[end] | 0x20) <= 'z';
        if (is_code) at = end + 1;
        else character[kept++] = character[at++];
    }
    return kept;
}

static void add_character(Buffer *clean, uint32_t c)
{
    clean->size += (size_t)unicode_encode(clean->data + clean->size, c);
}

/* A line that is not plain: decode, repair, map character by character, normal form C. No step makes
 * the line longer than its bytes, so one reservation serves. */
static bool clean_line(Buffer *clean, const char *line, size_t size, CleanupEvidence evidence,
                       Arena *scratch, Error *err)
{
    ArenaMark mark = arena_mark(scratch);
    uint32_t *character = arena_alloc(scratch, size + 1, sizeof *character, err);
    if (!character || !buffer_reserve(clean, size * UNICODE_MAX_BYTES, err)) return false;
    size_t n = 0;
    for (size_t at = 0; at < size; n++)
        at += (size_t)unicode_decode(&character[n], line + at, size - at);
    n = remove_terminal_codes(character, n);
    n = entities_replace(character, n);
    n = mojibake_repair(character, n);
    if (evidence.is_from_mac) mojibake_mac_repair(character, n);

    size_t begin = clean->size;
    bool composed = true; /* below U+0300 everything is in normal form C already */
    for (size_t i = 0; i < n; i++) {
        if (character[i] == '\r' && (i + 1 == n || character[i + 1] == '\n')) continue;
        const char *letters = ligature_letters(character[i]);
        uint32_t c = letters ? NOT_HERE : clean_character(character[i]);
        for (; letters && *letters; letters++) clean->data[clean->size++] = *letters;
        if (c == NOT_HERE || c == REMOVED) continue;
        add_character(clean, c);
        composed = composed && (c < 0x300 || (c >= 0x2002 && c < 0x20D0));
    }
    if (!composed) {
        size_t length = clean->size - begin;
        char *copy = arena_alloc(scratch, length, 1, err);
        if (!copy) return false;
        memcpy(copy, clean->data + begin, length);
        clean->size = begin;
        if (!unicode_compose(clean, copy, length, scratch, err)) return false;
    }
    arena_reset(scratch, mark);
    return true;
}

CleanupEvidence cleanup_examine(const char *document, size_t size)
{
    return (CleanupEvidence){mojibake_mac_is_likely(document, size)};
}

bool cleanup_text(Buffer *clean, const char *text, size_t size, CleanupEvidence evidence,
                  Arena *scratch, Error *err)
{
    for (size_t begin = 0, next; begin < size; begin = next) {
        size_t end;
        bool plain = plain_lines_end(&end, &next, text, begin, size);
        bool added = plain ? buffer_add(clean, text + begin, end - begin, err)
                           : clean_line(clean, text + begin, end - begin, evidence, scratch, err);
        if (!added || (next <= size && !buffer_add_char(clean, '\n', err))) return false;
    }
    return true;
}
