/* A packed batch: sequences laid end to end, no padding anywhere (DESIGN, "Packed batches").
 *
 * One stream or two: the target, whose rows have states, and for an architecture that reads one a source, which the
 * rows of the target may look at besides. Several sequences of the target may look at the same of the source. */
#ifndef MODEL_BATCH_H
#define MODEL_BATCH_H

typedef struct Stream {
    int N;               /* rows: tokens of all sequences */
    const int *token;    /* [N] */
    const int *position; /* [N], from 0 within each sequence */
    const int *start;    /* [S+1], rows of sequence s are start[s]..start[s+1] */
    const int *segment;  /* [N], which of a sequence's texts; NULL: the model is not told */
} Stream;

typedef struct Batch {
    int S; /* sequences of the target */
    Stream target;
    Stream source; /* all 0: none */
    /* Of a source: how many sequences it has, and which rows of the target look at each, looks[s]..looks[s+1]. */
    int n_sources;
    const int *looks; /* [n_sources+1] */
} Batch;

#endif
