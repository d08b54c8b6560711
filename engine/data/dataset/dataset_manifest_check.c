#include "data/dataset/dataset_manifest_check.h"

#include <ctype.h>
#include <string.h>

#include "data/dataset/dataset_generators.h"
#include "data/dataset/dataset_heuristic.h"

typedef struct Checking {
    const DatasetManifest *manifest;
    const SpecReader *reader;
    const char *path; /* of the manifest's own object */
} Checking;

/* --- files -------------------------------------------------------------------------------------- */

/* A name below some folder, and never outside it. */
static bool is_relative(const char *path)
{
    if (path[0] == '/' || path[0] == '\0' || path[strlen(path) - 1] == '/') return false;
    for (const char *part = path; part; part = strchr(part, '/') ? strchr(part, '/') + 1 : NULL)
        if (strcspn(part, "/") == 2 && strncmp(part, "..", 2) == 0) return false;
    return true;
}

void dataset_manifest_check_file(const void *value, const SpecReader *reader, const char *path)
{
    const DatasetFile *file = value;
    if (!is_relative(file->path))
        spec_error(reader, path, "file '%s': a path is relative and has no '..'", file->path);
}

static void check_files(const Checking *c)
{
    const DatasetFile *files = c->manifest->files.items;
    for (size_t i = 0; i < c->manifest->files.n; i++)
        if (dataset_manifest_file(c->manifest, files[i].path) != &files[i])
            spec_error(c->reader, c->path, "two files have the path '%s'", files[i].path);
}

static void check_submission_file(const Checking *c)
{
    const char *name = c->manifest->submission_file;
    if (name && (!*name || *name == '.' || strchr(name, '/')))
        spec_error(c->reader, c->path, "submission_file: '%s' is no plain name of a file", name);
}

static void check_known_file(const Checking *c, const char *path)
{
    if (!dataset_manifest_file(c->manifest, path))
        spec_error(c->reader, c->path, "'%s' is not the path of any of the files", path);
}

/* --- rows --------------------------------------------------------------------------------------- */

/* Every part of "a+b?" names a column; "#" is the number of a row. */
static void check_columns(const Checking *c, const TextList *columns, const char *where,
                          const char *names)
{
    for (const char *at = names; at; at = strchr(at, '+') ? strchr(at, '+') + 1 : NULL) {
        size_t size = strcspn(at, "+?");
        bool number = names == c->manifest->table.id && size == 1 && *at == '#';
        if (!number && dataset_manifest_column(columns, at, size) < 0)
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
    const DatasetRewrite *rewrite = table->rewrite.items;
    for (size_t i = 0; i < table->text.n; i++)
        check_columns(c, columns, where, table->text.text[i]);
    for (size_t i = 0; i < table->skip.n; i++) check_columns(c, columns, where, skip[i].column);
    for (size_t i = 0; i < table->rewrite.n; i++)
        check_columns(c, columns, where, rewrite[i].column);
    check_columns(c, columns, where, table->pronoun);
    check_columns(c, columns, where, table->id);
    check_columns(c, columns, where, table->group);
    for (size_t i = 0; i < table->facets.n; i++)
        check_columns(c, columns, where, table->facets.text[i]);
    if (labelled) check_columns(c, columns, where, table->label);
}

/* How many texts a row of each form names. */
typedef struct TextRange {
    size_t least, most; /* ANY_NUMBER: no limit */
} TextRange;
#define ANY_NUMBER SIZE_MAX
static const TextRange n_texts[] = {
    [DATASET_CLASSIFICATION] = {1, 1}, [DATASET_ENTAILMENT] = {2, 2},
    [DATASET_SIMILARITY] = {2, 2},     [DATASET_MULTIPLE_CHOICE] = {3, ANY_NUMBER},
    [DATASET_REGRESSION] = {2, 2},     [DATASET_WINOGRAD] = {4, ANY_NUMBER},
    [DATASET_LAST_WORD] = {1, 1},      [DATASET_MINIMAL_PAIRS] = {2, 2},
    [DATASET_CLOZE] = {4, ANY_NUMBER},
};

static void check_label_words(const Checking *c)
{
    const DatasetManifest *m = c->manifest;
    const bool choice = dataset_form_first_answer((DatasetForm)m->form) > 0;
    int n_answers = dataset_manifest_answers(m);
    size_t n_labels = choice && n_answers > 0 ? (size_t)n_answers : dataset_manifest_labels(m)->n,
           n = m->table.label_words.n;
    bool fits = n_labels ? n % n_labels == 0 && (n > 0 || choice) : n == 0;
    if (!fits)
        spec_error(c->reader, c->path, "table.label_words: %zu words for %zu %s", n, n_labels,
                   choice ? "answers" : "labels");
}

/* Each class has a name of its own, and there is something to choose between. */
static void check_labels(const Checking *c)
{
    const DatasetManifest *m = c->manifest;
    const TextList *labels = dataset_manifest_labels(m);
    for (size_t i = 0; i < m->labels.n; i++)
        if (spec_list_find(&m->labels, m->labels.text[i]) != (int)i)
            spec_error(c->reader, c->path, "labels: two are called '%s'", m->labels.text[i]);
    if (labels->n == 1)
        spec_error(c->reader, c->path, "labels: '%s' alone leaves nothing to tell apart",
                   labels->text[0]);
}

/* Only the last answers of multiple choice may be missing, and two are always there. */
static void check_optional_texts(const Checking *c)
{
    const TextList *text = &c->manifest->table.text;
    for (size_t i = 0, n = 0; i < text->n; i++) {
        bool optional = strchr(text->text[i], '?') != NULL;
        n += optional;
        if ((optional && (i < 3 || c->manifest->form != DATASET_MULTIPLE_CHOICE)) ||
            (!optional && n > 0))
            spec_error(c->reader, c->path,
                       "table.text: '%s': only the last answers, from the third on, may be missing",
                       text->text[i]);
    }
}

static void check_number_of_texts(const Checking *c, TextRange range)
{
    const DatasetManifest *m = c->manifest;
    size_t n = m->table.text.n;
    const char *form = dataset_form_words[m->form];
    if (n >= range.least && n <= range.most) return;
    if (range.most == ANY_NUMBER)
        spec_error(c->reader, c->path, "table.text: %zu texts; a row of form '%s' has at least %zu",
                   n, form, range.least);
    else
        spec_error(c->reader, c->path, "table.text: %zu texts; a row of form '%s' has %zu to %zu",
                   n, form, range.least, range.most);
}

/* What a csv's fields may be parted by: neither a part of quotes nor of a word. */
static void check_delimiter(const DatasetTable *table, const SpecReader *reader, const char *path)
{
    const char c = table->delimiter[0];
    if (c && !table->delimiter[1] && (ispunct((unsigned char)c) || c == '\t') && !strchr("\"'", c))
        return;
    spec_error(reader, spec_path_key(reader, path, "delimiter"), "'%s' is no delimiter of fields",
               table->delimiter);
    error_hint(reader->err, "one character, such as \",\", \";\" or \"\\t\"");
}

void dataset_manifest_check_table(const void *value, const SpecReader *reader, const char *path)
{
    const DatasetTable *table = value;
    const TextList *words = &table->label_words;
    check_delimiter(table, reader, path);
    for (size_t i = 0; i < words->n; i++)
        if (spec_list_find(words, words->text[i]) != (int)i)
            spec_error(reader, spec_path_key(reader, path, "label_words"),
                       "'%s' stands for two labels", words->text[i]);
    if (table->paths.n && table->paths.n != table->columns.n)
        spec_error(reader, spec_path_key(reader, path, "paths"), "%zu for %zu columns",
                   table->paths.n, table->columns.n);
    if (table->separators.n && table->separators.n + 1 != table->columns.n)
        spec_error(reader, spec_path_key(reader, path, "separators"), "%zu for %zu columns",
                   table->separators.n, table->columns.n);
    if (table->repeated_columns && (size_t)table->repeated_columns > table->columns.n)
        spec_error(reader, spec_path_key(reader, path, "repeated_columns"), "%lld of %zu columns",
                   (long long)table->repeated_columns, table->columns.n);
}

/* What is found in a passage is not looked for in columns. */
static void check_candidates(const Checking *c)
{
    const DatasetManifest *m = c->manifest;
    const DatasetTable *table = &m->table;
    if (table->candidates == 0) return;
    if (m->form != DATASET_CLOZE || table->candidates < 2)
        spec_error(c->reader, c->path,
                   "table.candidates belongs to form 'cloze' and is at least 2");
    if (table->text.n == 1 && strpbrk(table->text.text[0], "+?"))
        spec_error(c->reader, c->path,
                   "table.text: with table.candidates the passage is one column");
    if (table->facets.n > 0)
        spec_error(c->reader, c->path,
                   "table.facets: with table.candidates rows are counted by the side of the gap");
}

static void check_table(const Checking *c)
{
    const DatasetManifest *m = c->manifest;
    const DatasetTable *table = &m->table;
    check_all_columns(c, &table->columns, "table", true);
    TextRange range = table->pronoun      ? (TextRange){2, 2}
                      : table->candidates ? (TextRange){1, 1}
                                          : n_texts[m->form];
    check_number_of_texts(c, range);
    check_optional_texts(c);
    check_label_words(c);
    if (table->pronoun && (m->form != DATASET_WINOGRAD || table->most_referents < 2))
        spec_error(c->reader, c->path,
                   "table.pronoun belongs to form 'winograd' and needs most_referents");
    check_candidates(c);
    if (m->form == DATASET_REGRESSION && !(m->target_low < m->target_high))
        spec_error(c->reader, c->path, "target_low: %g is not below target_high, %g", m->target_low,
                   m->target_high);
}

/* --- splits ------------------------------------------------------------------------------------- */

void dataset_manifest_check_source(const void *value, const SpecReader *reader, const char *path)
{
    const DatasetSource *source = value;
    if (source->member && source->members) spec_error(reader, path, "either member or members");
}

void dataset_manifest_check_split(const void *value, const SpecReader *reader, const char *path)
{
    const DatasetSplitSpec *split = value;
    if ((split->carved_rows > 0) == (split->sources.n > 0))
        spec_error(reader, path, "needs either sources or carved_rows");
}

/* A label comes from the table's column, from the source or from its file of labels. */
static void check_source(const Checking *c, const DatasetSource *source, const char *split,
                         bool labelled)
{
    const DatasetTable *table = &c->manifest->table;
    bool has_label =
        dataset_form_has_answers((DatasetForm)c->manifest->form) && table->candidates == 0;
    int n_origins = (source->label != NULL) + (source->labels != NULL) + (table->label != NULL);
    check_known_file(c, source->file);
    if (source->labels) check_known_file(c, source->labels);
    if (source->paths.n && source->paths.n != dataset_manifest_columns(table, source)->n)
        spec_error(c->reader, c->path, "splits.%s: %zu paths for %zu columns", split,
                   source->paths.n, dataset_manifest_columns(table, source)->n);
    if (source->columns.n) check_all_columns(c, &source->columns, split, labelled);
    if (labelled && n_origins != has_label)
        spec_error(c->reader, c->path,
                   "splits.%s: labels come from table.label, or from the source's label or labels",
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
    if (split->carved_rows > 0 &&
        ((which != SPLIT_VALIDATION && which != SPLIT_TEST) || !c->manifest->splits.train.present))
        spec_error(c->reader, c->path,
                   "splits.%s: only validation and test can be carved, and only from train", name);
}

/* Carving leaves training rows. */
static void check_carving(const Checking *c)
{
    const DatasetSplits *splits = &c->manifest->splits;
    const DatasetSource *sources = splits->train.sources.items;
    int64_t carved = splits->validation.carved_rows + splits->test.carved_rows, rows = 0;
    for (size_t i = 0; i < splits->train.sources.n; i++) rows += sources[i].rows;
    if (carved > 0 && splits->train.present && carved >= rows)
        spec_error(c->reader, c->path, "splits: %lld rows are carved out of %lld; none is left",
                   (long long)carved, (long long)rows);
}

/* --- without fine-tuning ------------------------------------------------------------------------ */

static void check_zero_shot(const Checking *c)
{
    static const DatasetForm forms[] = {
        [HEURISTIC_ACCEPTABILITY] = DATASET_CLASSIFICATION,
        [HEURISTIC_WORDS] = DATASET_CLASSIFICATION,
        [HEURISTIC_CHOICE] = DATASET_MULTIPLE_CHOICE,
        [HEURISTIC_WINOGRAD] = DATASET_WINOGRAD,
        [HEURISTIC_LAST_WORD] = DATASET_LAST_WORD,
        [HEURISTIC_MINIMAL_PAIRS] = DATASET_MINIMAL_PAIRS,
        [HEURISTIC_CLOZE] = DATASET_CLOZE,
    };
    const DatasetManifest *m = c->manifest;
    int heuristic = m->zero_shot.heuristic;
    if (!m->zero_shot.present || heuristic == HEURISTIC_NONE) return;
    const char *word = dataset_heuristic_words[heuristic];
    if (m->form != (int)forms[heuristic])
        spec_error(c->reader, c->path, "zero_shot: '%s' is for form '%s', not '%s'", word,
                   dataset_form_words[forms[heuristic]], dataset_form_words[m->form]);
    const size_t n_labels = dataset_manifest_labels(m)->n;
    if (heuristic == HEURISTIC_ACCEPTABILITY && n_labels != 2)
        spec_error(c->reader, c->path, "zero_shot: '%s' tells two labels apart, not %zu", word,
                   n_labels);
    size_t n_words = heuristic == HEURISTIC_WORDS ? n_labels : 0;
    if (m->zero_shot.words.n != n_words)
        spec_error(c->reader, c->path, "zero_shot.words: %zu words; '%s' takes %zu",
                   m->zero_shot.words.n, word, n_words);
}

/* --- names and sentences ------------------------------------------------------------------------ */

/* What is printed and written into tables. Other texts may need a tab: separators, what is replaced. */
static void check_texts(const Checking *c)
{
    const DatasetManifest *m = c->manifest;
    const struct {
        const char *name, *text;
    } texts[] = {{"title", m->title},
                 {"home", m->home},
                 {"licence", m->licence},
                 {"ask_at", m->ask_at},
                 {"metric", m->metric},
                 {"test_note", m->test_note},
                 {"zero_shot.best_of", m->zero_shot.best_of}};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (texts[i].text)
            spec_check_text(c->reader, spec_path_key(c->reader, c->path, texts[i].name), "the text",
                            texts[i].text, false);
    const char *labels = spec_path_key(c->reader, c->path, "labels");
    for (size_t i = 0; i < m->labels.n; i++)
        spec_check_text(c->reader, spec_path_item(c->reader, labels, i), "the text",
                        m->labels.text[i], false);
}

/* --- the whole ---------------------------------------------------------------------------------- */

static void check_generator(const Checking *c)
{
    const DatasetManifest *m = c->manifest;
    DatasetYield yield = dataset_generators_of(m)->yield(m->generator.spec);
    if ((DatasetForm)m->form != yield.form)
        spec_error(c->reader, "$.form", "what the generator makes is of form '%s', not '%s'",
                   dataset_form_words[yield.form], dataset_form_words[m->form]);
    else if (m->labels.n != (size_t)yield.n_classes)
        spec_error(c->reader, "$.labels", "%zu names; what the generator makes has %d classes",
                   m->labels.n, yield.n_classes);
}

static void check_kind(const Checking *c)
{
    const DatasetManifest *m = c->manifest;
    int kinds = (m->generator.entry != NULL) + m->documents.present + m->tokenizer.present +
                m->weights.present + (m->table.present || m->splits.present);
    if (kinds != 1)
        spec_error(c->reader, c->path,
                   "a data set has exactly one of generator, documents, tokenizer, weights, and "
                   "table with splits");
    if (m->generator.entry) {
        check_generator(c);
        return;
    }
    if (m->tokenizer.present != (m->form == DATASET_TOKENIZER))
        spec_error(c->reader, c->path,
                   "form 'tokenizer' and tokenizer go together: one of them is missing");
    if (m->weights.present != (m->form == DATASET_WEIGHTS))
        spec_error(c->reader, c->path,
                   "form 'weights' and weights go together: one of them is missing");
    if (m->tokenizer.present || m->weights.present) return;
    if (m->table.present != m->splits.present)
        spec_error(c->reader, c->path, "table and splits go together: one of them is missing");
    if (m->documents.present != (m->form == DATASET_CORPUS))
        spec_error(c->reader, c->path,
                   "form 'corpus' and documents go together: one of them is missing");
}

static void check_weights(const Checking *c)
{
    const DatasetWeights *weights = &c->manifest->weights;
    const bool needs_shapes = weights->layout == WEIGHTS_OPENAI_GPT1;
    if (needs_shapes != (weights->shapes != NULL))
        spec_error(c->reader, "$.weights",
                   needs_shapes ? "this layout needs shapes" : "this layout has no shapes");
    if (weights->shapes) check_known_file(c, weights->shapes);
}

static void check_tokenizer(const Checking *c)
{
    const DatasetTokenizer *tokenizer = &c->manifest->tokenizer;
    const bool has_merges = tokenizer->method == 0;
    if (has_merges != (tokenizer->merges != NULL))
        spec_error(c->reader, "$.tokenizer",
                   has_merges ? "merges is missing" : "this method has no merges");
    if (has_merges && tokenizer->settings)
        spec_error(c->reader, "$.tokenizer", "this method has no settings");
    check_known_file(c, tokenizer->vocabulary);
    if (tokenizer->merges) check_known_file(c, tokenizer->merges);
    if (tokenizer->settings) check_known_file(c, tokenizer->settings);
}

/* Printed as they are given, beside scores in points. */
static void check_points(const Checking *c, const char *what, double points)
{
    if (points <= 0 || points > 1) return;
    spec_error(c->reader, c->path, "%s: %.15g is at most one point, of 100", what, points);
    error_hint(c->reader->err, "%.15g for a score of %.15g", 100 * points, points);
}

void dataset_manifest_check(const void *value, const SpecReader *reader, const char *path)
{
    Checking c = {value, reader, path};
    check_texts(&c);
    check_kind(&c);
    check_files(&c);
    check_submission_file(&c);
    if (c.manifest->documents.present) check_known_file(&c, c.manifest->documents.file);
    if (c.manifest->tokenizer.present) check_tokenizer(&c);
    if (c.manifest->weights.present) check_weights(&c);
    if (c.manifest->table.present && dataset_form_is_labelled((DatasetForm)c.manifest->form))
        check_table(&c);
    for (int i = 0; i < N_SPLITS; i++) check_split(&c, (DatasetSplit)i);
    check_labels(&c);
    check_carving(&c);
    check_zero_shot(&c);
    check_points(&c, "paper_score", c.manifest->paper_score);
    check_points(&c, "zero_shot.best", c.manifest->zero_shot.best);
}
