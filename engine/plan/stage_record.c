#include "plan/stage_record.h"

#include <string.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/host.h"

static const char RECORD_NAME[] = "stage.json", ATTEMPTS_NAME[] = "attempts.json";

/* name -> bytes of everything else in the folder. */
static Json *list_files(const char *folder, Arena *arena, Error *err)
{
    char **names;
    size_t n;
    Json *files = json_new_object(arena, err);
    if (!files || !file_list(&names, &n, folder, arena, err)) return NULL;
    for (size_t i = 0; i < n; i++) {
        uint64_t bytes;
        if (!strcmp(names[i], RECORD_NAME)) continue;
        char *path = file_join(arena, folder, names[i], err);
        if (!path || !file_size(&bytes, path, err) ||
            !json_set(files, names[i], json_new_integer((int64_t)bytes, arena, err), err))
            return NULL;
    }
    return files;
}

double stage_record_earlier_seconds(const char *folder, Arena *arena)
{
    Error unused = {0}; /* it is for information only */
    char *path = file_join(arena, folder, ATTEMPTS_NAME, &unused);
    if (!path || !file_exists(path)) return 0;
    const Json *attempts = json_parse_file(path, arena, &unused);
    bool is_object = attempts && json_type(attempts) == JSON_OBJECT_VALUE;
    const Json *seconds = is_object ? json_get(attempts, "seconds") : NULL;
    return seconds && json_type(seconds) == JSON_REAL_VALUE ? json_number(seconds) : 0;
}

void stage_record_keep_seconds(const char *folder, double seconds, Arena *arena)
{
    Error unused = {0}; /* that the stage failed is told already */
    char *path = file_join(arena, folder, ATTEMPTS_NAME, &unused);
    Json *attempts = json_new_object(arena, &unused);
    bool kept = path && attempts &&
                json_set(attempts, "seconds", json_new_number(seconds, arena, &unused), &unused) &&
                json_write_file(path, attempts, arena, &unused);
    (void)kept;
}

bool stage_record_write(const Stage *stage, const char *folder, double seconds, Arena *arena,
                        Error *err)
{
    HostInfo host;
    host_info(&host);
    char now[32];
    clock_utc(now);
    int64_t peak_bytes = (int64_t)host_peak_memory_bytes();
    Json *record = json_new_object(arena, err);
    char *path = file_join(arena, folder, RECORD_NAME, err);
    char *attempts = file_join(arena, folder, ATTEMPTS_NAME, err);
    return record && path && attempts && file_remove_tree(attempts, err) &&
           json_set(record, "title", json_new_text(stage->title, arena, err), err) &&
           json_set(record, "key", json_new_text(stage->key.text, arena, err), err) &&
           json_set(record, "made_from", stage->document, err) &&
           json_set(record, "files", list_files(folder, arena, err), err) &&
           json_set(record, "finished", json_new_text(now, arena, err), err) &&
           json_set(record, "seconds", json_new_number(seconds, arena, err), err) &&
           json_set(record, "peak_memory_bytes", json_new_integer(peak_bytes, arena, err), err) &&
           json_set(record, "engine", json_new_text(host.engine_version, arena, err), err) &&
           json_set(record, "commit", json_new_text(host.engine_commit, arena, err), err) &&
           json_write_file(path, record, arena, err);
}

static bool verify_file(const char *path, const Json *wanted_bytes, Error *err)
{
    uint64_t bytes;
    if (!file_exists(path)) return error_set(err, "%s: is missing", path);
    if (!file_size(&bytes, path, err)) return false;
    uint64_t wanted =
        json_type(wanted_bytes) == JSON_INTEGER_VALUE ? (uint64_t)json_int(wanted_bytes) : 0;
    return bytes == wanted ||
           error_set(err, "%s: has %llu bytes, not the %llu it was written with", path,
                     (unsigned long long)bytes, (unsigned long long)wanted);
}

static bool verify(const Stage *stage, Arena *arena, Error *err)
{
    char *path = file_join(arena, stage->folder, RECORD_NAME, err);
    if (!path) return false;
    if (!file_exists(path)) return error_set(err, "%s: is missing", path);
    const Json *record = json_parse_file(path, arena, err);
    if (!record) return false;
    const Json *files = json_type(record) == JSON_OBJECT_VALUE ? json_get(record, "files") : NULL;
    if (!files || json_type(files) != JSON_OBJECT_VALUE)
        return true; /* nothing to hold it against */
    for (size_t i = 0; i < json_size(files); i++) {
        const char *name;
        Json *bytes;
        json_member(files, i, &name, &bytes);
        char *file = file_join(arena, stage->folder, name, err);
        if (!file || !verify_file(file, bytes, err)) return false;
    }
    return true;
}

bool stage_record_verify(const Stage *stage, Error *err)
{
    Arena *arena = arena_create("stage record", err);
    if (!arena) return false;
    bool ok = verify(stage, arena, err);
    arena_destroy(arena);
    if (ok) return true;
    error_wrap(err, "checking the finished stage %s (%s)", stage->kind->name, stage->title);
    return error_hint(err, "remove the folder %s, so that it is made again", stage->folder);
}
