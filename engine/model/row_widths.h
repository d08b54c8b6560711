/* Tensors with a row for each row of a stream, as stacks of blocks list them: a row has channels * C + heads * H +
 * singles values. */
#ifndef MODEL_ROW_WIDTHS_H
#define MODEL_ROW_WIDTHS_H

#include <stdint.h>

#include "model/tensors.h"

typedef struct RowWidth {
    const char *name;
    int channels, heads, singles;
} RowWidth;

/* Adds n of them, [N, width] each, named behind the prefix. C channels and H heads. */
bool row_widths_add(TensorTable *table, const RowWidth *rows, int n, int N, int64_t C, int64_t H,
                    const char *prefix, Error *err) MUST_USE;

#endif
