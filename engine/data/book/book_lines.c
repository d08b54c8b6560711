#include "data/book/book_lines.h"

#include <ctype.h>
#include <string.h>

#include "data/book/book_heading.h"

enum {
    NEAR_LINES = 20,     /* the width of the page is read off this many lines before and after */
    SPACED_ONE_IN = 50,  /* a book with fewer empty lines than one in 50 does not use them */
    LONGEST_LINE = 4096, /* longer ones count as this long in the histogram */
};

/* --- reading ------------------------------------------------------------------------------------ */

typedef struct LineScan {
    const char *bytes, *end;
    char *out; /* cleaned bytes so far; never more than were read */
} LineScan;

static bool is_no_break_space(const char *at, const char *end)
{
    return end - at >= 2 && (unsigned char)at[0] == 0xC2 && (unsigned char)at[1] == 0xA0;
}

static bool is_byte_order_mark(const char *at, const char *end)
{
    return end - at >= 3 && memcmp(at, "\xEF\xBB\xBF", 3) == 0;
}

/* One line to `line`, its ending (LF, CR LF or CR) consumed. A form feed is a page break inside a line. */
static void scan_line(LineScan *scan, BookLine *line)
{
    char *start = scan->out;
    bool space = false;
    *line = (BookLine){.text = start};
    while (scan->bytes < scan->end) {
        const char *at = scan->bytes;
        unsigned char c = (unsigned char)*at;
        if (c == '\n' || c == '\r') {
            scan->bytes += c == '\r' && at + 1 < scan->end && at[1] == '\n' ? 2 : 1;
            break;
        }
        if (is_byte_order_mark(at, scan->end)) {
            scan->bytes += 3;
            continue;
        }
        bool wide = is_no_break_space(at, scan->end);
        scan->bytes += wide ? 2 : 1;
        if (wide || c == ' ' || c == '\t' || c == '\f' || c == '\v') {
            space = true;
        } else if (c >= ' ' && c != 0x7F && c != '_') {
            if (space && scan->out == start) line->indented = true;
            else if (space) *scan->out++ = ' ';
            space = false;
            *scan->out++ = (char)c;
        }
    }
    line->size = (size_t)(scan->out - start);
}

static size_t count_line_ends(const char *bytes, size_t size)
{
    size_t n = 1;
    for (size_t i = 0; i < size; i++) n += bytes[i] == '\n' || bytes[i] == '\r';
    return n;
}

/* --- layout ------------------------------------------------------------------------------------- */

static size_t first_word_size(const BookLine *line)
{
    const char *space = memchr(line->text, ' ', line->size);
    return space ? (size_t)(space - line->text) : line->size;
}

static char last_byte(const BookLine *line)
{
    return line->text[line->size - 1];
}

static bool ends_sentence(const BookLine *line)
{
    return strchr(".!?:\"'", last_byte(line)) != NULL;
}

/* A capital, a figure or an opening quotation mark: what a paragraph or a line of verse begins with. */
static bool opens_sentence(const BookLine *line)
{
    unsigned char c = (unsigned char)line->text[0];
    return isupper(c) || isdigit(c) || c == '"' || c == '\'' || c == '`' || c == '[' || c >= 0x80;
}

static size_t percentile(const size_t *histogram, size_t n, size_t percent)
{
    size_t below = 0, value = 0;
    while (value < LONGEST_LINE && (below += histogram[value]) * 100 < n * percent) value++;
    return value;
}

static size_t page_width(const BookLines *lines, size_t index)
{
    size_t begin = index > NEAR_LINES ? index - NEAR_LINES : 0;
    size_t end = index + NEAR_LINES < lines->n ? index + NEAR_LINES : lines->n, width = 0;
    for (size_t i = begin; i < end; i++)
        if (lines->items[i].size > width) width = lines->items[i].size;
    return width < lines->columns ? width : lines->columns;
}

/* Columns that line index - 1 leaves free, even with the first word of line `index` after it; 0 if that
 * word had no room. */
static size_t room_before(const BookLines *lines, size_t index)
{
    size_t used = lines->items[index - 1].size + 1 + first_word_size(&lines->items[index]);
    size_t width = page_width(lines, index);
    return width > used ? width - used : 0;
}

/* Typesetters and scanners do not fill lines greedily: how much room lines leave that surely do not end
 * a paragraph (no full stop before, a small letter after) says what room means nothing. */
static size_t measure_room(const BookLines *lines, size_t *histogram)
{
    size_t n = 0;
    memset(histogram, 0, (LONGEST_LINE + 1) * sizeof *histogram);
    for (size_t i = 1; i < lines->n; i++) {
        if (lines->items[i].after_blank || !islower((unsigned char)lines->items[i].text[0]) ||
            ends_sentence(&lines->items[i - 1]))
            continue;
        histogram[room_before(lines, i)]++;
        n++;
    }
    return n ? percentile(histogram, n, 97) : 0;
}

bool book_lines_read(BookLines *lines, const char *bytes, size_t size, Arena *arena, Error *err)
{
    *lines = (BookLines){0};
    size_t most = count_line_ends(bytes, size), n_blank = 0;
    LineScan scan = {bytes, bytes + size, arena_alloc(arena, size + 1, 1, err)};
    lines->items = arena_alloc(arena, most, sizeof *lines->items, err);
    size_t *histogram = arena_alloc(arena, LONGEST_LINE + 1, sizeof *histogram, err);
    if (!scan.out || !lines->items || !histogram) return false;

    bool after_blank = true;
    while (scan.bytes < scan.end) {
        BookLine line;
        scan_line(&scan, &line);
        if (line.size == 0) {
            n_blank++;
            after_blank = true;
            continue;
        }
        line.after_blank = after_blank;
        after_blank = false;
        lines->items[lines->n++] = line;
        histogram[line.size < LONGEST_LINE ? line.size : LONGEST_LINE]++;
    }
    lines->columns = percentile(histogram, lines->n, 90);
    lines->wrapped = lines->columns <= BOOK_WRAP_COLUMNS;
    lines->spaced = n_blank * SPACED_ONE_IN > lines->n;
    if (lines->wrapped) lines->room_needed = measure_room(lines, histogram);
    return true;
}

bool book_lines_begins_paragraph(const BookLines *lines, size_t index)
{
    const BookLine *before = &lines->items[index - 1], *line = &lines->items[index];
    if (!lines->wrapped || line->after_blank) return true;
    if (line->size >= 3 && book_heading_kind(line->text, line->size) == BOOK_ORNAMENT) return true;
    if (!opens_sentence(line)) return false;
    bool stops = ends_sentence(before);
    bool early = room_before(lines, index) > lines->room_needed;
    bool half = before->size * 3 < page_width(lines, index) * 2; /* verse, addresses, titles */
    if (half) return true;
    if (book_heading_kind(before->text, before->size) != BOOK_TEXT) return true;
    if (book_heading_kind(line->text, line->size) != BOOK_TEXT) return stops || early;
    if (lines->spaced) return false;
    if (line->indented && (stops || !before->indented)) return true;
    bool closes_quote = last_byte(before) == '"' || last_byte(before) == '\'';
    if (closes_quote && line->text[0] == last_byte(before)) return true; /* another speaker */
    return stops && early;
}
