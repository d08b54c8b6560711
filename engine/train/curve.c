#include "train/curve.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"

bool curve_begin(Curve *curve, const char *folder, const char *name, const char *header,
                 Arena *arena, Error *err)
{
    *curve = (Curve){.path = file_join(arena, folder, name, err), .text = buffer_create(arena)};
    return curve->path && buffer_add_text(&curve->text, header, err);
}

bool curve_resume(Curve *curve, int64_t update, Arena *scratch, Error *err)
{
    char *bytes;
    size_t size;
    if (!file_read(&bytes, &size, curve->path, scratch, err))
        return error_wrap(err, "resuming at update %lld", (long long)update);
    for (char *line = strchr(bytes, '\n'); line && line[1];) {
        char *begin = line + 1;
        line = strchr(begin, '\n');
        if (!line || strtoll(begin, NULL, 10) >= update) break;
        if (!buffer_add(&curve->text, begin, (size_t)(line - begin) + 1, err)) return false;
    }
    return true;
}

bool curve_row(Curve *curve, Error *err, const char *format, ...)
{
    char row[512];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(row, sizeof row, format, arguments);
    va_end(arguments);
    return buffer_add(&curve->text, row, (size_t)length, err) &&
           buffer_add_char(&curve->text, '\n', err);
}

bool curve_save(const Curve *curve, Error *err)
{
    return file_write(curve->path, curve->text.data, curve->text.size, err);
}
