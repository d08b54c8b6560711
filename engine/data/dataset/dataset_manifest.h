/* The manifest of a data set, datasets/NAME.json, as a struct: what there is, not how to read it.
 *
 * A manifest is one of these: a corpus (`documents`), labelled rows (`table` and `splits`), generated
 * (`generator`), a tokenizer, or the weights of a model. The field tables in dataset_schema.c are its schema.
 *
 * Ownership  everything lives in the arena it was read into */
#ifndef DATA_DATASET_MANIFEST_H
#define DATA_DATASET_MANIFEST_H

#include "data/dataset/dataset_model.h"
#include "data/example/dataset_form.h"
#include "data/example/dataset_split.h"
#include "spec/field.h"

#define DATASET_MOST_TARGET 1e6 /* of regression, to either side of 0 */

typedef struct DatasetFile {
    const char *path;        /* within the mirror, and within the download folder */
    TextList urls;           /* upstream, tried in turn; none: the user has to bring the file */
    int64_t bytes;           /* 0: unknown */
    int64_t unpacked_bytes;  /* of an archive: at most; 0: 64 times its size, and at least 64 MiB */
    const char *sha256;      /* of the file, ... */
    const char *git_blob;    /* ... or what git calls its content, ... */
    const char *tree_sha256; /* ... or of the members of an archive, however it is packed */
    bool recorded; /* ... or the SHA-256 is recorded when it is first fetched (dataset_lock.h) */
    const char *members; /* shell pattern: the members that tree_sha256 covers ... */
    TextList except;     /* ... but for those that match one of these */
} DatasetFile;

typedef struct DatasetDocuments {
    bool present;
    const char *file;    /* path of one of the files */
    const char *members; /* shell pattern of member names; each is a document ... */
    TextList except;     /* ... but for those that match one of these */
    int encoding;        /* Encoding, of all */
    int layout;          /* BookLayout */
    int64_t count;       /* of members, expected */
    int64_t parts;       /* documents that each of them is cut into */
} DatasetDocuments;

/* Rows that are passed over: those whose column matches. */
typedef struct DatasetSkip {
    const char *column;
    const char *pattern; /* shell pattern of the whole field */
} DatasetSkip;

/* The files of a published tokenizer. */
typedef struct DatasetTokenizer {
    bool present;
    int method;                    /* index into dataset_schema_tokenizer_words: what reads it */
    const char *vocabulary;        /* path of one of the files */
    const char *merges, *settings; /* of others; NULL: there is none */
    int64_t tokens;                /* expected */
} DatasetTokenizer;

/* The files of a published model. */
typedef struct DatasetWeights {
    bool present;
    int layout; /* DatasetWeightsLayout */
    /* Of openai-gpt1: path of the file with the shapes; its shards are the other files. */
    const char *shapes;
} DatasetWeights;

/* What is put in place of a piece of a field, wherever it occurs. */
typedef struct DatasetRewrite {
    const char *column;
    const char *find, *put;
    bool at_start; /* only where the field begins with it */
} DatasetRewrite;

/* How a row becomes an example. */
typedef struct DatasetTable {
    bool present;
    /* reading: rows.h */
    int format;   /* RowsFormat */
    int encoding; /* Encoding, of files that do not say it themselves */
    bool header, more_columns;
    const char *delimiter; /* of csv: one character */
    TextList columns, paths, separators;
    int64_t repeated_columns;
    SpecList rewrite; /* of DatasetRewrite, done one after the other before anything else */
    SpecList skip;    /* of DatasetSkip */
    /* texts */
    TextList text;       /* columns of Example.text, in order; "a+b": joined by a space; "a?": an
                               answer that some rows do not have */
    const char *pronoun; /* winograd: column with the pronoun. Then the first text is a sentence and
                               the second a list of referents, parted by commas. NULL: the texts are what
                               stands before it, what after it, and the referents */
    int64_t most_referents; /* of such a list */
    /* cloze: words to choose from. Then the text is a passage, in which the gap is found (dataset_cloze.h), and passages
     * that have none are passed over. 0: the texts are what stands before the gap, what behind it, and each word */
    int64_t candidates;
    const char *id;    /* column; "a+#": and the row's place in its record; NULL: made from the
                               file's name and line */
    TextList facets;   /* columns by whose values scores without fine-tuning are given too */
    const char *group; /* column: rows alike in it are never carved apart; NULL: in all texts */
    /* labels */
    const char *label; /* column of the class, of the right answer, or of the target; NULL: sources
                             have labels, or the form has none */
    /* As they stand in the column, in the order of the labels, perhaps followed by a second spelling of each; none
     * for choices: the column holds the right answer itself. */
    TextList label_words;
} DatasetTable;

/* The table's, or a RowsFormat beyond that. */
typedef enum DatasetSourceFormat { SOURCE_AS_TABLE, SOURCE_FORMAT_FIRST } DatasetSourceFormat;

typedef struct DatasetSource {
    const char *file;    /* path of one of the files */
    const char *member;  /* of an archive; NULL: the file itself ... */
    const char *members; /* ... or all members that match this pattern, sorted by name */
    const char *labels;  /* path of a file with the rows' label words, parted by white space ... */
    const char *label;   /* ... or one word for all rows; both NULL: the table's column */
    bool headless;       /* has no line with the names of the columns, though the others have */
    int format;          /* DatasetSourceFormat */
    TextList columns, paths; /* where they differ from the table's */
    int64_t rows;            /* expected, without those skipped */
} DatasetSource;

/* A split has its own sources, or is carved from the training split's. */
typedef struct DatasetSplitSpec {
    bool present;
    SpecList sources; /* of DatasetSource */
    /* That many rows leave the training split, chosen by the hash of their text. */
    int64_t carved_rows;
    int64_t rows; /* expected, in the end; 0: as many as carving comes to */
} DatasetSplitSpec;

typedef struct DatasetSplits {
    bool present;
    DatasetSplitSpec train, validation, test, submission;
} DatasetSplits;

/* What others found. */
typedef struct DatasetOther {
    const char *model, *where;
    double score; /* times 100 */
} DatasetOther;

typedef struct DatasetZeroShotSpec {
    bool present;
    int heuristic; /* DatasetHeuristic */
    const char *suffix;
    TextList words;
    double best;
    const char *best_of;
    SpecList others; /* of DatasetOther */
} DatasetZeroShotSpec;

typedef struct DatasetManifest {
    const char *schema;                 /* "$schema": for editors */
    const char *title, *home, *licence; /* NULL: not stated */
    const char *ask_at;   /* the page with the form that gives the data out; NULL: free to fetch */
    const char *imported; /* what its files were taken from; NULL: they are fetched */
    int form;             /* DatasetForm */
    TextList labels;      /* names of the classes; none: as label_words spell them */
    const char *metric;   /* NULL: the usual one of its form */
    const char *test_note;
    const char *submission_file;
    double paper_score; /* negative: none */
    double mean_tokens; /* of a sequence, by GPT-1's vocabulary; 0: unknown */
    double target_low, target_high;
    DatasetZeroShotSpec zero_shot;
    SpecList files; /* of DatasetFile */
    DatasetDocuments documents;
    DatasetTokenizer tokenizer;
    DatasetWeights weights;
    DatasetTable table;
    DatasetSplits splits;
    /* A DatasetGenerator; its entry is NULL where there are files instead. */
    SpecEntryChoice generator;
} DatasetManifest;

/* Whether an archive's member matches the pattern and none of the exceptions. */
bool dataset_manifest_covers(const char *members, const TextList *except, const char *member);

/* The one of its digests that it has, and how that is called; NULL: it is not recorded yet. */
const char *dataset_manifest_digest(const DatasetFile *file, const char **title);

/* NULL: no such file. */
const DatasetFile *dataset_manifest_file(const DatasetManifest *manifest, const char *path);

const DatasetSplitSpec *dataset_manifest_split(const DatasetManifest *manifest, DatasetSplit split);

/* Rows a split is to have; where carving decides, give or take rows that stay together. */
int64_t dataset_manifest_rows(const DatasetManifest *manifest, DatasetSplit split);

/* The names of the classes. */
const TextList *dataset_manifest_labels(const DatasetManifest *manifest);

/* What its scores are, where it says nothing else. */
const char *dataset_manifest_metric(const DatasetManifest *manifest);

/* Answers (of multiple choice) or referents (of Winograd schemas) a row has at most. */
int dataset_manifest_answers(const DatasetManifest *manifest);

/* The columns of a source: its own or the table's. */
const TextList *dataset_manifest_columns(const DatasetTable *table, const DatasetSource *source);

/* Position of a column by name (`size` bytes of it); -1: no such column. */
int dataset_manifest_column(const TextList *columns, const char *name, size_t size);

#endif
