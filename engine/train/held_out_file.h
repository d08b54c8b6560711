/* held_out.csv: what a language model makes of each document that was held out. */
#ifndef TRAIN_HELD_OUT_FILE_H
#define TRAIN_HELD_OUT_FILE_H

#include "measure/perplexity.h"

bool held_out_file_write(const PerplexityReport *report, const char *folder, Arena *arena,
                         Error *err) MUST_USE;

#endif
