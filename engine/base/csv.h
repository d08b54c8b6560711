/* CSV (RFC 4180), written and read: the one place that knows its quotes. */
#ifndef BASE_CSV_H
#define BASE_CSV_H

#include "base/buffer.h"

/* --- writing: fields, one after the other ------------------------------------------------------- */

/* A field and the comma that follows it; quoted where it holds a comma, a quote or a line end, or begins with a # as
 * comments do for some readers. */
bool csv_text(Buffer *csv, const char *text, Error *err) MUST_USE;
bool csv_quoted(Buffer *csv, const char *text, Error *err) MUST_USE; /* always quoted */
bool csv_number(Buffer *csv, double value, Error *err) MUST_USE; /* not finite: an empty field */

/* The end of a row: the last comma becomes a line end. */
void csv_end(Buffer *csv);

/* --- reading ------------------------------------------------------------------------------------ */

/* Lines end in LF or CR LF; "..." may hold delimiters, line ends and "" for ". */
typedef struct CsvReader {
    const char *origin;   /* for messages */
    const char *at, *end; /* what is still to be read */
    int line;             /* of the row that is being read, from 1 */
    int next_line;        /* of what stands at `at` */
    char delimiter;       /* between fields */
} CsvReader;

/* Fields are parted by commas, unless the delimiter is made another one. */
CsvReader csv_reader(const char *origin, const char *text, size_t size);

/* What a delimiter is called: "comma", "semicolon", "tab", "bar"; "delimiter", if it is another one. */
const char *csv_delimiter_word(char delimiter);

/* To the next row, over empty lines; false: there is none. */
bool csv_next_row(CsvReader *reader);

/* The row's next field, in place of what is in the buffer; *last: it ends the row. An error names origin and line. */
bool csv_read(Buffer *field, bool *last, CsvReader *reader, Error *err) MUST_USE;

#endif
