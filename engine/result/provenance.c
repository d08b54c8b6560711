#include "result/provenance.h"

#include <string.h>

#include "data/dataset/dataset_schema.h"

static const SpecField data_fields[] = {
    SPEC_TEXT_REQUIRED(ProvenanceData, name, "data set"),
    SPEC_TEXT_REQUIRED(ProvenanceData, sha256, "of its content"),
    SPEC_TEXT(ProvenanceData, licence, NULL, "terms"),
    SPEC_TEXT(ProvenanceData, home, NULL, "page"),
    SPEC_TEXT(ProvenanceData, metric, NULL, "of its scores", .sparse = true),
    SPEC_TEXT(ProvenanceData, test_note, NULL, "what its test split is", .sparse = true),
    SPEC_BOOL(ProvenanceData, generated, false, "by the engine", .sparse = true),
    SPEC_TEXTS(ProvenanceData, labels, "names of the classes", .sparse = true),
    SPEC_STRUCTS(ProvenanceData, others, &dataset_schema_other,
                 "scores of others without fine-tuning", .sparse = true),
    SPEC_END,
};
static const SpecTable data_table = {"data", sizeof(ProvenanceData), data_fields, NULL};

static const SpecField stage_fields[] = {
    SPEC_TEXT_REQUIRED(ProvenanceStage, kind, "folder in the store"),
    SPEC_TEXT_REQUIRED(ProvenanceStage, title, "in words"),
    SPEC_TEXT_REQUIRED(ProvenanceStage, key, "folder of its outputs"),
    SPEC_END,
};
static const SpecTable stage_table = {"stage", sizeof(ProvenanceStage), stage_fields, NULL};

static const SpecField provenance_fields[] = {
    SPEC_TEXT(Provenance, engine_version, NULL, "of Reprise"),
    SPEC_TEXT(Provenance, engine_commit, NULL, "the last that changed the engine"),
    SPEC_BOOL(Provenance, dirty, false, "it, or the engine of some stage, was edited since"),
    SPEC_TEXTS(Provenance, stage_commits, "of the engines that ran the stages"),
    SPEC_TEXT(Provenance, compiler, NULL, "name and version"),
    SPEC_TEXT(Provenance, flags, NULL, "of the compiler"),
    SPEC_TEXT(Provenance, blas, NULL, "library of matrix products, of engines that had one",
              .sparse = true),
    SPEC_TEXT(Provenance, blas_core, NULL, "processor it computed as", .sparse = true),
    SPEC_TEXT(Provenance, system, NULL, "operating system"),
    SPEC_TEXT(Provenance, cpu, NULL, "processor"),
    SPEC_INT(Provenance, cores, 0, 0, 1e9, "usable"),
    SPEC_INT(Provenance, threads, 0, 0, 1e9, "used"),
    SPEC_INT(Provenance, memory_bytes, 0, 0, 1e18, "of the machine"),
    SPEC_TEXT(Provenance, finished, NULL, "the last stage, UTC"),
    SPEC_REAL(Provenance, tokens, 0.0, 0.0, 1e300, "processed by all stages"),
    SPEC_REAL(Provenance, flops, 0.0, 0.0, 1e300,
              "floating-point operations of all stages, estimated"),
    SPEC_REAL(Provenance, seconds, 0.0, 0.0, 1e300, "of all stages, when they ran"),
    SPEC_INT(Provenance, peak_memory_bytes, 0, 0, 1e18, "of the processes that ran them"),
    SPEC_STRUCTS(Provenance, data, &data_table, "what was read"),
    SPEC_STRUCTS(Provenance, stages, &stage_table, "what was run"),
    SPEC_END,
};
const SpecTable provenance_table = {"provenance", sizeof(Provenance), provenance_fields, NULL};

const ProvenanceData *provenance_data(const Provenance *provenance, const char *name)
{
    const ProvenanceData *data = provenance->data.items;
    for (size_t i = 0; i < provenance->data.n; i++)
        if (!strcmp(data[i].name, name)) return &data[i];
    return NULL;
}

/* Of a title "TASK, CELL, seed 1" or "TASK, CELL", the text behind it; NULL: it is another's. */
static const char *behind(const char *title, const char *task, const char *cell)
{
    const size_t task_size = strlen(task), cell_size = strlen(cell);
    if (strncmp(title, task, task_size) != 0 || strncmp(title + task_size, ", ", 2) != 0)
        return NULL;
    title += task_size + 2;
    if (strncmp(title, cell, cell_size) != 0) return NULL;
    title += cell_size;
    return *title == '\0' || *title == ',' ? title : NULL;
}

static bool is_scoring(const char *kind)
{
    return !strcmp(kind, "evaluate") || !strcmp(kind, "zero-shot");
}

const ProvenanceStage *provenance_stage_of(const Provenance *provenance, const char *task,
                                           const char *cell)
{
    const ProvenanceStage *stage = provenance->stages.items, *found = NULL;
    size_t shortest = 0; /* what follows: a cell's name may be the beginning of another's */
    for (size_t i = 0; i < provenance->stages.n; i++) {
        const char *rest = behind(stage[i].title, task, cell);
        if (!rest || !is_scoring(stage[i].kind) || (found && strlen(rest) >= shortest)) continue;
        found = &stage[i];
        shortest = strlen(rest);
    }
    return found;
}

void provenance_describe(ProvenanceData *data, const DatasetInfo *info)
{
    data->metric = info->metric;
    data->test_note = info->test_note;
    data->generated = info->generated;
    data->others = info->zero_shot.others;
    if (info->label_names)
        data->labels = (TextList){(size_t)info->n_labels, (const char **)info->label_names};
}
