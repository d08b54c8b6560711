#include "report/table/table_fit.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/encoding.h"

/* In points, at the sizes that are used: 8 points, and 7 of intervals. */
enum { COLUMN_OF_PAGE = 236, MOST_TITLE = 78, BETWEEN = 6 };
static const double letter = 4.25, small_letter = 3.8;

/* --- columns --------------------------------------------------------------------------------------- */

/* A column is as wide as its interval, if headings are broken behind hyphens and at spaces. */
enum { LINE_OF_HEADING = 13 }; /* characters */

size_t table_fit_line(const char *heading)
{
    size_t fits = 0;
    for (size_t end = 0; heading[end]; fits = end) {
        end += strcspn(heading + end + 1, " -") + 1;
        end += heading[end] == '-';
        if (fits > 0 && end > LINE_OF_HEADING) break;
    }
    return fits;
}

static double heading_width(const char *plain)
{
    double width = 0;
    while (*plain) {
        const size_t n = table_fit_line(plain);
        width = fmax(width, letter * (double)n);
        plain += n + (plain[n] == ' ');
    }
    return width;
}

static double field_width(const TableField *field, int digits)
{
    char value[64] = "", interval[96] = "";
    const double low = 100 * field->low, high = 100 * field->high;
    const bool plain = field->kind == TABLE_NUMBER || field->kind == TABLE_CHANGE;
    if (plain) snprintf(value, sizeof value, "%.*f", digits, field->value);
    else if (field->kind == TABLE_WORDS) snprintf(value, sizeof value, "%s", field->words);
    else if (field->kind != TABLE_NOTHING)
        snprintf(value, sizeof value, "%+.1f", 100 * field->value);
    if (plain && !isnan(field->low))
        snprintf(interval, sizeof interval, "[%.*f, %.*f]", digits, field->low, digits,
                 field->high);
    if (field->kind == TABLE_SCORE) snprintf(interval, sizeof interval, "[%.1f, %.1f]", low, high);
    if (field->kind == TABLE_EFFECT)
        snprintf(interval, sizeof interval, "[%+.1f, %+.1f]", low, high);
    return fmax(letter * (double)encoding_letters(value),
                small_letter * (double)encoding_letters(interval));
}

static double column_width(const Table *table, size_t column)
{
    const TableColumn *head = &table->column[column];
    double width = fmax(heading_width(head->title), head->unit ? heading_width(head->unit) : 0);
    for (size_t r = 0; r < table->n_rows; r++)
        width = fmax(width, field_width(table_field(table, r, column), head->digits));
    return width + BETWEEN;
}

/* --- titles of rows -------------------------------------------------------------------------------- */

static size_t count_commas(const char *text, size_t size)
{
    size_t n = 0;
    for (size_t i = 0; i < size; i++) n += text[i] == ',';
    return n;
}

/* Bytes up to the last comma and the space behind it. Of a difference only where that comma is of both sides ("a − b,
 * at 3") and not of the second alone ("a, at 3 − b, at 4"). */
static size_t up_to_last_comma(const char *title)
{
    const size_t size = strlen(title);
    const char *minus = strstr(title, " − ");
    size_t length = size;
    while (length > 0 && title[length - 1] != ',') length--;
    if (minus && count_commas(minus, size - (size_t)(minus - title)) ==
                     count_commas(title, (size_t)(minus - title)))
        return 0;
    return length > 0 && title[length] == ' ' ? length + 1 : 0;
}

/* The next row that is shown, down or up, if no rule is between; NULL: none. */
static const TableRow *neighbour(const Table *table, const TableBlock *block, size_t row, int way)
{
    for (size_t r = row; way > 0 ? r + 1 < table->n_rows : r > 0;) {
        if (way < 0 && table->row[r].begins) return NULL;
        r = way > 0 ? r + 1 : r - 1;
        if (way > 0 && table->row[r].begins) return NULL;
        if (table_row_shown(table, block, r)) return &table->row[r];
    }
    return NULL;
}

static bool shares(const TableRow *row, const TableRow *other)
{
    const size_t length = up_to_last_comma(row->title);
    return other && length > 0 && other->kind == row->kind &&
           up_to_last_comma(other->title) == length && !memcmp(row->title, other->title, length);
}

size_t table_fit_shared(const Table *table, const TableBlock *block, size_t row, bool *begins)
{
    const TableRow *here = &table->row[row];
    const bool above = shares(here, neighbour(table, block, row, -1));
    *begins = !above;
    return above || shares(here, neighbour(table, block, row, 1)) ? up_to_last_comma(here->title)
                                                                  : 0;
}

/* Lines that a title takes if as many letters stand on one, broken at spaces. */
static size_t lines_of(const char *title, size_t letters)
{
    size_t lines = 1, used = 0;
    while (*title) {
        const size_t bytes = strcspn(title, " ");
        char word[128];
        snprintf(word, sizeof word, "%.*s", (int)bytes, title);
        const size_t n = encoding_letters(word);
        if (used > 0 && used + 1 + n > letters) {
            lines++;
            used = 0;
        }
        used += n + (used > 0);
        title += bytes + (title[bytes] == ' ');
    }
    return lines;
}

/* The fewest letters on a line that make no more lines of it: a value with its interval has two. */
static size_t letters_for(const char *title, size_t lines)
{
    size_t letters = encoding_letters(title);
    while (letters > 1 && lines_of(title, letters - 1) <= lines) letters--;
    for (const char *word = title; *word; word += *word == ' ') {
        const size_t n = strcspn(word, " ");
        if (n > letters) letters = n;
        word += n;
    }
    return letters;
}

static double titles_width(const Table *table, const TableBlock *block, size_t lines)
{
    double width = block->title ? letter * (double)letters_for(block->title, lines) : 0;
    for (size_t r = 0; r < table->n_rows; r++) {
        if (!table_row_shown(table, block, r)) continue;
        bool begins;
        const size_t shared = table_fit_shared(table, block, r, &begins);
        const bool indented = shared > 0 || table->row[r].kind == TABLE_ROW_PAPER;
        const size_t letters = letters_for(table->row[r].title + shared, lines) + 1;
        width = fmax(width, letter * (double)letters + (indented ? TABLE_FIT_INDENT : 0));
    }
    return width;
}

TableFit table_fit_part(const Table *table, const TableBlock *block, size_t begin)
{
    TableFit part = {{block->title, begin, 0}, 0};
    const size_t end = block->begin + block->n;
    const double least = fmin(titles_width(table, block, 2), MOST_TITLE) + BETWEEN;
    double columns = 0;
    while (begin + part.block.n < end) {
        const double next = column_width(table, begin + part.block.n);
        if (least + columns + next > COLUMN_OF_PAGE && part.block.n > 0) break;
        columns += next;
        part.block.n++;
    }
    const double rest = COLUMN_OF_PAGE - columns - BETWEEN;
    part.title_width = fmax(least - BETWEEN, fmin(titles_width(table, block, 1), rest));
    return part;
}
