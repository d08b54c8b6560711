#include "report/paper/paper_results.h"

#include <string.h>

#include "base/file.h"
#include "result/result_file.h"
#include "result/versions.h"

/* How large a scale asks; one that is not among them is the smallest. */
static const char *const scales[] = {"tiny", "small", "published", "paper", NULL};

static int scale_size(const char *scale)
{
    int size = 0;
    while (scales[size] && strcmp(scales[size], scale) != 0) size++;
    return scales[size] ? size : -1;
}

/* The last version at that scale; *version stays as it was where there is none. */
static bool last_version(const char **folder, const char *name, const char *scale,
                         const PaperPlaces *places, Arena *arena, Error *err)
{
    Versions versions;
    if (!versions_list(&versions, places->results, name, scale, arena, err)) return false;
    if (!versions.names.n) return true;
    const char *version = versions.names.text[versions.names.n - 1];
    *folder = file_join(arena, versions.folder, version, err);
    return *folder != NULL;
}

/* Of the scale asked for, or of the largest. */
static bool choose(const char **folder, const char *name, const PaperPlaces *places, Arena *arena,
                   Error *err)
{
    char **found;
    size_t n;
    int size = -2;
    *folder = NULL;
    if (places->scale) return last_version(folder, name, places->scale, places, arena, err);
    char *path = file_join(arena, places->results, name, err);
    if (!path || !file_list(&found, &n, path, arena, err)) return false;
    for (size_t i = 0; i < n; i++) {
        if (scale_size(found[i]) <= size) continue;
        const char *before = *folder;
        if (!last_version(folder, name, found[i], places, arena, err)) return false;
        if (*folder != before) size = scale_size(found[i]);
    }
    return true;
}

static bool read_all(PaperResults *results, char **names, size_t n, const PaperPlaces *places,
                     Arena *arena, Error *err)
{
    for (size_t i = 0; i < n; i++) {
        const char *folder, *path = file_join(arena, places->results, names[i], err);
        if (!path) return false;
        if (!file_is_folder(path)) continue;
        if (!choose(&folder, names[i], places, arena, err)) return false;
        if (!folder) continue;
        Result *result = &results->items[results->n++];
        if (!result_read(result, folder, arena, err)) return false;
        const char *version = strrchr(folder, '/') + 1;
        if (!result->version) result->version = version;
    }
    return true;
}

bool paper_results_read(PaperResults *results, const PaperPlaces *places, Arena *arena, Error *err)
{
    char **names = NULL;
    size_t n = 0;
    *results = (PaperResults){0};
    if (file_is_folder(places->results) && !file_list(&names, &n, places->results, arena, err))
        return false;
    results->items = arena_alloc(arena, n + 1, sizeof *results->items, err);
    if (!results->items || !read_all(results, names, n, places, arena, err)) return false;
    if (results->n > 0) return true;
    error_usage(err, "%s: there is no result%s%s", places->results,
                places->scale ? " at scale " : "", places->scale ? places->scale : "");
    return error_hint(err, "reprise run quickstart writes the first");
}

const Result *paper_results_of(const PaperResults *results, const char *experiment)
{
    for (size_t i = 0; i < results->n; i++)
        if (!strcmp(results->items[i].experiment->name, experiment)) return &results->items[i];
    return NULL;
}

bool paper_results_begins_scale(const PaperResults *results, size_t i)
{
    const char *scale = results->items[i].experiment->scale;
    for (size_t k = 0; k < i; k++)
        if (!strcmp(results->items[k].experiment->scale, scale)) return false;
    return true;
}

char *paper_results_name(const Result *result, Error *err)
{
    return arena_format(result->arena, err, "%s/%s/%s", result->experiment->name,
                        result->experiment->scale, result->version);
}
