/* What the rows of all kinds of stages promise each other. */
#include <criterion/criterion.h>
#include <string.h>

#include "stages/stage_rows.h"

static int place(const StageRow *row)
{
    for (int i = 0; stage_rows[i]; i++)
        if (stage_rows[i] == row) return i;
    return -1;
}

/* Plans are built in the order of the rows. */
Test(stage_rows, inputs_stand_before_what_reads_them)
{
    for (int i = 0; stage_rows[i]; i++)
        for (int k = 0; k < STAGE_MAX_INPUTS && stage_rows[i]->inputs[k]; k++) {
            int at = place(stage_rows[i]->inputs[k]);
            cr_expect(at >= 0 && at < i, "%s", stage_rows[i]->kind.name);
        }
}

/* The store's folders are called as the kinds are, and a key begins with the name. */
Test(stage_rows, every_kind_has_a_name_of_its_own_and_can_be_run)
{
    int n = 0;
    for (; stage_rows[n]; n++) {
        const StageRow *row = stage_rows[n];
        cr_expect(row->kind.run == stage_row_run && row->run && row->fill && row->title, "%s",
                  row->kind.name);
        cr_expect_gt(row->kind.version, 0);
        cr_expect(row->help && row->document, "%s", row->kind.name);
        for (int k = 0; k < n; k++) cr_expect_str_neq(stage_rows[k]->kind.name, row->kind.name);
    }
    cr_expect_geq(n, 10);
}

Test(stage_rows, are_described_with_what_they_read_and_all_that_decides_their_keys)
{
    Error err = {0};
    Arena *arena = arena_create("description", &err);
    Buffer text = buffer_create(arena);
    cr_assert(arena && stage_rows_describe(&text, &err), "%s", err.text);
    for (int i = 0; stage_rows[i]; i++) {
        const SpecTable *table = stage_rows[i]->document;
        cr_expect(
            strstr(text.data, arena_format(arena, &err, "| `%s` | %d |", stage_rows[i]->kind.name,
                                           stage_rows[i]->kind.version)));
        char *heading = arena_format(arena, &err, "## %s\n", table->name),
             *at = strstr(text.data, heading);
        cr_expect(at && !strstr(at + 1, heading), "%s is described once", table->name);
        for (const SpecField *field = table->fields; at && field->name; field++)
            cr_expect(strstr(at, arena_format(arena, &err, "| `%s` |", field->name)), "%s of %s",
                      field->name, table->name);
    }
    cr_expect_null(strstr(text.data, "| nan |"));
    arena_destroy(arena);
}
