#include "plan/stage_held.h"

#include <string.h>

#include "base/file.h"
#include "plan/stage_record.h"

/* name NULL: all files. */
static bool check(const char *folder, const char *key, const char *name, Arena *arena, Error *err)
{
    Error damage = {0};
    if (!(name ? stage_record_check_file(&damage, folder, key, name, arena, err)
               : stage_record_check(&damage, folder, key, arena, err)))
        return false;
    return damage.n_errors == 0 || error_set(err, "%s", damage.text);
}

bool stage_held(const Stage *stage, Error *err)
{
    Arena *arena = arena_create("stage", err);
    bool ok = arena && check(stage->folder, stage->key.text, NULL, arena, err);
    arena_destroy(arena);
    return ok;
}

/* Who named it has no plan at hand. */
static bool check_named(const char *folder, const char *name, Arena *arena, Error *err)
{
    char *record = file_join(arena, folder, STAGE_RECORD_FILE, err);
    if (!record) return false;
    return !file_exists(record) || check(folder, NULL, name, arena, err) ||
           error_hint(err, "reprise run of an experiment that reads it, which makes it again");
}

bool stage_held_folder(const char *folder, Arena *arena, Error *err)
{
    return check_named(folder, NULL, arena, err);
}

bool stage_held_file(const char *path, Arena *arena, Error *err)
{
    const char *slash = strrchr(path, '/');
    char *folder = slash ? arena_text_span(arena, path, (size_t)(slash - path), err)
                         : arena_text(arena, ".", err);
    return folder && check_named(folder, slash ? slash + 1 : path, arena, err);
}
