#include "report/table/table.h"

#include <math.h>

#include "base/markdown.h"

/* More columns than this have their intervals on a line of their own. */
enum { NARROW = 5 };

/* The interval behind its value, or below it where there are many columns. */
static bool write_field(Buffer *text, const TableField *field, int digits, bool narrow, Error *err)
{
    static const char *const begins[] = {"", "<ins>", "**"}, *const ends[] = {"", "</ins>", "**"};
    const char *begin = begins[field->best], *end = ends[field->best];
    const char *mark = field->degenerate ? " †" : "";
    const char *space = narrow ? " " : "<br>";
    double value = 100 * field->value, low = 100 * field->low, high = 100 * field->high;
    switch (field->kind) {
    case TABLE_SCORE:
        return buffer_format(text, err, " %s%.1f%s%s%s[%.1f, %.1f] |", begin, value, end, mark,
                             space, low, high);
    case TABLE_EFFECT:
        return buffer_format(text, err, " %+.1f%s[%+.1f, %+.1f] |", value, space, low, high);
    case TABLE_PLAIN: return buffer_format(text, err, " %.1f |", value);
    case TABLE_PAPER: return buffer_format(text, err, " *%.1f* |", value);
    case TABLE_MILLIONS: return buffer_format(text, err, " %.3g |", field->value);
    case TABLE_NUMBER:
        if (isnan(field->low)) return buffer_format(text, err, " %.*f |", digits, field->value);
        return buffer_format(text, err, " %s%.*f%s%s[%.*f, %.*f] |", begin, digits, field->value,
                             end, space, digits, field->low, digits, field->high);
    case TABLE_CHANGE:
        if (isnan(field->low)) return buffer_format(text, err, " %+.*f |", digits, field->value);
        return buffer_format(text, err, " %+.*f%s[%+.*f, %+.*f] |", digits, field->value, space,
                             digits, field->low, digits, field->high);
    case TABLE_WORDS: return markdown_format(text, err, " %s |", field->words);
    case TABLE_NOTHING: break;
    }
    return buffer_add_text(text, " |", err);
}

static bool write_head(Buffer *text, const Table *table, const TableBlock *block, Error *err)
{
    const TableColumn *column = table->column + block->begin;
    if (block->title && !markdown_format(text, err, "**%s**\n\n", block->title)) return false;
    if (!buffer_add_text(text, "| |", err)) return false;
    for (size_t c = 0; c < block->n; c++)
        if (!markdown_format(text, err, " %s", column[c].title) ||
            (column[c].unit && !markdown_format(text, err, "<br>%s", column[c].unit)) ||
            !buffer_add_text(text, " |", err))
            return false;
    if (!buffer_add_text(text, "\n|---|", err)) return false;
    for (size_t c = 0; c < block->n; c++)
        if (!buffer_add_text(text, "---:|", err)) return false;
    return buffer_add_char(text, '\n', err);
}

static bool write_block(Buffer *text, const Table *table, const TableBlock *block, Error *err)
{
    if (!write_head(text, table, block, err)) return false;
    for (size_t r = 0; r < table->n_rows; r++) {
        bool paper = table->row[r].kind == TABLE_ROW_PAPER;
        if (!table_row_shown(table, block, r)) continue;
        if (!markdown_format(text, err, paper ? "| *%s* |" : "| %s |", table->row[r].title))
            return false;
        for (size_t c = block->begin; c < block->begin + block->n; c++)
            if (!write_field(text, table_field(table, r, c), table->column[c].digits,
                             block->n <= NARROW, err))
                return false;
        if (!buffer_add_char(text, '\n', err)) return false;
    }
    return true;
}

static bool write(Buffer *text, const Table *table, Error *err)
{
    if (table->title && !markdown_format(text, err, "**%s**\n\n", table->title)) return false;
    for (size_t b = 0; b < table->n_blocks; b++)
        if ((b > 0 && !buffer_add_char(text, '\n', err)) ||
            !write_block(text, table, &table->block[b], err))
            return false;
    for (size_t i = 0; i < table->notes.n; i++)
        if (!markdown_format(text, err, i == 0 ? "\n- %s\n" : "- %s\n", table->notes.text[i]))
            return false;
    return true;
}

const TableSpelling table_markdown = {
    .file = TABLE_MARKDOWN_FILE,
    .head = "",
    .between = "\n",
    .write = write,
};
