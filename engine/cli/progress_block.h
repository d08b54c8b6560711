/* Progress as a block of lines on a terminal, from 60 columns up:
 *
 *   quickstart  ████████████░░░░░░░░░░░░░░░░░  43 %  9 of 20 stages  1 min 02 s left
 *                              done             rate    loss            learning rate
 *     pre-training gpt         45 %  12.3 k tokens/s   3.214  █▆▄▃▂▁▁▁        2.5e-04
 *
 * Every line is shorter than the terminal is wide, is ended, and leaves nothing changed: wherever the process ends, however
 * it does, the next line on the screen is whole, and there is no cursor to be shown again. */
#ifndef CLI_PROGRESS_BLOCK_H
#define CLI_PROGRESS_BLOCK_H

#include <stddef.h>

#include "base/progress.h"

typedef struct ProgressStyle {
    int columns, rows; /* of the terminal */
    bool colour;
    bool unicode;  /* else ASCII */
    bool stopping; /* as asked: said instead of the time that is left */
} ProgressStyle;

enum { PROGRESS_BLOCK_LINES = 64, PROGRESS_BLOCK_BYTES = 1 << 16 };

typedef struct ProgressBlock {
    int n;
    int columns[PROGRESS_BLOCK_LINES]; /* of each line */
    size_t size;
    char text
        [PROGRESS_BLOCK_BYTES]; /* of all lines, each with what clears the rest of it and an end */
} ProgressBlock;

void progress_block_draw(ProgressBlock *block, const ProgressUpdate *update,
                         const ProgressStyle *style);

/* Rows that it takes on a terminal of this width now, which has laid out again what became too long. */
int progress_block_rows(const ProgressBlock *block, int columns);

#endif
