#include "report/table/table.h"

#include <math.h>
#include <string.h>

#include "base/escape.h"
#include "report/table/table_fit.h"

static bool add_text(Buffer *latex, const char *text, Error *err)
{
    return escape_latex(latex, text, strlen(text), err);
}

/* Lines, each between `begin` and `end`. */
static bool add_lines(Buffer *text, const char *plain, const char *begin, const char *end,
                      Error *err)
{
    while (*plain) {
        size_t n = table_fit_line(plain);
        if (!buffer_add_text(text, begin, err) || !escape_latex(text, plain, n, err) ||
            !buffer_add_text(text, end, err))
            return false;
        plain += n + (plain[n] == ' ');
        if (*plain && !buffer_add_text(text, "\\\\", err)) return false;
    }
    return true;
}

static bool write_value(Buffer *text, const TableField *field, int digits, Error *err)
{
    static const char *const begins[] = {"", "\\underline{", "\\textbf{"};
    const char *begin = begins[field->best], *end = field->best ? "}" : "";
    const char *mark = field->degenerate ? "$^\\dagger$" : "";
    const double value = 100 * field->value;
    const char *minus = value <= -0.05 ? "$-$" : "";
    switch (field->kind) {
    case TABLE_SCORE:
        return buffer_format(text, err, "%s%s%.1f%s%s", begin, minus, fabs(value), end, mark);
    case TABLE_EFFECT: return buffer_format(text, err, "$%+.1f$", value);
    case TABLE_PLAIN: return buffer_format(text, err, "%.1f", value);
    case TABLE_PAPER: return buffer_format(text, err, "\\textit{%.1f}", value);
    case TABLE_MILLIONS: return buffer_format(text, err, "%.3g", field->value);
    case TABLE_NUMBER:
        return buffer_format(text, err, "%s%.*f%s", begin, digits, field->value, end);
    case TABLE_CHANGE: return buffer_format(text, err, "$%+.*f$", digits, field->value);
    case TABLE_WORDS: return add_text(text, field->words, err);
    case TABLE_NOTHING: break;
    }
    return true;
}

static bool has_interval(const TableField *field)
{
    return field->kind == TABLE_SCORE || field->kind == TABLE_EFFECT ||
           ((field->kind == TABLE_NUMBER || field->kind == TABLE_CHANGE) && !isnan(field->low));
}

static bool write_interval(Buffer *text, const TableField *field, int digits, Error *err)
{
    const double low = 100 * field->low, high = 100 * field->high;
    if (field->kind == TABLE_EFFECT)
        return buffer_format(text, err, "{\\scriptsize [$%+.1f$, $%+.1f$]}", low, high);
    if (field->kind == TABLE_CHANGE)
        return buffer_format(text, err, "{\\scriptsize [$%+.*f$, $%+.*f$]}", digits, field->low,
                             digits, field->high);
    if (field->kind == TABLE_NUMBER)
        return buffer_format(text, err, "{\\scriptsize [$%.*f$, $%.*f$]}", digits, field->low,
                             digits, field->high);
    return buffer_format(text, err, "{\\scriptsize [$%.1f$, $%.1f$]}", low, high);
}

static bool write_heading(Buffer *text, const TableColumn *column, Error *err)
{
    return buffer_add_text(text, " & \\begin{tabular}[b]{@{}r@{}}", err) &&
           add_lines(text, column->title, "", "", err) &&
           (!column->unit || (buffer_add_text(text, "\\\\", err) &&
                              add_lines(text, column->unit, "{\\scriptsize ", "}", err))) &&
           buffer_add_text(text, "\\end{tabular}", err);
}

/* --- writing -------------------------------------------------------------------------------------- */

static bool write_head(Buffer *text, const Table *table, const TableFit *part, Error *err)
{
    const TableBlock *block = &part->block;
    if (!buffer_format(text, err, "\\begin{tabular}{@{}>{\\raggedright\\arraybackslash}p{%.0fpt}",
                       part->title_width))
        return false;
    for (size_t c = 0; c < block->n; c++)
        if (!buffer_add_char(text, 'r', err)) return false;
    if (!buffer_add_text(text, "@{}}\n\\toprule\n", err)) return false;
    if (block->title && !add_text(text, block->title, err)) return false;
    for (size_t c = block->begin; c < block->begin + block->n; c++)
        if (!write_heading(text, &table->column[c], err)) return false;
    return buffer_add_text(text, " \\\\\n\\midrule\n", err);
}

/* What its rows' titles have in common, in a line of its own above them. */
static bool write_shared(Buffer *text, const TableBlock *block, const char *title, size_t shared,
                         Error *err)
{
    const size_t bare = shared - strlen(", ");
    return buffer_format(text, err, "\\multicolumn{%zu}{@{}l@{}}{", block->n + 1) &&
           escape_latex(text, title, bare, err) && buffer_add_text(text, "} \\\\\n", err);
}

static bool write_row_title(Buffer *text, const TableRow *row, size_t shared, Error *err)
{
    if (shared > 0)
        return buffer_format(text, err, "\\hspace*{%dpt}\\hangindent%dpt ", TABLE_FIT_INDENT,
                             TABLE_FIT_INDENT) &&
               add_text(text, row->title + shared, err);
    if (row->kind != TABLE_ROW_PAPER) return add_text(text, row->title, err);
    return buffer_add_text(text, "\\quad\\textit{", err) && add_text(text, row->title, err) &&
           buffer_add_char(text, '}', err);
}

/* The interval below its value. */
static bool write_field(Buffer *text, const TableField *field, int digits, Error *err)
{
    if (field->kind == TABLE_NOTHING) return buffer_add_text(text, " &", err);
    if (!has_interval(field))
        return buffer_add_text(text, " & ", err) && write_value(text, field, digits, err);
    return buffer_add_text(text, " & \\begin{tabular}[t]{@{}r@{}}", err) &&
           write_value(text, field, digits, err) && buffer_add_text(text, "\\\\", err) &&
           write_interval(text, field, digits, err) && buffer_add_text(text, "\\end{tabular}", err);
}

static bool write_row(Buffer *text, const Table *table, const TableBlock *block, size_t row,
                      Error *err)
{
    bool first;
    const TableRow *here = &table->row[row];
    const size_t shared = table_fit_shared(table, block, row, &first);
    if ((here->begins && row > 0 && !buffer_add_text(text, "\\midrule\n", err)) ||
        (shared > 0 && first && !write_shared(text, block, here->title, shared, err)) ||
        !write_row_title(text, here, shared, err))
        return false;
    for (size_t c = block->begin; c < block->begin + block->n; c++)
        if (!write_field(text, table_field(table, row, c), table->column[c].digits, err))
            return false;
    return buffer_add_text(text, " \\\\\n", err);
}

/* Said only where a name of the table needs it. */
static bool write_need(Buffer *text, size_t begin, Error *err)
{
    size_t at = begin;
    while (at < text->size && (unsigned char)text->data[at] < 0x80) at++;
    return at == text->size ||
           buffer_add_text(text,
                           "% Letters beyond ASCII: needs \\usepackage[T1]{fontenc}, or, for those "
                           "that are not Latin,\n% XeLaTeX or LuaLaTeX and a font that has them.\n",
                           err);
}

static const char between[] = "\\par\\medskip\n";

/* As many tables below one another as its columns need. */
static bool write_block(Buffer *text, const Table *table, const TableBlock *block, Error *err)
{
    const size_t end = block->begin + block->n;
    for (size_t begin = block->begin; begin < end;) {
        if (begin > block->begin && !buffer_add_text(text, between, err)) return false;
        const TableFit part = table_fit_part(table, block, begin);
        if (!write_head(text, table, &part, err)) return false;
        for (size_t r = 0; r < table->n_rows; r++)
            if (table_row_shown(table, &part.block, r) &&
                !write_row(text, table, &part.block, r, err))
                return false;
        begin += part.block.n;
        if (!buffer_add_text(text, "\\bottomrule\n\\end{tabular}\n", err)) return false;
    }
    return true;
}

static bool write(Buffer *text, const Table *table, Error *err)
{
    static const char setting[] =
        "\\begingroup\\footnotesize\\setlength{\\tabcolsep}{3pt}\\setlength{\\parindent}{0pt}\n";
    const size_t begin = text->size;
    if (!buffer_add_text(text, setting, err)) return false;
    if (table->title &&
        (!buffer_add_text(text, "\\noindent\\emph{", err) || !add_text(text, table->title, err) ||
         !buffer_add_text(text, "}\\par\\smallskip\n", err)))
        return false;
    for (size_t b = 0; b < table->n_blocks; b++)
        if ((b > 0 && !buffer_add_text(text, between, err)) ||
            !write_block(text, table, &table->block[b], err))
            return false;
    if (!buffer_add_text(text, "\\endgroup\n", err) || !write_need(text, begin, err)) return false;
    for (size_t i = 0; i < table->notes.n; i++)
        if (!escape_latex_comment(text, table->notes.text[i], err)) return false;
    return true;
}

const TableSpelling table_latex = {
    .file = "table.tex",
    .head = "% Needs the packages array and booktabs; as wide as a journal's column of 84 mm at 10 "
            "points.\n",
    .between = "\\par\\bigskip\n",
    .write = write,
};
