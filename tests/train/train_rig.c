#include "train_rig.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "../scratch_folder.h"
#include "base/file.h"
#include "base/json.h"

static Error err;

static void read_spec(void *spec, const SpecTable *table, const char *text)
{
    Json *json = json_parse_text(text, strlen(text), "rig", learner_rig_arena(), &err);
    const SpecReader reader = {"rig", learner_rig_arena(), &err};
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
    char *folder = arena_text(learner_rig_arena(), scratch_folder_path(name), &err);
    cr_assert(file_make_folder(folder, &err), "%s", err.text);
    return folder;
}

PretrainJob train_rig_pretrain_job(const PretrainSpec *spec, const TokenFile *tokens,
                                   const char *folder)
{
    SpecEntryChoice *model = learner_rig_take(1, sizeof *model);
    bool *held_out = learner_rig_take(tokens->n_documents, sizeof *held_out);
    *model = learner_rig_model(0.1);
    held_out[tokens->n_documents - 1] = true;
    return (PretrainJob){
        .spec = spec,
        .model = model,
        .kernels = &kernels_fast,
        .tokens = tokens,
        .held_out = held_out,
        .text = {.n = LEARNER_RIG_TEXT_TOKENS},
        .folder = make_folder(folder),
    };
}

FinetuneJob train_rig_finetune_job(const FinetuneSpec *spec, const Sequences *train,
                                   const char *folder)
{
    SpecEntryChoice *model = learner_rig_take(1, sizeof *model);
    *model = learner_rig_model(0.1);
    return (FinetuneJob){
        .spec = spec,
        .model = model,
        .kernels = &kernels_fast,
        .train = train,
        .validation = train,
        .head = learner_rig_head(train->form, HEAD_SOFT_BINS),
        .text = {.n = LEARNER_RIG_TEXT_TOKENS},
        .metric = metric_find(train->form == DATASET_REGRESSION ? "pearson" : "accuracy"),
        .seed = 1,
        .title = "rig",
        .folder = make_folder(folder),
    };
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
