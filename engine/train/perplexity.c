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

static void sum_up(PerplexityReport *report)
{
    for (size_t d = 0; d < report->n; d++) report->loss += report->documents[d].loss;
    if (report->n_tokens)
        report->perplexity = elementary_exp64(report->loss / (double)report->n_tokens);
    if (report->n_bytes)
        report->bits_per_byte = report->loss / (elementary_log64(2) * (double)report->n_bytes);
}

bool perplexity_measure(PerplexityReport *report, Learner *learner, const TokenFile *file,
                        const bool *wanted, const int *token_bytes, Arena *arena, Error *err)
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
        for (int row = 0; token_bytes && row < batch.N; row++)
            report->n_bytes += (size_t)token_bytes[learner->target[row]];
        report->n_tokens += (size_t)batch.N;
        progress_report(&progress, (double)report->n_tokens);
    }
    progress_end(&progress);
    sum_up(report);
    return true;
}
