/* Cells in words: "Transformer, 2.5 M tokens" for "Transformer, tokens=2500000". */
#ifndef ANALYSIS_CELL_WORDS_H
#define ANALYSIS_CELL_WORDS_H

#include "base/buffer.h"
#include "question/experiment_spec.h"

/* Of a cell by its name; any other name, a variant's, stays as it is. NULL on failure. */
const char *cell_words(const Experiment *experiment, const char *name, Arena *arena,
                       Error *err) MUST_USE;

/* "full − LSTM"; of cells at the same point of a grid "Transformer − LSTM, 2.5 M tokens"; of two points of a variant
 * "fine-tuned, 3 layers transferred − 0 layers transferred". */
const char *cell_words_difference(const Experiment *experiment, const char *better,
                                  const char *worse, Arena *arena, Error *err) MUST_USE;

/* Of a candidate by its label: "learning rate 0.0003"; any other label stays as it is. NULL on failure. */
const char *cell_words_candidate(const Experiment *experiment, const char *label, Arena *arena,
                                 Error *err) MUST_USE;

/* What a path of the grid is of: "labelled examples"; of an unknown path itself. */
const char *cell_words_path(const char *path);

/* "2.5 M", "400", "bf16". */
bool cell_words_value(Buffer *text, const Json *value, Error *err) MUST_USE;

/* Of a setting at a path of the grid: "3 layers transferred". */
bool cell_words_setting(Buffer *text, const char *path, const Json *value, Error *err) MUST_USE;

#endif
