#include "model/huggingface_names.h"

#include <stdio.h>
#include <string.h>

enum { MAX_NAME = 128 };

/* --- names ------------------------------------------------------------------------------------ */

/* "block.3.mlp_norm.gain" is "block.%d.mlp_norm.gain", of block 3. */
static bool matches(int *block, const char *pattern, const char *name)
{
    const char *number = strstr(pattern, "%d");
    int length = 0;
    if (!number) return !strcmp(pattern, name);
    const size_t before = (size_t)(number - pattern);
    return !strncmp(pattern, name, before) && sscanf(name + before, "%d%n", block, &length) == 1 &&
           !strcmp(number + 2, name + before + (size_t)length);
}

static const HuggingfaceName *find(int *block, const HuggingfaceFamily *family, const char *ours)
{
    const HuggingfaceName *name = family->names;
    while (name->ours && !matches(block, name->ours, ours)) name++;
    return name->ours ? name : NULL;
}

static void write_name(char text[MAX_NAME], const char *pattern, int block)
{
    const char *number = strstr(pattern, "%d");
    if (number)
        snprintf(text, MAX_NAME, "%.*s%d%s", (int)(number - pattern), pattern, block, number + 2);
    else snprintf(text, MAX_NAME, "%s", pattern);
}

static size_t count_parts(const HuggingfaceName *name)
{
    size_t n = 1; /* at least */
    while (name->theirs[n]) n++;
    return n;
}

/* --- the table -------------------------------------------------------------------------------- */

static bool add_part(HuggingfaceNames *names, const HuggingfacePart *part, const TensorInfo *tensor,
                     const char *name, Error *err)
{
    const size_t rows = part->transposed ? part->n_columns : part->rows;
    const size_t columns = part->transposed ? part->rows : part->n_columns;
    const int at = tensors_add(&names->theirs, err, tensor->flags, tensor->layer, tensor->rank,
                               tensor->rank == 1 ? columns : rows, columns, "%s", name);
    if (at < 0) return false;
    names->part[at] = *part;
    return true;
}

static bool add_parts(HuggingfaceNames *names, const HuggingfaceFamily *family,
                      const TensorTable *ours, int i, Error *err)
{
    const TensorInfo *tensor = &ours->items[i];
    int block = 0;
    const HuggingfaceName *name = find(&block, family, tensor->name);
    if (!name)
        return tensor->layer == TENSOR_LAYER_HEAD ||
               error_set(err, "tensor '%s' has no name in the library", tensor->name);
    const bool is_vector = tensor->rank == 1;
    const size_t n = count_parts(name);
    HuggingfacePart part = {.ours = i,
                            .rows = is_vector ? 1 : tensor->dim[0],
                            .columns = is_vector ? tensor->dim[0] : tensor->dim[1],
                            .transposed = name->flags & HUGGINGFACE_TRANSPOSED,
                            .optional = name->flags & HUGGINGFACE_OPTIONAL};
    part.n_columns = part.columns / n;
    for (size_t p = 0; p < n; p++, part.first_column += part.n_columns) {
        char text[MAX_NAME];
        write_name(text, name->theirs[p], block);
        if (!add_part(names, &part, tensor, text, err)) return false;
    }
    return true;
}

bool huggingface_names_table(HuggingfaceNames *names, const HuggingfaceFamily *family,
                             const TensorTable *ours, Arena *arena, Error *err)
{
    const size_t most = (size_t)ours->n * HUGGINGFACE_MOST_PARTS;
    names->theirs = tensors_create(ours->memory, arena);
    names->part = arena_alloc(arena, most, sizeof *names->part, err);
    if (!names->part) return false;
    for (int i = 0; i < ours->n; i++)
        if (!add_parts(names, family, ours, i, err)) return false;
    return true;
}

/* --- values ----------------------------------------------------------------------------------- */

size_t huggingface_names_place(const HuggingfacePart *part, size_t i)
{
    const size_t width = part->transposed ? part->rows : part->n_columns;
    const size_t high = i / width, low = i % width;
    const size_t row = part->transposed ? low : high, column = part->transposed ? high : low;
    return row * part->columns + part->first_column + column;
}

static bool copy_part(real *theirs, const HuggingfaceNames *names, int t, const TensorTable *ours,
                      const real *block, Arena *scratch, Error *err)
{
    const TensorInfo *to = &names->theirs.items[t];
    const TensorInfo *from = &ours->items[names->part[t].ours];
    real *whole = arena_alloc(scratch, from->n, sizeof *whole, err);
    real *values = whole ? arena_alloc(scratch, to->n, sizeof *values, err) : NULL;
    if (!values) return false;
    ours->memory->copy_out(whole, block + from->offset, from->n);
    for (size_t i = 0; i < to->n; i++)
        values[i] = whole[huggingface_names_place(&names->part[t], i)];
    ours->memory->copy_in(theirs + to->offset, values, to->n);
    return true;
}

real *huggingface_names_values(const HuggingfaceNames *names, const TensorTable *ours,
                               const real *block, Arena *arena, Error *err)
{
    real *theirs = tensors_allocate(&names->theirs, arena, err);
    for (int t = 0; theirs && t < names->theirs.n; t++) {
        const ArenaMark mark = arena_mark(arena);
        const bool copied = copy_part(theirs, names, t, ours, block, arena, err);
        arena_reset(arena, mark);
        if (!copied) return NULL;
    }
    return theirs;
}
