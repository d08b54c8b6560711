#include "question/experiment_grid.h"

#include <string.h>

static const char *last_name(const char *path)
{
    const char *dot = strrchr(path, '.');
    return dot ? dot + 1 : path;
}

bool experiment_grid_overlap(const char *path, const char *other)
{
    size_t i = 0;
    while (path[i] && path[i] == other[i]) i++;
    bool path_ends = path[i] == '\0' && (other[i] == '.' || other[i] == '\0');
    bool other_ends = other[i] == '\0' && path[i] == '.';
    return path_ends || other_ends;
}

static void label_axes(ExperimentGrid *grid)
{
    for (size_t i = 0; i < grid->n_axes; i++) {
        bool alone = true;
        for (size_t k = 0; k < grid->n_axes; k++)
            if (k != i && strcmp(last_name(grid->axes[i].path), last_name(grid->axes[k].path)) == 0)
                alone = false;
        grid->axes[i].label = alone ? last_name(grid->axes[i].path) : grid->axes[i].path;
    }
}

bool experiment_grid_read(ExperimentGrid *grid, const Json *json, Arena *arena, Error *err)
{
    size_t n = json ? json_size(json) : 0;
    *grid = (ExperimentGrid){0, arena_alloc(arena, n, sizeof *grid->axes, err), 1};
    if (!grid->axes) return false;
    for (size_t i = 0; i < n; i++) {
        const char *path;
        Json *values;
        json_member(json, i, &path, &values);
        if (json_type(values) == JSON_NULL_VALUE) continue; /* an inherited one, taken away */
        grid->axes[grid->n_axes++] = (ExperimentGridAxis){path, NULL, values};
        if (grid->n_points <= EXPERIMENT_GRID_MOST) grid->n_points *= json_size(values);
    }
    label_axes(grid);
    return true;
}

const Json *experiment_grid_value(const ExperimentGrid *grid, size_t axis, size_t point)
{
    for (size_t later = grid->n_axes - 1; later > axis; later--)
        point /= json_size(grid->axes[later].values);
    return json_at(grid->axes[axis].values, point % json_size(grid->axes[axis].values));
}

const char *experiment_grid_label(const ExperimentGrid *grid, size_t point, Arena *arena,
                                  Error *err)
{
    Buffer text = buffer_create(arena);
    for (size_t a = 0; a < grid->n_axes; a++) {
        const Json *value = experiment_grid_value(grid, a, point);
        const char *word = json_type(value) == JSON_TEXT_VALUE ? json_text(value)
                                                               : json_canonical(value, arena, err);
        if (!word) return NULL;
        if (!buffer_format(&text, err, "%s%s=%s", a ? ", " : "", grid->axes[a].label, word))
            return NULL;
    }
    return text.data;
}

Json *experiment_grid_settings(const ExperimentGrid *grid, const ExperimentMerge *merge,
                               const Json *settings, size_t point, Json *chosen)
{
    Json *result = json_clone(settings, merge->arena, merge->err);
    for (size_t a = 0; a < grid->n_axes && result; a++) {
        const Json *value = experiment_grid_value(grid, a, point);
        const char *path = grid->axes[a].path;
        result = experiment_merge_value(merge, result, path, value);
        if (!json_set(chosen, path, json_clone(value, merge->arena, merge->err), merge->err))
            return NULL;
    }
    return result;
}
