#include "model/npy.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "../scratch_folder.h"

static Arena *arena;
static Error err;

static void begin(void)
{
    scratch_folder_make();
    err = (Error){0};
    arena = arena_create("npy", &err);
}

static void end(void)
{
    arena_destroy(arena);
    scratch_folder_remove();
}

TestSuite(npy, .init = begin, .fini = end);

/* A file of version 1 with this header and so many values 0, 1, 2, ...; its path. */
static const char *write(const char *header, size_t n_values)
{
    unsigned char bytes[1024] = "\x93NUMPY\x01\x00";
    const size_t length = strlen(header);
    bytes[8] = (unsigned char)(length & 255);
    bytes[9] = (unsigned char)(length >> 8);
    memcpy(bytes + 10, header, length);
    for (size_t i = 0; i < n_values; i++) {
        const float value = (float)i;
        memcpy(bytes + 10 + length + i * sizeof value, &value, sizeof value);
    }
    scratch_folder_write("array.npy", bytes, 10 + length + n_values * sizeof(float));
    return scratch_folder_path("array.npy");
}

static void expect_refused(const char *path, const char *why)
{
    NpyFile file;
    err = (Error){0};
    cr_assert_not(npy_open(&file, path, arena, &err));
    cr_expect(strstr(err.text, why), "no '%s' in %s", why, err.text);
    cr_expect(strstr(err.text, "array.npy"), "%s", err.text);
}

Test(npy, shape_and_values_are_read)
{
    NpyFile file;
    const char *path =
        write("{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2, 3), }          \n", 6);
    cr_assert(npy_open(&file, path, arena, &err), "%s", err.text);
    cr_expect_eq(file.rank, 3);
    cr_expect(file.dim[0] == 1 && file.dim[1] == 2 && file.dim[2] == 3 && file.dim[3] == 1);
    cr_expect_eq(file.n, 6);
    float last;
    memcpy(&last, file.values + 5 * sizeof last, sizeof last);
    cr_expect_eq(last, 5.0f);
}

Test(npy, a_vector_and_a_single_value_have_their_shapes)
{
    NpyFile file;
    cr_assert(npy_open(&file, write("{'shape': (4,), 'fortran_order': False, 'descr': '<f4'}\n", 4),
                       arena, &err),
              "%s", err.text);
    cr_expect(file.rank == 1 && file.n == 4);
    cr_assert(npy_open(&file, write("{'descr': '<f4', 'fortran_order': False, 'shape': ()}\n", 1),
                       arena, &err),
              "%s", err.text);
    cr_expect(file.rank == 0 && file.n == 1);
}

Test(npy, other_types_and_orders_are_refused_and_say_what_to_write)
{
    expect_refused(write("{'descr': '<f8', 'fortran_order': False, 'shape': (1,)}\n", 2),
                   "holds values of type '<f8', not '<f4'");
    expect_refused(write("{'descr': '>f4', 'fortran_order': False, 'shape': (1,)}\n", 1), "'>f4'");
    expect_refused(write("{'descr': '|O', 'fortran_order': False, 'shape': (1,)}\n", 1),
                   "Python objects");
    expect_refused(write("{'descr': '<f4', 'fortran_order': True, 'shape': (1,)}\n", 1),
                   "Fortran order");
}

Test(npy, broken_headers_are_refused)
{
    expect_refused(write("{'fortran_order': False, 'shape': (1,)}\n", 1), "no descr");
    expect_refused(write("{'descr': '<f4', 'fortran_order': False}\n", 1), "no shape");
    expect_refused(write("{'descr': '<f4', 'fortran_order': False, 'shape': (-1,)}\n", 1),
                   "no shape");
    expect_refused(write("{'descr': '<f4', 'fortran_order': False, 'shape': (1,2,3,4,5)}\n", 1),
                   "no shape");
    expect_refused(
        write("{'descr': '<f4', 'fortran_order': False, 'shape': (4294967296,4294967296)}\n", 1),
        "no shape");
}

Test(npy, a_file_that_is_cut_is_refused_wherever_it_is_cut)
{
    static const char header[] = "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }\n";
    const char *path = write(header, 2);
    const char *whole = scratch_folder_read("array.npy");
    char bytes[256];
    const size_t size = 10 + strlen(header) + 2 * sizeof(float);
    memcpy(bytes, whole, size);
    for (size_t cut = 0; cut < size; cut++) {
        NpyFile file;
        err = (Error){0};
        scratch_folder_write("array.npy", bytes, cut);
        cr_assert_not(npy_open(&file, path, arena, &err), "%zu bytes", cut);
    }
}

Test(npy, more_values_than_the_shape_has_are_refused)
{
    expect_refused(write("{'descr': '<f4', 'fortran_order': False, 'shape': (2,)}\n", 3),
                   "holds 12 bytes of values, but its shape needs 8");
}
