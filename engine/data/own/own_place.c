#include "data/own/own_place.h"

#include <string.h>

#include "base/file.h"

static const char manifests[] = "datasets", downloads[] = "data", replaced[] = "replaced";

static char *path_in(const OwnPlace *place, const char *folder, const char *name, Error *err)
{
    return file_join(place->arena, folder, name, err);
}

static bool check_free(const OwnPlace *place, Error *err)
{
    if (!file_exists(place->manifest) || place->replace) return true;
    error_usage(err, "%s is there already", place->manifest);
    return error_hint(err, "--name with another name, or --replace");
}

bool own_place_begin(OwnPlace *place, const char *name, bool replace, const DatasetPlaces *places,
                     Arena *arena, Error *err)
{
    *place = (OwnPlace){.name = name, .real = places, .replace = replace, .arena = arena};
    place->manifest = arena_format(arena, err, "%s/%s.json", places->manifests, name);
    place->stored = arena_format(arena, err, "own/%s", name);
    place->staging = arena_format(arena, err, "%s/own/.adding-%s", places->downloads, name);
    if (!place->manifest || !place->stored || !place->staging) return false;
    if (!check_free(place, err)) return false;
    place->staged.manifests = path_in(place, place->staging, manifests, err);
    place->staged.downloads = path_in(place, place->staging, downloads, err);
    return place->staged.manifests && place->staged.downloads;
}

bool own_place_claim(OwnPlace *place, Error *err)
{
    const char *path = arena_format(place->arena, err, "%s.lock", place->staging);
    place->claimed = path && file_make_parent(path, err) && lock_take(&place->lock, path, err);
    return place->claimed && file_remove_tree(place->staging, err) && check_free(place, err);
}

bool own_place_write(const OwnPlace *place, const char *stored, const void *bytes, size_t size,
                     Error *err)
{
    const ArenaMark mark = arena_mark(place->arena);
    char *to = path_in(place, place->staged.downloads, stored, err);
    const bool done = to && file_write(to, bytes, size, err);
    arena_reset(place->arena, mark);
    return done;
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

void own_place_withdraw(const OwnPlace *place)
{
    Error ignored = {0};
    const char *to = path_in(place, place->real->downloads, place->stored, &ignored);
    if (!file_remove_tree(place->manifest, &ignored) || !to || !file_remove_tree(to, &ignored))
        error_clear(&ignored);
}

void own_place_end(OwnPlace *place)
{
    Error ignored = {0};
    if (!place->claimed) return;
    if (!file_remove_tree(place->staging, &ignored)) error_clear(&ignored);
    lock_give_back(&place->lock);
}
