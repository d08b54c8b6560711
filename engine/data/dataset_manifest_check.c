/* The rules between the fields of a manifest. Every breach is reported, not only the first. */
#include <string.h>

#include "data/dataset_manifest.h"

typedef struct Checking {
    const DatasetManifest *manifest;
    const SpecReader *reader;
    const char *path; /* of the manifest's own object */
} Checking;

/* --- files -------------------------------------------------------------------------------------- */

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static bool is_digest(const char *text)
{
    return strlen(text) == HASH_TEXT_SIZE - 1 &&
           strspn(text, "0123456789abcdef") == HASH_TEXT_SIZE - 1;
}

static void check_files(const Checking *c)
{
    const DatasetFile *files = c->manifest->files.items;
    for (size_t i = 0; i < c->manifest->files.n; i++) {
        const DatasetFile *file = &files[i];
        const char *digest = file->sha256 ? file->sha256 : file->tree_sha256;
        if (!digest || (file->sha256 && file->tree_sha256))
            spec_error(c->reader, c->path, "file '%s' needs one of sha256 and tree_sha256",
                       file->path);
        else if (!is_digest(digest))
            spec_error(c->reader, c->path, "file '%s': '%s' is no SHA-256 (64 digits of 0-9, a-f)",
                       file->path, digest);
        if (file->urls.n == 0 && !c->manifest->ask_at)
            spec_error(c->reader, c->path,
                       "file '%s' has no urls; data behind a form names its page in ask_at",
                       file->path);
        for (size_t j = 0; j < i; j++)
            if (strcmp(base_name(files[j].path), base_name(file->path)) == 0)
                spec_error(c->reader, c->path,
                           "two files are called '%s'; their last parts must differ",
                           base_name(file->path));
    }
}

static void check_known_file(const Checking *c, const char *path)
{
    if (!dataset_manifest_file(c->manifest, path))
        spec_error(c->reader, c->path, "'%s' is not the path of any of the files", path);
}

/* --- rows --------------------------------------------------------------------------------------- */

/* Every part of "a+b+c" names a column. */
static void check_columns(const Checking *c, const TextList *columns, const char *where,
                          const char *names)
{
    for (const char *at = names; at; at = strchr(at, '+') ? strchr(at, '+') + 1 : NULL) {
        size_t size = strcspn(at, "+");
        if (dataset_manifest_column(columns, at, size) < 0)
            spec_error(c->reader, c->path, "%s: '%.*s' is not one of the columns", where, (int)size,
                       at);
    }
}

/* What is read of each row must be there under its name. */
static void check_all_columns(const Checking *c, const TextList *columns, const char *where,
                              bool labelled)
{
    const DatasetTable *table = &c->manifest->table;
    const DatasetSkip *skip = table->skip.items;
    for (size_t i = 0; i < table->text.n; i++)
        check_columns(c, columns, where, table->text.text[i]);
    for (size_t i = 0; i < table->skip.n; i++) check_columns(c, columns, where, skip[i].column);
    check_columns(c, columns, where, table->id);
    check_columns(c, columns, where, table->group);
    if (labelled) check_columns(c, columns, where, table->label);
}

/* How many texts a row of each form has. */
static const struct {
    size_t least, most;
} n_texts[] = {
    [DATASET_CLASSIFICATION] = {1, 1}, [DATASET_ENTAILMENT] = {2, 2},
    [DATASET_SIMILARITY] = {2, 2},     [DATASET_MULTIPLE_CHOICE] = {3, EXAMPLE_MAX_TEXTS},
    [DATASET_REGRESSION] = {2, 2},     [DATASET_WINOGRAD] = {4, EXAMPLE_MAX_TEXTS},
    [DATASET_LAST_WORD] = {1, 1},
};

static void check_label_words(const Checking *c)
{
    const DatasetManifest *m = c->manifest;
    bool choice = m->form == DATASET_MULTIPLE_CHOICE || m->form == DATASET_WINOGRAD;
    int n_answers = dataset_manifest_answers(m);
    size_t n_labels = choice && n_answers > 0 ? (size_t)n_answers : m->labels.n,
           n = m->table.label_words.n;
    bool fits = n_labels ? n % n_labels == 0 && (n > 0 || choice) : n == 0;
    if (!fits)
        spec_error(c->reader, c->path, "table.label_words: %zu words for %zu %s", n, n_labels,
                   choice ? "answers" : "labels");
}

static void check_table(const Checking *c)
{
    const DatasetManifest *m = c->manifest;
    const DatasetTable *table = &m->table;
    check_all_columns(c, &table->columns, "table", true);
    if (table->text.n < n_texts[m->form].least || table->text.n > n_texts[m->form].most)
        spec_error(c->reader, c->path, "table.text: %zu texts; a row of form '%s' has %zu to %zu",
                   table->text.n, dataset_form_words[m->form], n_texts[m->form].least,
                   n_texts[m->form].most);
    check_label_words(c);
    if (m->form == DATASET_REGRESSION && !(m->target_low < m->target_high))
        spec_error(c->reader, c->path, "target_low: %g is not below target_high, %g", m->target_low,
                   m->target_high);
}

/* --- splits ------------------------------------------------------------------------------------- */

/* A label comes from the table's column or from the source, but not from both. */
static void check_source(const Checking *c, const DatasetSource *source, const char *split,
                         bool labelled)
{
    const DatasetTable *table = &c->manifest->table;
    bool has_label = c->manifest->form != DATASET_LAST_WORD;
    check_known_file(c, source->file);
    if (source->columns.n) check_all_columns(c, &source->columns, split, labelled);
    if (labelled && has_label && (source->label != NULL) == (table->label != NULL))
        spec_error(c->reader, c->path, "splits.%s: a label is needed, of the table or the source",
                   split);
}

static void check_split(const Checking *c, DatasetSplit which)
{
    const DatasetSplitSpec *split = dataset_manifest_split(c->manifest, which);
    const char *name = dataset_split_words[which];
    if (!split->present) return;
    const DatasetSource *sources = split->sources.items;
    for (size_t i = 0; i < split->sources.n; i++)
        check_source(c, &sources[i], name, which != SPLIT_SUBMISSION);
    bool carved = split->carved_rows > 0;
    if (carved == (split->sources.n > 0))
        spec_error(c->reader, c->path, "splits.%s needs either sources or carved_rows", name);
    if (carved &&
        ((which != SPLIT_VALIDATION && which != SPLIT_TEST) || !c->manifest->splits.train.present))
        spec_error(c->reader, c->path,
                   "splits.%s: only validation and test can be carved, and only from train", name);
}

/* --- the whole ---------------------------------------------------------------------------------- */

static void check_kind(const Checking *c)
{
    const DatasetManifest *m = c->manifest;
    int kinds = (m->generator != NULL) + m->documents.present + m->tokenizer.present +
                (m->table.present || m->splits.present);
    if (kinds != 1)
        spec_error(
            c->reader, c->path,
            "a data set has exactly one of generator, documents, tokenizer, and table with splits");
    if (m->generator) return;
    if (m->tokenizer.present != (m->form == DATASET_TOKENIZER))
        spec_error(c->reader, c->path,
                   "form 'tokenizer' and tokenizer go together: one of them is missing");
    if (m->tokenizer.present) return;
    if (m->table.present != m->splits.present)
        spec_error(c->reader, c->path, "table and splits go together: one of them is missing");
    if (m->documents.present != (m->form == DATASET_CORPUS))
        spec_error(c->reader, c->path,
                   "form 'corpus' and documents go together: one of them is missing");
}

void dataset_manifest_check(const void *value, const SpecReader *reader, const char *path)
{
    Checking c = {value, reader, path};
    check_kind(&c);
    check_files(&c);
    if (c.manifest->documents.present) check_known_file(&c, c.manifest->documents.file);
    if (c.manifest->tokenizer.present) {
        check_known_file(&c, c.manifest->tokenizer.vocabulary);
        check_known_file(&c, c.manifest->tokenizer.merges);
    }
    if (c.manifest->table.present && dataset_is_labelled((DatasetForm)c.manifest->form))
        check_table(&c);
    for (int i = 0; i < N_SPLITS; i++) check_split(&c, (DatasetSplit)i);
}
