#include "plan/stage_record.h"

#include <string.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/host.h"
#include "base/seal.h"
#include "spec/field.h"

static const char ATTEMPTS_NAME[] = "attempts.json";

/* --- the record ----------------------------------------------------------------------------------- */

static const SpecField record_fields[] = {
    SPEC_TEXT_REQUIRED(StageRecord, title, "of the stage"),
    SPEC_TEXT_REQUIRED(StageRecord, key, "hash of made_from"),
    SPEC_ANY(StageRecord, made_from, "the stage's document"),
    SPEC_ANY(StageRecord, files, "name to bytes and SHA-256"),
    SPEC_TEXT_REQUIRED(StageRecord, finished, "UTC"),
    SPEC_REAL(StageRecord, seconds, SPEC_REQUIRED, 0, 1e300, "of all attempts"),
    SPEC_INT(StageRecord, peak_memory_bytes, SPEC_REQUIRED, 0, 0x1p63, "of the process"),
    SPEC_TEXT_REQUIRED(StageRecord, engine, "version that ran it"),
    SPEC_TEXT_REQUIRED(StageRecord, commit, "of that"),
    SPEC_END,
};

static bool is_object(const Json *value)
{
    return value && json_type(value) == JSON_OBJECT_VALUE;
}

static void check_record(const void *value, const SpecReader *reader, const char *json_path)
{
    const StageRecord *record = value;
    if (is_object(record->made_from) && is_object(record->files)) return;
    spec_error(reader, json_path,
               "does not say what the stage was made from and which files it left");
}

static const SpecTable record_table = {"stage record", sizeof(StageRecord), record_fields,
                                       check_record};

/* The text of a record; what is wrong with it goes to `damage`. */
static bool parse_record(StageRecord *record, const char *text, size_t size, const char *path,
                         Arena *arena, Error *damage)
{
    const SpecReader reader = {path, arena, damage};
    const Json *json = json_parse_text(text, size, path, arena, damage);
    return json && spec_read(record, &record_table, json, &reader, "$");
}

bool stage_record_read(StageRecord *record, const char *folder, Arena *arena, Error *err)
{
    char *text, *path = file_join(arena, folder, STAGE_RECORD_FILE, err);
    size_t size;
    Error damage = {0};
    if (!path || !file_read(&text, &size, path, arena, err)) return false;
    return parse_record(record, text, size, path, arena, &damage) ||
           error_set(err, "%s", damage.text);
}

static Json *describe_file(const char *path, Arena *arena, Error *err)
{
    uint64_t bytes;
    HashText hash;
    Json *file = json_new_object(arena, err);
    bool ok = file && file_size(&bytes, path, err) && hash_file(&hash, path, err) &&
              json_set(file, "bytes", json_new_integer((int64_t)bytes, arena, err), err) &&
              json_set(file, "sha256", json_new_text(hash.text, arena, err), err);
    return ok ? file : NULL;
}

/* name -> bytes and hash of everything else in the folder; seals are about to go. */
static Json *list_files(const char *folder, Arena *arena, Error *err)
{
    char **names;
    size_t n;
    Json *files = json_new_object(arena, err);
    if (!files || !file_list(&names, &n, folder, arena, err)) return NULL;
    for (size_t i = 0; i < n; i++) {
        if (!strcmp(names[i], STAGE_RECORD_FILE) || seal_is_name(names[i])) continue;
        char *path = file_join(arena, folder, names[i], err);
        if (!path || !json_set(files, names[i], describe_file(path, arena, err), err)) return NULL;
    }
    return files;
}

double stage_record_earlier_seconds(const char *folder, Arena *arena)
{
    Error unused = {0}; /* it is for information only */
    char *path = file_join(arena, folder, ATTEMPTS_NAME, &unused);
    if (!path || !file_exists(path)) return 0;
    const Json *attempts = json_parse_file(path, arena, &unused);
    const Json *seconds = is_object(attempts) ? json_get(attempts, "seconds") : NULL;
    return seconds && json_type(seconds) == JSON_REAL_VALUE ? json_number(seconds) : 0;
}

bool stage_record_keep_seconds(const Stage *stage, const char *folder, double seconds, Arena *arena,
                               Error *err)
{
    char *path = file_join(arena, folder, ATTEMPTS_NAME, err);
    Json *attempts = json_new_object(arena, err);
    return path && attempts &&
           json_set(attempts, "key", json_new_text(stage->key.text, arena, err), err) &&
           json_set_number(attempts, "seconds", seconds, arena, err) &&
           json_write_file(path, attempts, arena, err);
}

bool stage_record_is_attempts(const char *name)
{
    return !strcmp(name, ATTEMPTS_NAME);
}

bool stage_record_write(const Stage *stage, const char *folder, double seconds, Arena *arena,
                        Error *err)
{
    HostInfo host;
    char now[32];
    host_info(&host);
    clock_utc(now);
    char *path = file_join(arena, folder, STAGE_RECORD_FILE, err);
    char *attempts = file_join(arena, folder, ATTEMPTS_NAME, err);
    if (!path || !attempts || !file_remove_tree(attempts, err)) return false;
    const StageRecord record = {
        .title = stage->title,
        .key = stage->key.text,
        .made_from = stage->document,
        .files = list_files(folder, arena, err),
        .finished = now,
        .seconds = seconds,
        .peak_memory_bytes = (int64_t)host_peak_memory_bytes(),
        .engine = host.engine_version,
        .commit = host.engine_commit,
    };
    Json *json = record.files ? spec_write(&record, &record_table, true, arena, err) : NULL;
    return json && json_write_file(path, json, arena, err);
}

/* --- checking ----------------------------------------------------------------------------------- */

static bool is_of_type(const Json *value, JsonType type)
{
    return value && json_type(value) == type;
}

/* Attempts of before the key was kept have none. */
bool stage_record_check_attempts(Error *damage, const char *folder, const char *key, Arena *arena,
                                 Error *err)
{
    char *text, *path = file_join(arena, folder, ATTEMPTS_NAME, err);
    size_t size;
    if (!path) return false;
    if (!file_exists(path)) return true;
    if (!file_read(&text, &size, path, arena, err)) return false;
    const Json *attempts = json_parse_text(text, size, path, arena, damage);
    const Json *stated = is_object(attempts) ? json_get(attempts, "key") : NULL;
    if (attempts && (!is_object(attempts) || (stated && (!is_of_type(stated, JSON_TEXT_VALUE) ||
                                                         strcmp(json_text(stated), key) != 0))))
        error_set(damage, "%s: is of another stage", path);
    return true;
}

/* `wanted` is what list_files says of a file, or its size alone. What cannot be read just now is an
 * error and no damage. */
static bool check_file(Error *damage, const char *path, const Json *wanted, Error *err)
{
    const bool has_hash = json_type(wanted) == JSON_OBJECT_VALUE;
    const Json *bytes = has_hash ? json_get(wanted, "bytes") : wanted,
               *sha256 = has_hash ? json_get(wanted, "sha256") : NULL;
    uint64_t size;
    HashText hash;
    if (!is_of_type(bytes, JSON_INTEGER_VALUE) ||
        (has_hash && !is_of_type(sha256, JSON_TEXT_VALUE))) {
        error_set(damage, "%s: its record is damaged", path);
    } else if (!file_exists(path) || file_is_folder(path)) {
        error_set(damage, "%s: is missing", path);
    } else if (!file_size(&size, path, err) || (has_hash && !hash_file(&hash, path, err))) {
        return false;
    } else if (size != (uint64_t)json_int(bytes)) {
        error_set(damage, "%s: has %llu bytes, not the %llu it was written with", path,
                  (unsigned long long)size, (unsigned long long)json_int(bytes));
    } else if (has_hash && strcmp(hash.text, json_text(sha256)) != 0) {
        error_set(damage, "%s: is not what was written: its SHA-256 is %.12s..., not %.12s...",
                  path, hash.text, json_text(sha256));
    }
    return true;
}

/* The files of a record that fits the key; NULL: it does not, or *err. */
static const Json *read_files(Error *damage, const char *folder, const char *key, Arena *arena,
                              Error *err)
{
    HashText hash;
    char *path = file_join(arena, folder, STAGE_RECORD_FILE, err);
    if (!path) return NULL;
    if (!file_exists(path)) {
        error_set(damage, "%s: is missing", path);
        return NULL;
    }
    char *text;
    size_t size;
    if (!file_read(&text, &size, path, arena, err)) return NULL;
    StageRecord record;
    if (!parse_record(&record, text, size, path, arena, damage)) return NULL;
    if (!json_hash(&hash, record.made_from, arena, err)) return NULL;
    if (!strcmp(hash.text, key ? key : record.key)) return record.files;
    error_set(damage, "%s: was made from something else than its folder says", path);
    return NULL;
}

bool stage_record_check(Error *damage, const char *folder, const char *key, Arena *arena,
                        Error *err)
{
    const int n_errors = err->n_errors;
    const Json *files = read_files(damage, folder, key, arena, err);
    for (size_t i = 0; files && i < json_size(files); i++) {
        const char *name;
        Json *wanted;
        json_member(files, i, &name, &wanted);
        char *path = file_join(arena, folder, name, err);
        if (!path || !check_file(damage, path, wanted, err)) return false;
    }
    return err->n_errors == n_errors;
}

bool stage_record_check_file(Error *damage, const char *folder, const char *key, const char *name,
                             Arena *arena, Error *err)
{
    const int n_errors = err->n_errors;
    const Json *files = read_files(damage, folder, key, arena, err);
    const Json *wanted = files ? json_get(files, name) : NULL;
    char *path = file_join(arena, folder, name, err);
    if (!path) return false;
    if (wanted && !check_file(damage, path, wanted, err)) return false;
    if (!wanted && files) error_set(damage, "%s: is not in the stage's record", path);
    return err->n_errors == n_errors;
}
