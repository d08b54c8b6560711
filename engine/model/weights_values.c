#include "model/weights_values.h"

#include <math.h>

enum { PIECE = 4096 }; /* values converted at a time */

bool weights_values_read(real *block, const Memory *memory, const SafetensorsFile *file,
                         const SafetensorsTensor *stored, Error *err)
{
    const size_t n =
        (stored->end_bytes - stored->begin_bytes) / safetensors_value_bytes(stored->dtype);
    float piece[PIECE];
    real values[PIECE];
    for (size_t begin = 0; begin < n; begin += PIECE) {
        const size_t count = n - begin < PIECE ? n - begin : PIECE;
        safetensors_floats(piece, file, stored, begin, count);
        for (size_t i = 0; i < count; i++) {
            values[i] = (real)piece[i];
            if (isfinite(piece[i])) continue;
            error_set(err, "%s: tensor '%s' holds %g at element %zu, which is not a finite number",
                      file->path, stored->name, (double)piece[i], begin + i);
            return safetensors_damaged(err);
        }
        memory->copy_in(block + begin, values, count);
    }
    return true;
}
