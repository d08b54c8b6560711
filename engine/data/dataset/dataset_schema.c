#include "data/dataset/dataset_schema.h"

#include "data/book/book.h"
#include "data/dataset/dataset_generators.h"
#include "data/dataset/dataset_heuristic.h"
#include "data/dataset/dataset_manifest_check.h"
#include "data/rows/rows_layout.h"

/* For a source, the words begin one earlier. */
static const char *const source_format_words[] = {"as-table", "tsv", "csv",    "json-lines",
                                                  "json",     "xml", "blocks", NULL};
static const char *const *const row_format_words = source_format_words + SOURCE_FORMAT_FIRST;

enum { MOST_ROWS = 1000000000, MOST_BYTES_LOG2 = 50 };

/* --- the schema --------------------------------------------------------------------------------- */

#define FREE .numerics_free = true

static const SpecField file_fields[] = {
    SPEC_TEXT_REQUIRED(DatasetFile, path,
                       "relative name in a mirror and in the folder of downloads"),
    SPEC_TEXTS(DatasetFile, urls, "upstream addresses, tried in turn", FREE),
    SPEC_INT(DatasetFile, bytes, 0, 0, (double)((int64_t)1 << MOST_BYTES_LOG2), "size; 0: unknown",
             FREE),
    SPEC_INT(DatasetFile, unpacked_bytes, 0, 0, (double)((int64_t)1 << MOST_BYTES_LOG2),
             "most bytes that are unpacked out of it; 0: 64 times its size, and at least 64 MiB",
             FREE),
    SPEC_TEXT(DatasetFile, sha256, NULL, "SHA-256 of the file"),
    SPEC_TEXT(DatasetFile, git_blob, NULL,
              "what git calls its content (SHA-1), where no other digest is published"),
    SPEC_TEXT(
        DatasetFile, tree_sha256, NULL,
        "SHA-256 over the sorted \"HASH  BASE-NAME\" lines of an archive's members, for archives "
        "that are packed differently in different places"),
    SPEC_BOOL(
        DatasetFile, recorded, false,
        "its SHA-256 is not known beforehand: it is recorded when the file is first fetched, in "
        "NAME.lock.json beside the manifest"),
    SPEC_TEXT(DatasetFile, members, "*", "shell pattern of the members that tree_sha256 covers"),
    SPEC_TEXTS(DatasetFile, except, "shell patterns of members that it does not cover"),
    SPEC_END};
static const SpecTable file_table = {"file", sizeof(DatasetFile), file_fields,
                                     dataset_manifest_check_file};

static const SpecField documents_fields[] = {
    SPEC_TEXT_REQUIRED(DatasetDocuments, file, "path of the file with the documents"),
    SPEC_TEXT(DatasetDocuments, members, "*", "shell pattern of the members that are documents"),
    SPEC_TEXTS(DatasetDocuments, except, "shell patterns of members to leave out"),
    SPEC_CHOICE(DatasetDocuments, encoding, encoding_words, ENCODING_UTF8, "of all documents"),
    SPEC_CHOICE(DatasetDocuments, layout, book_layout_words, BOOK_PLAIN,
                "how a document is cleaned"),
    SPEC_INT(DatasetDocuments, count, SPEC_REQUIRED, 1, MOST_ROWS, "expected number of members"),
    SPEC_INT(
        DatasetDocuments, parts, 1, 1, 1000,
        "documents that each is cut into, at ends of paragraphs: of one long text some can then "
        "be held out"),
    SPEC_END};
static const SpecTable documents_table = {"documents", sizeof(DatasetDocuments), documents_fields,
                                          NULL};

static const SpecField skip_fields[] = {
    SPEC_TEXT_REQUIRED(DatasetSkip, column, "column that is looked at"),
    SPEC_TEXT_REQUIRED(DatasetSkip, pattern, "shell pattern of the whole field"), SPEC_END};
static const SpecTable skip_table = {"skip", sizeof(DatasetSkip), skip_fields, NULL};

const char *const dataset_schema_tokenizer_words[] = {"published", "wordpiece", "sentencepiece",
                                                      NULL};

static const SpecField tokenizer_fields[] = {
    SPEC_CHOICE(DatasetTokenizer, method, dataset_schema_tokenizer_words, 0,
                "the method of the specs that reads it: published (merges of byte-pair encoding), "
                "wordpiece, "
                "sentencepiece"),
    SPEC_TEXT_REQUIRED(
        DatasetTokenizer, vocabulary,
        "path of the file with the tokens; wordpiece: vocab.txt or tokenizer.json; sentencepiece: "
        "spiece.model or tokenizer.json"),
    SPEC_TEXT(DatasetTokenizer, merges, NULL, "published: path of the file with the merges"),
    SPEC_TEXT(DatasetTokenizer, settings, NULL,
              "path of tokenizer_config.json: wordpiece's lower case, sentencepiece's extra_ids; "
              "none: lower case, "
              "and no more ids than the pieces have"),
    SPEC_INT(DatasetTokenizer, tokens, SPEC_REQUIRED, 1, MOST_ROWS, "expected number of tokens"),
    SPEC_END};
static const SpecTable tokenizer_table = {"tokenizer", sizeof(DatasetTokenizer), tokenizer_fields,
                                          NULL};

static const char *const weights_layout_words[] = {"openai-gpt1", "huggingface", NULL};

static const SpecField weights_fields[] = {
    SPEC_CHOICE(DatasetWeights, layout, weights_layout_words, SPEC_REQUIRED,
                "openai-gpt1: numpy shards, as the paper's authors gave them out; huggingface: "
                "config.json and safetensors"),
    SPEC_TEXT(DatasetWeights, shapes, NULL,
              "of openai-gpt1: path of the file with the tensors' shapes; all others are shards"),
    SPEC_END};
static const SpecTable weights_table = {"weights", sizeof(DatasetWeights), weights_fields, NULL};

static const SpecField rewrite_fields[] = {
    SPEC_TEXT_REQUIRED(DatasetRewrite, column, "column that is changed"),
    SPEC_TEXT_REQUIRED(DatasetRewrite, find, "what is replaced, wherever it occurs"),
    SPEC_TEXT(DatasetRewrite, put, "", "what is put there"),
    SPEC_BOOL(DatasetRewrite, at_start, false, "only where the field begins with it"), SPEC_END};
static const SpecTable rewrite_table = {"rewrite", sizeof(DatasetRewrite), rewrite_fields, NULL};

static const SpecField table_fields[] = {
    SPEC_CHOICE(
        DatasetTable, format, row_format_words, ROWS_TSV,
        "tsv: tabs, no quoting; csv: a delimiter, double quotes; json-lines: an object a line; "
        "json, xml: one document; blocks: a field a line, an empty line after each row"),
    SPEC_CHOICE(DatasetTable, encoding, encoding_words, ENCODING_UTF8,
                "of all but xml, which says its own"),
    SPEC_TEXT(DatasetTable, delimiter, ",", "csv: the character between fields"),
    SPEC_BOOL(DatasetTable, header, false, "the first line names the columns"),
    SPEC_BOOL(DatasetTable, more_columns, false, "others, not read, may follow the named columns"),
    SPEC_TEXTS(
        DatasetTable, columns,
        "names of all columns, in order; for json-lines, json and xml of those that are read"),
    SPEC_TEXTS(DatasetTable, paths,
               "json-lines, json, xml: where each column is found (\"questions.*\" makes a row of "
               "each item); none: under its name"),
    SPEC_TEXTS(DatasetTable, separators,
               "tsv: what stands after each column but the last; none: tabs"),
    SPEC_INT(DatasetTable, repeated_columns, 0, 0, 64,
             "tsv: the last so many columns come several times in a line, a row each time"),
    SPEC_TEXTS(
        DatasetTable, text,
        "columns that make the texts; \"a+b\" joins two by a space; \"a?\" is an answer that "
        "some rows do not have"),
    SPEC_TEXT(DatasetTable, label, NULL,
              "column with the class, the right answer or the target; none: sources have a label"),
    SPEC_TEXT(
        DatasetTable, id, NULL,
        "column with a unique name; \"a+#\" adds the row's place in its record; none: made from "
        "file and line"),
    SPEC_TEXTS(DatasetTable, facets,
               "columns by whose values scores without fine-tuning are given too, such as the "
               "phenomenon that a pair of sentences is about"),
    SPEC_TEXT(DatasetTable, group, NULL,
              "column: rows alike in it are never carved apart; none: rows alike in all texts"),
    SPEC_TEXTS(
        DatasetTable, label_words,
        "labels as they stand in the column, in order, perhaps followed by a second spelling "
        "of each; multiple choice without them: the column holds the right answer itself"),
    SPEC_STRUCTS(DatasetTable, skip, &skip_table, "rows to pass over"),
    SPEC_STRUCTS(DatasetTable, rewrite, &rewrite_table, "changes to fields, before anything else"),
    SPEC_TEXT(
        DatasetTable, pronoun, NULL,
        "winograd: column with the pronoun; the texts are then a sentence and its referents, "
        "parted by commas; none: the texts are what stands before, what after, and each referent"),
    SPEC_INT(DatasetTable, most_referents, 0, 0, 1000,
             "winograd: the most referents of any such list"),
    SPEC_INT(DatasetTable, candidates, 0, 0, 100,
             "cloze: how many words there are to choose from; the text is then a passage, in which "
             "the gap is found, and passages without a fitting word are passed over; 0: the texts "
             "are what stands before the gap, what behind it, and each word",
             .sparse = true),
    SPEC_END};
static const SpecTable table_table = {"table", sizeof(DatasetTable), table_fields,
                                      dataset_manifest_check_table};

static const SpecField source_fields[] = {
    SPEC_TEXT_REQUIRED(DatasetSource, file, "path of a file"),
    SPEC_TEXT(DatasetSource, member, NULL, "member of an archive; none: the file itself"),
    SPEC_TEXT(DatasetSource, members, NULL, "shell pattern: all such members, sorted by name"),
    SPEC_TEXT(DatasetSource, labels, NULL,
              "path of a file with the label words of all rows, parted by white space"),
    SPEC_TEXT(DatasetSource, label, NULL, "one of label_words, for all rows; none: a column's"),
    SPEC_BOOL(DatasetSource, headless, false, "no line with the names of the columns here"),
    SPEC_CHOICE(DatasetSource, format, source_format_words, SOURCE_AS_TABLE,
                "format, where it differs from the table's"),
    SPEC_TEXTS(DatasetSource, columns, "columns, where they differ from the table's"),
    SPEC_TEXTS(DatasetSource, paths, "paths, where they differ from the table's"),
    SPEC_INT(DatasetSource, rows, SPEC_REQUIRED, 1, MOST_ROWS,
             "expected rows, without those skipped"),
    SPEC_END};
static const SpecTable source_table = {"source", sizeof(DatasetSource), source_fields,
                                       dataset_manifest_check_source};

static const SpecField split_fields[] = {
    SPEC_STRUCTS(DatasetSplitSpec, sources, &source_table, "where the rows stand"),
    SPEC_INT(DatasetSplitSpec, carved_rows, 0, 0, MOST_ROWS,
             "rows to take out of the training split, chosen by the hash of their group or text; "
             "rows alike in it stay together"),
    SPEC_INT(DatasetSplitSpec, rows, 0, 0, MOST_ROWS,
             "expected rows in the end; 0, of carved splits: as many as it comes to"),
    SPEC_END};
static const SpecTable split_table = {"split", sizeof(DatasetSplitSpec), split_fields,
                                      dataset_manifest_check_split};

static const SpecField splits_fields[] = {
    SPEC_OPTIONAL(DatasetSplits, train, &split_table, "training rows"),
    SPEC_OPTIONAL(DatasetSplits, validation, &split_table, "rows to choose settings and epochs on"),
    SPEC_OPTIONAL(DatasetSplits, test, &split_table, "rows to report"),
    SPEC_OPTIONAL(DatasetSplits, submission, &split_table,
                  "rows whose labels only a benchmark's server knows",
                  FREE), /* neither trained nor scored on */
    SPEC_END};
static const SpecTable splits_table = {"splits", sizeof(DatasetSplits), splits_fields, NULL};

static const SpecField other_fields[] = {
    SPEC_TEXT_REQUIRED(DatasetOther, model, "what was measured"),
    SPEC_REAL(DatasetOther, score, SPEC_REQUIRED, 0, 100, "its score, times 100"),
    SPEC_TEXT_REQUIRED(DatasetOther, where, "where the number stands"), SPEC_END};
const SpecTable dataset_schema_other = {"other", sizeof(DatasetOther), other_fields, NULL};

static const SpecField zero_shot_fields[] = {
    SPEC_CHOICE(DatasetZeroShotSpec, heuristic, dataset_heuristic_words, SPEC_REQUIRED,
                "how a language model does the task without being fine-tuned (GPT-1, section 5)"),
    SPEC_TEXT(DatasetZeroShotSpec, suffix, NULL, "words: what is put after the text"),
    SPEC_TEXTS(DatasetZeroShotSpec, words, "words: one a label, whose probabilities are compared"),
    SPEC_REAL(
        DatasetZeroShotSpec, best, 100, 0, 100,
        "score (times 100) that counts as 1 in figures: the best single model before the paper",
        FREE),
    SPEC_TEXT(DatasetZeroShotSpec, best_of, NULL, "whose score that is, and where it stands", FREE),
    SPEC_STRUCTS(DatasetZeroShotSpec, others, &dataset_schema_other,
                 "scores of others without fine-tuning, shown beside ours", FREE),
    SPEC_END};
static const SpecTable zero_shot_table = {"zero_shot", sizeof(DatasetZeroShotSpec),
                                          zero_shot_fields, NULL};

static const SpecField manifest_fields[] = {
    {.name = "$schema",
     .type = SPEC_TYPE_TEXT,
     .offset = offsetof(DatasetManifest, schema),
     .numerics_free = true,
     .help = "manifest.schema.json, for editors"},
    SPEC_TEXT(DatasetManifest, title, NULL, "full name; none: that of the file", FREE),
    SPEC_TEXT(DatasetManifest, home, NULL, "home page", FREE),
    SPEC_TEXT(DatasetManifest, licence, NULL, "licence or terms; none: shown as not stated", FREE),
    SPEC_TEXT(DatasetManifest, imported, NULL,
              "what the files were taken from by `reprise import` or `reprise data add`; they are "
              "fetched "
              "from nowhere",
              FREE),
    SPEC_TEXT(DatasetManifest, ask_at, NULL, "page with the form that gives the data out", FREE),
    SPEC_CHOICE(DatasetManifest, form, dataset_form_words, SPEC_REQUIRED, "what a row is"),
    SPEC_TEXTS(DatasetManifest, labels, "names of the classes; none: as table.label_words has them",
               FREE),
    SPEC_TEXT(DatasetManifest, metric, NULL,
              "main metric; none: accuracy, and pearson for form regression"),
    SPEC_TEXT(DatasetManifest, test_note, NULL,
              "what the test split really is; that it is carved, if it is, is said without it",
              FREE),
    SPEC_TEXT(DatasetManifest, submission_file, NULL,
              "what the benchmark's server calls the file with predictions", FREE),
    SPEC_REAL(DatasetManifest, paper_score, -1, -1, 1000,
              "GPT-1's number (tables 2 to 4); -1: none", FREE),
    SPEC_REAL(
        DatasetManifest, mean_tokens, 0, 0, 1e6,
        "mean tokens of a training row's sequences by GPT-1's vocabulary, special ones included: "
        "what plans expect before the data is there; 0: unknown",
        FREE),
    SPEC_REAL(DatasetManifest, target_low, 0, -DATASET_MOST_TARGET, DATASET_MOST_TARGET,
              "regression: the smallest target"),
    SPEC_REAL(DatasetManifest, target_high, 1, -DATASET_MOST_TARGET, DATASET_MOST_TARGET,
              "regression: the largest target"),
    SPEC_OPTIONAL(DatasetManifest, zero_shot, &zero_shot_table, "the task without fine-tuning",
                  FREE),
    SPEC_STRUCTS(DatasetManifest, files, &file_table, "what is fetched and verified"),
    SPEC_OPTIONAL(DatasetManifest, documents, &documents_table, "of a corpus"),
    SPEC_OPTIONAL(DatasetManifest, tokenizer, &tokenizer_table, "a published tokenizer"),
    SPEC_OPTIONAL(DatasetManifest, weights, &weights_table, "a published model"),
    SPEC_OPTIONAL(DatasetManifest, table, &table_table, "how rows become examples"),
    SPEC_OPTIONAL(DatasetManifest, splits, &splits_table, "training, validation and test rows"),
    SPEC_ENTRY_OPTIONAL(DatasetManifest, generator, &dataset_generators,
                        "settings of a built-in world, instead of files"),
    SPEC_END};

const SpecTable dataset_schema = {"dataset", sizeof(DatasetManifest), manifest_fields,
                                  dataset_manifest_check};

bool dataset_schema_read(DatasetManifest *manifest, const char *path, Arena *arena, Error *err)
{
    Json *json = json_parse_file(path, arena, err);
    SpecReader reader = {.file = path, .arena = arena, .err = err};
    *manifest = (DatasetManifest){0};
    return json && spec_read(manifest, &dataset_schema, json, &reader, "$");
}
