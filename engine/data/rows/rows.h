/* Rows of text fields out of tables and trees.
 *
 *   tsv         a row a line; fields parted by tabs, or by `separators`; no quoting: a quotation mark is
 *               a letter like others
 *   csv         fields parted by commas, or by another `delimiter`; "..." may hold it, line ends and "" for "
 *   blocks      a field a line, an empty line after each row
 *   json lines  an object a line; each column is found by its path
 *   json, xml   one document; each column is found by its path, and lists make the rows
 *
 * A path is keys and positions parted by dots: "options.0". A '*' stands for each item of a list in
 * turn: the same item in all columns whose path has as many. {"article": "..", "questions": [..],
 * "options": [[..], ..]} gives a row a question for "article", "questions.*" and "options.*.0". At most
 * two stars are nested. What a path leads to is a text, a number, true or false, or a list of texts, which are
 * joined by line ends. XML is such a tree as base/xml.h makes of it.
 *
 * Lines end in LF or CR LF; a byte order mark is passed over, and so are empty lines but in csv's quotes.
 *
 * Errors  name origin and line: a wrong number of fields, a wrong header, an open quotation, bytes that are
 *         not in the encoding, zero bytes, a path that leads nowhere, lists that should have the same length */
#ifndef DATA_ROWS_H
#define DATA_ROWS_H

#include "data/rows/rows_layout.h"

/* Begins to read `size` bytes (borrowed) and checks the header, if there is to be one. */
bool rows_begin(Rows *rows, const RowsLayout *layout, const char *origin, const char *bytes,
                size_t size, Arena *arena, Error *err) MUST_USE;

/* The next row's fields, one a column, zero-terminated; *more is false at the end. Between calls the
 * arena may be taken back to where it was after rows_begin. */
bool rows_next(bool *more, const char **fields, Rows *rows, Error *err) MUST_USE;

#endif
