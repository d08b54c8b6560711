#include "text/released_cleanup.h"

#include <string.h>
#include "text/codepages.h"
#include "text/entities.h"
#include "text/plain_lines.h"
#include "text/released_encoding.h"
#include "text/unicode.h"

enum {
    MOST_ROUNDS = 100,
    LONGEST_DECODED = 1000000 /* characters of a line whose encoding is looked at */
};
enum { ESCAPE = 0x1B, LONG_S = 0x17F };

typedef struct Line {
    uint32_t *c;
    size_t n;
} Line;

static bool is_ascii_letter(uint32_t c)
{
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

/* ESC [ numbers letter; 0: none. */
static size_t terminal_code_length(const uint32_t *c, size_t n)
{
    if (n < 3 || c[0] != ESCAPE || c[1] != '[') return 0;
    size_t end = 2;
    while (end < n && ((c[end] >= '0' && c[end] <= '9') || c[end] == ';')) end++;
    return end < n && is_ascii_letter(c[end]) ? end + 1 : 0;
}

static void remove_terminal_codes(Line *line)
{
    size_t kept = 0;
    for (size_t at = 0; at < line->n;) {
        size_t code = terminal_code_length(line->c + at, line->n - at);
        if (code == 0) line->c[kept++] = line->c[at];
        at += code > 0 ? code : 1;
    }
    line->n = kept;
}

/* The character of the entity at text[0] == '&'; 0: none. C1 controls are what windows-1252 means. */
static uint32_t read_entity(const uint32_t *text, size_t n, size_t *used)
{
    static const char apostrophe[] = "&apos;";
    size_t same = 0;
    while (same < n && same < sizeof apostrophe - 1 && text[same] == (uint32_t)apostrophe[same])
        same++;
    *used = same;
    if (same == sizeof apostrophe - 1) return '\'';
    if (n > 2 && text[1] == '#' && text[2] == 'X') return 0;
    uint32_t c = entities_read(text, n, used);
    return c >= 0x80 && c <= 0x9F ? codepages_character(CODEPAGE_WINDOWS_1252, c) : c;
}

static void replace_entities(Line *line)
{
    size_t kept = 0;
    for (size_t at = 0; at < line->n;) {
        size_t used = 1;
        uint32_t c = line->c[at] == '&' ? read_entity(line->c + at, line->n - at, &used) : 0;
        line->c[kept++] = c ? c : line->c[at];
        at += c ? used : 1;
    }
    line->n = kept;
}

/* What one character becomes; returns how many. */
static size_t clean_character(uint32_t parts[UNICODE_MOST_PARTS], uint32_t c)
{
    static const char *const ligatures[] = {"ff", "fi", "fl", "ffi", "ffl", "st", "st"};
    parts[0] = c;
    if (c >= ' ' && c < 0x7F) return 1;
    if ((c >= 0xFB00 && c <= 0xFB06) || c == 0x132 || c == 0x133) {
        const char *letters = c == 0x132 ? "IJ" : c == 0x133 ? "ij" : ligatures[c - 0xFB00];
        for (size_t i = 0; letters[i]; i++) parts[i] = (uint32_t)letters[i];
        if (c == 0xFB05) parts[0] = LONG_S;
        return strlen(letters);
    }
    if (c >= 0xFF01 && c < 0xFFF0) return unicode_decompose_width(parts, c);
    if (c == 0x3000) parts[0] = ' ';
    if (c >= 0x2018 && c <= 0x201B) parts[0] = '\'';
    if (c >= 0x201C && c <= 0x201F) parts[0] = '"';
    if (c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029) parts[0] = '\n';
    bool removed = c < '\t' || c == 0x0B || (c >= 0x0E && c < ' ') || c == 0x7F ||
                   (c >= 0x206A && c <= 0x206F) || c == 0xFEFF || (c >= 0xFFF9 && c <= 0xFFFC) ||
                   (c >= 0x1D173 && c <= 0x1D17A) || (c >= 0xE0000 && c <= 0xE007F);
    return !removed;
}

/* The steps that look at one character; into new memory, because a ligature is longer than it was. */
static bool clean_characters(Line *line, Arena *arena, Error *err)
{
    Line clean = {0};
    uint32_t parts[UNICODE_MOST_PARTS] = {0};
    size_t room = 0;
    for (size_t at = 0; at < line->n; at++) room += clean_character(parts, line->c[at]);
    clean.c = arena_alloc(arena, room, sizeof *clean.c, err);
    if (!clean.c) return false;
    bool composed = true;
    for (size_t at = 0; at < line->n; at++) {
        bool before_newline = line->c[at] == '\r' && at + 1 < line->n && line->c[at + 1] == '\n';
        size_t n = before_newline ? 0 : clean_character(parts, line->c[at]);
        for (size_t i = 0; i < n; i++) {
            composed = composed && parts[i] < 0x300;
            clean.c[clean.n++] = parts[i];
        }
    }
    *line = clean;
    return composed || unicode_compose_characters(&line->c, &line->n, arena, err);
}

/* One round of all steps; *changed: another is due. */
static bool clean_round(Line *line, bool *changed, bool with_entities, Arena *arena, Error *err)
{
    Line before = {arena_alloc(arena, line->n, sizeof *before.c, err), line->n};
    if (!before.c) return false;
    if (line->n > 0) memcpy(before.c, line->c, line->n * sizeof *line->c);
    remove_terminal_codes(line);
    if (line->n <= LONGEST_DECODED && !released_encoding_repair(&line->c, &line->n, arena, err))
        return false;
    if (with_entities) replace_entities(line);
    if (!clean_characters(line, arena, err)) return false;
    *changed = line->n != before.n ||
               (line->n > 0 && memcmp(line->c, before.c, line->n * sizeof *line->c) != 0);
    return true;
}

/* A line that is not plain, with the newline at its end. */
static bool clean_line(Buffer *clean, const char *text, size_t size, bool with_entities,
                       Arena *scratch, Error *err)
{
    ArenaMark mark = arena_mark(scratch);
    Line line = {arena_alloc(scratch, size, sizeof *line.c, err), 0};
    if (!line.c) return false;
    for (size_t at = 0; at < size; line.n++)
        at += (size_t)unicode_decode(&line.c[line.n], text + at, size - at);
    bool changed = true;
    for (int round = 0; changed && round < MOST_ROUNDS; round++)
        if (!clean_round(&line, &changed, with_entities, scratch, err)) return false;
    if (!buffer_reserve(clean, line.n * UNICODE_MAX_BYTES, err)) return false;
    for (size_t i = 0; i < line.n; i++)
        clean->size += (size_t)unicode_encode(clean->data + clean->size, line.c[i]);
    arena_reset(scratch, mark);
    return true;
}

bool released_cleanup_text(Buffer *clean, const char *text, size_t size, Arena *scratch, Error *err)
{
    bool with_entities = true;
    for (size_t begin = 0, next; begin < size; begin = next) {
        size_t end;
        bool plain = plain_lines_end(&end, &next, text, begin, size);
        if (next > size) next = size;
        with_entities = with_entities && !(memchr(text + begin, '<', next - begin) &&
                                           memchr(text + begin, '>', next - begin));
        bool added =
            plain ? buffer_add(clean, text + begin, end - begin, err) &&
                        (text[next - 1] != '\n' || buffer_add_char(clean, '\n', err))
                  : clean_line(clean, text + begin, next - begin, with_entities, scratch, err);
        if (!added) return false;
    }
    return true;
}
