/* A packed batch: sequences laid end to end, no padding anywhere (DESIGN, "Packed batches"). */
#ifndef MODEL_BATCH_H
#define MODEL_BATCH_H

typedef struct Batch {
    int N;               /* rows: tokens of all sequences */
    int S;               /* sequences */
    const int *token;    /* [N] */
    const int *position; /* [N], from 0 within each sequence */
    const int *start;    /* [S+1], rows of sequence s are start[s]..start[s+1] */
} Batch;

#endif
