#include "golden_file.h"

#include <criterion/criterion.h>

#include "deviation.h"

Json *golden_file_open(const char *path, Arena *arena)
{
    Error err = {0};
    Json *file = json_parse_file(path, arena, &err);
    cr_assert(file, "%s", err.text);
    return file;
}

Json *golden_file_member(const Json *object, const char *key)
{
    Json *value = json_get(object, key);
    cr_assert(value, "the golden file has no '%s'", key);
    return value;
}

int *golden_file_ints(const Json *list, Arena *arena)
{
    Error err = {0};
    int *values = arena_alloc(arena, json_size(list), sizeof *values, &err);
    cr_assert(values, "%s", err.text);
    for (size_t i = 0; i < json_size(list); i++) values[i] = (int)json_int(json_at(list, i));
    return values;
}

double *golden_file_doubles(const Json *list, Arena *arena)
{
    Error err = {0};
    double *values = arena_alloc(arena, json_size(list), sizeof *values, &err);
    cr_assert(values, "%s", err.text);
    for (size_t i = 0; i < json_size(list); i++) values[i] = json_number(json_at(list, i));
    return values;
}

real *golden_file_reals(const Json *list, Arena *arena)
{
    Error err = {0};
    real *values = arena_alloc(arena, json_size(list), sizeof *values, &err);
    cr_assert(values, "%s", err.text);
    for (size_t i = 0; i < json_size(list); i++) values[i] = (real)json_number(json_at(list, i));
    return values;
}

double golden_file_deviation(const real *found, size_t n, const Json *expected, Arena *arena)
{
    cr_assert_eq(json_size(expected), n, "%zu values, expected %zu", n, json_size(expected));
    return deviation_largest(found, golden_file_reals(expected, arena), n);
}
