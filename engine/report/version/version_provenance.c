#include "report/version/version_provenance.h"

#include <string.h>

#include "base/host.h"
#include "base/parallel.h"
#include "plan/stage_record.h"

/* As base/host.h marks them. */
static bool is_dirty(const char *commit)
{
    return strchr(commit, '+') || !strcmp(commit, "unknown");
}

/* --- data ----------------------------------------------------------------------------------------- */

static void add_data(Provenance *provenance, const DatasetInfo *info, const char *sha256)
{
    if (provenance_data(provenance, info->name)) return;
    ProvenanceData *data = (ProvenanceData *)provenance->data.items + provenance->data.n++;
    *data = (ProvenanceData){
        .name = info->name, .sha256 = sha256, .licence = info->licence, .home = info->home};
    provenance_describe(data, info);
}

bool version_provenance_data(Provenance *provenance, const Plan *plan, Arena *arena, Error *err)
{
    enum { MOST_OF_A_CELL = 2 };
    size_t most = (size_t)plan->n_tasks + (size_t)plan->n_zero_shot_tasks +
                  MOST_OF_A_CELL * (size_t)plan->n_cells;
    provenance->data.items = arena_alloc(arena, most, sizeof(ProvenanceData), err);
    if (!provenance->data.items) return false;
    for (int c = 0; c < plan->n_cells; c++) {
        const PlanCell *cell = &plan->cells[c];
        if (cell->corpus) add_data(provenance, cell->corpus->info, cell->corpus->hash.text);
        if (cell->weights && cell->weights->dataset)
            add_data(provenance, cell->weights->info, cell->weights->hash.text);
    }
    for (int t = 0; t < plan->n_tasks; t++)
        add_data(provenance, plan->tasks[t].info, plan->tasks[t].hash.text);
    for (int t = 0; t < plan->n_zero_shot_tasks; t++)
        add_data(provenance, plan->zero_shot_tasks[t].info, plan->zero_shot_tasks[t].hash.text);
    return true;
}

/* --- stages --------------------------------------------------------------------------------------- */

static void add_commit(Provenance *provenance, const char *commit)
{
    spec_list_place(&provenance->stage_commits, commit);
    provenance->dirty |= is_dirty(commit);
}

static bool read_stage(Provenance *provenance, const Stage *stage, Arena *arena, Error *err)
{
    StageRecord record;
    if (!stage_record_read(&record, stage->folder, arena, err)) return false;
    if (record.peak_memory_bytes > provenance->peak_memory_bytes)
        provenance->peak_memory_bytes = record.peak_memory_bytes;
    if (!provenance->finished || strcmp(record.finished, provenance->finished) > 0)
        provenance->finished = record.finished;
    add_commit(provenance, record.commit);
    provenance->tokens += stage->cost.tokens;
    return true;
}

static bool read_stages(Provenance *provenance, const Plan *plan, Arena *arena, Error *err)
{
    ProvenanceStage *row = arena_alloc(arena, (size_t)plan->graph.n, sizeof *row, err);
    provenance->stage_commits.text = arena_alloc(arena, (size_t)plan->graph.n, sizeof(char *), err);
    if (!row || !provenance->stage_commits.text) return false;
    provenance->stages.items = row;
    for (int i = 0; i < plan->graph.n; i++) {
        const Stage *stage = plan->graph.stages[i];
        if (stage->need != STAGE_NEEDED) continue;
        if (!read_stage(provenance, stage, arena, err)) return false;
        row[provenance->stages.n++] =
            (ProvenanceStage){stage->kind->name, stage->title, stage->key.text};
    }
    return true;
}

bool version_provenance(Provenance *provenance, const Outcome *outcome, Arena *arena, Error *err)
{
    HostInfo host;
    host_info(&host);
    *provenance = (Provenance){
        .engine_version = host.engine_version,
        .engine_commit = arena_text(arena, host.engine_commit, err),
        .dirty = is_dirty(host.engine_commit),
        .compiler = host.compiler,
        .flags = host.flags,
        .system = arena_text(arena, host.system, err),
        .cpu = arena_text(arena, host.cpu, err),
        .cores = host.cores,
        .threads = parallel_threads(),
        .memory_bytes = (int64_t)host.memory_bytes,
        .flops = outcome->flops,
        .seconds = outcome->seconds,
    };
    return provenance->engine_commit && provenance->system && provenance->cpu &&
           version_provenance_data(provenance, outcome->plan, arena, err) &&
           read_stages(provenance, outcome->plan, arena, err);
}
