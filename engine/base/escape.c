#include "base/escape.h"

#include <string.h>

#include "base/control.h"
#include "base/csv.h"
#include "base/spelled.h"

/* How something is written; the first that fits is taken. The last has no text. */
typedef struct Spelling {
    const char *text, *written;
} Spelling;

static bool add_spelled(Buffer *out, const char *text, size_t size, const Spelling *spellings,
                        Error *err)
{
    for (const char *end = text + size; text < end;) {
        const Spelling *at = spellings;
        while (at->text && strncmp(text, at->text, strlen(at->text)) != 0) at++;
        unsigned code;
        size_t n = at->text ? strlen(at->text) : control_at(&code, text, (size_t)(end - text));
        if (!(at->text ? buffer_add_text(out, at->written, err)
                       : buffer_add_char(out, n ? ' ' : *text, err)))
            return false;
        text += n ? n : 1;
    }
    return true;
}

/* --- gnuplot ------------------------------------------------------------------------------------ */

/* What backquotes hold is run by a shell, in double quotes too; an octal number is read after that. */
static const Spelling gnuplot[] = {
    {"`", "\\140"}, {"\"", "\\\""}, {"\\", "\\\\"}, {"\n", "\\n"}, {0}};
static const Spelling gnuplot_tic[] = {{"`", "\\140"}, {"\"", "\\\""}, {"\\", "\\\\"},
                                       {"\n", "\\n"},  {"%", "%%"},    {0}};
static const Spelling gnuplot_field[] = {{"\"", "'"}, {0}};

static bool add_quoted(Buffer *script, const char *text, const Spelling *spellings, Error *err)
{
    return buffer_add_char(script, '"', err) &&
           add_spelled(script, text, strlen(text), spellings, err) &&
           buffer_add_char(script, '"', err);
}

bool escape_gnuplot(Buffer *script, const char *text, Error *err)
{
    return add_quoted(script, text, gnuplot, err);
}

bool escape_gnuplot_tic(Buffer *script, const char *text, Error *err)
{
    return add_quoted(script, text, gnuplot_tic, err);
}

bool escape_gnuplot_field(Buffer *csv, const char *text, Error *err)
{
    Buffer field = buffer_create(csv->arena);
    return buffer_add_text(&field, "", err) &&
           add_spelled(&field, text, strlen(text), gnuplot_field, err) &&
           csv_text(csv, field.data, err);
}

/* --- LaTeX -------------------------------------------------------------------------------------- */

static const Spelling latex[] = {
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
    {"[", "{[}"}, /* these two would belong to the line break before them */
    {"*", "{*}"},
    {"<", "\\textless{}"},
    {">", "\\textgreater{}"},
    {"|", "\\textbar{}"},
    {"`", "\\textasciigrave{}"},
    {"“", "``"},
    {"”", "''"},
    {"\"", "\\symbol{34}"}, /* \textquotedbl is not in every encoding of fonts */
    {"--", "-{}-{}"}, /* letters that would be joined to another sign, the last with what follows */
    {"''", "'{}'{}"},
    {",,", ",{},{}"},
    {"−", "$-$"},
    {"×", "$\\times$"},
    {"†", "$\\dagger$"},
    {"λ", "$\\lambda$"},
    {"≤", "$\\leq$"},
    {"≥", "$\\geq$"},
    {"–", "--"},
    {"—", "---"},
    {"’", "'"},
    {0},
};
static const Spelling comment[] = {{0}};

bool escape_latex(Buffer *out, const char *text, size_t size, Error *err)
{
    return add_spelled(out, text, size, latex, err);
}

bool escape_latex_comment(Buffer *out, const char *text, Error *err)
{
    return buffer_add_text(out, "% ", err) && add_spelled(out, text, strlen(text), comment, err) &&
           buffer_add_char(out, '\n', err);
}

static bool add_latex(Buffer *out, const char *text, Error *err)
{
    return escape_latex(out, text, strlen(text), err);
}

bool escape_latex_format(Buffer *out, Error *err, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    bool ok = spelled_format(out, format, &arguments, add_latex, err);
    va_end(arguments);
    return ok;
}

bool escape_latex_url(Buffer *out, const char *address, Error *err)
{
    for (; *address; address++) {
        const unsigned char c = (unsigned char)*address;
        const bool special = c <= ' ' || c >= 0x7F || strchr("\\{}\"^`<>|", c);
        if (!(special            ? buffer_format(out, err, "\\%%%02X", c)
              : strchr("%#&", c) ? buffer_format(out, err, "\\%c", c)
                                 : buffer_add_char(out, (char)c, err)))
            return false;
    }
    return true;
}

/* --- HTML --------------------------------------------------------------------------------------- */

/* The last two are no characters, of which no document may hold any. */
static const Spelling html[] = {{"&", "&amp;"}, {"<", "&lt;"},   {">", "&gt;"},   {"\"", "&quot;"},
                                {"'", "&#39;"}, {"\uFFFE", " "}, {"\uFFFF", " "}, {0}};

bool escape_html(Buffer *out, const char *text, Error *err)
{
    return add_spelled(out, text, strlen(text), html, err);
}

bool escape_html_format(Buffer *out, Error *err, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    bool ok = spelled_format(out, format, &arguments, escape_html, err);
    va_end(arguments);
    return ok;
}

/* --- manual pages ------------------------------------------------------------------------------- */

static const Spelling roff[] = {{"\\", "\\(rs"}, {"-", "\\-"},   {"'", "\\(aq"},  {"`", "\\(ga"},
                                {"^", "\\(ha"},  {"~", "\\(ti"}, {"\"", "\\(dq"}, {0}};

/* A full stop at the beginning of a line would begin a command. */
bool escape_roff(Buffer *out, const char *text, Error *err)
{
    return (*text != '.' || buffer_add_text(out, "\\&", err)) &&
           add_spelled(out, text, strlen(text), roff, err);
}

bool escape_roff_format(Buffer *out, Error *err, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    bool ok = spelled_format(out, format, &arguments, escape_roff, err);
    va_end(arguments);
    return ok;
}

/* --- tables and commands ------------------------------------------------------------------------ */

bool escape_tsv(Buffer *tsv, const char *text, Error *err)
{
    static const char special[] = "\t\n\r\\", written[] = "tnr\\";
    for (; *text; text++) {
        const char *at = strchr(special, *text);
        if (!(at ? buffer_format(tsv, err, "\\%c", written[at - special])
                 : buffer_add_char(tsv, *text, err)))
            return false;
    }
    return true;
}

bool escape_file_name(Buffer *name, const char *text, Error *err)
{
    for (const char *at = text; *at; at++) {
        const unsigned char c = (unsigned char)*at;
        const bool special = c < ' ' || strchr("/%\x7F", c) || (c == '.' && at == text);
        if (!(special ? buffer_format(name, err, "%%%02X", c) : buffer_add_char(name, *at, err)))
            return false;
    }
    return true;
}

static const char word[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-/";

bool escape_url(Buffer *address, const char *path, Error *err)
{
    for (; *path; path++)
        if (!(strchr(word, *path) || *path == '~'
                  ? buffer_add_char(address, *path, err)
                  : buffer_format(address, err, "%%%02X", (unsigned char)*path)))
            return false;
    return true;
}

bool escape_regex(Buffer *pattern, const char *text, Error *err)
{
    static const char special[] = ".^$|()[]{}*+?\\-/#";
    for (; *text; text++)
        if ((strchr(special, *text) && !buffer_add_char(pattern, '\\', err)) ||
            !buffer_add_char(pattern, *text, err))
            return false;
    return true;
}

bool escape_shell(Buffer *command, const char *text, Error *err)
{
    static const Spelling quoted[] = {{"'", "'\\''"}, {0}};
    size_t size = strlen(text);
    if (size > 0 && strspn(text, word) == size) return buffer_add_text(command, text, err);
    return buffer_add_char(command, '\'', err) && add_spelled(command, text, size, quoted, err) &&
           buffer_add_char(command, '\'', err);
}
