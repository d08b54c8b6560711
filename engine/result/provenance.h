/* Where a result comes from: engine, libraries, machine, data, stages and what they took. */
#ifndef RESULT_PROVENANCE_H
#define RESULT_PROVENANCE_H

#include "data/dataset/dataset.h"
#include "spec/field.h"

typedef struct Provenance {
    const char *engine_version;
    const char *engine_commit; /* of the one that wrote the result; "+" added: edited since */
    bool dirty;                /* it, or the engine of some stage, cannot be traced to a commit */
    TextList stage_commits;    /* of the engines that ran the stages, perhaps long ago */
    const char *compiler, *flags;
    const char *blas, *blas_core; /* NULL: the products are the engine's own (from 0.2.0 on) */
    const char *system, *cpu;
    int64_t cores, threads, memory_bytes;
    const char *finished;          /* the last stage, UTC */
    double tokens, flops, seconds; /* of all stages, when they ran */
    int64_t peak_memory_bytes;     /* of the processes that ran them */
    SpecList data;                 /* of ProvenanceData */
    SpecList stages;               /* of ProvenanceStage: where to find them in a store */
} Provenance;

typedef struct ProvenanceData {
    const char *name, *sha256;
    const char *licence, *home; /* NULL: not stated */
    const char *metric; /* NULL of a corpus, and in results that do not say it: nor what follows */
    const char *test_note; /* NULL: nothing is said of it */
    bool generated;
    TextList labels; /* names of the classes; empty: it has none, or the result does not say them */
    SpecList others; /* of DatasetOther: scores of others without fine-tuning */
} ProvenanceData;

typedef struct ProvenanceStage {
    const char *kind, *title, *key;
} ProvenanceStage;

extern const SpecTable provenance_table;

/* NULL: it was not read. */
const ProvenanceData *provenance_data(const Provenance *provenance, const char *name);

/* The first stage whose outcome is a score of a cell on a task, of a name that begins "TASK, CELL"; NULL: there is
 * none. */
const ProvenanceStage *provenance_stage_of(const Provenance *provenance, const char *task,
                                           const char *cell);

/* What a manifest says of its data set, beside its name and content. */
void provenance_describe(ProvenanceData *data, const DatasetInfo *info);

#endif
