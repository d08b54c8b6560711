#include "stages/stage_row.h"

#include <assert.h>

#include "base/file.h"

static const StageRow *row_of(const Stage *stage)
{
    return (const StageRow *)stage->kind; /* its first member */
}

/* --- from a request to a stage --------------------------------------------------------------------- */

/* {"stage", "version"}, then the fields of the struct. */
static Json *write_document(const StageRow *row, const void *asked, Arena *arena, Error *err)
{
    Json *document = stage_document(&row->kind, arena, err);
    Json *fields = spec_write(asked, row->document, false, arena, err);
    if (!document || !fields) return NULL;
    for (size_t i = 0; i < json_size(fields); i++) {
        const char *key;
        Json *value;
        json_member(fields, i, &key, &value);
        if (!json_set(document, key, value, err)) return NULL;
    }
    return document;
}

bool stage_row_applies(const StageRow *row, const Settings *settings)
{
    return !row->applies || row->applies(settings);
}

Stage *stage_row_requested(const StageRequest *request, const StageRow *row)
{
    for (int i = 0; i < request->n_stages; i++)
        if (request->stages[i] && request->stages[i]->kind == &row->kind) return request->stages[i];
    return NULL;
}

static int list_inputs(Stage **inputs, const StageRow *row, const StageRequest *request)
{
    int n = 0;
    for (int i = 0; i < STAGE_MAX_INPUTS && row->inputs[i]; i++) {
        if (!stage_row_applies(row->inputs[i], request->settings)) continue;
        inputs[n] = stage_row_requested(request, row->inputs[i]);
        assert(inputs[n]);
        n++;
    }
    return n;
}

Stage *stage_row_add(Graph *graph, const StageRow *row, const StageRequest *request, Error *err)
{
    Arena *arena = graph->arena;
    bool is_new;
    Stage *inputs[STAGE_MAX_INPUTS];
    void *asked = arena_alloc(arena, 1, row->document->size, err);
    if (!asked || (row->check && !row->check(request, err)) ||
        !row->fill(asked, request, arena, err))
        return NULL;
    Stage *stage = graph_add(graph, &row->kind, write_document(row, asked, arena, err), inputs,
                             list_inputs(inputs, row, request), &is_new, err);
    if (!stage || !is_new) return stage;
    if (row->cost && !row->cost(&stage->cost, request, asked, arena, err)) return NULL;
    stage->asked = asked;
    stage->title = row->title(request, asked, arena, err);
    return stage->title ? stage : NULL;
}

/* --- from a stage to its run ----------------------------------------------------------------------- */

/* --- from a document to its struct ------------------------------------------------------------------ */

static bool read_document(void *document, const Stage *stage, const Json *json, Arena *arena,
                          Error *err)
{
    const SpecReader reader = {stage->folder, arena, err};
    Json *fields = json_clone(json, arena, err);
    if (!fields) return false;
    json_remove(fields, "stage");
    json_remove(fields, "version");
    json_remove(fields, "inputs");
    return spec_read(document, row_of(stage)->document, fields, &reader, "$.made_from");
}

bool stage_row_read(void *document, const Stage *stage, Arena *arena, Error *err)
{
    if (!read_document(document, stage, stage->document, arena, err)) return false;
    spec_table_copy_free(document, stage->asked, row_of(stage)->document);
    return true;
}

/* A data set by its name where its content is that of one that is open. */
static bool name_data(Json *document, const Stage *stage, Arena *arena, Error *err)
{
    const char *hash = json_get_text(document, "data");
    const char *name = hash ? data_shelf_name(stage->services->data, hash) : NULL;
    return !name || json_set_text(document, "data", name, arena, err);
}

static bool name_settings(Json *document, const StageRow *row, Error *err)
{
    for (const char *const *name = row->settings; name && *name; name += 2) {
        Json *value = json_get(document, name[0]);
        if (!value) continue;
        if (!json_set(document, name[1], value, err)) return false;
        json_remove(document, name[0]);
    }
    return true;
}

bool stage_row_complete(Json **completed, const Stage *stage, const Json *document, Arena *arena,
                        Error *err)
{
    Error other_version = {0};
    const SpecTable *table = row_of(stage)->document;
    void *value = arena_alloc(arena, 1, table->size, err);
    *completed = NULL;
    if (!value) return false;
    if (!read_document(value, stage, document, arena, &other_version)) return true;
    *completed = spec_write(value, table, true, arena, err);
    Json *version = json_get(document, "version");
    return *completed && (!version || json_set(*completed, "version", version, err)) &&
           name_data(*completed, stage, arena, err) &&
           name_settings(*completed, row_of(stage), err);
}

bool stage_row_run(const Stage *stage, const char *folder, Error *err)
{
    const StageRow *row = row_of(stage);
    Arena *arena = arena_create(stage->kind->name, err);
    void *document = arena ? arena_alloc(arena, 1, row->document->size, err) : NULL;
    const StageRun run = {stage, folder, document, arena};
    bool ok = document && stage_row_read(document, stage, arena, err) && row->run(&run, err);
    arena_destroy(arena);
    return ok;
}

const Stage *stage_row_input(const StageRun *run, const StageRow *row)
{
    return stage_input(run->stage, &row->kind);
}

char *stage_row_input_file(const StageRun *run, const StageRow *row, const char *file, Error *err)
{
    return file_join(run->arena, stage_row_input(run, row)->folder, file, err);
}

const Dataset *stage_row_data(const StageRun *run, const char *hash, Error *err)
{
    return data_shelf_find(run->stage->services->data, hash, run->arena, err);
}
