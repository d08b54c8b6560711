#include "data/dataset/dataset_files.h"

#include <string.h>
#include <unistd.h>

#include "base/download.h"
#include "base/escape.h"
#include "base/file.h"
#include "base/interrupt.h"
#include "base/log.h"
#include "data/dataset/dataset_verify.h"

enum { LOCK_POLL_MICROSECONDS = 200 * 1000 };

/* Where one file of a data set may lie. */
typedef struct Search {
    const DatasetFiles *files;
    const DatasetFile *file;
    Arena *arena;
    char *local;    /* downloads/PATH, as in a mirror: data sets may share a file */
    char *folder;   /* that it is in */
    char *arriving; /* the same while it is not verified */
    char *stamp;
} Search;

static bool is_url(const char *place)
{
    return strstr(place, "://") != NULL;
}

static bool search_begin(Search *search, const DatasetFiles *files, const DatasetFile *file,
                         Arena *arena, Error *err)
{
    *search = (Search){.files = files, .file = file, .arena = arena};
    search->local = file_join(arena, files->places->downloads, file->path, err);
    if (!search->local) return false;
    search->folder = arena_text_span(arena, search->local,
                                     (size_t)(strrchr(search->local, '/') - search->local), err);
    if (!search->folder) return false;
    search->arriving = arena_format(arena, err, "%s.arriving", search->local);
    search->stamp = arena_format(arena, err, "%s.verified", search->local);
    return search->arriving && search->stamp;
}

/* A file of another packing has the right tree but not the manifest's size. */
static uint64_t size_at(const DatasetFile *file)
{
    return file->tree_sha256 ? 0 : (uint64_t)file->bytes;
}

/* The manifest states a size: another one is the manifest's fault when the hash is right. */
static bool check_size(const Search *search, const char *path, Error *err)
{
    uint64_t size, stated = size_at(search->file);
    if (stated == 0) return true;
    if (!file_size(&size, path, err)) return false;
    if (size == stated) return true;
    const char *title;
    (void)dataset_manifest_digest(search->file, &title);
    error_usage(err, "%s: file '%s' has the right %s but %llu bytes, not %llu",
                search->files->manifest_path, search->file->path, title, (unsigned long long)size,
                (unsigned long long)stated);
    return error_hint(err, "correct its bytes in the manifest");
}

/* The file at `path` is there: it is right, or that is an error. */
static bool check_present(const Search *search, const char *path, Error *err)
{
    bool right;
    const char *title, *expected = dataset_manifest_digest(search->file, &title);
    if (!expected) return true; /* it is about to be recorded */
    HashText found;
    if (!dataset_verify(&right, &found, search->file, path, search->stamp, err)) return false;
    if (right) return check_size(search, path, err);
    error_usage(err, "%s: file '%s' has %s %s, expected %s", path, search->file->path, title,
                found.text, expected);
    error_wrap(err, "reading data set '%s' (%s)", search->files->name,
               search->files->manifest_path);
    return error_hint(err, "remove the file, so that it is fetched again; or correct the manifest "
                           "if the data changed");
}

/* Held as long as the arena lives. */
static bool lock_folder(const Search *search, Arena *arena, Error *err)
{
    char *path = file_join(arena, search->folder, ".lock", err);
    if (!path || !file_make_folder(search->folder, err)) return false;
    for (bool held = false; !held;) {
        if (!interrupt_check(err) || !file_lock(&held, path, arena, err)) return false;
        if (!held) usleep(LOCK_POLL_MICROSECONDS); /* another process fetches the same data */
    }
    return true;
}

/* From one address to its place; *right: it is what it should be. */
static bool fetch_once(bool *right, const Search *search, const char *url, uint64_t bytes,
                       Error *err)
{
    HashText found;
    const char *title, *expected = dataset_manifest_digest(search->file, &title);
    log_info("fetching %s", url);
    if (!download_file(url, search->arriving, bytes, err)) return false;
    *right = !expected;
    if (expected &&
        !dataset_verify(right, &found, search->file, search->arriving, search->stamp, err))
        return false;
    if (*right) return file_rename(search->arriving, search->local, err);
    error_set(err, "%s: what arrived has %s %s, expected %s", url, title, found.text, expected);
    Error ignored = {0};
    if (!file_remove_tree(search->arriving, &ignored)) error_clear(&ignored);
    return true;
}

/* false: this address did not give the right file, *err says why. What an earlier download left may be
 * damaged: then once more, from the beginning. */
static bool fetch_from(const Search *search, const char *url, uint64_t bytes, Error *err)
{
    bool right;
    char *part = arena_format(search->arena, err, "%s.part", search->arriving);
    if (!part) return false;
    bool went_on = file_exists(part);
    if (!fetch_once(&right, search, url, bytes, err)) return false;
    if (right || !went_on) return right;
    error_clear(err);
    log_warning("%s: what was left of an earlier download is damaged; fetching all of it", url);
    return fetch_once(&right, search, url, bytes, err) && right;
}

/* Tries the addresses in turn; the errors of all are reported if none succeeds. */
static bool fetch_from_any(const Search *search, Error *err)
{
    const DatasetFile *file = search->file;
    const char *mirror = search->files->places->mirror;
    Error attempts = {0};
    if (mirror && is_url(mirror)) {
        Buffer url = buffer_create(search->arena);
        if (!buffer_format(&url, err, "%s/", mirror) || !escape_url(&url, file->path, err))
            return false;
        if (fetch_from(search, url.data, size_at(file), &attempts)) return true;
    }
    for (size_t i = 0; i < file->urls.n && attempts.kind != ERROR_INTERRUPTED; i++)
        if (fetch_from(search, file->urls.text[i], size_at(file), &attempts)) return true;
    if (attempts.kind == ERROR_INTERRUPTED) {
        *err = attempts;
        return false;
    }
    error_set(err, "cannot get file '%s' of data set '%s'", file->path, search->files->name);
    error_hint(err, "set REPRISE_MIRROR to a folder that holds it, or put it at %s", search->local);
    return error_set(err, "%s", attempts.text);
}

static bool fetch(const Search *search, Error *err)
{
    Arena *arena = arena_create("download", err);
    if (!arena) return false;
    bool done = lock_folder(search, arena, err) &&
                (file_exists(search->local) || fetch_from_any(search, err));
    arena_destroy(arena);
    return done;
}

static bool ask_the_user(const Search *search, Error *err)
{
    const DatasetManifest *manifest = search->files->manifest;
    const char *where = search->files->manifest_path, *path = search->file->path,
               *name = search->files->name;
    if (manifest->imported) {
        error_usage(err, "%s: file '%s' of data set '%s', which was made from '%s', is not here",
                    where, path, name, manifest->imported);
        return error_hint(err, "put the file at %s, or remove the manifest and make it again",
                          search->local);
    }
    if (!manifest->ask_at) {
        error_usage(err, "%s: file '%s' of data set '%s' is not here, and it has no urls", where,
                    path, name);
        return error_hint(err,
                          "put the file at %s, or give its urls, or the page to ask at: ask_at",
                          search->local);
    }
    error_usage(err,
                "%s: data set '%s' is given out on request only, and its file '%s' is not here",
                where, name, path);
    return error_hint(err, "ask for it at %s and put the file at %s", manifest->ask_at,
                      search->local);
}

static bool get(char **path, const Search *search, Error *err)
{
    const char *mirror = search->files->places->mirror;
    if (!dataset_files_where(path, search->files, search->file, search->arena, err)) return false;
    if (*path) return check_present(search, *path, err);
    if (search->file->urls.n == 0 && !(mirror && is_url(mirror))) return ask_the_user(search, err);
    *path = search->local;
    return fetch(search, err) && check_present(search, search->local, err);
}

bool dataset_files_not_recorded(const DatasetFiles *files, const DatasetFile *file, Error *err)
{
    error_usage(err, "%s: the SHA-256 of file '%s' is not recorded yet", files->manifest_path,
                file->path);
    return error_hint(err, "`reprise data fetch %s` fetches it and records what it is",
                      files->name);
}

bool dataset_files_get_unverified(char **path, const DatasetFiles *files, const DatasetFile *file,
                                  Arena *arena, Error *err)
{
    Search search;
    return search_begin(&search, files, file, arena, err) && get(path, &search, err);
}

bool dataset_files_get(char **path, const DatasetFiles *files, const DatasetFile *file,
                       Arena *arena, Error *err)
{
    const char *title;
    if (!dataset_manifest_digest(file, &title)) return dataset_files_not_recorded(files, file, err);
    return dataset_files_get_unverified(path, files, file, arena, err);
}

bool dataset_files_where(char **path, const DatasetFiles *files, const DatasetFile *file,
                         Arena *arena, Error *err)
{
    const char *const places[] = {files->places->downloads, files->places->mirror};
    for (int i = 0; i < 2; i++) {
        if (!places[i] || is_url(places[i])) continue;
        *path = file_join(arena, places[i], file->path, err);
        if (!*path || file_exists(*path)) return *path != NULL;
    }
    *path = NULL;
    return true;
}
