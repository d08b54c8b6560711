#include "model/weights_values.h"

#include <math.h>

#include "base/interrupt.h"

bool weights_values_put(real *block, const Memory *memory, const float *values, size_t n,
                        size_t *bad)
{
    real converted[WEIGHTS_VALUES_PIECE];
    for (size_t i = 0; i < n; i++) {
        converted[i] = (real)values[i];
        *bad = i;
        if (!isfinite(values[i])) return false;
    }
    memory->copy_in(block, converted, n);
    return true;
}

static size_t count(const SafetensorsTensor *stored)
{
    return (stored->end_bytes - stored->begin_bytes) / safetensors_value_bytes(stored->dtype);
}

static bool refuse(const SafetensorsFile *file, const SafetensorsTensor *stored, float value,
                   size_t at, Error *err)
{
    error_set(err, "%s: tensor '%s' holds %g at element %zu, which is not a finite number",
              file->path, stored->name, (double)value, at);
    return safetensors_damaged(err);
}

bool weights_values_check(const SafetensorsFile *file, const SafetensorsTensor *stored, Error *err)
{
    const size_t n = count(stored);
    float piece[WEIGHTS_VALUES_PIECE];
    for (size_t begin = 0; begin < n; begin += WEIGHTS_VALUES_PIECE) {
        if (!interrupt_check(err)) return false;
        const size_t left = n - begin;
        const size_t n_piece = left < WEIGHTS_VALUES_PIECE ? left : WEIGHTS_VALUES_PIECE;
        safetensors_floats(piece, file, stored, begin, n_piece);
        for (size_t i = 0; i < n_piece; i++)
            if (!isfinite(piece[i])) return refuse(file, stored, piece[i], begin + i, err);
    }
    return true;
}

bool weights_values_read(real *block, const Memory *memory, const SafetensorsFile *file,
                         const SafetensorsTensor *stored, Error *err)
{
    const size_t n = count(stored);
    float piece[WEIGHTS_VALUES_PIECE];
    for (size_t begin = 0, bad; begin < n; begin += WEIGHTS_VALUES_PIECE) {
        if (!interrupt_check(err)) return false;
        const size_t left = n - begin;
        const size_t n_piece = left < WEIGHTS_VALUES_PIECE ? left : WEIGHTS_VALUES_PIECE;
        safetensors_floats(piece, file, stored, begin, n_piece);
        if (!weights_values_put(block + begin, memory, piece, n_piece, &bad))
            return refuse(file, stored, piece[bad], begin + bad, err);
    }
    return true;
}
