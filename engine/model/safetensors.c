#include "model/safetensors.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"

#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "safetensors files are little-endian: reading and writing need byte swaps here"
#endif

enum { MAX_HEADER_BYTES = 100000000 }; /* as in the reference implementation */

bool safetensors_damaged(Error *err)
{
    return error_hint(
        err, "the file is damaged or was not written as safetensors: make or copy it again");
}

/* A list of at most `most` sizes. */
static bool read_sizes(size_t *sizes, size_t *n, size_t most, const Json *list)
{
    if (!list || json_type(list) != JSON_LIST_VALUE || json_size(list) > most) return false;
    *n = json_size(list);
    for (size_t i = 0; i < *n; i++) {
        const Json *item = json_at(list, i);
        if (json_type(item) != JSON_INTEGER_VALUE || json_int(item) < 0) return false;
        sizes[i] = (size_t)json_int(item);
    }
    return true;
}

static bool read_entry(SafetensorsTensor *tensor, const char *path, const char *name,
                       const Json *entry, Error *err)
{
    *tensor = (SafetensorsTensor){.name = name, .dim = {1, 1, 1, 1}};
    if (json_type(entry) != JSON_OBJECT_VALUE || json_size(entry) != 3)
        return error_set(err, "%s: $.%s: expected an object of dtype, shape and data_offsets", path,
                         name);
    const Json *dtype = json_get(entry, "dtype");
    if (!dtype || json_type(dtype) != JSON_TEXT_VALUE)
        return error_set(err, "%s: $.%s.dtype: expected text such as \"F32\"", path, name);
    tensor->dtype = json_text(dtype);
    size_t n;
    if (!read_sizes(tensor->dim, &n, 4, json_get(entry, "shape")))
        return error_set(err, "%s: $.%s.shape: expected a list of at most 4 sizes", path, name);
    tensor->rank = (int)n;
    size_t offsets[2];
    if (!read_sizes(offsets, &n, 2, json_get(entry, "data_offsets")) || n != 2)
        return error_set(err, "%s: $.%s.data_offsets: expected two sizes", path, name);
    tensor->begin_bytes = offsets[0];
    tensor->end_bytes = offsets[1];
    return true;
}

static int compare_places(const void *a, const void *b)
{
    const SafetensorsTensor *left = a, *right = b;
    if (left->begin_bytes != right->begin_bytes)
        return left->begin_bytes < right->begin_bytes ? -1 : 1;
    return (left->end_bytes > right->end_bytes) - (left->end_bytes < right->end_bytes);
}

/* The tensors must cover the data exactly: anything else means a cut or forged file. */
static bool check_places(const SafetensorsFile *file, Error *err)
{
    size_t end = 0;
    for (size_t i = 0; i < file->n_tensors; i++) {
        const SafetensorsTensor *tensor = &file->tensors[i];
        if (tensor->end_bytes < tensor->begin_bytes)
            return error_set(err, "%s: $.%s.data_offsets: [%zu,%zu] ends before it begins",
                             file->path, tensor->name, tensor->begin_bytes, tensor->end_bytes);
        if (tensor->end_bytes > file->data_bytes)
            return error_set(
                err, "%s: $.%s.data_offsets: [%zu,%zu] reaches beyond the %zu bytes of data",
                file->path, tensor->name, tensor->begin_bytes, tensor->end_bytes, file->data_bytes);
        if (tensor->begin_bytes != end)
            return error_set(
                err, "%s: $.%s.data_offsets: begins at %zu, but the tensor before ends at %zu",
                file->path, tensor->name, tensor->begin_bytes, end);
        end = tensor->end_bytes;
    }
    if (end != file->data_bytes)
        return error_set(err, "%s: the tensors end at byte %zu of the data, which has %zu",
                         file->path, end, file->data_bytes);
    return true;
}

static bool read_entries(SafetensorsFile *file, Arena *arena, Error *err)
{
    const size_t n = json_size(file->header);
    file->tensors = arena_alloc(arena, n, sizeof *file->tensors, err);
    if (!file->tensors) return false;
    for (size_t i = 0; i < n; i++) {
        const char *name;
        Json *entry;
        json_member(file->header, i, &name, &entry);
        if (strcmp(name, SAFETENSORS_METADATA) == 0) continue;
        if (!read_entry(&file->tensors[file->n_tensors++], file->path, name, entry, err))
            return false;
    }
    if (file->n_tensors)
        qsort(file->tensors, file->n_tensors, sizeof *file->tensors, compare_places);
    return true;
}

static bool parse_file(SafetensorsFile *file, const unsigned char *bytes, size_t size, Arena *arena,
                       Error *err)
{
    uint64_t header_bytes = 0;
    if (size < SAFETENSORS_LENGTH_BYTES)
        return error_set(err, "%s: %zu bytes are too few for a safetensors file", file->path, size);
    memcpy(&header_bytes, bytes, SAFETENSORS_LENGTH_BYTES);
    if (header_bytes > MAX_HEADER_BYTES || header_bytes > size - SAFETENSORS_LENGTH_BYTES)
        return error_set(err, "%s: the header should have %" PRIu64 " bytes, but the file has %zu",
                         file->path, header_bytes, size);
    file->header = json_parse_text((const char *)bytes + SAFETENSORS_LENGTH_BYTES,
                                   (size_t)header_bytes, file->path, arena, err);
    if (!file->header) return false;
    if (json_type(file->header) != JSON_OBJECT_VALUE)
        return error_set(err, "%s: the header is %s, not an object", file->path,
                         json_type_name(json_type(file->header)));
    file->data = bytes + SAFETENSORS_LENGTH_BYTES + header_bytes;
    file->data_bytes = size - SAFETENSORS_LENGTH_BYTES - (size_t)header_bytes;
    return read_entries(file, arena, err) && check_places(file, err);
}

bool safetensors_open(SafetensorsFile *file, const char *path, Arena *arena, Error *err)
{
    const void *bytes;
    size_t size;
    *file = (SafetensorsFile){.path = path};
    if (!file_map(&bytes, &size, path, arena, err)) return false;
    return parse_file(file, bytes, size, arena, err) || safetensors_damaged(err);
}

const SafetensorsTensor *safetensors_find(const SafetensorsFile *file, const char *name)
{
    for (size_t i = 0; i < file->n_tensors; i++)
        if (strcmp(file->tensors[i].name, name) == 0) return &file->tensors[i];
    return NULL;
}

/* --- values --------------------------------------------------------------------------------- */

size_t safetensors_value_bytes(const char *dtype)
{
    if (strcmp(dtype, "F32") == 0) return 4;
    return strcmp(dtype, "F16") == 0 || strcmp(dtype, "BF16") == 0 ? 2 : 0;
}

/* IEEE 754 binary16: 1 bit of sign, 5 of exponent, 10 of fraction. */
static float float_of_half(uint16_t half)
{
    const int exponent = half >> 10 & 0x1F, fraction = half & 0x3FF;
    float value;
    if (exponent == 0x1F) value = fraction ? NAN : INFINITY;
    else if (exponent == 0) value = ldexpf((float)fraction, -24);
    else value = ldexpf((float)(fraction | 0x400), exponent - 25);
    return half >> 15 ? -value : value;
}

/* The upper half of a float. */
static float float_of_bfloat(uint16_t bfloat)
{
    const uint32_t bits = (uint32_t)bfloat << 16;
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

void safetensors_floats(float *values, const SafetensorsFile *file, const SafetensorsTensor *tensor,
                        size_t begin, size_t n)
{
    const size_t value_bytes = safetensors_value_bytes(tensor->dtype);
    const unsigned char *bytes = file->data + tensor->begin_bytes + begin * value_bytes;
    if (value_bytes == sizeof *values) {
        memcpy(values, bytes, n * sizeof *values); /* not aligned */
        return;
    }
    const bool is_half = tensor->dtype[0] == 'F';
    for (size_t i = 0; i < n; i++) {
        uint16_t bits;
        memcpy(&bits, bytes + i * sizeof bits, sizeof bits);
        values[i] = is_half ? float_of_half(bits) : float_of_bfloat(bits);
    }
}
