#include "text/workers.h"

#include "base/interrupt.h"
#include "base/parallel.h"
#include "base/progress.h"

enum { PIECES_A_ROUND = 32 }; /* between two looks at progress and interrupts */

typedef struct Round {
    Workers *workers;
    const Piece *pieces;
    size_t first;
    WorkerBody *body;
    void *context;
} Round;

static void release(void *arena)
{
    arena_destroy(arena);
}

static Arena *create_owned(Arena *owner, const char *name, Error *err)
{
    Arena *arena = arena_create(name, err);
    return arena && arena_defer(owner, release, arena, err) ? arena : NULL;
}

bool workers_create(Workers *workers, const NormalizerRules *rules, Arena *arena, Error *err)
{
    workers->n = parallel_threads();
    workers->items = arena_alloc(arena, (size_t)workers->n, sizeof *workers->items, err);
    if (!workers->items) return false;
    for (int i = 0; i < workers->n; i++) {
        Worker *worker = &workers->items[i];
        worker->arena = create_owned(arena, "text worker", err);
        Arena *scratch = worker->arena ? create_owned(arena, "text worker scratch", err) : NULL;
        Arena *buffers = scratch ? create_owned(arena, "text worker buffers", err) : NULL;
        if (!buffers) return false;
        worker->normalizer = normalizer_create(rules, buffers, scratch);
        worker->table = word_table_create(worker->arena);
    }
    return true;
}

static void run_pieces(void *context, size_t begin, size_t end, int thread)
{
    const Round *round = context;
    Worker *worker = &round->workers->items[thread];
    for (size_t i = round->first + begin; i < round->first + end; i++) {
        if (worker->err.kind != ERROR_NONE || interrupt_requested()) return;
        const Piece *piece = &round->pieces[i];
        if (!normalizer_run(&worker->normalizer, piece->text, piece->size, piece->evidence,
                            &worker->err) ||
            !round->body(round->context, worker, i))
            return;
    }
}

bool workers_run(Workers *workers, const Piece *pieces, size_t n_pieces, WorkerBody *body,
                 void *context, const char *title, Error *err)
{
    double total = 0, done = 0;
    for (size_t i = 0; i < n_pieces; i++) total += (double)pieces[i].size;
    Progress progress;
    progress_begin(&progress, "bytes", total, 0, "%s", title);
    for (size_t first = 0; first < n_pieces; first += PIECES_A_ROUND) {
        size_t n = n_pieces - first < PIECES_A_ROUND ? n_pieces - first : PIECES_A_ROUND;
        Round round = {workers, pieces, first, body, context};
        parallel_for(n, 1, run_pieces, &round);
        for (int i = 0; i < workers->n; i++) {
            if (workers->items[i].err.kind == ERROR_NONE) continue;
            *err = workers->items[i].err;
            return error_wrap(err, "%s", title);
        }
        for (size_t i = first; i < first + n; i++) done += (double)pieces[i].size;
        progress_report(&progress, done);
        if (!interrupt_check(err)) return error_wrap(err, "%s", title);
    }
    progress_end(&progress);
    return true;
}
