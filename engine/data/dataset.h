/* Data sets: datasets/NAME.json (a manifest) to verified files to documents or labelled examples.
 *
 * Nothing unverified is ever used. Files are looked for in the download folder, then in the mirror
 * (REPRISE_MIRROR: a folder or a URL, by the manifest's relative file names), then at the upstream
 * URLs. The built-in storyworld data sets are generated instead.
 *
 * Errors  name manifest, file, line or row; ERROR_USAGE for what the user must put right */
#ifndef DATA_DATASET_H
#define DATA_DATASET_H

#include "base/document.h"
#include "base/hash.h"
#include "spec/field.h"

/* The forms of tasks (GPT-1, figure 1), and running text. */
typedef enum DatasetForm {
    DATASET_CORPUS,         /* documents for language modelling */
    DATASET_CLASSIFICATION, /* text[0] */
    DATASET_ENTAILMENT,     /* text[0] premise, text[1] hypothesis */
    DATASET_SIMILARITY,     /* text[0], text[1] in no order */
    DATASET_MULTIPLE_CHOICE, /* text[0] context, text[1..] answers; label: the right answer, from 0 */
} DatasetForm;
extern const char
    *const dataset_form_words[]; /* "corpus", "classification", ...; NULL-terminated */

enum { EXAMPLE_MAX_TEXTS = 8 };

typedef struct Example {
    const char *id; /* of the row, or made from its number: unique in its split */
    const char *text[EXAMPLE_MAX_TEXTS];
    int n_texts;
    int label; /* class or right answer, from 0; -1: not public */
} Example;

typedef struct Examples {
    size_t n;
    Example *items;
} Examples;

typedef enum DatasetSplit { SPLIT_TRAIN, SPLIT_VALIDATION, SPLIT_TEST, N_SPLITS } DatasetSplit;
extern const char *const dataset_split_words[]; /* "train", "validation", "test"; NULL-terminated */

typedef struct Dataset Dataset;

typedef struct DatasetInfo {
    const char *name, *title, *home, *licence;
    DatasetForm form;
    int n_labels;                   /* classes; for multiple choice the most answers of any row */
    const char *const *label_names; /* NULL for a corpus or multiple choice */
    const char *metric;             /* "accuracy", "matthews", "f1", ... ; main one */
    const char *test_note;          /* what the test split really is: "published dev set" */
    double paper_score;             /* GPT-1's number; NaN: none */
    bool generated;
} DatasetInfo;

typedef struct DatasetPlaces {
    const char *manifests; /* folder of NAME.json */
    const char *downloads; /* folder for fetched files, one sub-folder a data set */
    const char *mirror;    /* folder or URL; NULL: none */
} DatasetPlaces;

/* The manifest is read and checked; nothing is fetched. */
Dataset *dataset_open(const char *name, const DatasetPlaces *places, Arena *arena,
                      Error *err) MUST_USE;
const DatasetInfo *dataset_info(const Dataset *dataset);

/* Rows that a split is to have, as the manifest or the generator states; 0 for a corpus. */
int64_t dataset_rows(const Dataset *dataset, DatasetSplit split);

/* Hash of everything that decides the content: expected file hashes and layout, or the generator's
 * version and parameters. Known without fetching; part of stage keys. */
bool dataset_hash(HashText *digest, const Dataset *dataset, Arena *scratch, Error *err) MUST_USE;

/* Makes sure that every file is there and verified. Shows progress; does nothing the second time. */
bool dataset_fetch(const Dataset *dataset, Error *err) MUST_USE;

/* All documents of a corpus, cleaned of what is not running text, in a stable order. Fetches. */
bool dataset_documents(Documents *documents, const Dataset *dataset, Arena *arena,
                       Error *err) MUST_USE;

/* All rows of a split, counts checked against the manifest. Fetches. */
bool dataset_examples(Examples *examples, const Dataset *dataset, DatasetSplit split, Arena *arena,
                      Error *err) MUST_USE;

/* Names of all manifests in the folder, sorted. */
bool dataset_names(char ***names, size_t *n, const DatasetPlaces *places, Arena *arena,
                   Error *err) MUST_USE;

#endif
