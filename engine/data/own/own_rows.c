#include "data/own/own_rows.h"

#include "base/interrupt.h"

bool own_rows_read(OwnRows *all, const RowsLayout *layout, const char *origin, const char *bytes,
                   size_t size, Arena *arena, Error *err)
{
    Rows rows;
    Buffer fields = buffer_create(arena), lines = buffer_create(arena);
    *all = (OwnRows){.origin = origin};
    if (!rows_begin(&rows, layout, origin, bytes, size, arena, err)) return false;
    for (bool more = true; more;) {
        const char **field =
            interrupt_check(err) ? arena_alloc(arena, layout->columns.n, sizeof *field, err) : NULL;
        if (!field || !rows_next(&more, field, &rows, err)) return false;
        if (more && (!buffer_add(&fields, &field, sizeof field, err) ||
                     !buffer_add(&lines, &rows.line, sizeof rows.line, err)))
            return false;
    }
    all->n = fields.size / sizeof *all->field;
    all->field = (const char *const **)(void *)fields.data;
    all->line = (const int *)(void *)lines.data;
    return true;
}
