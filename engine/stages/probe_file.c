#include "stages/probe_file.h"

#include "base/file.h"

static const char PROBE_FILE[] = "probe.json";

bool probe_file_set(Json *object, const char *key, const double *value, size_t n, Arena *arena,
                    Error *err)
{
    Json *list = json_new_list(arena, err);
    for (size_t i = 0; list && i < n; i++)
        if (!json_add(list, json_new_number(value[i], arena, err), err)) return false;
    return json_set(object, key, list, err);
}

static bool is_number(const Json *value)
{
    return json_type(value) == JSON_INTEGER_VALUE || json_type(value) == JSON_REAL_VALUE;
}

double *probe_file_get(const Json *object, const char *key, size_t n, Arena *arena, Error *err)
{
    const Json *list = json_get(object, key);
    double *value = arena_alloc(arena, n, sizeof *value, err);
    if (!value) return NULL;
    if (!list || json_type(list) != JSON_LIST_VALUE || json_size(list) != n) {
        error_set(err, "the list '%s' is missing or has not %zu values", key, n);
        return NULL;
    }
    for (size_t i = 0; i < n; i++) {
        const Json *item = json_at(list, i);
        if (!is_number(item)) {
            error_set(err, "item %zu of the list '%s' is no number", i, key);
            return NULL;
        }
        value[i] = json_number(item);
    }
    return value;
}

static bool set_optional(Json *object, const char *key, const double *value, size_t n, Arena *arena,
                         Error *err)
{
    return !value || probe_file_set(object, key, value, n, arena, err);
}

bool probe_file_write(const char *folder, const ProbePoints *probe, Json *more, Arena *scratch,
                      Error *err)
{
    size_t points = (size_t)probe->n_points, units = (size_t)probe->n_units;
    char *path = file_join(scratch, folder, PROBE_FILE, err);
    return path && more &&
           json_set(more, "points", json_new_integer(probe->n_points, scratch, err), err) &&
           json_set(more, "units", json_new_integer(probe->n_units, scratch, err), err) &&
           probe_file_set(more, "x", probe->x, points, scratch, err) &&
           probe_file_set(more, "value", probe->value, points, scratch, err) &&
           probe_file_set(more, "unit", probe->unit, points * units, scratch, err) &&
           set_optional(more, "weight", probe->weight, points * units, scratch, err) &&
           set_optional(more, "truth", probe->truth, units, scratch, err) &&
           set_optional(more, "flops", probe->flops, points, scratch, err) &&
           set_optional(more, "steps", probe->steps, points, scratch, err) &&
           json_write_file(path, more, scratch, err);
}

static bool get_count(int *count, const Json *object, const char *key, Error *err)
{
    const Json *value = json_get(object, key);
    if (!value || json_type(value) != JSON_INTEGER_VALUE || json_int(value) < 0)
        return error_set(err, "'%s' is missing or no count", key);
    *count = (int)json_int(value);
    return true;
}

static bool get_optional(double **value, const Json *object, const char *key, size_t n,
                         Arena *arena, Error *err)
{
    *value = NULL;
    if (!json_get(object, key)) return true;
    *value = probe_file_get(object, key, n, arena, err);
    return *value != NULL;
}

static bool get_curve(ProbePoints *probe, const Json *json, Arena *arena, Error *err)
{
    if (!get_count(&probe->n_points, json, "points", err) ||
        !get_count(&probe->n_units, json, "units", err))
        return false;
    size_t points = (size_t)probe->n_points, units = (size_t)probe->n_units;
    return (probe->x = probe_file_get(json, "x", points, arena, err)) &&
           (probe->value = probe_file_get(json, "value", points, arena, err)) &&
           (probe->unit = probe_file_get(json, "unit", points * units, arena, err)) &&
           get_optional(&probe->weight, json, "weight", points * units, arena, err) &&
           get_optional(&probe->truth, json, "truth", units, arena, err) &&
           get_optional(&probe->flops, json, "flops", points, arena, err) &&
           get_optional(&probe->steps, json, "steps", points, arena, err);
}

bool probe_file_read(ProbePoints *probe, const char *folder, Arena *arena, Error *err)
{
    char *path = file_join(arena, folder, PROBE_FILE, err);
    Json *json = path ? json_parse_file(path, arena, err) : NULL;
    if (!json) return false;
    return get_curve(probe, json, arena, err) || error_wrap(err, "reading %s", path);
}
