#include "report/table.h"

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
    {"<", "\\textless{}"},
    {">", "\\textgreater{}"},
    {"−", "$-$"},
    {"×", "$\\times$"},
    {"†", "$\\dagger$"},
    {"λ", "$\\lambda$"},
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

static bool write_field(Buffer *text, const TableField *field, Error *err)
{
    const char *mark = field->degenerate ? "$^\\dagger$" : "";
    double value = 100 * field->value, low = 100 * field->low, high = 100 * field->high;
    switch (field->kind) {
    case TABLE_SCORE:
        return buffer_format(text, err,
                             field->best ? " & \\textbf{%.1f}%s {\\scriptsize [%.1f, %.1f]}"
                                         : " & %.1f%s {\\scriptsize [%.1f, %.1f]}",
                             value, mark, low, high);
    case TABLE_EFFECT:
        return buffer_format(text, err, " & $%+.1f$ {\\scriptsize [$%+.1f$, $%+.1f$]}", value, low,
                             high);
    case TABLE_PLAIN: return buffer_format(text, err, " & %.1f", value);
    case TABLE_PERPLEXITY: return buffer_format(text, err, " & %.1f", field->value);
    case TABLE_NOTHING: break;
    }
    return buffer_add_text(text, " &", err);
}

static bool write_head(Buffer *text, const Table *table, Error *err)
{
    if (!buffer_add_text(text, "\\begin{tabular}{l", err)) return false;
    for (size_t c = 0; c < table->n_columns; c++)
        if (!buffer_add_char(text, 'r', err)) return false;
    if (!buffer_add_text(text, "}\n\\toprule\n", err)) return false;
    for (size_t c = 0; c < table->n_columns; c++)
        if (!buffer_add_text(text, " & ", err) || !add_spelled(text, table->column[c].title, err))
            return false;
    if (!buffer_add_text(text, " \\\\\n", err)) return false;
    for (size_t c = 0; c < table->n_columns; c++)
        if (!buffer_add_text(text, " & {\\small ", err) ||
            !add_spelled(text, table->column[c].unit, err) || !buffer_add_char(text, '}', err))
            return false;
    return buffer_add_text(text, " \\\\\n\\midrule\n", err);
}

/* The kind of a row's first field that is there. */
static TableKind row_kind(const Table *table, size_t row)
{
    for (size_t c = 0; c < table->n_columns; c++)
        if (table->field[row * table->n_columns + c].kind)
            return table->field[row * table->n_columns + c].kind;
    return TABLE_NOTHING;
}

bool table_latex(Buffer *text, const Table *table, Error *err)
{
    if (!write_head(text, table, err)) return false;
    for (size_t r = 0; r < table->n_rows; r++) {
        bool rule = r > 0 && row_kind(table, r) != row_kind(table, r - 1);
        if ((rule && !buffer_add_text(text, "\\midrule\n", err)) ||
            !add_spelled(text, table->row[r], err))
            return false;
        for (size_t c = 0; c < table->n_columns; c++)
            if (!write_field(text, &table->field[r * table->n_columns + c], err)) return false;
        if (!buffer_add_text(text, " \\\\\n", err)) return false;
    }
    if (!buffer_add_text(text, "\\bottomrule\n\\end{tabular}\n", err)) return false;
    for (size_t i = 0; i < table->notes.n; i++)
        if (!buffer_format(text, err, "%% %s\n", table->notes.text[i])) return false;
    return true;
}
