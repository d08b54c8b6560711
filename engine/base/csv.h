/* Fields of CSV files (RFC 4180), one after the other. */
#ifndef BASE_CSV_H
#define BASE_CSV_H

#include "base/buffer.h"

/* A field and the comma that follows it; quoted where it holds a comma, a quote or a line end, or begins with a # as
 * comments do for some readers. */
bool csv_text(Buffer *csv, const char *text, Error *err) MUST_USE;
bool csv_number(Buffer *csv, double value, Error *err) MUST_USE; /* not finite: an empty field */

/* The end of a row: the last comma becomes a line end. */
void csv_end(Buffer *csv);

#endif
