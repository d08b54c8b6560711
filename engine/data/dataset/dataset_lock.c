#include "data/dataset/dataset_lock.h"

#include <string.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/log.h"

/* datasets/NAME.json: datasets/NAME.lock.json */
static char *lock_path(const char *manifest_path, Arena *arena, Error *err)
{
    const char *dot = strrchr(manifest_path, '.');
    return arena_format(arena, err, "%.*s" DATASET_LOCK_ENDING, (int)(dot - manifest_path),
                        manifest_path);
}

static bool has_digest(const DatasetFile *file)
{
    const char *title;
    return dataset_manifest_digest(file, &title) != NULL;
}

const DatasetFile *dataset_lock_missing(const DatasetManifest *manifest)
{
    const DatasetFile *files = manifest->files.items;
    for (size_t i = 0; i < manifest->files.n; i++)
        if (!has_digest(&files[i])) return &files[i];
    return NULL;
}

static bool fill(DatasetManifest *manifest, const Json *lock, const char *path, Arena *arena,
                 Error *err)
{
    DatasetFile *files = manifest->files.items;
    for (size_t i = 0; i < manifest->files.n; i++) {
        const char *digest = json_get_text(lock, files[i].path);
        if (!files[i].recorded || !json_get(lock, files[i].path)) continue;
        if (!digest || !hash_is_digits(digest, HASH_TEXT_SIZE - 1)) {
            error_usage(err, "%s: '%s' has no SHA-256 (64 digits of 0-9, a-f)", path,
                        files[i].path);
            return error_hint(err, "remove the line, and the file is fetched and recorded anew");
        }
        files[i].sha256 = arena_text(arena, digest, err);
        if (!files[i].sha256) return false;
    }
    return true;
}

bool dataset_lock_read(DatasetManifest *manifest, const char *manifest_path, Arena *arena,
                       Error *err)
{
    if (!dataset_lock_missing(manifest)) return true;
    char *path = lock_path(manifest_path, arena, err);
    if (!path || !file_exists(path)) return path != NULL;
    const Json *lock = json_parse_file(path, arena, err);
    if (!lock) return false;
    if (json_type(lock) != JSON_OBJECT_VALUE)
        return error_usage(err, "%s: expected an object of paths and their SHA-256", path);
    return fill(manifest, lock, path, arena, err);
}

static bool write(const DatasetManifest *manifest, const char *manifest_path, Arena *arena,
                  Error *err)
{
    const DatasetFile *files = manifest->files.items;
    char *path = lock_path(manifest_path, arena, err);
    Json *lock = json_new_object(arena, err);
    if (!path || !lock) return false;
    for (size_t i = 0; i < manifest->files.n; i++)
        if (files[i].recorded && files[i].sha256 &&
            !json_set_text(lock, files[i].path, files[i].sha256, arena, err))
            return false;
    log_info("recorded in %s: commit it, and what is fetched later has to be the same", path);
    return json_write_file(path, lock, arena, err);
}

bool dataset_lock_record(const DatasetFiles *files, Arena *arena, Error *err)
{
    const DatasetManifest *manifest = files->manifest;
    DatasetFile *items = manifest->files.items;
    if (!dataset_lock_missing(manifest)) return true;
    for (size_t i = 0; i < manifest->files.n; i++) {
        char *path;
        HashText digest;
        if (has_digest(&items[i])) continue;
        if (!dataset_files_get_unverified(&path, files, &items[i], arena, err) ||
            !hash_file(&digest, path, err))
            return false;
        items[i].sha256 = arena_text(arena, digest.text, err);
        if (!items[i].sha256) return false;
    }
    return write(manifest, files->manifest_path, arena, err);
}
