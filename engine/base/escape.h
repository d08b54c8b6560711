/* Text as data of another language: a function a language, used by everything that writes it, so that no name or
 * sentence of a spec or a file is ever a command. Markdown is base/markdown.h, CSV base/csv.h, JSON base/json.h.
 *
 * Each adds to a buffer. Text without anything special stands as it is. Control characters, line ends among them,
 * become spaces unless said otherwise: a title is one line. */
#ifndef BASE_ESCAPE_H
#define BASE_ESCAPE_H

#include "base/buffer.h"

/* A string of a gnuplot script, in double quotes; '\n' breaks the line. Enhanced text must be off where it is shown. */
bool escape_gnuplot(Buffer *script, const char *text, Error *err) MUST_USE;
bool escape_gnuplot_tic(Buffer *script, const char *text,
                        Error *err) MUST_USE; /* the label of a tic: a format */

/* A field of a CSV file that gnuplot reads, and the comma behind it. gnuplot ends a field at the second quotation
 * mark, whatever follows: they become apostrophes. */
bool escape_gnuplot_field(Buffer *csv, const char *text, Error *err) MUST_USE;

/* Running text in LaTeX, `size` bytes. ASCII, and the few characters beyond it that we use ourselves, need no package
 * and no encoding of fonts; others stand as they are, in UTF-8: Latin letters may need T1, those of other scripts need
 * XeLaTeX or LuaLaTeX and a font that has them. */
bool escape_latex(Buffer *latex, const char *text, size_t size, Error *err) MUST_USE;
bool escape_latex_comment(Buffer *latex, const char *text, Error *err) MUST_USE; /* a whole line */

/* Like buffer_format (of %s, %zu, %lld, %%), but each %s is plain text. */
bool escape_latex_format(Buffer *latex, Error *err, const char *format, ...)
    PRINTF_LIKE(3, 4) MUST_USE;

/* An address within \href{}, as hyperref reads it. */
bool escape_latex_url(Buffer *latex, const char *address, Error *err) MUST_USE;

/* Running text in HTML, also as the value of an attribute in double quotes. */
bool escape_html(Buffer *html, const char *text, Error *err) MUST_USE;
bool escape_html_format(Buffer *html, Error *err, const char *format, ...)
    PRINTF_LIKE(3, 4) MUST_USE;

/* Running text of a manual page, or an argument of its macros in double quotes. Hyphens are those that are typed: an
 * option can be copied from the page. */
bool escape_roff(Buffer *page, const char *text, Error *err) MUST_USE;
bool escape_roff_format(Buffer *page, Error *err, const char *format, ...)
    PRINTF_LIKE(3, 4) MUST_USE;

/* A field of tab-separated values: tab, line ends and backslash are \t \n \r \\. */
bool escape_tsv(Buffer *tsv, const char *text, Error *err) MUST_USE;

/* The name of one file or folder, another for every text: slashes, percent signs, control characters and a full stop at
 * the beginning become %2F and the like. */
bool escape_file_name(Buffer *name, const char *text, Error *err) MUST_USE;

/* A path as the end of an address: what is none of letters, digits and / . _ ~ - becomes %20 and the like. */
bool escape_url(Buffer *address, const char *path, Error *err) MUST_USE;

/* The text itself as a part of a regular expression. */
bool escape_regex(Buffer *pattern, const char *text, Error *err) MUST_USE;

/* A word of a shell command; in single quotes unless it is letters, digits and . _ - /. */
bool escape_shell(Buffer *command, const char *text, Error *err) MUST_USE;

#endif
