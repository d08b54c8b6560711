#include "data/dataset/dataset_manifest.h"

#include <fnmatch.h>
#include <string.h>

bool dataset_manifest_covers(const char *members, const TextList *except, const char *member)
{
    if (fnmatch(members, member, 0) != 0) return false;
    for (size_t i = 0; i < except->n; i++)
        if (fnmatch(except->text[i], member, 0) == 0) return false;
    return true;
}

const char *dataset_manifest_digest(const DatasetFile *file, const char **title)
{
    *title = file->sha256 ? "SHA-256" : file->git_blob ? "git blob id" : "tree hash";
    return file->sha256 ? file->sha256 : file->git_blob ? file->git_blob : file->tree_sha256;
}

const DatasetFile *dataset_manifest_file(const DatasetManifest *manifest, const char *path)
{
    const DatasetFile *files = manifest->files.items;
    for (size_t i = 0; i < manifest->files.n; i++)
        if (strcmp(files[i].path, path) == 0) return &files[i];
    return NULL;
}

int64_t dataset_manifest_rows(const DatasetManifest *manifest, DatasetSplit split)
{
    const DatasetSplitSpec *spec = dataset_manifest_split(manifest, split);
    const DatasetSource *sources = spec->sources.items;
    if (!spec->present || spec->rows) return spec->present ? spec->rows : 0;
    int64_t rows = spec->carved_rows;
    for (size_t i = 0; i < spec->sources.n; i++) rows += sources[i].rows;
    if (split == SPLIT_TRAIN)
        rows -= manifest->splits.validation.carved_rows + manifest->splits.test.carved_rows;
    return rows;
}

const TextList *dataset_manifest_labels(const DatasetManifest *manifest)
{
    const bool classes = manifest->form == DATASET_CLASSIFICATION ||
                         manifest->form == DATASET_ENTAILMENT ||
                         manifest->form == DATASET_SIMILARITY;
    return classes && manifest->labels.n == 0 ? &manifest->table.label_words : &manifest->labels;
}

const char *dataset_manifest_metric(const DatasetManifest *manifest)
{
    if (manifest->metric) return manifest->metric;
    if (manifest->form == DATASET_REGRESSION) return "pearson";
    return dataset_form_is_labelled((DatasetForm)manifest->form) ? "accuracy" : "perplexity";
}

int dataset_manifest_answers(const DatasetManifest *manifest)
{
    const DatasetTable *table = &manifest->table;
    if (table->pronoun) return (int)table->most_referents;
    if (table->candidates) return (int)table->candidates;
    return (int)table->text.n - dataset_form_first_answer((DatasetForm)manifest->form);
}

const TextList *dataset_manifest_columns(const DatasetTable *table, const DatasetSource *source)
{
    return source->columns.n ? &source->columns : &table->columns;
}

int dataset_manifest_column(const TextList *columns, const char *name, size_t size)
{
    for (size_t i = 0; i < columns->n; i++)
        if (strlen(columns->text[i]) == size && memcmp(columns->text[i], name, size) == 0)
            return (int)i;
    return -1;
}

const DatasetSplitSpec *dataset_manifest_split(const DatasetManifest *manifest, DatasetSplit split)
{
    const DatasetSplitSpec *const splits[N_SPLITS] = {
        &manifest->splits.train, &manifest->splits.validation, &manifest->splits.test,
        &manifest->splits.submission};
    return splits[split];
}
