#include "base/csv.h"

#include <assert.h>
#include <math.h>
#include <string.h>

/* --- writing ------------------------------------------------------------------------------------ */

bool csv_text(Buffer *csv, const char *text, Error *err)
{
    if (!strpbrk(text, ",\"\n\r") && *text != '#') return buffer_format(csv, err, "%s,", text);
    return csv_quoted(csv, text, err);
}

bool csv_quoted(Buffer *csv, const char *text, Error *err)
{
    if (!buffer_add_char(csv, '"', err)) return false;
    for (; *text; text++)
        if ((*text == '"' && !buffer_add_char(csv, '"', err)) || !buffer_add_char(csv, *text, err))
            return false;
    return buffer_add_text(csv, "\",", err);
}

/* Nine digits: more than any figure shows; the exact numbers are in result.json. */
bool csv_number(Buffer *csv, double value, Error *err)
{
    return isfinite(value) ? buffer_format(csv, err, "%.9g,", value)
                           : buffer_add_char(csv, ',', err);
}

void csv_end(Buffer *csv)
{
    assert(csv->size && csv->data[csv->size - 1] == ',');
    csv->data[csv->size - 1] = '\n';
}

/* --- reading ------------------------------------------------------------------------------------ */

CsvReader csv_reader(const char *origin, const char *text, size_t size)
{
    return (CsvReader){.origin = origin,
                       .at = text,
                       .end = text + size,
                       .line = 1,
                       .next_line = 1,
                       .delimiter = ','};
}

const char *csv_delimiter_word(char delimiter)
{
    switch (delimiter) {
    case ',': return "comma";
    case ';': return "semicolon";
    case '\t': return "tab";
    case '|': return "bar";
    default: return "delimiter";
    }
}

/* The end of the line, without its ending. */
static const char *line_end(const CsvReader *reader)
{
    if (reader->at == reader->end) return reader->end;
    const char *end = memchr(reader->at, '\n', (size_t)(reader->end - reader->at));
    if (!end) end = reader->end;
    return end > reader->at && end[-1] == '\r' ? end - 1 : end;
}

/* Over the line's ending, where `at` stands. */
static void skip_ending(CsvReader *reader)
{
    if (reader->at < reader->end && *reader->at == '\r') reader->at++;
    if (reader->at < reader->end) reader->at++;
    reader->next_line++;
}

bool csv_next_row(CsvReader *reader)
{
    while (reader->at < reader->end && line_end(reader) == reader->at) skip_ending(reader);
    reader->line = reader->next_line;
    return reader->at < reader->end;
}

/* `at` stands on the opening mark. */
static bool read_quoted(Buffer *field, CsvReader *reader, Error *err)
{
    for (reader->at++; reader->at < reader->end; reader->at++) {
        char c = *reader->at;
        bool doubled = c == '"' && reader->at + 1 < reader->end && reader->at[1] == '"';
        if (c == '"' && !doubled) {
            reader->at++;
            return true;
        }
        reader->at += doubled;
        reader->next_line += c == '\n';
        if (!buffer_add_char(field, c, err)) return false;
    }
    error_usage(err, "%s:%d: a quotation mark is opened in this row and never closed",
                reader->origin, reader->line);
    return error_hint(err, "the file may be cut off, or its format may be tsv rather than csv");
}

static bool read_plain(Buffer *field, CsvReader *reader, Error *err)
{
    const char *start = reader->at, *end = line_end(reader);
    const char *delimiter = memchr(start, reader->delimiter, (size_t)(end - start));
    reader->at = delimiter ? delimiter : end;
    return buffer_add(field, start, (size_t)(reader->at - start), err);
}

bool csv_read(Buffer *field, bool *last, CsvReader *reader, Error *err)
{
    buffer_clear(field);
    bool quoted = reader->at < reader->end && *reader->at == '"';
    if (!buffer_add_text(field, "", err) ||
        !(quoted ? read_quoted(field, reader, err) : read_plain(field, reader, err)))
        return false;
    *last = reader->at == line_end(reader);
    if (*last) {
        skip_ending(reader);
        return true;
    }
    if (*reader->at++ == reader->delimiter) return true;
    return error_usage(err, "%s:%d: text follows a closing quotation mark; expected a %s",
                       reader->origin, reader->line, csv_delimiter_word(reader->delimiter));
}
