#include "stages/probe_file.h"

#include <assert.h>
#include <limits.h>

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

double *probe_file_get(const Json *object, const char *key, size_t n, Arena *arena, Error *err)
{
    const Json *list = json_get(object, key);
    if (!list || json_type(list) != JSON_LIST_VALUE || json_size(list) != n) {
        error_set(err, "the list '%s' is missing or has not %zu values", key, n);
        return NULL;
    }
    double *value = arena_alloc(arena, n, sizeof *value, err);
    for (size_t i = 0; value && i < n; i++) {
        const Json *item = json_at(list, i);
        if (!json_is_numeric(item)) {
            error_set(err, "item %zu of the list '%s' is no number", i, key);
            return NULL;
        }
        value[i] = json_number(item);
    }
    return value;
}

/* --- the curve ------------------------------------------------------------------------------------ */

static const char POINTS[] = "points", UNITS[] = "units";

/* The lists of a curve: as many values as points, as units, or as both. */
typedef struct List {
    const char *key;
    size_t offset; /* of the pointer in ProbePoints */
    bool by_point, by_unit, optional;
} List;

static const List lists[] = {
    {"x", offsetof(ProbePoints, x), true, false, false},
    {"value", offsetof(ProbePoints, value), true, false, false},
    {"unit", offsetof(ProbePoints, unit), true, true, false},
    {"weight", offsetof(ProbePoints, weight), true, true, true},
    {"truth", offsetof(ProbePoints, truth), false, true, true},
    {"flops", offsetof(ProbePoints, flops), true, false, true},
    {"steps", offsetof(ProbePoints, steps), true, false, true},
};
enum { N_LISTS = sizeof lists / sizeof *lists };

static size_t list_size(const List *list, const ProbePoints *probe)
{
    return (list->by_point ? (size_t)probe->n_points : 1) *
           (list->by_unit ? (size_t)probe->n_units : 1);
}

/* --- facets --------------------------------------------------------------------------------------- */

static const char FACETS[] = "facets", NAME[] = "name", VALUES[] = "values", OF[] = "of";

static Json *write_facet(const Facet *facet, size_t n_units, Arena *scratch, Error *err)
{
    Json *json = json_new_object(scratch, err), *of = json_new_list(scratch, err);
    Json *values = json_new_list(scratch, err);
    if (!json || !of || !values) return NULL;
    for (size_t v = 0; v < facet->values.n; v++)
        if (!json_add(values, json_new_text(facet->values.text[v], scratch, err), err)) return NULL;
    for (size_t u = 0; u < n_units; u++)
        if (!json_add(of, json_new_integer(facet->of[u], scratch, err), err)) return NULL;
    return json_set(json, NAME, json_new_text(facet->name, scratch, err), err) &&
                   json_set(json, VALUES, values, err) && json_set(json, OF, of, err)
               ? json
               : NULL;
}

static bool write_facets(Json *object, const ProbePoints *probe, Arena *scratch, Error *err)
{
    if (probe->facets.n == 0) return true;
    Json *list = json_new_list(scratch, err);
    for (size_t f = 0; list && f < probe->facets.n; f++)
        if (!json_add(list,
                      write_facet(&probe->facets.items[f], (size_t)probe->n_units, scratch, err),
                      err))
            return false;
    return json_set(object, FACETS, list, err);
}

static bool read_facet(Facet *facet, const Json *json, size_t n_units, Arena *arena, Error *err)
{
    const Json *name = json_get(json, NAME), *values = json_get(json, VALUES);
    double *of = probe_file_get(json, OF, n_units, arena, err);
    if (!of) return false;
    if (!name || json_type(name) != JSON_TEXT_VALUE || !values ||
        json_type(values) != JSON_LIST_VALUE)
        return error_set(err, "a facet has no '%s' or no '%s'", NAME, VALUES);
    *facet =
        (Facet){json_text(name),
                {json_size(values), arena_alloc(arena, json_size(values), sizeof(char *), err)},
                arena_alloc(arena, n_units, sizeof(int), err)};
    if (!facet->values.text || !facet->of) return false;
    for (size_t v = 0; v < facet->values.n; v++) {
        const Json *text = json_at(values, v);
        if (json_type(text) != JSON_TEXT_VALUE) return error_set(err, "a value is no text");
        facet->values.text[v] = json_text(text);
    }
    return dataset_facets_fill(facet, of, n_units, err);
}

static bool read_facets(ProbePoints *probe, const Json *json, Arena *arena, Error *err)
{
    const Json *list = json_get(json, FACETS);
    if (!list) return true;
    if (json_type(list) != JSON_LIST_VALUE) return error_set(err, "'%s' is no list", FACETS);
    probe->facets =
        (Facets){json_size(list), arena_alloc(arena, json_size(list), sizeof(Facet), err)};
    if (!probe->facets.items) return false;
    for (size_t f = 0; f < probe->facets.n; f++)
        if (!read_facet(&probe->facets.items[f], json_at(list, f), (size_t)probe->n_units, arena,
                        err))
            return false;
    return true;
}

/* --- the file ------------------------------------------------------------------------------------- */

bool probe_file_write(const char *folder, const ProbePoints *probe, Json *more, Arena *scratch,
                      Error *err)
{
    char *path = file_join(scratch, folder, PROBE_FILE, err);
    if (!path || !more ||
        !json_set(more, POINTS, json_new_integer(probe->n_points, scratch, err), err) ||
        !json_set(more, UNITS, json_new_integer(probe->n_units, scratch, err), err))
        return false;
    for (int i = 0; i < N_LISTS; i++) {
        const double *value = *(double *const *)((const char *)probe + lists[i].offset);
        assert(value || lists[i].optional);
        if (!value) continue;
        if (!probe_file_set(more, lists[i].key, value, list_size(&lists[i], probe), scratch, err))
            return false;
    }
    return write_facets(more, probe, scratch, err) && json_write_file(path, more, scratch, err);
}

static bool get_count(int *count, const Json *object, const char *key, Error *err)
{
    const Json *value = json_get(object, key);
    if (!value || json_type(value) != JSON_INTEGER_VALUE || json_int(value) < 1 ||
        json_int(value) > INT_MAX)
        return error_set(err, "'%s' is missing or no count", key);
    *count = (int)json_int(value);
    return true;
}

static bool get_curve(ProbePoints *probe, const Json *json, Arena *arena, Error *err)
{
    *probe = (ProbePoints){0};
    if (json_type(json) != JSON_OBJECT_VALUE) return error_set(err, "is no object");
    if (!get_count(&probe->n_points, json, POINTS, err) ||
        !get_count(&probe->n_units, json, UNITS, err))
        return false;
    for (int i = 0; i < N_LISTS; i++) {
        double **value = (double **)((char *)probe + lists[i].offset);
        if (lists[i].optional && !json_get(json, lists[i].key)) continue;
        *value = probe_file_get(json, lists[i].key, list_size(&lists[i], probe), arena, err);
        if (!*value) return false;
    }
    return read_facets(probe, json, arena, err);
}

bool probe_file_read(ProbePoints *probe, const char *folder, Arena *arena, Error *err)
{
    char *path = file_join(arena, folder, PROBE_FILE, err);
    Json *json = path ? json_parse_file(path, arena, err) : NULL;
    if (!json) return false;
    return get_curve(probe, json, arena, err) || error_wrap(err, "reading %s", path);
}
