#include "report/table/table.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/encoding.h"
#include "base/escape.h"

static bool add_text(Buffer *latex, const char *text, Error *err)
{
    return escape_latex(latex, text, strlen(text), err);
}

/* How much of a heading stands on one line: a column is as wide as its interval, if headings are broken
 * behind hyphens and at spaces. */
enum { LINE_OF_HEADING = 13 }; /* characters */

static size_t fits_one_line(const char *plain)
{
    size_t fits = 0;
    for (size_t end = 0; plain[end]; fits = end) {
        end += strcspn(plain + end + 1, " -") + 1;
        end += plain[end] == '-';
        if (fits > 0 && end > LINE_OF_HEADING) break;
    }
    return fits;
}

/* Lines, each between `begin` and `end`. */
static bool add_lines(Buffer *text, const char *plain, const char *begin, const char *end,
                      Error *err)
{
    while (*plain) {
        size_t n = fits_one_line(plain);
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
    if (field->kind == TABLE_EFFECT)
        return buffer_format(text, err, "{\\scriptsize [$%+.1f$, $%+.1f$]}", low, high);
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

/* --- widths --------------------------------------------------------------------------------------- */

/* Of a column of a journal (84 mm), in points, at the sizes that are used: 8 points, and 7 of intervals. */
enum { COLUMN_OF_PAGE = 236, MOST_TITLE = 78, BETWEEN = 6 };
static const double letter = 4.25, small_letter = 3.8;

static double heading_width(const char *plain)
{
    double width = 0;
    while (*plain) {
        const size_t n = fits_one_line(plain);
        width = fmax(width, letter * (double)n);
        plain += n + (plain[n] == ' ');
    }
    return width;
}

static double field_width(const TableField *field, int digits)
{
    char value[64] = "", interval[96] = "";
    const double low = 100 * field->low, high = 100 * field->high;
    if (field->kind == TABLE_NUMBER) snprintf(value, sizeof value, "%.*f", digits, field->value);
    else if (field->kind != TABLE_NOTHING)
        snprintf(value, sizeof value, "%+.1f", 100 * field->value);
    if (field->kind == TABLE_NUMBER && !isnan(field->low))
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

/* Of the titles of rows; longer ones take several lines. */
static double title_width(const Table *table, const TableBlock *block)
{
    double width = block->title ? letter * (double)encoding_letters(block->title) : 0;
    for (size_t r = 0; r < table->n_rows; r++)
        width = fmax(width, letter * (double)encoding_letters(table->row[r].title) + letter);
    return fmin(width, MOST_TITLE);
}

/* The columns of a block from `begin` on that fit beside the titles; one at least. */
static TableBlock fitting(const Table *table, const TableBlock *block, size_t begin)
{
    TableBlock part = {block->title, begin, 0};
    double width = title_width(table, block) + BETWEEN;
    const size_t end = block->begin + block->n;
    while (begin + part.n < end) {
        width += column_width(table, begin + part.n);
        if (width > COLUMN_OF_PAGE && part.n > 0) break;
        part.n++;
    }
    return part;
}

/* --- writing -------------------------------------------------------------------------------------- */

static bool write_head(Buffer *text, const Table *table, const TableBlock *block, Error *err)
{
    if (!buffer_format(text, err, "\\begin{tabular}{@{}>{\\raggedright\\arraybackslash}p{%.0fpt}",
                       title_width(table, block)))
        return false;
    for (size_t c = 0; c < block->n; c++)
        if (!buffer_add_char(text, 'r', err)) return false;
    if (!buffer_add_text(text, "@{}}\n\\toprule\n", err)) return false;
    if (block->title && !add_text(text, block->title, err)) return false;
    for (size_t c = block->begin; c < block->begin + block->n; c++)
        if (!write_heading(text, &table->column[c], err)) return false;
    return buffer_add_text(text, " \\\\\n\\midrule\n", err);
}

static bool write_row_title(Buffer *text, const TableRow *row, Error *err)
{
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
    if ((table->row[row].begins && row > 0 && !buffer_add_text(text, "\\midrule\n", err)) ||
        !write_row_title(text, &table->row[row], err))
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
    TableBlock part = {block->title, block->begin, 0};
    while (part.begin + part.n < block->begin + block->n) {
        if (part.n > 0 && !buffer_add_text(text, between, err)) return false;
        part = fitting(table, block, part.begin + part.n);
        if (!write_head(text, table, &part, err)) return false;
        for (size_t r = 0; r < table->n_rows; r++)
            if (table_row_shown(table, &part, r) && !write_row(text, table, &part, r, err))
                return false;
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
