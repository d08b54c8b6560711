#include "train/curve.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/seal.h"

bool curve_begin(Curve *curve, const char *folder, const char *name, const char *header,
                 Arena *arena, Error *err)
{
    *curve = (Curve){.path = file_join(arena, folder, name, err), .text = buffer_create(arena)};
    return curve->path && buffer_add_text(&curve->text, header, err);
}

bool curve_resume(Curve *curve, int64_t update, Arena *scratch, Error *err)
{
    ArenaMark mark = arena_mark(scratch);
    char *bytes;
    size_t size;
    if (!file_read(&bytes, &size, curve->path, scratch, err))
        return error_wrap(err, "resuming at update %lld", (long long)update);
    bool ok = true;
    for (char *line = strchr(bytes, '\n'); ok && line && line[1];) {
        char *begin = line + 1;
        line = strchr(begin, '\n');
        if (!line || strtoll(begin, NULL, 10) >= update) break;
        ok = buffer_add(&curve->text, begin, (size_t)(line - begin) + 1, err);
        curve->n_rows++;
    }
    arena_reset(scratch, mark);
    return ok;
}

bool curve_row(Curve *curve, Error *err, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (length < 0 || !buffer_reserve(&curve->text, (size_t)length, err)) return false;
    va_start(arguments, format);
    vsnprintf(curve->text.data + curve->text.size, (size_t)length + 1, format, arguments);
    va_end(arguments);
    curve->text.size += (size_t)length;
    curve->n_rows++;
    return buffer_add_char(&curve->text, '\n', err);
}

bool curve_save(const Curve *curve, Error *err)
{
    return seal_write(curve->path, curve->text.data, curve->text.size, err);
}
