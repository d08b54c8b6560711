#include "text/released_encoding.h"

#include <string.h>
#include "text/codepages.h"
#include "text/unicode.h"

enum { LOST = 0x1A }; /* the byte that stands for U+FFFD */
enum { NO_BREAK_SPACE = 0xA0 };

typedef struct Line {
    uint32_t *c;
    size_t n;
} Line;

/* --- what a text costs ---------------------------------------------------------------------------- */

static bool is_latin(uint32_t c)
{
    if (c < 0x250) return c != 0xAA && c != 0xB5 && c != 0xBA;
    return c == 0x259 || (c >= 0x1D00 && c <= 0x1D25) || (c >= 0x1D6B && c <= 0x1D77) ||
           (c >= 0x1D79 && c <= 0x1D9A) || (c >= 0x1E00 && c <= 0x1EFF) ||
           (c >= 0x2C60 && c <= 0x2C7B) || (c >= 0xA722 && c <= 0xA787) ||
           (c >= 0xA78B && c <= 0xA7FF) || (c >= 0xAB30 && c <= 0xAB64) ||
           (c >= 0xFB00 && c <= 0xFB06);
}

static char letter_kind(uint32_t c, char category)
{
    if (is_latin(c)) return category == 'u' ? 'L' : 'l';
    return category == 'u' || category == 't' ? 'A'
           : category == 'l'                  ? 'a'
           : category == 'o'                  ? 'C'
                                              : 'm';
}

/* L l a Latin letter, A a another, C one without case, i phonetic, m a modifier, M a mark, N a number sign,
 * 1 mathematics and currency, 2 a lone accent, 3 another symbol, X a control, P private, _ unassigned,
 * space, o the rest. */
static char kind_of(uint32_t c)
{
    if (c == '^' || c == '~' || c == '`' || c == 0xB4 || c == 0x2DD || c == 0xFF3E || c == 0xFF40)
        return 'o';
    if (c >= 0x250 && c < 0x300 && c != 0x259) return 'i';
    const char *category = unicode_category(c);
    if (category[0] == 'L') return letter_kind(c, category[1]);
    if ((c >= 0xFE00 && c <= 0xFE0F) || (c >= 0x1F3FB && c <= 0x1F3FF)) return '3';
    if (c == '\t' || c == '\n' || c == '\f' || c == '\r' || category[0] == 'Z') return ' ';
    if (category[0] == 'M') return 'M';
    if (!strcmp(category, "No")) return 'N';
    if (!strcmp(category, "Sm") || !strcmp(category, "Sc")) return '1';
    if (!strcmp(category, "Sk")) return '2';
    if (!strcmp(category, "So")) return '3';
    if (!strcmp(category, "Cc")) return 'X';
    if (!strcmp(category, "Co")) return 'P';
    if (!strcmp(category, "Cn")) return c >= 0x1F000 && c <= 0x1FFFF ? '3' : '_';
    return 'o';
}

static bool is_kind(char kind, const char *list)
{
    return kind && strchr(list, kind);
}

/* How many of two kinds that stand together are odd; 0: none. */
static int odd_length(char a, char b)
{
    bool odd_pair = (a == 'l' && b == 'A') || (b == 'M' && a != 'C' && a != 'M' && a) ||
                    (is_kind(a, "Ll") && is_kind(b, "AaC")) ||
                    (is_kind(a, "AaC") && is_kind(b, "Ll")) || (is_kind(a, "LA") && b == 'i') ||
                    (a == 'i' && is_kind(b, "LA"));
    if (odd_pair) return 2;
    if (is_kind(a, "2XP_")) return 1;
    return a != b && is_kind(a, "MmN13") && is_kind(b, "MmN13") ? 2 : 0;
}

/* Signs that mojibake is made of, but real text too. */
static bool is_common_sign(uint32_t c)
{
    static const uint16_t signs[] = {0xA0,   0xA1,   0xAB,   0xAE,   0xB0,   0xB4,   0xBB,
                                     0xBF,   0xD7,   0xDF,   0x2013, 0x2014, 0x2018, 0x2019,
                                     0x201C, 0x201D, 0x2026, 0x2039, 0x203A, 0x2122, 0xFEFF};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (signs[i] == c) return true;
    return false;
}

static bool find_cost(long *cost, Line line, Arena *arena, Error *err)
{
    *cost = (long)line.n;
    bool composed = true;
    for (size_t i = 0; i < line.n; i++) composed = composed && line.c[i] < 0x300;
    if (!composed && !unicode_compose_characters(&line.c, &line.n, arena, err)) return false;
    for (size_t i = 0; i < line.n; i++) *cost -= line.c[i] >= 0x80 && is_common_sign(line.c[i]);
    for (size_t i = 0; i < line.n;) {
        char next = i + 1 < line.n ? kind_of(line.c[i + 1]) : 0;
        int odd = odd_length(kind_of(line.c[i]), next);
        *cost += odd > 0 ? 2 : 0;
        i += odd > 0 ? (size_t)odd : 1;
    }
    return true;
}

/* --- bytes ---------------------------------------------------------------------------------------- */

typedef struct Encoding {
    Codepage page;
    bool is_latin_1;
    bool is_sloppy; /* U+FFFD is LOST */
    int cost;
} Encoding;

static const Encoding encodings[] = {
    {.is_latin_1 = true},
    {.page = CODEPAGE_WINDOWS_1252, .is_sloppy = true},
    {.page = CODEPAGE_WINDOWS_1250, .is_sloppy = true, .cost = 2},
    {.page = CODEPAGE_ISO_8859_2, .cost = 2},
    {.page = CODEPAGE_WINDOWS_1251, .is_sloppy = true, .cost = 3},
    {.page = CODEPAGE_MAC_ROMAN, .cost = 2},
    {.page = CODEPAGE_DOS_437, .cost = 3},
};

/* The byte of a character; -1: the encoding has none. */
static int encode_character(const Encoding *encoding, uint32_t c)
{
    if (encoding->is_sloppy && c == UNICODE_REPLACEMENT) return LOST;
    if (c < 0x80) return encoding->is_sloppy && c == LOST ? -1 : (int)c;
    if (encoding->is_latin_1) return c < 0x100 ? (int)c : -1;
    for (unsigned byte = 0x80; byte < 0x100; byte++)
        if (codepages_character(encoding->page, byte) == c) return (int)byte;
    return -1;
}

static bool encode_line(unsigned char *bytes, const Encoding *encoding, Line line)
{
    for (size_t i = 0; i < line.n; i++) {
        int byte = encode_character(encoding, line.c[i]);
        if (byte < 0) return false;
        bytes[i] = (unsigned char)byte;
    }
    return true;
}

/* How many bytes a character has that this one begins; 0: it begins none. */
static size_t sequence_length(unsigned char lead)
{
    if (lead >= 0xF0 && lead <= 0xF4) return 4;
    if (lead >= 0xE0 && lead <= 0xEF) return 3;
    return lead >= 0xC2 && lead <= 0xDF ? 2 : 0;
}

static bool is_continuation(unsigned char byte)
{
    return byte >= 0x80 && byte <= 0xBF;
}

/* Where a no-break space became a space inside what would be UTF-8; 0: it is not so. */
static size_t find_lost_space(const unsigned char *bytes, size_t n)
{
    size_t length = sequence_length(bytes[0]), space = 0;
    if (length == 0 || length > n) return 0;
    if (length == 2) return memchr("\xC2\xC3\xC5\xCE\xD0", bytes[0], 5) && bytes[1] == ' ';
    for (size_t i = 1; i < length; i++) {
        if (bytes[i] == ' ' && space == 0) space = i;
        else if (!is_continuation(bytes[i])) return 0;
    }
    return space;
}

/* Puts no-break spaces back; what that costs: 2 for each there is then, if there was any to put back. */
static int restore_spaces(unsigned char *bytes, size_t n)
{
    bool restored = false;
    int n_spaces = 0;
    for (size_t at = 0; at < n;) {
        size_t space = find_lost_space(bytes + at, n - at);
        if (space > 0) bytes[at + space] = NO_BREAK_SPACE;
        restored = restored || space > 0;
        at += space > 0 ? sequence_length(bytes[at]) : 1;
    }
    for (size_t at = 0; at < n; at++) n_spaces += bytes[at] == NO_BREAK_SPACE;
    return restored ? 2 * n_spaces : 0;
}

/* The length of a sequence with lost bytes, which reads as one U+FFFD; 0: none. */
static size_t lossy_length(const unsigned char *bytes, size_t n)
{
    if (bytes[0] == LOST) return 1;
    size_t length = sequence_length(bytes[0]);
    bool lost = false;
    if (length == 0 || length > n) return 0;
    for (size_t i = 1; i < length; i++) {
        if (bytes[i] != LOST && !is_continuation(bytes[i])) return 0;
        lost = lost || bytes[i] == LOST;
    }
    return lost ? length : 0;
}

/* A character beyond U+FFFF as two surrogates of three bytes each; 0: none. */
static uint32_t read_surrogates(const unsigned char *b, size_t n)
{
    if (n < 6 || b[0] != 0xED || b[1] < 0xA0 || b[1] > 0xAF || !is_continuation(b[2]) ||
        b[3] != 0xED || b[4] < 0xB0 || b[4] > 0xBF || !is_continuation(b[5]))
        return 0;
    return 0x10000 +
           ((b[1] & 0x0Fu) << 16 | (b[2] & 0x3Fu) << 10 | (b[4] & 0x0Fu) << 6 | (b[5] & 0x3Fu));
}

/* Reads the bytes as UTF-8; false: they are not. `lossy`: LOST bytes are U+FFFD. */
static bool decode_line(Line *line, const unsigned char *bytes, size_t n, bool lossy)
{
    line->n = 0;
    for (size_t at = 0; at < n;) {
        uint32_t c;
        size_t used = lossy ? lossy_length(bytes + at, n - at) : 0;
        if (used > 0) {
            c = UNICODE_REPLACEMENT;
        } else if (bytes[at] == 0xC0 && at + 1 < n && bytes[at + 1] == 0x80) {
            c = 0;
            used = 2;
        } else if ((c = read_surrogates(bytes + at, n - at)) != 0) {
            used = 6;
        } else {
            used = (size_t)unicode_decode(&c, (const char *)bytes + at, n - at);
            if (c == UNICODE_REPLACEMENT && used < 3) return false;
        }
        line->c[line->n++] = c;
        at += used;
    }
    return true;
}

/* --- steps ---------------------------------------------------------------------------------------- */

/* General punctuation as windows-1252 shows its three bytes, wherever it stands; false: there is none. */
static bool repair_punctuation(Line *repaired, Line line)
{
    const Encoding *windows = &encodings[1];
    bool found = false;
    repaired->n = 0;
    for (size_t at = 0; at < line.n;) {
        int third = at + 2 < line.n && line.c[at] == 0xE2 && line.c[at + 1] == 0x20AC
                        ? encode_character(windows, line.c[at + 2])
                        : -1;
        bool is_one = third >= 0x80 && third <= 0xBF;
        repaired->c[repaired->n++] = is_one ? 0x2000 + (uint32_t)(third - 0x80) : line.c[at];
        at += is_one ? 3 : 1;
        found = found || is_one;
    }
    return found;
}

/* Latin-1 that was windows-1252; false: it is neither. */
static bool read_as_windows(Line *repaired, Line line, int *cost)
{
    *cost = 0;
    repaired->n = line.n;
    for (size_t i = 0; i < line.n; i++) {
        uint32_t c = line.c[i];
        if (c >= 0x100) return false;
        bool is_control = c >= 0x80 && c <= 0x9F;
        uint32_t meant = is_control ? codepages_character(CODEPAGE_WINDOWS_1252, c) : c;
        if (is_control && meant == c) return false;
        repaired->c[i] = meant;
        if (is_control) *cost = 1;
    }
    return true;
}

/* One layer of the wrong encoding off, if there is one; *cost: of the repair. `bytes` has room for line.n. */
static void repair_step(Line *repaired, int *cost, Line line, unsigned char *bytes)
{
    bool ascii = true;
    *cost = 0;
    for (size_t i = 0; i < line.n; i++) ascii = ascii && line.c[i] < 0x80;
    for (size_t k = 0; !ascii && k < sizeof encodings / sizeof *encodings; k++) {
        if (!encode_line(bytes, &encodings[k], line)) continue;
        int spaces = restore_spaces(bytes, line.n);
        *cost = encodings[k].cost + spaces;
        if (decode_line(repaired, bytes, line.n, encodings[k].is_sloppy)) return;
    }
    *cost = 1;
    if (!ascii && repair_punctuation(repaired, line)) return;
    if (!ascii && read_as_windows(repaired, line, cost)) return;
    *cost = 0;
    repaired->n = line.n;
    memcpy(repaired->c, line.c, line.n * sizeof *line.c);
}

bool released_encoding_repair(uint32_t **characters, size_t *n, Arena *arena, Error *err)
{
    Line line = {*characters, *n};
    unsigned char *bytes = arena_alloc(arena, *n, 1, err);
    long best, cost, steps = 0;
    if (!bytes || !find_cost(&best, line, arena, err)) return false;
    for (;;) {
        int step;
        Line next = {arena_alloc(arena, *n, sizeof *next.c, err), 0};
        if (!next.c) return false;
        repair_step(&next, &step, line, bytes);
        if (next.n == line.n && memcmp(next.c, line.c, line.n * sizeof *line.c) == 0) return true;
        steps += step;
        if (!find_cost(&cost, next, arena, err)) return false;
        if (cost + steps < best) {
            best = cost + steps;
            *characters = next.c;
            *n = next.n;
        }
        line = next;
    }
}
