#include "report/table.h"

#include <math.h>
#include <string.h>

/* What LaTeX would take for a command, and the few characters beyond ASCII that we use ourselves. */
static const struct {
    const char *text, *latex;
} spellings[] = {
    {"\\", "\\textbackslash{}"},
    {"{", "\\{"},
    {"}", "\\}"},
    {"$", "\\$"},
    {"&", "\\&"},
    {"#", "\\#"},
    {"%", "\\%"},
    {"_", "\\_"},
    {"^", "\\textasciicircum{}"},
    {"~", "\\textasciitilde{}"},
    {"[", "{[}"}, /* would be an argument of the line break before it */
    {"<", "\\textless{}"},
    {">", "\\textgreater{}"},
    {"−", "$-$"},
    {"×", "$\\times$"},
    {"†", "$\\dagger$"},
    {"λ", "$\\lambda$"},
    {"≤", "$\\leq$"},
    {"≥", "$\\geq$"},
    {"–", "--"},
    {"—", "---"},
    {"’", "'"},
};

static bool add_spelled(Buffer *text, const char *plain, Error *err)
{
    while (*plain) {
        size_t i = 0, n = sizeof spellings / sizeof *spellings;
        while (i < n && strncmp(plain, spellings[i].text, strlen(spellings[i].text)) != 0) i++;
        bool ok = i < n ? buffer_add_text(text, spellings[i].latex, err)
                        : buffer_add_char(text, *plain, err);
        if (!ok) return false;
        plain += i < n ? strlen(spellings[i].text) : 1;
    }
    return true;
}

static bool write_value(Buffer *text, const TableField *field, int digits, Error *err)
{
    const char *begin = field->best ? "\\textbf{" : "", *end = field->best ? "}" : "";
    const char *mark = field->degenerate ? "$^\\dagger$" : "";
    const double value = 100 * field->value;
    switch (field->kind) {
    case TABLE_SCORE: return buffer_format(text, err, "%s%.1f%s%s", begin, value, end, mark);
    case TABLE_EFFECT: return buffer_format(text, err, "$%+.1f$", value);
    case TABLE_PLAIN: return buffer_format(text, err, "%.1f", value);
    case TABLE_PAPER: return buffer_format(text, err, "\\textit{%.1f}", value);
    case TABLE_MILLIONS: return buffer_format(text, err, "%.3g", field->value);
    case TABLE_NUMBER:
        return buffer_format(text, err, "%s%.*f%s", begin, digits, field->value, end);
    case TABLE_NOTHING: break;
    }
    return true;
}

static bool has_interval(const TableField *field)
{
    return field->kind == TABLE_SCORE || field->kind == TABLE_EFFECT ||
           (field->kind == TABLE_NUMBER && !isnan(field->low));
}

static bool write_interval(Buffer *text, const TableField *field, int digits, Error *err)
{
    const double low = 100 * field->low, high = 100 * field->high;
    if (!has_interval(field)) return true;
    if (field->kind == TABLE_EFFECT)
        return buffer_format(text, err, "{\\scriptsize [$%+.1f$, $%+.1f$]}", low, high);
    if (field->kind == TABLE_NUMBER)
        return buffer_format(text, err, "{\\scriptsize [%.*f, %.*f]}", digits, field->low, digits,
                             field->high);
    return buffer_format(text, err, "{\\scriptsize [%.1f, %.1f]}", low, high);
}

static bool write_head(Buffer *text, const Table *table, const TableBlock *block, Error *err)
{
    const TableColumn *column = table->column + block->begin;
    bool units = false;
    if (!buffer_add_text(text, "\\begin{tabular}{l", err)) return false;
    for (size_t c = 0; c < block->n; c++) {
        units |= column[c].unit != NULL;
        if (!buffer_add_char(text, 'r', err)) return false;
    }
    if (!buffer_add_text(text, "}\n\\toprule\n", err)) return false;
    if (block->title && (!add_spelled(text, block->title, err))) return false;
    for (size_t c = 0; c < block->n; c++)
        if (!buffer_add_text(text, " & ", err) || !add_spelled(text, column[c].title, err))
            return false;
    if (!buffer_add_text(text, " \\\\\n", err)) return false;
    for (size_t c = 0; c < block->n && units; c++)
        if (!buffer_add_text(text, " & {\\small ", err) ||
            !add_spelled(text, column[c].unit ? column[c].unit : "", err) ||
            !buffer_add_char(text, '}', err))
            return false;
    return buffer_add_text(text, units ? " \\\\\n\\midrule\n" : "\\midrule\n", err);
}

static bool write_row_title(Buffer *text, const TableRow *row, Error *err)
{
    if (row->kind != TABLE_ROW_PAPER) return add_spelled(text, row->title, err);
    return buffer_add_text(text, "\\quad\\textit{", err) && add_spelled(text, row->title, err) &&
           buffer_add_char(text, '}', err);
}

/* Intervals stand behind their values, or on a line of their own where there are many columns. */
static bool write_row(Buffer *text, const Table *table, const TableBlock *block, size_t row,
                      Error *err)
{
    const bool narrow = block->n <= TABLE_NARROW;
    bool below = false;
    if ((table->row[row].begins && row > 0 && !buffer_add_text(text, "\\midrule\n", err)) ||
        !write_row_title(text, &table->row[row], err))
        return false;
    for (size_t c = block->begin; c < block->begin + block->n; c++) {
        const TableField *field = table_field(table, row, c);
        bool empty = field->kind == TABLE_NOTHING, both = narrow && has_interval(field);
        if (!buffer_add_text(text, empty ? " &" : " & ", err) ||
            !write_value(text, field, table->column[c].digits, err) ||
            (both && (!buffer_add_char(text, ' ', err) ||
                      !write_interval(text, field, table->column[c].digits, err))))
            return false;
        below |= !narrow && has_interval(field);
    }
    if (!buffer_add_text(text, " \\\\\n", err)) return false;
    for (size_t c = block->begin; c < block->begin + block->n && below; c++)
        if (!buffer_add_text(text, " & ", err) ||
            !write_interval(text, table_field(table, row, c), table->column[c].digits, err))
            return false;
    return !below || buffer_add_text(text, " \\\\\n", err);
}

bool table_latex(Buffer *text, const Table *table, Error *err)
{
    if (table->title && (!buffer_add_text(text, "\\noindent\\emph{", err) ||
                         !add_spelled(text, table->title, err) ||
                         !buffer_add_text(text, "}\\par\\smallskip\n", err)))
        return false;
    for (size_t b = 0; b < table->n_blocks; b++) {
        const TableBlock *block = &table->block[b];
        if ((b > 0 && !buffer_add_text(text, "\n\\medskip\n", err)) ||
            !write_head(text, table, block, err))
            return false;
        for (size_t r = 0; r < table->n_rows; r++)
            if (table_row_shown(table, block, r) && !write_row(text, table, block, r, err))
                return false;
        if (!buffer_add_text(text, "\\bottomrule\n\\end{tabular}\n", err)) return false;
    }
    for (size_t i = 0; i < table->notes.n; i++)
        if (!buffer_format(text, err, "%% %s\n", table->notes.text[i])) return false;
    return true;
}
