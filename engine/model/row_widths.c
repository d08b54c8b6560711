#include "model/row_widths.h"

bool row_widths_add(TensorTable *table, const RowWidth *rows, int n, int N, int64_t C, int64_t H,
                    const char *prefix, Error *err)
{
    for (int i = 0; i < n; i++) {
        const size_t width = (size_t)rows[i].channels * (size_t)C +
                             (size_t)rows[i].heads * (size_t)H + (size_t)rows[i].singles;
        if (tensors_add(table, err, 0, 0, 2, (size_t)N, width, "%s%s", prefix, rows[i].name) < 0)
            return false;
    }
    return true;
}
