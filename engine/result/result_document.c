#include "result/result_document.h"

#include <string.h>

#include "base/buffer.h"
#include "base/escape.h"
#include "base/file.h"

bool result_document_damaged(Error *err, const char *path)
{
    Error unused = {0};
    Arena *arena = arena_create("hint", &unused);
    Buffer word = buffer_create(arena);
    const bool ok = arena && escape_shell(&word, path, &unused);
    error_hint(err,
               "git checkout -- %s brings back what was committed; what somebody sent is asked for "
               "once more; what never was committed is removed as a whole folder",
               ok ? word.data : path);
    arena_destroy(arena);
    return false;
}

/* What is wrong and where; what to do with JSON in general is no help here. */
static Json *parse(const char *path, Arena *arena, Error *err)
{
    Error syntax = {0};
    if (!file_exists(path)) {
        error_usage(err, "%s: is missing", path);
        return NULL;
    }
    Json *json = json_parse_file(path, arena, &syntax);
    if (syntax.kind == ERROR_INTERRUPTED) error_add(err, &syntax);
    else if (!json) error_usage(err, "%.*s", (int)strcspn(syntax.text, "\n"), syntax.text);
    return json;
}

static bool check(HashText *hash, const Json *json, const char *path, Arena *arena, Error *err)
{
    const bool is_object = json_type(json) == JSON_OBJECT_VALUE;
    const Json *format = is_object ? json_get(json, "format") : NULL,
               *numbers = is_object ? json_get(json, "numbers") : NULL,
               *sha256 = is_object ? json_get(json, "numbers_sha256") : NULL;
    if (!format || json_type(format) != JSON_INTEGER_VALUE)
        return error_usage(err, "%s: $.format: is missing: this is not a result", path);
    if (json_int(format) != RESULT_DOCUMENT_FORMAT)
        return error_usage(err, "%s: $.format: is %lld, and this program reads %d", path,
                           (long long)json_int(format), RESULT_DOCUMENT_FORMAT);
    if (!numbers || json_type(numbers) != JSON_OBJECT_VALUE)
        return error_usage(err, "%s: $.numbers: is missing: this is not a result", path);
    if (!json_hash(hash, numbers, arena, err)) return false;
    return (sha256 && json_type(sha256) == JSON_TEXT_VALUE &&
            !strcmp(json_text(sha256), hash->text)) ||
           error_usage(err,
                       "%s: $.numbers: is not what was written: its hash is not $.numbers_sha256",
                       path);
}

Json *result_document_read(HashText *hash, const char *path, Arena *arena, Error *err)
{
    Json *json = parse(path, arena, err);
    if (json && check(hash, json, path, arena, err)) return json;
    if (err->kind != ERROR_INTERRUPTED) result_document_damaged(err, path);
    return NULL;
}
