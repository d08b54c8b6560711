#include "report/table/table.h"

#include <ctype.h>
#include <math.h>

#include "base/escape.h"

/* What a column is sorted by stands in data-value. */
static bool write_value(Buffer *text, const TableField *field, int digits, Error *err)
{
    static const char *const begins[] = {"", "<u>", "<strong>"}, *const ends[] = {"", "</u>",
                                                                                  "</strong>"};
    const char *begin = begins[field->best], *end = ends[field->best];
    const double value = 100 * field->value;
    switch (field->kind) {
    case TABLE_SCORE:
        return buffer_format(text, err, "%s%.1f%s%s", begin, value, end,
                             field->degenerate ? " †" : "");
    case TABLE_EFFECT: return buffer_format(text, err, "%+.1f", value);
    case TABLE_PLAIN: return buffer_format(text, err, "%.1f", value);
    case TABLE_PAPER: return buffer_format(text, err, "<em>%.1f</em>", value);
    case TABLE_MILLIONS: return buffer_format(text, err, "%.3g", field->value);
    case TABLE_NUMBER:
        return buffer_format(text, err, "%s%.*f%s", begin, digits, field->value, end);
    case TABLE_CHANGE: return buffer_format(text, err, "%+.*f", digits, field->value);
    case TABLE_WORDS: return escape_html(text, field->words, err);
    case TABLE_NOTHING: break;
    }
    return true;
}

static bool write_interval(Buffer *text, const TableField *field, int digits, Error *err)
{
    static const char begin[] = "<span class=\"interval\">[", end[] = "]</span>";
    const double low = 100 * field->low, high = 100 * field->high;
    switch (field->kind) {
    case TABLE_SCORE: return buffer_format(text, err, " %s%.1f, %.1f%s", begin, low, high, end);
    case TABLE_EFFECT: return buffer_format(text, err, " %s%+.1f, %+.1f%s", begin, low, high, end);
    case TABLE_NUMBER:
        return isnan(field->low) || buffer_format(text, err, " %s%.*f, %.*f%s", begin, digits,
                                                  field->low, digits, field->high, end);
    case TABLE_CHANGE:
        return isnan(field->low) || buffer_format(text, err, " %s%+.*f, %+.*f%s", begin, digits,
                                                  field->low, digits, field->high, end);
    default: return true;
    }
}

/* Numbers with the sign that belongs to them. */
static bool add_with_minus(Buffer *text, const Buffer *numbers, Error *err)
{
    static const char minus[] = "−";
    for (size_t i = 0; i < numbers->size; i++) {
        const bool signed_here =
            numbers->data[i] == '-' && isdigit((unsigned char)numbers->data[i + 1]);
        if (!(signed_here ? buffer_add_text(text, minus, err)
                          : buffer_add_char(text, numbers->data[i], err)))
            return false;
    }
    return true;
}

/* Where a number comes from: the stage that made it, or all those of the experiment. */
static bool begin_link(Buffer *text, const Table *table, const TableField *field, Error *err)
{
    return escape_html_format(text, err, "<a class=\"from\" href=\"provenance.html#%s",
                              table->experiment) &&
           (!field->stage || buffer_format(text, err, "-%.12s", field->stage)) &&
           buffer_add_text(text, "\">", err);
}

static bool write_field(Buffer *text, const Table *table, const TableField *field, int digits,
                        Error *err)
{
    Buffer numbers = buffer_create(text->arena);
    const bool ours = field->kind != TABLE_PAPER;
    if (field->kind == TABLE_NOTHING) return buffer_add_text(text, "<td></td>", err);
    return buffer_format(text, err, "<td data-value=\"%.17g\">", field->value) &&
           (!ours || begin_link(text, table, field, err)) &&
           write_value(&numbers, field, digits, err) &&
           write_interval(&numbers, field, digits, err) && add_with_minus(text, &numbers, err) &&
           buffer_add_text(text, ours ? "</a></td>" : "</td>", err);
}

static bool write_head(Buffer *text, const Table *table, const TableBlock *block, Error *err)
{
    static const char begin[] = "<thead>\n<tr><th scope=\"col\">", end[] = "</th></tr>\n</thead>\n";
    if (!buffer_add_text(text, begin, err) ||
        !escape_html(text, block->title ? block->title : "model", err))
        return false;
    for (size_t c = block->begin; c < block->begin + block->n; c++) {
        const TableColumn *column = &table->column[c];
        if (!escape_html_format(text, err, "</th><th scope=\"col\">%s", column->title) ||
            (column->unit &&
             !escape_html_format(text, err, " <span class=\"unit\">%s</span>", column->unit)))
            return false;
    }
    return buffer_add_text(text, end, err);
}

static const char *row_class(const TableRow *row)
{
    switch (row->kind) {
    case TABLE_ROW_PAPER: return "paper";
    case TABLE_ROW_EFFECT: return "effect";
    case TABLE_ROW_OTHER: return "other";
    case TABLE_ROW_CELL: break;
    }
    return "cell";
}

static bool write_row(Buffer *text, const Table *table, const TableBlock *block, size_t row,
                      Error *err)
{
    const TableRow *title = &table->row[row];
    if (!escape_html_format(text, err, "<tr class=\"%s%s\"><th scope=\"row\">%s</th>",
                            row_class(title), title->begins ? " begins" : "", title->title))
        return false;
    for (size_t c = block->begin; c < block->begin + block->n; c++)
        if (!write_field(text, table, table_field(table, row, c), table->column[c].digits, err))
            return false;
    return buffer_add_text(text, "</tr>\n", err);
}

static bool write_block(Buffer *text, const Table *table, const TableBlock *block, Error *err)
{
    if (!buffer_add_text(text, "<div class=\"scroll\" tabindex=\"0\">\n<table>\n", err) ||
        (table->title && !escape_html_format(text, err, "<caption>%s</caption>\n", table->title)) ||
        !write_head(text, table, block, err) || !buffer_add_text(text, "<tbody>\n", err))
        return false;
    for (size_t r = 0; r < table->n_rows; r++)
        if (table_row_shown(table, block, r) && !write_row(text, table, block, r, err))
            return false;
    return buffer_add_text(text, "</tbody>\n</table>\n</div>\n", err);
}

static bool write(Buffer *text, const Table *table, Error *err)
{
    for (size_t b = 0; b < table->n_blocks; b++)
        if (!write_block(text, table, &table->block[b], err)) return false;
    if (table->notes.n && !buffer_add_text(text, "<ul class=\"notes\">\n", err)) return false;
    for (size_t i = 0; i < table->notes.n; i++)
        if (!escape_html_format(text, err, "<li>%s</li>\n", table->notes.text[i])) return false;
    return !table->notes.n || buffer_add_text(text, "</ul>\n", err);
}

const TableSpelling table_html = {
    .file = "table.html",
    .head = "",
    .between = "\n",
    .write = write,
};
