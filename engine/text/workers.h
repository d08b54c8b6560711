/* The threads that normalize pieces of documents: each has its own memory, normalizer and word table,
 * so a body writes only what belongs to its worker and its piece. */
#ifndef TEXT_WORKERS_H
#define TEXT_WORKERS_H

#include "text/normalizer.h"
#include "text/pieces.h"
#include "text/word_table.h"

typedef struct Worker {
    Arena *arena;          /* results and tables; lives as long as the workers */
    Normalizer normalizer; /* holds the words of the piece when the body is called */
    WordTable table;       /* the body's own: counts, or a cache */
    Error err;
} Worker;

typedef struct Workers {
    int n;
    Worker *items;
} Workers;

/* What is done with the normalized words of pieces[index]; errors go to worker->err. */
typedef bool WorkerBody(void *context, Worker *worker, size_t index);

/* One for each thread; freed with the arena. */
bool workers_create(Workers *workers, const NormalizerRules *rules, Arena *arena,
                    Error *err) MUST_USE;

/* Every piece once, in any order, with all threads; shows progress and stops when interrupted. */
bool workers_run(Workers *workers, const Piece *pieces, size_t n_pieces, WorkerBody *body,
                 void *context, const char *title, Error *err) MUST_USE;

#endif
