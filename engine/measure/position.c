#include "measure/position.h"

#include <math.h>

#include "base/parallel.h"
#include "base/progress.h"
#include "learner/causal_lm.h"

/* Leaves the full windows only; their `document` counts the documents that have one. */
static size_t keep_full(Windows *windows, int n_context)
{
    size_t n = 0, n_documents = 0;
    uint32_t last = 0;
    for (size_t w = 0; w < windows->n; w++) {
        Window window = windows->items[w];
        if (window.length != (uint32_t)n_context) continue;
        if (n == 0 || window.document != last) n_documents++;
        last = window.document;
        window.document = (uint32_t)n_documents - 1;
        windows->items[n++] = window;
    }
    windows->n = n;
    return n_documents;
}

static bool add_up(PositionReport *report, const Learner *learner, const Window *window, int row,
                   Error *err)
{
    report->windows[window->document]++;
    for (int p = 0; p < report->n_positions; p++) {
        const double loss = (double)learner->row_loss[row + p];
        report->loss[(size_t)p * report->n_documents + window->document] += loss;
        if (!isfinite(loss))
            return error_set(err, "the loss at position %d, %g, is not a finite number", p + 1,
                             loss);
    }
    return true;
}

static bool run(PositionReport *report, Learner *learner, const TokenFile *file,
                const Windows *windows, Arena *arena, Error *err)
{
    const WindowsQuestion question = {.objective = &causal_lm};
    WindowsPack pack;
    if (!windows_pack_create(&pack, learner, &question, arena, err)) return false;
    Progress progress;
    progress_begin(&progress, "windows", (double)windows->n, 0, "loss by position");
    for (size_t first = 0; first < windows->n;) {
        size_t count = windows_pack_held_out(&pack, learner, windows, first, file);
        Batch batch = windows_pack_batch(&pack, learner);
        parallel_may_stop();
        learner_forward(learner, &batch, false, (RngKey){0});
        causal_lm.loss(learner, &batch, learner->target, NULL, NULL);
        if (!parallel_whole(err)) return false;
        for (size_t w = 0; w < count; w++)
            if (!add_up(report, learner, &windows->items[first + w], pack.start[w], err))
                return false;
        first += count;
        progress_report(&progress, (double)first);
    }
    progress_end(&progress);
    return true;
}

bool position_measure(PositionReport *report, Learner *learner, const TokenFile *file,
                      const bool *wanted, Arena *arena, Error *err)
{
    Windows windows;
    int n_context = learner->shape.n_context;
    if (!windows_cut(&windows, file, wanted, n_context, arena, err)) return false;
    size_t n = keep_full(&windows, n_context);
    *report = (PositionReport){
        .n_documents = n,
        .n_positions = n_context,
        .loss = arena_alloc(arena, n * (size_t)n_context, sizeof(double), err),
        .windows = arena_alloc(arena, n, sizeof(double), err),
    };
    return report->loss && report->windows && learner_check_finite(learner, err) &&
           run(report, learner, file, &windows, arena, err);
}
