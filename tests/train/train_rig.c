#include "train_rig.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "../scratch_folder.h"
#include "base/file.h"
#include "base/json.h"
#include "base/parallel.h"
#include "kernels/gemm.h"
#include "model/encoder.h"

static Arena *arena;
static Error err;

void train_rig_begin(void)
{
    err = (Error){0};
    scratch_folder_make();
    arena = arena_create("train rig", &err);
    cr_assert(arena && gemm_start(&err), "%s", err.text);
    parallel_set_threads(1);
}

void train_rig_end(void)
{
    arena_destroy(arena);
    scratch_folder_remove();
}

Arena *train_rig_arena(void)
{
    return arena;
}

void *train_rig_take(size_t count, size_t size)
{
    void *memory = arena_alloc(arena, count, size, &err);
    cr_assert(memory, "%s", err.text);
    return memory;
}

SpecEntryChoice train_rig_model(double dropout)
{
    GptSpec *spec = train_rig_take(1, sizeof *spec);
    *spec = (GptSpec){1, 2, 8, TRAIN_RIG_CONTEXT, dropout, dropout};
    return (SpecEntryChoice){.entry = &gpt.entry, .spec = spec};
}

SpecEntryChoice train_rig_encoder(double dropout)
{
    SpecEntryChoice model = train_rig_model(dropout);
    model.entry = &encoder.entry;
    return model;
}

SpecEntryChoice train_rig_lstm(double dropout)
{
    LstmSpec *spec = train_rig_take(1, sizeof *spec);
    *spec = (LstmSpec){1, 10, 8, TRAIN_RIG_CONTEXT, dropout};
    return (SpecEntryChoice){.entry = &lstm.entry, .spec = spec};
}

TokenFile train_rig_tokens(void)
{
    enum { DOCUMENTS = 6 };
    static const char *const names[DOCUMENTS] = {"a", "b", "c", "d", "e", "say \"f\""};
    size_t offset[DOCUMENTS + 1] = {0};
    for (int d = 0; d < DOCUMENTS; d++) offset[d + 1] = offset[d] + 5 + 10 * (size_t)d;
    int *ids = train_rig_take(offset[DOCUMENTS], sizeof *ids);
    for (int d = 0; d < DOCUMENTS; d++)
        for (size_t i = offset[d]; i < offset[d + 1]; i++)
            ids[i] = (int)((i - offset[d]) * 3 + (size_t)d) % TRAIN_RIG_TEXT_TOKENS;
    const char *path = scratch_folder_path("tokens.bin");
    TokenFile file;
    cr_assert(
        token_file_write(path, ids, offset, names, DOCUMENTS, TRAIN_RIG_TEXT_TOKENS, arena, &err) &&
            token_file_open(&file, path, TRAIN_RIG_TEXT_TOKENS, arena, &err),
        "%s", err.text);
    return file;
}

static void read_spec(void *spec, const SpecTable *table, const char *text)
{
    Json *json = json_parse_text(text, strlen(text), "rig", arena, &err);
    const SpecReader reader = {"rig", arena, &err};
    cr_assert(json && spec_read(spec, table, json, &reader, "$"), "%s", err.text);
}

PretrainSpec train_rig_pretrain_spec(const char *json)
{
    PretrainSpec spec;
    read_spec(&spec, &pretrain_table, json);
    return spec;
}

FinetuneSpec train_rig_finetune_spec(const char *json)
{
    FinetuneSpec spec;
    read_spec(&spec, &finetune_table, json);
    return spec;
}

static const char *make_folder(const char *name)
{
    char *folder = arena_text(arena, scratch_folder_path(name), &err);
    cr_assert(file_make_folder(folder, &err), "%s", err.text);
    return folder;
}

PretrainJob train_rig_pretrain_job(const PretrainSpec *spec, const TokenFile *tokens,
                                   const char *folder)
{
    SpecEntryChoice *model = train_rig_take(1, sizeof *model);
    bool *held_out = train_rig_take(tokens->n_documents, sizeof *held_out);
    *model = train_rig_model(0.1);
    held_out[tokens->n_documents - 1] = true;
    return (PretrainJob){
        .spec = spec,
        .model = model,
        .kernels = &kernels_fast,
        .tokens = tokens,
        .held_out = held_out,
        .n_text = TRAIN_RIG_TEXT_TOKENS,
        .folder = make_folder(folder),
    };
}

/* start, some text that the label and the number of the example decide, classify. */
static int write_sequence(int *token, int e, int kind)
{
    int n = 0, length = 1 + (e * 5 + kind) % (TRAIN_RIG_CONTEXT - 2);
    token[n++] = TRAIN_RIG_TEXT_TOKENS;
    for (int i = 0; i < length; i++) token[n++] = (e + i + 3 * kind) % TRAIN_RIG_TEXT_TOKENS;
    token[n++] = TRAIN_RIG_TEXT_TOKENS + 2;
    return n;
}

Sequences train_rig_sequences(DatasetForm form, int n)
{
    Sequences sequences = {
        .form = form,
        .n = n,
        .first = train_rig_take((size_t)n + 1, sizeof(int)),
        .start = train_rig_take((size_t)n * 3 + 1, sizeof(int)),
        .token = train_rig_take((size_t)n * 3 * TRAIN_RIG_CONTEXT, sizeof(int)),
        .truth = train_rig_take((size_t)n, sizeof(double)),
        .id = train_rig_take((size_t)n, sizeof(char *)),
    };
    int q = 0;
    for (int e = 0; e < n; e++) {
        int n_sequences = form == DATASET_MULTIPLE_CHOICE ? 2 + e % 2
                          : sequences_both_orders(form)   ? 2
                                                          : 1;
        sequences.truth[e] = form == DATASET_REGRESSION ? e / 2 % 4 * 0.625 : e / 2 % 2;
        sequences.id[e] = arena_format(arena, &err, "row %d", e);
        for (int k = 0; k < n_sequences; k++, q++)
            sequences.start[q + 1] =
                sequences.start[q] + write_sequence(sequences.token + sequences.start[q], e, k);
        sequences.first[e + 1] = q;
    }
    sequences.n_sequences = q;
    sequences.longest = TRAIN_RIG_CONTEXT;
    return sequences;
}

Head train_rig_head(DatasetForm form, HeadRegression regression)
{
    const DatasetInfo info = {.form = form, .n_labels = 2, .low = 0, .high = 2};
    return head_of(&info, regression);
}

FinetuneJob train_rig_finetune_job(const FinetuneSpec *spec, const Sequences *train,
                                   const char *folder)
{
    SpecEntryChoice *model = train_rig_take(1, sizeof *model);
    *model = train_rig_model(0.1);
    return (FinetuneJob){
        .spec = spec,
        .model = model,
        .kernels = &kernels_fast,
        .train = train,
        .validation = train,
        .head = train_rig_head(train->form, HEAD_SOFT_BINS),
        .n_text = TRAIN_RIG_TEXT_TOKENS,
        .metric = metric_find(train->form == DATASET_REGRESSION ? "pearson" : "accuracy"),
        .seed = 1,
        .title = "rig",
        .folder = make_folder(folder),
    };
}

Learner train_rig_learner(const SpecEntryChoice *model, const Head *head, const Sequences *set,
                          int rows, bool training)
{
    Learner learner;
    LearnerSetup setup = {
        .model = model,
        .kernels = &kernels_fast,
        .n_vocab = TRAIN_RIG_VOCABULARY,
        .max_rows = rows,
        .max_sequences = rows / 2,
        .training = training,
    };
    if (set)
        setup = packer_setup(model, &kernels_fast, TRAIN_RIG_TEXT_TOKENS, head, &set, 1, rows,
                             training);
    cr_assert(learner_create(&learner, &setup, arena, &err), "%s", err.text);
    tensors_initialize(&learner.weights_table, learner.weights, 1);
    return learner;
}

int train_rig_column(double *values, int most, const char *path, int column)
{
    const char *line = strchr(scratch_folder_read(path), '\n') + 1;
    int n = 0;
    for (; *line && n < most; line = strchr(line, '\n') + 1) {
        const char *cell = line;
        for (int c = 0; c < column; c++) cell = strchr(cell, ',') + 1;
        values[n++] = strtod(cell, NULL);
    }
    return n;
}

bool train_rig_same(const char *path, const char *other)
{
    HashText a, b;
    cr_assert(hash_file(&a, scratch_folder_path(path), &err), "%s", err.text);
    cr_assert(hash_file(&b, scratch_folder_path(other), &err), "%s", err.text);
    return !strcmp(a.text, b.text);
}
