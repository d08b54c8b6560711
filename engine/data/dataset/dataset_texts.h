/* Texts that somebody brings, in the form of a data set's rows, to be answered: without labels, splits and counts. */
#ifndef DATA_DATASET_TEXTS_H
#define DATA_DATASET_TEXTS_H

#include "data/dataset/dataset_texts_first.h"
#include "data/example/dataset_form.h"
#include "data/example/example.h"

typedef struct DatasetManifest DatasetManifest;

/* By the ending of a file's name, .csv, .jsonl, .ndjson or .json; else json lines where the text begins with a
 * brace, and tab-separated otherwise. */
RowsFormat dataset_texts_format(const char *path, const char *bytes, size_t size);

/* How the texts of a row are called where the data set has no names for them: "text"; "premise", "hypothesis";
 * "sentence1", "sentence2"; "context", "answer1", "answer2", ... (n_answers of them). */
bool dataset_texts_names(TextList *names, DatasetForm form, int n_answers, Arena *arena,
                         Error *err) MUST_USE;

/* Where a first line, or the keys of an object, name all columns that the data set's own texts stand in, or all
 * names of dataset_texts_names ("sentence" for "text"; of two texts either pair of names), texts are found by these
 * names, and other columns are passed over. Else a line holds the texts alone, in their order; or, where the data
 * set's own files have no names, all columns that these have. A multiple choice has as many answers as the first
 * row.
 *
 * What is no UTF-8 is taken to be in the data set's encoding, and lines whose first one names its texts when it is
 * parted as its own files are are parted so, whatever `format` is. */
bool dataset_texts_read(Examples *examples, const DatasetTexts *texts,
                        const DatasetManifest *manifest, Arena *arena, Error *err) MUST_USE;

/* One example of texts that are at hand. */
bool dataset_texts_given(Examples *examples, const char *const *texts, size_t n, DatasetForm form,
                         Arena *arena, Error *err) MUST_USE;

#endif
