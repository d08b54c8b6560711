#include "stages/stage_rows.h"

#include "stages/stage_context_window.h"
#include "stages/stage_evaluate.h"
#include "stages/stage_finetune.h"
#include "stages/stage_position.h"
#include "stages/stage_pretrain.h"
#include "stages/stage_rate.h"
#include "stages/stage_sample.h"
#include "stages/stage_tokenizer.h"
#include "stages/stage_tokens.h"
#include "stages/stage_zero_shot.h"

const StageRow *const stage_rows[] = {
    &stage_tokenizer,
    &stage_tokens,
    &stage_pretrain,
    &stage_sample,
    &stage_zero_shot,
    &stage_context_window,
    &stage_position,
    &stage_rate,
    &stage_finetune,
    &stage_evaluate,
    NULL,
};

/* "`tokens`, `tokenizer`". */
static bool describe_inputs(Buffer *markdown, const StageRow *row, Error *err)
{
    for (int i = 0; i < STAGE_MAX_INPUTS && row->inputs[i]; i++)
        if (!buffer_format(markdown, err, "%s`%s`", i ? ", " : "", row->inputs[i]->kind.name))
            return false;
    return true;
}

static bool describe_row(Buffer *markdown, const StageRow *row, Error *err)
{
    return buffer_format(markdown, err, "| `%s` | %d | %s | ", row->kind.name, row->kind.version,
                         row->help) &&
           describe_inputs(markdown, row, err) &&
           buffer_format(markdown, err, " | %s |\n", row->document->name);
}

/* Some kinds share a table. */
static bool is_described(const StageRow *const *row)
{
    for (const StageRow *const *before = stage_rows; before < row; before++)
        if ((*before)->document == (*row)->document) return true;
    return false;
}

bool stage_rows_describe(Buffer *markdown, Error *err)
{
    if (!buffer_add_text(
            markdown,
            "# Kinds of stages\n\nA stage's key is the hash of the fields below that are not "
            "at their default, of the keys of what it reads,\nand of the version of its "
            "numerics.\n\n| kind | version | what it does | reads | fields |\n"
            "|---|---|---|---|---|\n",
            err))
        return false;
    for (const StageRow *const *row = stage_rows; *row; row++)
        if (!describe_row(markdown, *row, err)) return false;
    for (const StageRow *const *row = stage_rows; *row; row++)
        if (!is_described(row) && (!buffer_add_char(markdown, '\n', err) ||
                                   !spec_describe(markdown, (*row)->document, "$", err)))
            return false;
    return true;
}
