#include "plan/stage.h"

#include "base/file.h"

Json *stage_document(const StageKind *kind, Arena *arena, Error *err)
{
    Json *document = json_new_object(arena, err);
    bool ok = document && json_set(document, "stage", json_new_text(kind->name, arena, err), err) &&
              json_set(document, "version", json_new_integer(kind->version, arena, err), err);
    return ok ? document : NULL;
}

bool stage_is_to_do(const Stage *stage)
{
    return stage->need == STAGE_NEEDED && !stage->done;
}

bool stage_is_ready(const Stage *stage)
{
    if (!stage_is_to_do(stage)) return false;
    for (int i = 0; i < stage->n_inputs; i++)
        if (!stage->input[i]->done) return false;
    return true;
}

const Stage *stage_input(const Stage *stage, const StageKind *kind)
{
    for (int i = 0; i < stage->n_inputs; i++)
        if (stage->input[i]->kind == kind) return stage->input[i];
    return NULL;
}

const char *stage_state(const Stage *stage)
{
    static const char *const words[] = {"to do", "if chosen", "not chosen"};
    return stage->done ? "cached" : words[stage->need];
}

bool stage_seal(Stage *stage, const char *store, Arena *arena, Error *err)
{
    Json *inputs = json_new_object(arena, err);
    if (!inputs) return false;
    for (int i = 0; i < stage->n_inputs; i++)
        if (!json_set(inputs, stage->input[i]->kind->name,
                      json_new_text(stage->input[i]->key.text, arena, err), err))
            return false;
    if (stage->n_inputs && !json_set(stage->document, "inputs", inputs, err)) return false;
    if (!json_hash(&stage->key, stage->document, arena, err)) return false;
    stage->folder = arena_format(arena, err, "%s/%s/%s", store, stage->kind->name, stage->key.text);
    stage->done = stage->folder && file_is_folder(stage->folder);
    return stage->folder != NULL;
}

bool stage_lock(bool *held, const char *folder, Arena *arena, Error *err)
{
    char *lock = arena_format(arena, err, "%s" STAGE_LOCK, folder);
    return lock && file_make_parent(lock, err) && file_lock(held, lock, arena, err);
}

bool stage_unlock(const char *folder, Arena *arena, Error *err)
{
    char *lock = arena_format(arena, err, "%s" STAGE_LOCK, folder);
    return lock && file_remove_tree(lock, err);
}
