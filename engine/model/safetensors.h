/* The safetensors file format, reading: 8 bytes with the length of the header (little-endian), a JSON
 * header with dtype, shape and data_offsets of every tensor and texts under __metadata__, then the data,
 * which the tensors cover without holes or overlaps.
 *
 * Errors  a file that breaks any of this is refused, by name of file and tensor */
#ifndef MODEL_SAFETENSORS_H
#define MODEL_SAFETENSORS_H

#include "base/json.h"

#define SAFETENSORS_METADATA "__metadata__"

enum { SAFETENSORS_LENGTH_BYTES = 8 };

typedef struct SafetensorsTensor {
    const char *name;
    const char *dtype; /* "F32" */
    int rank;
    size_t dim[4];                 /* unused trailing dimensions are 1 */
    size_t begin_bytes, end_bytes; /* in the data */
} SafetensorsTensor;

typedef struct SafetensorsFile {
    const char *path;
    Json *header;
    const unsigned char *data;
    size_t data_bytes;
    SafetensorsTensor *tensors; /* by rising place in the data */
    size_t n_tensors;
} SafetensorsFile;

/* Maps the file until the arena is reset, and checks its header whole. */
bool safetensors_open(SafetensorsFile *file, const char *path, Arena *arena, Error *err) MUST_USE;

const SafetensorsTensor *safetensors_find(const SafetensorsFile *file,
                                          const char *name); /* NULL: none */

/* Bytes of a value of the types that are read: F32, F16 and BF16; 0: another type. */
size_t safetensors_value_bytes(const char *dtype);

/* Values begin..begin+n of a tensor of such a type; the shape was checked against the bytes that are there. */
void safetensors_floats(float *values, const SafetensorsFile *file, const SafetensorsTensor *tensor,
                        size_t begin, size_t n);

/* Adds the hint for a broken file. Always returns false. */
bool safetensors_damaged(Error *err);

#endif
