#include "base/csv.h"

#include <assert.h>
#include <math.h>
#include <string.h>

bool csv_text(Buffer *csv, const char *text, Error *err)
{
    if (!strpbrk(text, ",\"\n\r") && *text != '#') return buffer_format(csv, err, "%s,", text);
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
