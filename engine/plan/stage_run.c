#include "plan/stage_run.h"

#include <string.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/lock.h"
#include "base/log.h"
#include "plan/stage_part.h"
#include "plan/stage_record.h"

/* Out of the way, to be looked at: what was not what had been written. */
static bool put_aside(const Stage *stage, const char *folder, const Error *damage, Arena *arena,
                      Error *err)
{
    char *aside = arena_format(arena, err, "%s" STAGE_DAMAGED, stage->folder);
    if (!aside || !file_remove_tree(aside, err) || !file_rename(folder, aside, err)) return false;
    log_warning("%s", damage->text);
    log_warning("%s (%s) is damaged: set aside as %s, and made again", stage->kind->name,
                stage->title, aside);
    return true;
}

/* The folder to write into is there, and what it holds can be gone on from. */
static bool open_part(const Stage *stage, const char *part, Arena *arena, Error *err)
{
    Error damage = {0};
    if (!file_make_folder(part, err) || !stage_part_check(&damage, stage, part, arena, err))
        return false;
    if (damage.n_errors == 0) return true;
    return put_aside(stage, part, &damage, arena, err) && file_make_folder(part, err);
}

/* The kind's run, and what it leaves made whole. A record that is there already vouches for all. */
static bool make(const Stage *stage, const char *part, double earlier, double begun, Arena *arena,
                 Error *err)
{
    char *record = file_join(arena, part, STAGE_RECORD_FILE, err);
    if (!record) return false;
    if (!file_exists(record) &&
        (!stage_record_keep_seconds(stage, part, earlier, arena, err) ||
         !stage->kind->run(stage, part, err) ||
         !stage_record_write(stage, part, earlier + clock_seconds() - begun, arena, err)))
        return false;
    return stage_part_remove_seals(part, arena, err) && file_rename(part, stage->folder, err);
}

static bool run_locked(Stage *stage, const char *part, Arena *arena, Error *err)
{
    stage->done = file_is_folder(stage->folder);
    if (stage->done) return true;
    const double begun = clock_seconds();
    log_info("%s: %s", stage->kind->name, stage->title);
    bool open = open_part(stage, part, arena, err);
    const double earlier = open ? stage_record_earlier_seconds(part, arena) : 0;
    stage->done = open && make(stage, part, earlier, begun, arena, err);
    if (stage->done) return true;
    Error unused = {0}; /* that the stage failed is told already */
    bool kept = open && stage_record_keep_seconds(stage, part, earlier + clock_seconds() - begun,
                                                  arena, &unused);
    (void)kept;
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
    return put_aside(stage, stage->folder, &damage, arena, err);
}

static bool set_aside_alone(Stage *stage, const char *path, Arena *arena, Error *err)
{
    Lock lock;
    stage->done = false;
    if (!lock_take(&lock, path, err)) return false;
    bool ok = set_aside(stage, arena, err);
    lock_give_back(&lock);
    return ok;
}

/* A process that was killed between the last rename and the end has left its lock. */
bool stage_run_check(Stage *stage, Error *err)
{
    Error damage = {0};
    stage->done = file_is_folder(stage->folder);
    if (!stage->done) return true;
    Arena *arena = arena_create("stage", err);
    char *path = arena ? arena_format(arena, err, "%s" STAGE_LOCK, stage->folder) : NULL;
    bool ok =
        path && stage_record_check(&damage, stage->folder, stage->key.text, arena, err) &&
        (damage.n_errors > 0 ? set_aside_alone(stage, path, arena, err) : lock_sweep(path, err));
    arena_destroy(arena);
    return ok;
}
