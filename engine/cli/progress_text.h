/* Progress in words: the lines that are printed where there is no terminal, each of them whole in itself. */
#ifndef CLI_PROGRESS_TEXT_H
#define CLI_PROGRESS_TEXT_H

#include <stddef.h>

#include "base/progress.h"

enum { PROGRESS_TEXT_BYTES = 1024, PROGRESS_AMOUNT_BYTES = 16 };

/* 12345678 -> "12.3 M". */
void progress_text_amount(char text[PROGRESS_AMOUNT_BYTES], double value);

/* "quickstart: 3 of 20 stages, 45 % of the time, 2 min 10 s left  pre-training gpt: ..." */
void progress_text_line(char line[PROGRESS_TEXT_BYTES], const ProgressUpdate *update);

#endif
