#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const char OVERFLOW_NOTE[] = "\n(further messages did not fit here)";

/* Appends as much as fits, in front of position `at` (counted from the start of the text). Text that
 * is cut ends on a whole UTF-8 character and is followed by the note; after that nothing is added. */
static void insert(Error *err, size_t at, const char *text, size_t size)
{
    size_t limit = sizeof err->text - sizeof OVERFLOW_NOTE;
    if (err->is_full) return;
    if (size > limit - err->length) {
        err->is_full = true;
        size = limit - err->length;
        while (size > 0 && ((unsigned char)text[size] & 0xC0) == 0x80) size--;
        at = err->length;
        memcpy(err->text + at, text, size);
        memcpy(err->text + at + size, OVERFLOW_NOTE, sizeof OVERFLOW_NOTE);
        err->length = at + size + sizeof OVERFLOW_NOTE - 1;
        return;
    }
    memmove(err->text + at + size, err->text + at, err->length - at + 1);
    memcpy(err->text + at, text, size);
    err->length += size;
}

static void insert_formatted(Error *err, size_t at, const char *before, const char *format,
                             va_list arguments, const char *after)
{
    char line[sizeof err->text];
    int head = snprintf(line, sizeof line, "%s", before);
    int body = vsnprintf(line + head, sizeof line - (size_t)head, format, arguments);
    size_t size = (size_t)head + (body < 0 ? 0 : (size_t)body);
    if (size >= sizeof line) size = sizeof line - 1;
    snprintf(line + size, sizeof line - size, "%s", after);
    insert(err, at, line, strlen(line));
}

static void begin_paragraph(Error *err, ErrorKind kind, const char *format, va_list arguments,
                            const char *after)
{
    if (err->kind == ERROR_NONE) err->kind = kind;
    insert_formatted(err, err->length, err->n_errors++ ? "\n" : "", format, arguments, after);
}

bool error_set(Error *err, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    begin_paragraph(err, ERROR_FAILED, format, arguments, "");
    va_end(arguments);
    return false;
}

bool error_usage(Error *err, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    begin_paragraph(err, ERROR_USAGE, format, arguments, "");
    va_end(arguments);
    return false;
}

bool error_interrupted(Error *err, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    err->kind = ERROR_INTERRUPTED;
    begin_paragraph(err, ERROR_INTERRUPTED, format, arguments, "");
    va_end(arguments);
    return false;
}

bool error_system(Error *err, int code, const char *format, ...)
{
    char after[160] = ": ";
    const char *reason = strerrordesc_np(code); /* never translated, unlike strerror */
    snprintf(after + 2, sizeof after - 2, "%s", reason ? reason : "unknown system error");
    va_list arguments;
    va_start(arguments, format);
    begin_paragraph(err, ERROR_FAILED, format, arguments, after);
    va_end(arguments);
    return false;
}

/* Where the hints that end the text begin: what was being done is told before what to do. */
static size_t before_hints(const Error *err)
{
    size_t end = err->length;
    for (;;) {
        const char *newline = memrchr(err->text, '\n', end);
        if (!newline || strncmp(newline, "\n  try: ", 8) != 0) return end;
        end = (size_t)(newline - err->text);
    }
}

bool error_wrap(Error *err, const char *doing_format, ...)
{
    if (err->kind == ERROR_NONE) return false;
    va_list arguments;
    va_start(arguments, doing_format);
    insert_formatted(err, before_hints(err), "\n  while ", doing_format, arguments, "");
    va_end(arguments);
    return false;
}

bool error_hint(Error *err, const char *hint_format, ...)
{
    if (err->kind == ERROR_NONE) return false;
    va_list arguments;
    va_start(arguments, hint_format);
    insert_formatted(err, err->length, "\n  try: ", hint_format, arguments, "");
    va_end(arguments);
    return false;
}

bool error_add(Error *err, const Error *other)
{
    if (err->kind == ERROR_NONE || other->kind == ERROR_INTERRUPTED) err->kind = other->kind;
    if (err->n_errors && other->n_errors) insert(err, err->length, "\n", 1);
    insert(err, err->length, other->text, other->length);
    err->n_errors += other->n_errors;
    return false;
}

void error_clear(Error *err)
{
    err->kind = ERROR_NONE;
    err->n_errors = 0;
    err->is_full = false;
    err->length = 0;
    err->text[0] = '\0';
}

int error_exit_status(const Error *err)
{
    switch (err->kind) {
    case ERROR_NONE: return 0;
    case ERROR_USAGE: return 2;
    case ERROR_FAILED:
    case ERROR_INTERRUPTED: break;
    }
    return 1;
}
