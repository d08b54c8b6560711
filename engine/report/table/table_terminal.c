#include "report/table/table_terminal.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/encoding.h"
#include "base/wrap.h"

enum { GAP = 2, LEAST_TITLE = 20 };

/* A field in words. */
typedef struct Words {
    char value[32], interval[48]; /* empty: none */
} Words;

static void in_words(Words *words, const TableField *field, int digits)
{
    static const char *const stars[] = {"", "*", "**"};
    const char *best = stars[field->best], *mark = field->degenerate ? " †" : "";
    const double percent = 100;
    double scale = percent;
    *words = (Words){"", ""};
    switch (field->kind) {
    case TABLE_SCORE:
        snprintf(words->value, sizeof words->value, "%.1f%s%s", percent * field->value, best, mark);
        break;
    case TABLE_EFFECT:
        snprintf(words->value, sizeof words->value, "%+.1f", percent * field->value);
        snprintf(words->interval, sizeof words->interval, "[%+.1f, %+.1f]", percent * field->low,
                 percent * field->high);
        return;
    case TABLE_PLAIN:
        snprintf(words->value, sizeof words->value, "%.1f", percent * field->value);
        return;
    case TABLE_PAPER:
        snprintf(words->value, sizeof words->value, "(%.1f)", percent * field->value);
        return;
    case TABLE_MILLIONS: snprintf(words->value, sizeof words->value, "%.3g", field->value); return;
    case TABLE_NUMBER:
        snprintf(words->value, sizeof words->value, "%.*f%s%s", digits, field->value, best, mark);
        scale = 1;
        break;
    case TABLE_CHANGE:
        snprintf(words->value, sizeof words->value, "%+.*f", digits, field->value);
        if (!isnan(field->low))
            snprintf(words->interval, sizeof words->interval, "[%+.*f, %+.*f]", digits, field->low,
                     digits, field->high);
        return;
    case TABLE_WORDS: snprintf(words->value, sizeof words->value, "%s", field->words); return;
    case TABLE_NOTHING: return;
    }
    if (isnan(field->low)) return;
    const int behind = field->kind == TABLE_SCORE ? 1 : digits;
    snprintf(words->interval, sizeof words->interval, "[%.*f, %.*f]", behind, scale * field->low,
             behind, scale * field->high);
}

/* Columns that stand beside one another. */
typedef struct Part {
    const Table *table;
    TableBlock block;
    size_t title; /* columns of the terminal that the rows' titles take */
    bool beside;  /* intervals beside their values */
} Part;

static size_t larger(size_t a, size_t b)
{
    return a > b ? a : b;
}

static size_t field_width(const Words *words, bool beside)
{
    const size_t value = encoding_letters(words->value), interval = strlen(words->interval);
    if (!beside) return larger(value, interval);
    return value + (value && interval) + interval;
}

static size_t column_width(const Table *table, size_t column, bool beside)
{
    const TableColumn *head = &table->column[column];
    size_t width = larger(wrap_longest(head->title), head->unit ? wrap_longest(head->unit) : 0);
    for (size_t r = 0; r < table->n_rows; r++) {
        Words words;
        in_words(&words, table_field(table, r, column), head->digits);
        width = larger(width, field_width(&words, beside));
    }
    return width;
}

static size_t part_width(const Part *part)
{
    size_t width = part->title;
    for (size_t c = 0; c < part->block.n; c++)
        width += GAP + column_width(part->table, part->block.begin + c, part->beside);
    return width;
}

/* As much as the longest has, but no more than a third of the terminal. */
static size_t title_width(const Table *table, size_t width)
{
    size_t longest = 0;
    for (size_t r = 0; r < table->n_rows; r++)
        longest = larger(longest, encoding_letters(table->row[r].title));
    const size_t most = larger(width / 3, LEAST_TITLE);
    return longest < most ? longest : most;
}

/* --- lines ------------------------------------------------------------------------------------- */

static bool add_right(Buffer *text, const char *words, size_t bytes, size_t columns, size_t width,
                      Error *err)
{
    const size_t spaces = GAP + (width > columns ? width - columns : 0);
    return buffer_format(text, err, "%*s%.*s", (int)spaces, "", (int)bytes, words);
}

static bool end_line(Buffer *text, Error *err)
{
    while (text->size > 0 && text->data[text->size - 1] == ' ') text->data[--text->size] = '\0';
    return buffer_add_char(text, '\n', err);
}

/* The line of this number of a column's title, wrapped, with its unit below; false in *more: there is none so far down. */
static WrapLine head_line(const TableColumn *column, size_t width, size_t number, bool *more)
{
    WrapLine line;
    const char *const parts[] = {column->title, column->unit ? column->unit : ""};
    for (size_t p = 0; p < sizeof parts / sizeof *parts; p++)
        for (const char *rest = parts[p]; wrap_next(&line, &rest, width);)
            if (number-- == 0) return *more = true, line;
    return (WrapLine){.begin = ""};
}

static bool add_head(Buffer *text, const Part *part, Error *err)
{
    bool more = true;
    for (size_t number = 0; more; number++) {
        Buffer line = buffer_create(text->arena);
        more = false;
        if (!buffer_format(&line, err, "%*s", (int)part->title, "")) return false;
        for (size_t c = part->block.begin; c < part->block.begin + part->block.n; c++) {
            const size_t width = column_width(part->table, c, part->beside);
            const WrapLine words = head_line(&part->table->column[c], width, number, &more);
            if (!add_right(&line, words.begin, words.bytes, words.columns, width, err))
                return false;
        }
        if (more && (!end_line(&line, err) || !buffer_add_text(text, line.data, err))) return false;
    }
    for (size_t i = 0, n = part_width(part); i < n; i++)
        if (!buffer_add_text(text, "─", err)) return false;
    return buffer_add_char(text, '\n', err);
}

/* Values stand in a row's first line, intervals beside them or in the second. */
static bool add_field(Buffer *text, const Part *part, size_t row, size_t column, size_t number,
                      Error *err)
{
    Words words;
    char line[sizeof words.value + sizeof words.interval + 1];
    in_words(&words, table_field(part->table, row, column), part->table->column[column].digits);
    const char *space = words.value[0] && words.interval[0] ? " " : "";
    if (part->beside) snprintf(line, sizeof line, "%s%s%s", words.value, space, words.interval);
    else snprintf(line, sizeof line, "%s", number == 0 ? words.value : words.interval);
    if (number > (part->beside ? 0 : 1)) line[0] = '\0';
    return add_right(text, line, strlen(line), encoding_letters(line),
                     column_width(part->table, column, part->beside), err);
}

static bool has_intervals(const Part *part, size_t row)
{
    Words words;
    for (size_t c = part->block.begin; c < part->block.begin + part->block.n; c++) {
        in_words(&words, table_field(part->table, row, c), part->table->column[c].digits);
        if (words.interval[0]) return true;
    }
    return false;
}

static bool add_row(Buffer *text, const Part *part, size_t row, Error *err)
{
    const char *rest = part->table->row[row].title;
    const size_t n_lines = !part->beside && has_intervals(part, row) ? 2 : 1;
    WrapLine title;
    for (size_t number = 0; wrap_next(&title, &rest, part->title) || number < n_lines; number++) {
        const int spaces = (int)(part->title - title.columns);
        if (!buffer_format(text, err, "%.*s%*s", (int)title.bytes, title.begin, spaces, ""))
            return false;
        for (size_t c = part->block.begin; c < part->block.begin + part->block.n; c++)
            if (!add_field(text, part, row, c, number, err)) return false;
        if (!end_line(text, err)) return false;
    }
    return true;
}

static bool add_part(Buffer *text, const Part *part, Error *err)
{
    const Table *table = part->table;
    if (!add_head(text, part, err)) return false;
    for (size_t r = 0, n = 0; r < table->n_rows; r++) {
        if (!table_row_shown(table, &part->block, r)) continue;
        if (table->row[r].begins && n > 0 && !buffer_add_char(text, '\n', err)) return false;
        if (!add_row(text, part, r, err)) return false;
        n++;
    }
    return true;
}

/* --- parts ------------------------------------------------------------------------------------- */

/* As many of the columns as find room, one at least. */
static void shorten(Part *part, size_t width)
{
    while (part->block.n > 1 && part_width(part) > width) part->block.n--;
}

static bool add_block(Buffer *text, const Table *table, const TableBlock *block, size_t width,
                      Error *err)
{
    Part part = {table, *block, title_width(table, width), true};
    const size_t end = block->begin + block->n;
    if (part_width(&part) > width) part.beside = false;
    if (part_width(&part) > width && part.title > LEAST_TITLE) part.title = LEAST_TITLE;
    if (block->title && !wrap_add(text, "", block->title, 0, width, err)) return false;
    for (; part.block.begin < end; part.block.begin += part.block.n) {
        part.block.n = end - part.block.begin;
        shorten(&part, width);
        if ((part.block.begin > block->begin && !buffer_add_char(text, '\n', err)) ||
            !add_part(text, &part, err))
            return false;
    }
    return true;
}

bool table_terminal(Buffer *text, const Table *table, size_t width, Error *err)
{
    if (table->title &&
        (!wrap_add(text, "", table->title, 0, width, err) || !buffer_add_char(text, '\n', err)))
        return false;
    for (size_t b = 0; b < table->n_blocks; b++)
        if ((b > 0 && !buffer_add_char(text, '\n', err)) ||
            !add_block(text, table, &table->block[b], width, err))
            return false;
    if (table->plain_notes.n && !buffer_add_char(text, '\n', err)) return false;
    for (size_t i = 0; i < table->plain_notes.n; i++)
        if (!wrap_add(text, "- ", table->plain_notes.text[i], 2, width, err)) return false;
    return true;
}
