#include "base/columns.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/encoding.h"
#include "base/escape.h"
#include "base/wrap.h"

enum { GAP = 2, LEAST_LAST = 8 };

Columns columns_create(size_t n, Arena *arena)
{
    return (Columns){.n = n, .arena = arena};
}

bool columns_add(Columns *columns, const char *field, Error *err)
{
    if (!field) return false;
    const char **fields = arena_grow(columns->arena, columns->field, columns->n_fields,
                                     &columns->room, sizeof *fields, err);
    if (!fields) return false;
    columns->field = fields;
    columns->field[columns->n_fields++] = field;
    return true;
}

bool columns_format(Columns *columns, Error *err, const char *format, ...)
{
    char field[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(field, sizeof field, format, arguments);
    va_end(arguments);
    return columns_add(columns, arena_text(columns->arena, field, err), err);
}

void columns_right(Columns *columns, size_t column)
{
    columns->right |= (uint32_t)1 << column;
}

static const char *field_of(const Columns *columns, size_t row, size_t column)
{
    return columns->field[row * columns->n + column];
}

static size_t n_rows(const Columns *columns)
{
    return columns->n_fields / columns->n;
}

static bool has_head(const Columns *columns)
{
    for (size_t c = 0; c < columns->n; c++)
        if (*field_of(columns, 0, c)) return true;
    return false;
}

/* --- for programs --------------------------------------------------------------------------------- */

static bool write_tabs(Buffer *text, const Columns *columns, Error *err)
{
    for (size_t r = has_head(columns) ? 0 : 1; r < n_rows(columns); r++)
        for (size_t c = 0; c < columns->n; c++)
            if (!escape_tsv(text, field_of(columns, r, c), err) ||
                !buffer_add_char(text, c + 1 < columns->n ? '\t' : '\n', err))
                return false;
    return true;
}

/* --- for people ----------------------------------------------------------------------------------- */

/* With its unit, a per cent sign. */
static bool is_number(const char *field)
{
    return strpbrk(field, "0123456789") && field[strspn(field, "+-0123456789.e %")] == '\0';
}

/* Below its head a column has numbers alone. */
static bool has_numbers(const Columns *columns, size_t column)
{
    for (size_t r = 1; r < n_rows(columns); r++) {
        const char *field = field_of(columns, r, column);
        if (*field && !is_number(field)) return false;
    }
    return true;
}

static size_t width_of(const Columns *columns, size_t column)
{
    size_t most = 0;
    for (size_t r = 0; r < n_rows(columns); r++) {
        const size_t width = encoding_letters(field_of(columns, r, column));
        if (width > most) most = width;
    }
    return most;
}

/* How a column is drawn. */
typedef struct Drawn {
    size_t width;
    bool right;
} Drawn;

static Drawn *drawn_of(const Columns *columns, Error *err)
{
    Drawn *drawn = arena_alloc(columns->arena, columns->n, sizeof *drawn, err);
    for (size_t c = 0; drawn && c < columns->n; c++)
        drawn[c] = (Drawn){width_of(columns, c),
                           has_numbers(columns, c) || (columns->right >> c & 1) != 0};
    return drawn;
}

/* What the last column may take, behind all others. */
static size_t room_for_last(const Drawn *drawn, size_t n, size_t width)
{
    size_t others = GAP;
    for (size_t c = 0; c + 1 < n; c++) others += GAP + drawn[c].width;
    return width > others + LEAST_LAST ? width - others : LEAST_LAST;
}

/* As one line, its end cut off where it is too long. */
static bool add_last(Buffer *text, const char *field, size_t room, Error *err)
{
    WrapLine line;
    const char *rest = field;
    const bool fits = encoding_letters(field) <= room;
    if (!wrap_next(&line, &rest, fits ? room : room - 1)) return true;
    return buffer_add(text, line.begin, line.bytes, err) &&
           (!*rest || buffer_add_text(text, "…", err));
}

static bool add_field(Buffer *text, const char *field, const Drawn *drawn, Error *err)
{
    const int spaces = (int)(drawn->width - encoding_letters(field));
    return buffer_format(text, err, "%*s%s%*s", drawn->right ? spaces : 0, "", field,
                         drawn->right ? 0 : spaces, "");
}

static bool write_aligned(Buffer *text, const Columns *columns, size_t width, Error *err)
{
    const Drawn *drawn = drawn_of(columns, err);
    if (!drawn) return false;
    const size_t last = columns->n - 1, room = room_for_last(drawn, columns->n, width);
    for (size_t r = has_head(columns) ? 0 : 1; r < n_rows(columns); r++) {
        for (size_t c = 0; c < columns->n; c++) {
            const char *field = field_of(columns, r, c);
            if (!buffer_format(text, err, "%*s", GAP, "") ||
                !(c == last && !drawn[c].right ? add_last(text, field, room, err)
                                               : add_field(text, field, &drawn[c], err)))
                return false;
        }
        while (text->size > 0 && text->data[text->size - 1] == ' ') text->data[--text->size] = '\0';
        if (!buffer_add_char(text, '\n', err)) return false;
    }
    return true;
}

/* --- leaving out ---------------------------------------------------------------------------------- */

static size_t width_of_all(const Columns *columns)
{
    size_t width = 0;
    for (size_t c = 0; c < columns->n; c++) width += GAP + width_of(columns, c);
    return width;
}

static void drop(Columns *columns, size_t column)
{
    const uint32_t below = ((uint32_t)1 << column) - 1;
    size_t kept = 0;
    for (size_t i = 0; i < columns->n_fields; i++)
        if (i % columns->n != column) columns->field[kept++] = columns->field[i];
    columns->n_fields = kept;
    columns->n--;
    columns->right = (columns->right & below) | (columns->right >> 1 & ~below);
}

void columns_narrow(Columns *columns, const char *const *heads, size_t n, size_t width)
{
    for (size_t i = 0; i < n && width_of_all(columns) > width; i++)
        for (size_t c = 0; c < columns->n; c++)
            if (!strcmp(field_of(columns, 0, c), heads[i])) {
                drop(columns, c);
                break;
            }
}

bool columns_write(Buffer *text, const Columns *columns, size_t width, Error *err)
{
    return width ? write_aligned(text, columns, width, err) : write_tabs(text, columns, err);
}
