#include "data/dataset/dataset.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "data/book/book.h"
#include "data/dataset/dataset_cloze.h"
#include "data/dataset/dataset_digest.h"
#include "data/dataset/dataset_documents.h"
#include "data/dataset/dataset_examples.h"
#include "data/dataset/dataset_files.h"
#include "data/dataset/dataset_generators.h"
#include "data/dataset/dataset_lock.h"
#include "data/dataset/dataset_schema.h"

/* Raised when the same files would give other rows: readers, carving, ids. */
enum { DATASET_READER_VERSION = 1 };

struct Dataset {
    DatasetInfo info;
    DatasetManifest manifest;
    DatasetPlaces places;
    DatasetFiles files;
    Arena *arena; /* that it lives in */
};

static const char MANIFEST_ENDING[] = ".json", SCHEMA_ENDING[] = ".schema.json";

/* --- opening ------------------------------------------------------------------------------------ */

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool ends_with(const char *name, const char *ending)
{
    const size_t size = strlen(name), n = strlen(ending);
    return size >= n && !strcmp(name + size - n, ending);
}

bool dataset_names(char ***names, size_t *n, const DatasetPlaces *places, Arena *arena, Error *err)
{
    size_t n_files, ending = strlen(MANIFEST_ENDING);
    if (!file_need_folder(places->manifests, "--datasets", err) ||
        !file_list(names, &n_files, places->manifests, arena, err))
        return false;
    *n = 0;
    for (size_t i = 0; i < n_files; i++) {
        char *name = (*names)[i];
        size_t size = strlen(name);
        if (size <= ending || name[0] == '.' || !ends_with(name, MANIFEST_ENDING) ||
            ends_with(name, DATASET_LOCK_ENDING) || ends_with(name, SCHEMA_ENDING))
            continue;
        name[size - ending] = '\0';
        (*names)[(*n)++] = name;
    }
    if (*n > 0) qsort(*names, *n, sizeof **names, by_name); /* "a-b.json" stands before "a.json" */
    return true;
}

static bool unknown_name(const char *name, const DatasetPlaces *places, Arena *arena, Error *err)
{
    char **names;
    size_t n;
    Error ignored = {0};
    if (!file_need_folder(places->manifests, "--datasets", err)) return false;
    error_usage(err, "no data set '%s' in %s", name, places->manifests);
    if (!dataset_names(&names, &n, places, arena, &ignored)) return false;
    return spec_suggest_hint(&(SpecReader){places->manifests, arena, err}, name,
                             (const char *const *)names, n);
}

/* Where its test rows come from, and what the manifest says of them. */
static bool find_test_note(const char **note, const DatasetManifest *m, Arena *arena, Error *err)
{
    const DatasetSplitSpec *test = &m->splits.test;
    const DatasetSource *source = test->sources.items;
    *note = m->test_note;
    if (!test->present || (*note && test->carved_rows == 0)) return true;
    if (test->carved_rows > 0) {
        *note = arena_format(arena, err, "carved from the training rows, %lld rows%s%s",
                             (long long)dataset_manifest_rows(m, SPLIT_TEST), *note ? ": " : "",
                             *note ? *note : "");
        return *note != NULL;
    }
    const char *slash = strrchr(source->file, '/');
    *note = arena_format(arena, err, "the rows of %s%s", slash ? slash + 1 : source->file,
                         test->sources.n > 1 ? " and others" : "");
    return *note != NULL;
}

static TextList facets_of(const DatasetManifest *m)
{
    static const char *sides[] = {DATASET_CLOZE_FACET};
    const DatasetGenerator *world = dataset_generators_of(m);
    if (world) return world->yield(m->generator.spec).facets;
    return m->table.candidates ? (TextList){1, sides} : m->table.facets;
}

static void fill_info(Dataset *dataset, const char *name, const char *note)
{
    const DatasetManifest *m = &dataset->manifest;
    const TextList *labels = dataset_manifest_labels(m);
    const bool choice = dataset_form_first_answer((DatasetForm)m->form) > 0;
    const DatasetGenerator *world = dataset_generators_of(m);
    int n_answers = world ? world->yield(m->generator.spec).n_answers : dataset_manifest_answers(m);
    dataset->info = (DatasetInfo){
        .name = name,
        .title = m->title ? m->title : name,
        .home = m->home,
        .licence = m->licence,
        .form = (DatasetForm)m->form,
        .n_labels = !dataset_form_is_labelled((DatasetForm)m->form) ? 0
                    : choice                                        ? n_answers
                                                                    : (int)labels->n,
        .label_names = labels->n ? labels->text : NULL,
        .label_words = m->table.label_words.n ? m->table.label_words.text : NULL,
        .submission_file = m->submission_file,
        .metric = dataset_manifest_metric(m),
        .test_note = note,
        .n_documents = world ? world->yield(m->generator.spec).documents
                             : m->documents.count * m->documents.parts,
        .n_tokens = m->tokenizer.tokens,
        .tokenizer_method =
            m->tokenizer.present ? dataset_schema_tokenizer_words[m->tokenizer.method] : NULL,
        .mean_tokens = m->mean_tokens,
        .low = m->target_low,
        .high = m->target_high,
        .paper_score = m->paper_score < 0 ? (double)NAN : m->paper_score,
        .zero_shot = {.heuristic = (DatasetHeuristic)m->zero_shot.heuristic,
                      .suffix = m->zero_shot.suffix,
                      .words = m->zero_shot.words.n ? m->zero_shot.words.text : NULL,
                      .best = m->zero_shot.best / 100,
                      .others = m->zero_shot.others},
        .facets = facets_of(m),
        .generated = world != NULL,
    };
}

/* The dataset outlives the caller's texts: it keeps its own copies. */
static bool copy_places(DatasetPlaces *copy, const DatasetPlaces *places, Arena *arena, Error *err)
{
    *copy = (DatasetPlaces){0};
    copy->manifests = arena_text(arena, places->manifests, err);
    copy->downloads = arena_text(arena, places->downloads, err);
    if (places->mirror) copy->mirror = arena_text(arena, places->mirror, err);
    return copy->manifests && copy->downloads && (copy->mirror || !places->mirror);
}

/* The manifest, and what its files can be told by: what is wrong with either is told at once. */
static bool read_manifest(Dataset *dataset, const char *name, const char *path, Error *err)
{
    const SpecReader reader = {path, dataset->arena, err};
    const int n_errors = err->n_errors;
    bool read = dataset_schema_read(&dataset->manifest, path, dataset->arena, err);
    dataset->files = (DatasetFiles){name, path, &dataset->manifest, &dataset->places};
    dataset_digest_check(&dataset->files, &reader);
    return read && err->n_errors == n_errors &&
           dataset_lock_read(&dataset->manifest, path, dataset->arena, err);
}

Dataset *dataset_open(const char *name, const DatasetPlaces *places, Arena *arena, Error *err)
{
    char *path = arena_format(arena, err, "%s/%s%s", places->manifests, name, MANIFEST_ENDING);
    if (!path) return NULL;
    if (strchr(name, '/') || !file_exists(path)) {
        (void)unknown_name(name, places, arena, err);
        return NULL;
    }
    Dataset *dataset = arena_alloc(arena, 1, sizeof *dataset, err);
    char *own_name = arena_text(arena, name, err);
    if (!dataset || !own_name || !copy_places(&dataset->places, places, arena, err)) return NULL;
    dataset->arena = arena;
    if (!read_manifest(dataset, own_name, path, err)) return NULL;
    const char *note;
    if (!find_test_note(&note, &dataset->manifest, arena, err)) return NULL;
    fill_info(dataset, own_name, note);
    return dataset;
}

const char *dataset_stated(const char *text)
{
    return text ? text : "not stated";
}

const DatasetInfo *dataset_info(const Dataset *dataset)
{
    return &dataset->info;
}

int64_t dataset_rows(const Dataset *dataset, DatasetSplit split)
{
    const DatasetManifest *manifest = &dataset->manifest;
    const DatasetGenerator *world = dataset_generators_of(manifest);
    if (!dataset_form_is_labelled(dataset->info.form)) return 0;
    return world ? world->yield(manifest->generator.spec).rows[split]
                 : dataset_manifest_rows(manifest, split);
}

/* --- content ------------------------------------------------------------------------------------ */

static bool has_source(const DatasetSplitSpec *split, const char *path)
{
    const DatasetSource *sources = split->sources.items;
    for (size_t i = 0; i < split->sources.n; i++)
        if (strcmp(sources[i].file, path) == 0) return true;
    return false;
}

/* A file that only the submission needs decides nothing that is trained or scored on. */
static bool is_only_submitted(const DatasetManifest *manifest, const char *path)
{
    for (int s = 0; s < N_SPLITS; s++)
        if (s != SPLIT_SUBMISSION && has_source(dataset_manifest_split(manifest, s), path))
            return false;
    return has_source(&manifest->splits.submission, path);
}

/* The manifest, without what changes no number. */
static Json *manifest_content(const DatasetManifest *manifest, Arena *arena, Error *err)
{
    const DatasetFile *files = manifest->files.items;
    Json *content = spec_write(manifest, &dataset_schema, false, arena, err),
         *kept = content ? json_new_list(arena, err) : NULL;
    if (!kept) return NULL;
    for (size_t i = 0; i < manifest->files.n; i++)
        if (!is_only_submitted(manifest, files[i].path) &&
            !json_add(kept, json_at(json_get(content, "files"), i), err))
            return NULL;
    return json_set(content, "files", kept, err) ? content : NULL;
}

/* What decides the content: the manifest without what is only told to people, and the versions of the
 * code that makes text and rows of it. */
static Json *content_of(const Dataset *dataset, Arena *arena, Error *err)
{
    const DatasetManifest *m = &dataset->manifest;
    const DatasetGenerator *world = dataset_generators_of(m);
    Json *content = json_new_object(arena, err);
    if (!content) return NULL;
    int version = world                  ? world->version
                  : m->documents.present ? BOOK_VERSION
                                         : DATASET_READER_VERSION;
    Json *part = world ? spec_write(m->generator.spec, world->entry.table, false, arena, err)
                       : manifest_content(m, arena, err);
    if (!part || !json_set(content, world ? world->hash_key : "manifest", part, err) ||
        !json_set(content, "version", json_new_integer(version, arena, err), err))
        return NULL;
    return content;
}

bool dataset_hash(HashText *digest, const Dataset *dataset, Arena *scratch, Error *err)
{
    const DatasetFile *missing = dataset_lock_missing(&dataset->manifest);
    if (missing) return dataset_files_not_recorded(&dataset->files, missing, err);
    Json *content = content_of(dataset, scratch, err);
    return content && json_hash(digest, content, scratch, err);
}

const char *dataset_downloads(const Dataset *dataset)
{
    return dataset->places.downloads;
}

bool dataset_is_here(const Dataset *dataset, Arena *scratch)
{
    const DatasetFile *files = dataset->manifest.files.items;
    Error ignored = {0};
    for (size_t i = 0; i < dataset->manifest.files.n; i++) {
        char *path;
        if (!is_only_submitted(&dataset->manifest, files[i].path) &&
            (!dataset_files_where(&path, &dataset->files, &files[i], scratch, &ignored) || !path))
            return false;
    }
    return true;
}

bool dataset_fetch(const Dataset *dataset, Error *err)
{
    const DatasetFile *files = dataset->manifest.files.items;
    Arena *arena = arena_create("fetch", err);
    if (!arena) return false;
    bool done = dataset_lock_record(&dataset->files, dataset->arena, err);
    for (size_t i = 0; i < dataset->manifest.files.n && done; i++) {
        char *path;
        done = dataset_files_get(&path, &dataset->files, &files[i], arena, err);
    }
    arena_destroy(arena);
    return done;
}

static bool wrong_kind(const Dataset *dataset, const char *wanted, Error *err)
{
    return error_usage(err, "%s: data set '%s' is of form '%s' and has no %s",
                       dataset->files.manifest_path, dataset->info.name,
                       dataset_form_words[dataset->info.form], wanted);
}

bool dataset_documents(Documents *documents, const Dataset *dataset, Arena *arena, Error *err)
{
    const DatasetManifest *m = &dataset->manifest;
    if (dataset->info.form != DATASET_CORPUS) return wrong_kind(dataset, "documents", err);
    if (dataset->info.generated)
        return dataset_generators_of(m)->documents(documents, m->generator.spec, arena, err);
    return dataset_documents_read(documents, &dataset->files, arena, err);
}

bool dataset_examples(Examples *examples, const Dataset *dataset, DatasetSplit split, Arena *arena,
                      Error *err)
{
    const DatasetManifest *m = &dataset->manifest;
    if (!dataset_form_is_labelled(dataset->info.form))
        return wrong_kind(dataset, "labelled rows", err);
    if (dataset->info.generated)
        return dataset_generators_of(m)->examples(examples, m->generator.spec, split, arena, err);
    return dataset_examples_read(examples, &dataset->files, split, arena, err);
}

bool dataset_texts(Examples *examples, const Dataset *dataset, const DatasetTexts *texts,
                   Arena *arena, Error *err)
{
    if (!dataset_form_is_labelled(dataset->info.form))
        return wrong_kind(dataset, "labelled rows", err);
    return dataset_texts_read(examples, texts, &dataset->manifest, arena, err);
}

/* A file that the tokenizer may have; NULL stays NULL. */
static bool get_file(const char **found, const Dataset *dataset, const char *path, Arena *arena,
                     Error *err)
{
    char *place = NULL;
    const bool got =
        !path || dataset_files_get(&place, &dataset->files,
                                   dataset_manifest_file(&dataset->manifest, path), arena, err);
    *found = place;
    return got;
}

bool dataset_tokenizer(TokenizerFiles *files, const Dataset *dataset, Arena *arena, Error *err)
{
    const DatasetTokenizer *tokenizer = &dataset->manifest.tokenizer;
    if (dataset->info.form != DATASET_TOKENIZER) return wrong_kind(dataset, "vocabulary", err);
    *files = (TokenizerFiles){.method = dataset->info.tokenizer_method};
    return get_file(&files->vocabulary, dataset, tokenizer->vocabulary, arena, err) &&
           get_file(&files->merges, dataset, tokenizer->merges, arena, err) &&
           get_file(&files->settings, dataset, tokenizer->settings, arena, err);
}

bool dataset_model(DatasetModel *model, const Dataset *dataset, Arena *arena, Error *err)
{
    const DatasetManifest *m = &dataset->manifest;
    const DatasetFile *files = m->files.items;
    if (dataset->info.form != DATASET_WEIGHTS) return wrong_kind(dataset, "weights", err);
    *model = (DatasetModel){.layout = (DatasetWeightsLayout)m->weights.layout,
                            .files = arena_alloc(arena, m->files.n, sizeof(char *), err)};
    if (!model->files) return false;
    for (size_t i = 0; i < m->files.n; i++) {
        const bool shapes = m->weights.shapes && !strcmp(files[i].path, m->weights.shapes);
        char **path = shapes ? &model->shapes : &model->files[model->n++];
        if (!dataset_files_get(path, &dataset->files, &files[i], arena, err)) return false;
    }
    return true;
}
