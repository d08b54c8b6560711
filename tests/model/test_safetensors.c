/* Values of 16 bits, whose bits and values are known. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "../scratch_folder.h"
#include "model/safetensors.h"

TestSuite(safetensors, .init = scratch_folder_make, .fini = scratch_folder_remove);

enum { N = 6 };

/* A file of one tensor "a" of N values. */
static void expect_values(const char *dtype, const uint16_t bits[N], const float values[N])
{
    Error err = {0};
    Arena *arena = arena_create("test", &err);
    char bytes[256];
    uint64_t header = (uint64_t)snprintf(
        bytes + 8, sizeof bytes - 8,
        "{\"a\":{\"dtype\":\"%s\",\"shape\":[%d],\"data_offsets\":[0,%d]}}", dtype, N, 2 * N);
    memcpy(bytes, &header, 8);
    memcpy(bytes + 8 + header, bits, 2 * N);
    scratch_folder_write("a.safetensors", bytes, 8 + header + 2 * N);
    SafetensorsFile file;
    float found[N];
    cr_assert(safetensors_open(&file, scratch_folder_path("a.safetensors"), arena, &err), "%s",
              err.text);
    cr_assert_eq(safetensors_value_bytes(dtype), 2);
    safetensors_floats(found, &file, safetensors_find(&file, "a"), 0, N);
    for (int i = 0; i < N; i++)
        cr_expect(found[i] == values[i] || (isnan(found[i]) && isnan(values[i])), "%d: %g", i,
                  (double)found[i]);
    safetensors_floats(found, &file, safetensors_find(&file, "a"), 3, 1);
    cr_expect_eq(found[0], values[3]);
    arena_destroy(arena);
}

Test(safetensors, half_precision_is_read_to_the_bit)
{
    expect_values("F16", (const uint16_t[N]){0x3C00, 0xC000, 0x0001, 0x7BFF, 0xFC00, 0x7E00},
                  (const float[N]){1, -2, 0x1p-24F, 65504, -INFINITY, NAN});
}

Test(safetensors, bfloat16_is_the_upper_half_of_a_float)
{
    expect_values("BF16", (const uint16_t[N]){0x3F80, 0xC2F7, 0x0080, 0x7F7F, 0xFF80, 0x7FC0},
                  (const float[N]){1, -123.5F, 0x1p-126F, 0x1.FEp127F, -INFINITY, NAN});
}

Test(safetensors, other_types_have_no_size)
{
    cr_expect_eq(safetensors_value_bytes("F32"), 4);
    cr_expect_eq(safetensors_value_bytes("F64"), 0);
    cr_expect_eq(safetensors_value_bytes("I8"), 0);
}
