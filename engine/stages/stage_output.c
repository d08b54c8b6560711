#include "stages/stage_output.h"

#include "base/file.h"

bool stage_output_write(const char *folder, const char *file, const void *value,
                        const SpecTable *table, Arena *arena, Error *err)
{
    char *path = file_join(arena, folder, file, err);
    Json *json = path ? spec_write(value, table, true, arena, err) : NULL;
    return json && json_write_file(path, json, arena, err);
}

static bool made_again(const Stage *stage, Error *err)
{
    return error_hint(err, "remove the folder %s, so that it is made again", stage->folder);
}

bool stage_output_wrong(const Stage *stage, const char *file, const char *what, Error *err)
{
    error_set(err, "%s/%s: %s", stage->folder, file, what);
    return made_again(stage, err);
}

bool stage_output_read(void *value, const SpecTable *table, const Stage *stage, const char *file,
                       Arena *arena, Error *err)
{
    Error wrong = {0}; /* with the document, which nobody wrote by hand */
    char *text, *path = file_join(arena, stage->folder, file, err);
    const SpecReader reader = {path, arena, &wrong};
    size_t size;
    if (!path || !file_read(&text, &size, path, arena, err)) return false;
    const Json *json = json_parse_text(text, size, path, arena, &wrong);
    if (json && spec_read(value, table, json, &reader, "$")) return true;
    error_set(err, "%s", wrong.text);
    return made_again(stage, err);
}
