#include "report/table.h"

static bool write_field(Buffer *text, const TableField *field, Error *err)
{
    const char *bold = field->best ? "**" : "", *mark = field->degenerate ? " †" : "";
    double value = 100 * field->value, low = 100 * field->low, high = 100 * field->high;
    switch (field->kind) {
    case TABLE_SCORE:
        return buffer_format(text, err, " %s%.1f%s%s [%.1f, %.1f] |", bold, value, bold, mark, low,
                             high);
    case TABLE_EFFECT: return buffer_format(text, err, " %+.1f [%+.1f, %+.1f] |", value, low, high);
    case TABLE_PLAIN: return buffer_format(text, err, " %.1f |", value);
    case TABLE_PERPLEXITY: return buffer_format(text, err, " %.1f |", field->value);
    case TABLE_NOTHING: break;
    }
    return buffer_add_text(text, " |", err);
}

static bool write_head(Buffer *text, const Table *table, Error *err)
{
    if (!buffer_add_text(text, "| |", err)) return false;
    for (size_t c = 0; c < table->n_columns; c++)
        if (!buffer_format(text, err, " %s<br>%s |", table->column[c].title, table->column[c].unit))
            return false;
    if (!buffer_add_text(text, "\n|---|", err)) return false;
    for (size_t c = 0; c < table->n_columns; c++)
        if (!buffer_add_text(text, "---:|", err)) return false;
    return buffer_add_char(text, '\n', err);
}

bool table_markdown(Buffer *text, const Table *table, Error *err)
{
    if (!write_head(text, table, err)) return false;
    for (size_t r = 0; r < table->n_rows; r++) {
        if (!buffer_format(text, err, "| %s |", table->row[r])) return false;
        for (size_t c = 0; c < table->n_columns; c++)
            if (!write_field(text, &table->field[r * table->n_columns + c], err)) return false;
        if (!buffer_add_char(text, '\n', err)) return false;
    }
    for (size_t i = 0; i < table->notes.n; i++)
        if (!buffer_format(text, err, "%s- %s\n", i == 0 ? "\n" : "", table->notes.text[i]))
            return false;
    return true;
}
