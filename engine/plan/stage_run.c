#include "plan/stage_run.h"

#include <string.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/lock.h"
#include "base/log.h"
#include "plan/stage_record.h"

/* Half-written files of a process that was killed while it wrote them. The lock is held, so no
 * other process is writing. */
static bool remove_leftovers(const char *part, Arena *arena, Error *err)
{
    char **names;
    size_t n;
    if (!file_list(&names, &n, part, arena, err)) return false;
    for (size_t i = 0; i < n; i++) {
        if (!strstr(names[i], ".tmp-")) continue;
        char *path = file_join(arena, part, names[i], err);
        if (!path || !file_remove_tree(path, err)) return false;
    }
    return true;
}

static bool run_locked(Stage *stage, const char *part, Arena *arena, Error *err)
{
    stage->done = file_is_folder(stage->folder);
    if (stage->done) return true;
    double begun = clock_seconds(), earlier = stage_record_earlier_seconds(part, arena);
    log_info("%s: %s", stage->kind->name, stage->title);
    stage->done = file_make_folder(part, err) && remove_leftovers(part, arena, err) &&
                  stage->kind->run(stage, part, err) &&
                  stage_record_write(stage, part, earlier + clock_seconds() - begun, arena, err) &&
                  file_rename(part, stage->folder, err);
    if (stage->done) return true;
    stage_record_keep_seconds(part, earlier + clock_seconds() - begun, arena);
    return error_wrap(err, "stage %s (%s)", stage->kind->name, stage->title);
}

/* Another process that runs the stage is waited for: what it makes is then used. */
bool stage_run(Stage *stage, Error *err)
{
    if (stage->done) return true;
    Lock lock;
    Arena *arena = arena_create("stage", err);
    char *part = arena ? arena_format(arena, err, "%s" STAGE_PART, stage->folder) : NULL;
    char *path = part ? arena_format(arena, err, "%s" STAGE_LOCK, stage->folder) : NULL;
    bool ok = path && file_make_parent(path, err) && lock_take(&lock, path, err);
    if (ok) {
        ok = run_locked(stage, part, arena, err);
        lock_give_back(&lock);
    }
    arena_destroy(arena);
    return ok;
}

/* The folder is free for the stage to be made again. Another process may have done so meanwhile. */
static bool set_aside(Stage *stage, Arena *arena, Error *err)
{
    Error damage = {0};
    if (!file_is_folder(stage->folder)) return true;
    if (!stage_record_check(&damage, stage->folder, stage->key.text, arena, err)) return false;
    stage->done = damage.n_errors == 0;
    if (stage->done) return true;
    char *aside = arena_format(arena, err, "%s" STAGE_DAMAGED, stage->folder);
    if (!aside || !file_remove_tree(aside, err) || !file_rename(stage->folder, aside, err))
        return false;
    log_warning("%s", damage.text);
    log_warning("%s (%s) is damaged: set aside as %s, and made again", stage->kind->name,
                stage->title, aside);
    return true;
}

bool stage_run_check(Stage *stage, Error *err)
{
    Error damage = {0};
    stage->done = file_is_folder(stage->folder);
    if (!stage->done) return true;
    Arena *arena = arena_create("stage", err);
    bool ok = arena && stage_record_check(&damage, stage->folder, stage->key.text, arena, err);
    if (ok && damage.n_errors > 0) {
        char *path = arena_format(arena, err, "%s" STAGE_LOCK, stage->folder);
        Lock lock;
        stage->done = false;
        ok = path && lock_take(&lock, path, err);
        if (ok) {
            ok = set_aside(stage, arena, err);
            lock_give_back(&lock);
        }
    }
    arena_destroy(arena);
    return ok;
}
