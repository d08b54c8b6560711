#include "model/npy.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"

#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "these files are little-endian: reading needs byte swaps here"
#endif

static const char magic[] = "\x93NUMPY";
enum { MAGIC_BYTES = 6, VERSION_BYTES = 2, MOST_HEADER_BYTES = 1 << 16 };

static bool damaged(Error *err)
{
    return error_hint(err, "the file is damaged or is no array of numpy: fetch or write it again");
}

/* --- the header as text ------------------------------------------------------------------------- */

/* What stands behind 'KEY': in the dictionary; NULL: no such key. */
static const char *value_of(const char *header, const char *key)
{
    const size_t size = strlen(key);
    for (const char *at = header; (at = strstr(at, key)) != NULL; at += size) {
        const char quote = at[size];
        if (at == header || (at[-1] != '\'' && at[-1] != '"') || quote != at[-1]) continue;
        at += size + 1;
        at += strspn(at, " ");
        if (*at == ':') return at + 1 + strspn(at + 1, " ");
    }
    return NULL;
}

static bool begins_with(const char *text, const char *word)
{
    return text && !strncmp(text, word, strlen(word));
}

static bool check_type(const NpyFile *file, const char *header, Error *err)
{
    const char *descr = value_of(header, "descr"), *order = value_of(header, "fortran_order");
    if (!descr || !order) {
        error_set(err, "%s: the header has no descr or no fortran_order", file->path);
        return damaged(err);
    }
    if (begins_with(descr, "'|O'") || begins_with(descr, "\"|O\"")) {
        error_set(err, "%s: holds Python objects, which are programs and are not read", file->path);
        return error_hint(err, "write plain numbers: array.astype('<f4')");
    }
    if (!begins_with(descr, "'<f4'") && !begins_with(descr, "\"<f4\"")) {
        error_set(err, "%s: holds values of type %.*s, not '<f4'", file->path,
                  (int)strcspn(descr, ",}"), descr);
        return error_hint(err, "write 32-bit floating point: array.astype('<f4')");
    }
    if (begins_with(order, "False")) return true;
    error_set(err, "%s: is in Fortran order", file->path);
    return error_hint(err, "write it in C order: numpy.ascontiguousarray(array)");
}

/* (512, 768) or (1,) or (). */
static bool read_shape(NpyFile *file, const char *header, Error *err)
{
    const char *at = value_of(header, "shape");
    bool fits = at && *at == '(';
    at += fits;
    for (file->rank = 0, file->n = 1; fits; file->rank++) {
        at += strspn(at, " ");
        if (*at == ')') break;
        char *end;
        const unsigned long long size = strtoull(at, &end, 10);
        fits = end > at && *at != '-' && *at != '+' && file->rank < NPY_MOST_DIMENSIONS &&
               size <= SIZE_MAX / sizeof(float) &&
               !__builtin_mul_overflow(file->n, (size_t)size, &file->n);
        if (!fits) break;
        file->dim[file->rank] = (size_t)size;
        at = end + strspn(end, " ");
        fits = *at == ',' || *at == ')';
        at += *at == ',';
    }
    if (fits) return true;
    error_set(err, "%s: the header has no shape of at most %d sizes", file->path,
              NPY_MOST_DIMENSIONS);
    return damaged(err);
}

/* --- the file --------------------------------------------------------------------------------------- */

/* How long the header is, and where it begins; 0: the file ends before it. */
static size_t find_header(size_t *begin, const unsigned char *bytes, size_t size)
{
    const size_t length_bytes = size > MAGIC_BYTES && bytes[MAGIC_BYTES] == 1 ? 2 : 4;
    *begin = MAGIC_BYTES + VERSION_BYTES + length_bytes;
    if (size < *begin) return 0;
    size_t length = 0;
    for (size_t i = 0; i < length_bytes; i++)
        length |= (size_t)bytes[MAGIC_BYTES + VERSION_BYTES + i] << (8 * i);
    return length <= MOST_HEADER_BYTES && length <= size - *begin ? length : 0;
}

bool npy_open(NpyFile *file, const char *path, Arena *arena, Error *err)
{
    const void *mapped;
    size_t size, begin;
    *file = (NpyFile){.path = path, .dim = {1, 1, 1, 1}};
    if (!file_map(&mapped, &size, path, arena, err)) return false;
    const unsigned char *bytes = mapped;
    if (size < MAGIC_BYTES || memcmp(bytes, magic, MAGIC_BYTES) != 0) {
        error_set(err, "%s: does not begin as an array of numpy does", path);
        return damaged(err);
    }
    const size_t length = find_header(&begin, bytes, size);
    if (length == 0) {
        error_set(err, "%s: ends within its header", path);
        return damaged(err);
    }
    const char *header = arena_text_span(arena, (const char *)bytes + begin, length, err);
    if (!header || !check_type(file, header, err) || !read_shape(file, header, err)) return false;
    const size_t held = size - begin - length;
    file->values = bytes + begin + length;
    if (held == file->n * sizeof(float)) return true;
    error_set(err, "%s: holds %zu bytes of values, but its shape needs %zu", path, held,
              file->n * sizeof(float));
    return damaged(err);
}
