#include "train/perplexity.h"

#include "base/elementary.h"
#include "base/interrupt.h"
#include "base/progress.h"

static bool collect(PerplexityReport *report, const TokenFile *file, const bool *wanted,
                    size_t *slot, Arena *arena, Error *err)
{
    *report = (PerplexityReport){0};
    report->documents = arena_alloc(arena, file->n_documents, sizeof(DocumentScore), err);
    if (!report->documents) return false;
    for (size_t d = 0; d < file->n_documents; d++) {
        slot[d] = report->n;
        if (wanted[d]) report->documents[report->n++].name = file->name[d];
    }
    return true;
}

bool perplexity_measure(PerplexityReport *report, Learner *learner, const TokenFile *file,
                        const bool *wanted, Arena *arena, Error *err)
{
    Windows windows;
    size_t *slot = arena_alloc(arena, file->n_documents, sizeof(size_t), err);
    int *token = arena_alloc(arena, (size_t)learner->max_rows, sizeof(int), err);
    int *start = arena_alloc(arena, (size_t)learner->max_sequences + 1, sizeof(int), err);
    if (!slot || !token || !start || !collect(report, file, wanted, slot, arena, err) ||
        !windows_cut(&windows, file, wanted, learner->shape.n_context, arena, err))
        return false;
    Progress progress;
    progress_begin(&progress, "tokens", (double)windows.n_positions, 0, "held-out perplexity");
    for (size_t first = 0; first < windows.n;) {
        if (!interrupt_check(err)) return false;
        size_t count = windows_pack(token, learner->target, start, learner->max_rows,
                                    learner->max_sequences, &windows, first, file);
        Batch batch = learner_batch(learner, token, start, (int)count);
        learner_forward(learner, &batch, false, (RngKey){0});
        learner_language_model(learner, &batch, learner->target, NULL, NULL);
        for (size_t w = 0; w < count; w++) {
            DocumentScore *document = &report->documents[slot[windows.items[first + w].document]];
            for (int row = start[w]; row < start[w + 1]; row++)
                document->loss += (double)learner->row_loss[row];
            document->n_tokens += (size_t)(start[w + 1] - start[w]);
        }
        first += count;
        report->n_tokens += (size_t)batch.N;
        progress_report(&progress, (double)report->n_tokens);
    }
    progress_end(&progress);
    for (size_t d = 0; d < report->n; d++) report->loss += report->documents[d].loss;
    report->perplexity =
        report->n_tokens ? elementary_exp64(report->loss / (double)report->n_tokens) : 0.0;
    return true;
}
