/* The tensors of a model under the names that Hugging Face's library gives them, and their values there: some stand as
 * [out,in], some are one of several that stand side by side in one of ours (huggingface_family.h). */
#ifndef MODEL_HUGGINGFACE_NAMES_H
#define MODEL_HUGGINGFACE_NAMES_H

#include "model/huggingface_family.h"

/* Where a tensor of theirs stands in one of ours, seen as a matrix [rows, columns]; of a vector one row. */
typedef struct HuggingfacePart {
    int ours; /* in our table */
    size_t rows, columns, first_column, n_columns;
    bool transposed, optional;
} HuggingfacePart;

typedef struct HuggingfaceNames {
    TensorTable theirs;
    HuggingfacePart *part; /* [theirs.n] */
} HuggingfaceNames;

/* In the order of our table, in the arena. What is a task's and has no name there is left out. */
bool huggingface_names_table(HuggingfaceNames *names, const HuggingfaceFamily *family,
                             const TensorTable *ours, Arena *arena, Error *err) MUST_USE;

/* The element of our tensor that element i of theirs is. */
size_t huggingface_names_place(const HuggingfacePart *part, size_t i);

/* Our values in their places: a block of theirs, in the arena. NULL: out of memory. */
real *huggingface_names_values(const HuggingfaceNames *names, const TensorTable *ours,
                               const real *block, Arena *arena, Error *err);

#endif
