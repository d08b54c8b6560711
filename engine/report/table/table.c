#include "report/table/table.h"

#include <math.h>
#include <string.h>

bool table_allocate(Table *table, size_t most_rows, size_t n_columns, size_t most_notes,
                    Arena *arena, Error *err)
{
    *table = (Table){.n_columns = n_columns, .n_blocks = 1};
    table->row = arena_alloc(arena, most_rows, sizeof *table->row, err);
    table->column = arena_alloc(arena, n_columns, sizeof *table->column, err);
    table->block = arena_alloc(arena, n_columns + 1, sizeof *table->block, err);
    table->field = arena_alloc(arena, most_rows * n_columns, sizeof *table->field, err);
    table->notes.text = arena_alloc(arena, most_notes, sizeof(char *), err);
    table->plain_notes.text = arena_alloc(arena, most_notes, sizeof(char *), err);
    if (!table->row || !table->column || !table->block || !table->field || !table->notes.text ||
        !table->plain_notes.text)
        return false;
    table->block[0].n = n_columns;
    return true;
}

void table_add_note(Table *table, const char *typeset, const char *plain)
{
    table->notes.text[table->notes.n++] = typeset;
    table->plain_notes.text[table->plain_notes.n++] = plain;
}

TableField *table_field(const Table *table, size_t row, size_t column)
{
    return &table->field[row * table->n_columns + column];
}

/* Whether the interval of a cell meets that of no other. */
static bool is_apart(const Table *table, size_t row, size_t column)
{
    const TableField *field = table_field(table, row, column);
    for (size_t r = 0; r < table->n_rows; r++) {
        const TableField *other = table_field(table, r, column);
        if (r == row || table->row[r].kind != TABLE_ROW_CELL || other->kind == TABLE_NOTHING)
            continue;
        if (!(field->low > other->high || field->high < other->low)) return false; /* or unknown */
    }
    return true;
}

void table_mark_best(Table *table, size_t column, bool highest)
{
    size_t n = 0;
    double best = highest ? -INFINITY : INFINITY;
    for (size_t r = 0; r < table->n_rows; r++) {
        const TableField *field = table_field(table, r, column);
        if (table->row[r].kind != TABLE_ROW_CELL || field->kind == TABLE_NOTHING) continue;
        best = highest ? fmax(best, field->value) : fmin(best, field->value);
        n++;
    }
    for (size_t r = 0; r < table->n_rows && n > 1; r++) {
        TableField *field = table_field(table, r, column);
        if (table->row[r].kind == TABLE_ROW_CELL && field->kind != TABLE_NOTHING &&
            field->value == best)
            field->best = is_apart(table, r, column) ? TABLE_BEST_APART : TABLE_BEST_HERE;
    }
}

bool table_row_shown(const Table *table, const TableBlock *block, size_t row)
{
    for (size_t c = block->begin; c < block->begin + block->n; c++)
        if (table_field(table, row, c)->kind != TABLE_NOTHING) return true;
    return table->row[row].kind == TABLE_ROW_CELL;
}
