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
#include "base/tokenizer_files.h"
#include "base/hash.h"
#include "data/dataset/dataset_facets.h"
#include "data/dataset/dataset_heuristic.h"
#include "data/dataset/dataset_model.h"
#include "data/dataset/dataset_places.h"
#include "data/dataset/dataset_texts.h"
#include "data/example/dataset_form.h"
#include "data/example/dataset_split.h"
#include "data/example/example.h"

typedef struct DatasetZeroShot {
    DatasetHeuristic heuristic;
    const char *suffix;       /* of HEURISTIC_WORDS: "very" */
    const char *const *words; /* of HEURISTIC_WORDS: one a label, "negative", "positive" */
    /* Score of 1 in figures (the best single model before the paper, or 1 where nothing hinders); as a fraction. */
    double best;
    SpecList others; /* of DatasetOther (dataset_manifest.h) */
} DatasetZeroShot;

typedef struct Dataset Dataset;

typedef struct DatasetInfo {
    const char *name, *title;
    const char *home, *licence; /* NULL: not stated */
    DatasetForm form;
    int n_labels;                   /* classes; for multiple choice the most answers of any row */
    const char *const *label_names; /* NULL for a corpus or multiple choice */
    const char *const *label_words; /* as rows write them; NULL: rows hold numbers, or answers */
    const char *submission_file;    /* what a benchmark's server calls its file; NULL: any name */
    const char *metric;             /* "accuracy", "matthews", "f1", ... ; main one */
    /* What the test split really is: "published dev set"; NULL: there is none. */
    const char *test_note;
    int64_t n_documents;          /* of a corpus; 0: it is none */
    int64_t n_tokens;             /* of a published tokenizer */
    const char *tokenizer_method; /* of the methods, the one that reads it; NULL: it is none */
    double mean_tokens;           /* of a sequence, by GPT-1's vocabulary; 0: unknown */
    double low, high;             /* range of the targets of form regression */
    double paper_score;           /* GPT-1's number; NaN: none */
    DatasetZeroShot zero_shot;
    TextList facets; /* what examples are counted by beside all together (dataset_facets.h) */
    bool generated;
} DatasetInfo;

/* The manifest is read and checked; nothing is fetched. */
Dataset *dataset_open(const char *name, const DatasetPlaces *places, Arena *arena,
                      Error *err) MUST_USE;
const DatasetInfo *dataset_info(const Dataset *dataset);

/* What a manifest says of its licence, or that it says nothing. */
const char *dataset_stated(const char *text);

/* Rows that a split is to have, as the manifest or the generator states; 0: no such split, or a
 * corpus. */
int64_t dataset_rows(const Dataset *dataset, DatasetSplit split);

/* Hash of everything that decides the content: expected file hashes and layout, or the generator's
 * version and parameters. Known without fetching; part of stage keys. */
bool dataset_hash(HashText *digest, const Dataset *dataset, Arena *scratch, Error *err) MUST_USE;

/* Where its downloads go; what is derived from it may be kept there. */
const char *dataset_downloads(const Dataset *dataset);

/* Whether its rows can be read without fetching: they are generated, or every file that they need is in
 * the downloads or in a mirror's folder. Nothing is verified. */
bool dataset_is_here(const Dataset *dataset, Arena *scratch);

/* Makes sure that every file is there and verified. Shows progress; does nothing the second time. */
bool dataset_fetch(const Dataset *dataset, Error *err) MUST_USE;

/* All documents of a corpus, cleaned of what is not running text, in a stable order. Fetches. */
bool dataset_documents(Documents *documents, const Dataset *dataset, Arena *arena,
                       Error *err) MUST_USE;

/* Where the verified files of a published tokenizer lie. Fetches. */
bool dataset_tokenizer(TokenizerFiles *files, const Dataset *dataset, Arena *arena,
                       Error *err) MUST_USE;

/* The verified files of a published model. Fetches. */
bool dataset_model(DatasetModel *model, const Dataset *dataset, Arena *arena, Error *err) MUST_USE;

/* All rows of a split, counts checked against the manifest. Fetches. */
bool dataset_examples(Examples *examples, const Dataset *dataset, DatasetSplit split, Arena *arena,
                      Error *err) MUST_USE;

/* What somebody brings to be answered, as examples without labels (dataset_texts.h). */
bool dataset_texts(Examples *examples, const Dataset *dataset, const DatasetTexts *texts,
                   Arena *arena, Error *err) MUST_USE;

/* Names of all manifests in the folder, sorted. */
bool dataset_names(char ***names, size_t *n, const DatasetPlaces *places, Arena *arena,
                   Error *err) MUST_USE;

#endif
