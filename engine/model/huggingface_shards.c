#include "model/huggingface_shards.h"

#include <string.h>

#include "base/file.h"

#define ONE_FILE   "model.safetensors"
#define INDEX_FILE ONE_FILE ".index.json"

/* A name, not a path: what is opened lies in the folder. */
static bool is_name(const Json *value)
{
    return json_type(value) == JSON_TEXT_VALUE && *json_text(value) &&
           !strchr(json_text(value), '/') && json_text(value)[0] != '.';
}

/* The position of the file of this name among those opened; opens it if there is none. */
static bool open_once(size_t *position, SafetensorsFile *files, const char **names, size_t *n,
                      const char *folder, const char *name, Arena *arena, Error *err)
{
    for (*position = 0; *position < *n; ++*position)
        if (!strcmp(names[*position], name)) return true;
    const char *path = file_join(arena, folder, name, err);
    if (path && !file_exists(path)) {
        error_set(err, "%s: is not there, but " INDEX_FILE " names it", path);
        return error_hint(err, "all files of the model: copy the folder again");
    }
    if (!path || !safetensors_open(&files[*n], path, arena, err)) return false;
    names[(*n)++] = name;
    return true;
}

/* What the index leaves out, or what stands in two files. */
static bool check_index(const SafetensorsFile *files, const char **names, size_t n, const Json *map,
                        const char *index_path, Error *err)
{
    const int n_before = err->n_errors;
    for (size_t f = 0; f < n; f++)
        for (size_t i = 0; i < files[f].n_tensors; i++) {
            const char *tensor = files[f].tensors[i].name;
            const Json *name = json_get(map, tensor);
            if (!name || strcmp(json_text(name), names[f]) != 0)
                error_set(err, "%s: holds tensor '%s', which %s does not say", files[f].path,
                          tensor, index_path);
        }
    return err->n_errors == n_before;
}

static bool open_indexed(SafetensorsFile *files, size_t *n, const char *folder, const Json *map,
                         const char *index_path, Arena *arena, Error *err)
{
    const size_t n_tensors = json_size(map);
    const char **names = arena_alloc(arena, n_tensors, sizeof *names, err);
    if (!names) return false;
    for (size_t i = 0; i < n_tensors; i++) {
        const char *tensor;
        Json *name;
        size_t f;
        json_member(map, i, &tensor, &name);
        if (!is_name(name))
            return error_set(err, "%s: $.weight_map.%s: expected the name of a file", index_path,
                             tensor);
        if (!open_once(&f, files, names, n, folder, json_text(name), arena, err)) return false;
        if (!safetensors_find(&files[f], tensor))
            return error_set(err, "%s: has no tensor '%s', but %s says so", files[f].path, tensor,
                             index_path);
    }
    return check_index(files, names, *n, map, index_path, err);
}

bool huggingface_shards_open(SafetensorsFile **files, size_t *n, const char *folder, Arena *arena,
                             Error *err)
{
    const char *path = file_join(arena, folder, ONE_FILE, err);
    const char *index_path = path ? file_join(arena, folder, INDEX_FILE, err) : NULL;
    *n = 0;
    if (!index_path) return false;
    if (!file_exists(path) && !file_exists(index_path)) {
        error_set(err, "%s: is not there", path);
        return error_hint(err, "a folder that save_pretrained of the library wrote; older files, "
                               "such as pytorch_model.bin, it reads and saves so");
    }
    if (file_exists(path)) {
        *files = arena_alloc(arena, 1, sizeof **files, err);
        if (!*files || !safetensors_open(*files, path, arena, err)) return false;
        *n = 1;
        return true;
    }
    const Json *index = json_parse_file(index_path, arena, err);
    if (!index) return false;
    const Json *map = json_type(index) == JSON_OBJECT_VALUE ? json_get(index, "weight_map") : NULL;
    if (!map || json_type(map) != JSON_OBJECT_VALUE)
        return error_set(err, "%s: $.weight_map: expected an object of file names", index_path);
    *files = arena_alloc(arena, json_size(map) + 1, sizeof **files, err);
    return *files && open_indexed(*files, n, folder, map, index_path, arena, err);
}
