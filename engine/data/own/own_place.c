#include "data/own/own_place.h"

#include <string.h>

#include "base/file.h"

static const char manifests[] = "datasets", downloads[] = "data", replaced[] = "replaced";

static char *path_in(const OwnPlace *place, const char *folder, const char *name, Error *err)
{
    return file_join(place->arena, folder, name, err);
}

bool own_place_begin(OwnPlace *place, const char *name, bool replace, const DatasetPlaces *places,
                     Arena *arena, Error *err)
{
    *place = (OwnPlace){.name = name, .real = places, .arena = arena};
    place->manifest = arena_format(arena, err, "%s/%s.json", places->manifests, name);
    place->stored = arena_format(arena, err, "own/%s", name);
    place->staging = arena_format(arena, err, "%s/own/.adding-%s", places->downloads, name);
    if (!place->manifest || !place->stored || !place->staging) return false;
    if (file_exists(place->manifest) && !replace) {
        error_usage(err, "%s is there already", place->manifest);
        return error_hint(err, "--name with another name, or --replace");
    }
    place->staged.manifests = path_in(place, place->staging, manifests, err);
    place->staged.downloads = path_in(place, place->staging, downloads, err);
    return place->staged.manifests && place->staged.downloads;
}

bool own_place_copy(const OwnPlace *place, const char *from, const char *stored, Error *err)
{
    const void *bytes;
    size_t size;
    const ArenaMark mark = arena_mark(place->arena);
    char *to = path_in(place, place->staged.downloads, stored, err);
    bool done =
        to && file_map(&bytes, &size, from, place->arena, err) && file_write(to, bytes, size, err);
    arena_reset(place->arena, mark);
    return done || error_wrap(err, "copying %s", from);
}

static char *staged_manifest(const OwnPlace *place, Error *err)
{
    return arena_format(place->arena, err, "%s/%s.json", place->staged.manifests, place->name);
}

Dataset *own_place_open(const OwnPlace *place, const Json *manifest, Error *err)
{
    char *path = staged_manifest(place, err);
    if (!path || !json_write_file(path, manifest, place->arena, err)) return NULL;
    return dataset_open(place->name, &place->staged, place->arena, err);
}

static bool move_manifest(const OwnPlace *place, Error *err)
{
    char *bytes, *path = staged_manifest(place, err);
    size_t size;
    return path && file_read(&bytes, &size, path, place->arena, err) &&
           file_write(place->manifest, bytes, size, err);
}

/* Files first: a manifest whose files are not there yet is never seen. */
bool own_place_commit(const OwnPlace *place, Error *err)
{
    Error ignored = {0};
    char *from = path_in(place, place->staged.downloads, place->stored, err),
         *to = path_in(place, place->real->downloads, place->stored, err),
         *aside = path_in(place, place->staging, replaced, err);
    if (!from || !to || !aside) return false;
    const bool replaces = file_exists(to);
    if (replaces && !file_rename(to, aside, err)) return false;
    if (file_rename(from, to, err) && move_manifest(place, err)) return true;
    if (!file_remove_tree(to, &ignored) || (replaces && !file_rename(aside, to, &ignored)))
        error_wrap(err, "putting back %s", to);
    return false;
}

void own_place_end(const OwnPlace *place)
{
    Error ignored = {0};
    if (place->staging && !file_remove_tree(place->staging, &ignored)) error_clear(&ignored);
}
